/**
 * Page vault: the file of lib/vault/vault.ts, opened and written in a browser: scrypt by @noble/hashes in
 * a worker, AES-GCM and HMAC by WebCrypto.
 *
 * The content stays in memory. Each change is made to what is stored now, because other programs write
 * the same file, and is stored before the caller goes on, so that no secret is in a lamp and not in the
 * file.
 */

import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import {
	type Addition,
	CHECKED,
	type Content,
	type Cost,
	type Header,
	headerOf,
	KEY_BYTES,
	type LampSecrets,
	NEW,
	NONCE_BYTES,
	PASSPHRASE_MIN,
	type SecretStore,
	textOfWritten,
	VERSION,
	type Written,
	withAddition,
	writtenIn,
} from "../../../lib/vault/vaultcontent.js";
import { text as textNamed } from "../../laptop/text/texts.js";
import type { VaultPlace } from "./vaultplace.js";

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
	readonly #place: VaultPlace;
	readonly #keys: Keys;
	/** The stored text and its content, as they were last read or written here. */
	#text: string;
	#known: Written;

	private constructor(place: VaultPlace, keys: Keys, text: string, known: Written) {
		this.#place = place;
		this.#keys = keys;
		this.#text = text;
		this.#known = known;
	}

	/** The vault at `place`, or with `isNew` one that is written with its first secret. Throws `Trouble`. */
	static async open(place: VaultPlace, passphrase: string, isNew: boolean): Promise<PageVault> {
		if (passphrase.length < PASSPHRASE_MIN)
			throw new Trouble(textNamed("phraseShort", PASSPHRASE_MIN));
		const text = await place.read();
		if (isNew) {
			const salt = base64(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
			return new PageVault(place, await keysFor(passphrase, { ...COST, salt }), text, NEW);
		}
		const header = headerIn(text);
		const keys = await keysFor(passphrase, header);
		if ((await checkOf(keys)) !== header.check) throw trouble(textNamed("wrongPhrase"));
		return new PageVault(place, keys, text, await opened(text, header, keys));
	}

	read(): Content {
		return this.#known.content;
	}

	/** Reads what other programs have stored since. Throws `Trouble`. */
	async refresh(): Promise<void> {
		await this.#check(await this.#place.read());
	}

	/** The vault as it is known here, as the text of a file: a way out if the file is not to be written. */
	async copy(): Promise<string> {
		return this.#sealed(this.#known);
	}

	async update(change: (content: Content) => Content): Promise<void> {
		let next: { readonly text: string; readonly written: Written } | undefined;
		await this.#place.change(async (text) => {
			next = undefined;
			await this.#check(text);
			const { content, revision } = this.#known;
			const after = change(content);
			if (after === content) return undefined;
			const written = { content: after, revision: revision + 1 };
			next = { text: await this.#sealed(written), written };
			return next.text;
		});
		if (!next) return;
		this.#text = next.text;
		this.#known = next.written;
	}

	async amend(lamp: LampSecrets, more: Addition): Promise<LampSecrets> {
		let after: LampSecrets | undefined;
		await this.update((content) => {
			const amended = withAddition(content, lamp, more);
			if (!amended) throw trouble(textNamed("takenOut"));
			after = amended[1];
			return amended[0];
		});
		return after!;
	}

	/** Takes note of what is stored now; throws `Trouble` for another vault or an older copy. */
	async #check(text: string): Promise<void> {
		if (text === this.#text) return;
		const header = headerIn(text);
		const { salt } = this.#keys;
		if (header.salt !== salt || header.check !== (await checkOf(this.#keys)))
			throw trouble(textNamed("vaultReplaced"));
		const found = await opened(text, header, this.#keys);
		if (found.revision < this.#known.revision) throw trouble(textNamed("vaultOldCopy"));
		this.#text = text;
		this.#known = found;
	}

	async #sealed(written: Written): Promise<string> {
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
		const header = JSON.stringify({
			luminodeVault: VERSION,
			...this.#keys.cost,
			salt: this.#keys.salt,
			nonce: base64(nonce),
			check: await checkOf(this.#keys),
		});
		const text = new TextEncoder().encode(textOfWritten(written));
		const sealed = await crypto.subtle.encrypt(algorithm(nonce, header), this.#keys.cipher, text);
		return `${header}\n${base64(new Uint8Array(sealed))}\n`;
	}
}

/** The header of a vault's text; throws `Trouble` for any other text. */
function headerIn(text: string): Header {
	const header = headerOf(text.split("\n")[0]!);
	if ("fault" in header) throw trouble(header.fault);
	return header;
}

async function opened(text: string, header: Header, keys: Keys): Promise<Written> {
	const [first = "", second = ""] = text.split("\n");
	try {
		const content = await crypto.subtle.decrypt(
			algorithm(bytesOf(header.nonce), first),
			keys.cipher,
			bytesOf(second.trim()),
		);
		return writtenIn(new TextDecoder().decode(content));
	} catch {
		throw trouble(textNamed("damaged"));
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
