/**
 * Page vault: the file of lib/vault/vault.ts, opened and written in a browser: scrypt by @noble/hashes in
 * a worker, AES-GCM and HMAC by WebCrypto.
 *
 * The content stays in memory. Each change is handed to `save` before the caller goes on, so that no
 * secret is in a lamp and not in the file.
 */

import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import {
	CHECKED,
	type Content,
	type Cost,
	EMPTY,
	headerOf,
	KEY_BYTES,
	type LampSecrets,
	NONCE_BYTES,
	PASSPHRASE_MIN,
	type SecretStore,
	VERSION,
	withLamp,
} from "../../../lib/vault/vaultcontent.js";
import { text as textNamed } from "../../laptop/text/texts.js";

/** The bundled text of vaultworker.ts. */
declare const VAULT_WORKER: string;

/** As lib/vault/vault.ts has it. */
const COST: Cost = { N: 2 ** 17, r: 8, p: 1 };
const SALT_BYTES = 16;

interface Keys {
	readonly cost: Cost;
	readonly salt: string;
	readonly cipher: CryptoKey;
	readonly check: CryptoKey;
}

export class PageVault implements SecretStore {
	#content: Content;
	readonly #keys: Keys;
	readonly #save: (text: string) => Promise<void>;

	private constructor(content: Content, keys: Keys, save: (text: string) => Promise<void>) {
		this.#content = content;
		this.#keys = keys;
		this.#save = save;
	}

	/** The vault in `text`, or a new one if it is empty. Throws `Trouble`. */
	static async open(
		text: string,
		passphrase: string,
		save: (text: string) => Promise<void>,
	): Promise<PageVault> {
		if (passphrase.length < PASSPHRASE_MIN)
			throw new Trouble(textNamed("phraseShort", PASSPHRASE_MIN));
		if (text === "") {
			const salt = base64(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
			return new PageVault(EMPTY, await keysFor(passphrase, { ...COST, salt }), save);
		}
		const [first = "", second = ""] = text.split("\n");
		const header = headerOf(first);
		if ("fault" in header) throw trouble(header.fault);
		const keys = await keysFor(passphrase, header);
		if ((await checkOf(keys)) !== header.check) throw trouble(textNamed("wrongPhrase"));
		try {
			const content = await crypto.subtle.decrypt(
				algorithm(bytesOf(header.nonce), first),
				keys.cipher,
				bytesOf(second.trim()),
			);
			return new PageVault(JSON.parse(new TextDecoder().decode(content)), keys, save);
		} catch {
			throw trouble(textNamed("damaged"));
		}
	}

	read(): Content {
		return this.#content;
	}

	async update(change: (content: Content) => Content): Promise<void> {
		const after = change(this.#content);
		if (after === this.#content) return;
		await this.#save(await this.#sealed(after));
		this.#content = after;
	}

	async amend({ secret }: LampSecrets, more: Partial<LampSecrets>): Promise<LampSecrets> {
		const before = this.#content.lamps.find((lamp) => lamp.secret === secret);
		if (!before) throw trouble(textNamed("takenOut"));
		const after = { ...before, ...more };
		await this.update((content) => withLamp(content, after, before));
		return after;
	}

	async #sealed(content: Content): Promise<string> {
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
		const header = JSON.stringify({
			luminodeVault: VERSION,
			...this.#keys.cost,
			salt: this.#keys.salt,
			nonce: base64(nonce),
			check: await checkOf(this.#keys),
		});
		const text = new TextEncoder().encode(JSON.stringify(content));
		const sealed = await crypto.subtle.encrypt(algorithm(nonce, header), this.#keys.cipher, text);
		return `${header}\n${base64(new Uint8Array(sealed))}\n`;
	}
}

function trouble(why: Text): Trouble {
	return new Trouble(textNamed("because", textNamed("vaultAlone"), why));
}

function algorithm(iv: Uint8Array<ArrayBuffer>, header: string) {
	return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(header) };
}

async function keysFor(passphrase: string, given: Cost & { readonly salt: string }): Promise<Keys> {
	const { N, r, p, salt } = given;
	const phrase = passphrase.normalize("NFC"); // é is the same from any keyboard
	const bytes = await derived({ phrase, salt: bytesOf(salt), N, r, p, bytes: 2 * KEY_BYTES });
	const raw = (from: number) => bytes.slice(from, from + KEY_BYTES);
	const [cipher, check] = await Promise.all([
		crypto.subtle.importKey("raw", raw(0), "AES-GCM", false, ["encrypt", "decrypt"]),
		crypto.subtle.importKey("raw", raw(KEY_BYTES), { name: "HMAC", hash: "SHA-256" }, false, [
			"sign",
		]),
	]);
	return { cost: { N, r, p }, salt, cipher, check };
}

function derived(job: object): Promise<Uint8Array<ArrayBuffer>> {
	const url = URL.createObjectURL(new Blob([VAULT_WORKER], { type: "text/javascript" }));
	const worker = new Worker(url);
	return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
		worker.onmessage = ({ data }) => resolve(data);
		worker.onerror = () => reject(trouble(textNamed("noKeys")));
		worker.postMessage(job);
	}).finally(() => {
		worker.terminate();
		URL.revokeObjectURL(url);
	});
}

async function checkOf({ check }: Keys): Promise<string> {
	const bytes = await crypto.subtle.sign("HMAC", check, new TextEncoder().encode(CHECKED));
	return base64(new Uint8Array(bytes));
}

function base64(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
