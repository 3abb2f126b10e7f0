/**
 * Vault: the secrets of the lamps, in one file encrypted with a passphrase.
 *
 * The first line is the header, unencrypted JSON: version, scrypt's parameters (RFC 7914), salt,
 * nonce, and a check that distinguishes a wrong passphrase from a damaged file. The second is the
 * content in base64, AES-256-GCM with the header as additional data, so that every change is
 * detected. A new file replaces the old one in one step; a writer holds a lock, begins with the
 * current contents, and refuses to write over a copy that is older than what it has seen.
 */
import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	randomBytes,
	scryptSync,
	timingSafeEqual,
} from "node:crypto";
import { existsSync } from "node:fs";
import { changeFile, replaceFile, textOfFile } from "../files.js";
import type { Text } from "../text/bilingual.js";
import { text } from "../text/texts.js";
import { Trouble } from "../text/trouble.js";
import {
	type Addition,
	CHECKED,
	type Content,
	type Cost,
	type Header,
	headerOf,
	KEY_BYTES,
	type LampSecrets,
	MEMORY_MAX,
	NEW,
	NONCE_BYTES,
	PASSPHRASE_MIN,
	textOfWritten,
	VERSION,
	type Written,
	withAddition,
	writtenIn,
} from "./vaultcontent.js";

export { type Content, type LampSecrets, lampsCalled, withLamp } from "./vaultcontent.js";

/** 128 MB and about half a second a guess (OWASP's first choice for scrypt). */
const COST: Cost = { N: 2 ** 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** 100,000 lamps with their keys. */
const FILE_MAX = 2 ** 28;

/** A vault opened with its passphrase. */
export class Vault {
	readonly #path: string;
	readonly #passphrase: string;
	/** For a new file; an existing one has its own. */
	readonly #cost: Cost;
	/** As it was last read or written here. */
	#known: Written = NEW;
	/** Derived once: each derivation takes half a second. */
	#keys: Keys | undefined;

	private constructor(path: string, passphrase: string, cost: Cost) {
		this.#path = path;
		this.#passphrase = passphrase;
		this.#cost = cost;
	}

	/** The vault in that file, or a new one, which is written with its first secret. Throws `Trouble`. */
	static open(path: string, passphrase: string, cost: Cost = COST): Vault {
		if (passphrase.length < PASSPHRASE_MIN) throw new Trouble(text("phraseShort", PASSPHRASE_MIN));
		const vault = new Vault(path, passphrase, cost);
		vault.read();
		return vault;
	}

	read(): Content {
		this.#check(existsSync(this.#path) ? textOfFile(this.#path) : undefined);
		return this.#known.content;
	}

	/** Writes the content that `change` returns; other writers wait. */
	update(change: (content: Content) => Content): void {
		let next: Written | undefined;
		changeFile(this.#path, (stored) => {
			next = undefined;
			this.#check(stored);
			const { content, revision } = this.#known;
			const after = change(content);
			if (after === content) return undefined;
			next = { content: after, revision: revision + 1 };
			return this.#sealed(next);
		});
		if (next) this.#known = next;
	}

	/** Adds to a lamp in the vault; its other data stays. */
	amend(lamp: LampSecrets, more: Addition): LampSecrets {
		let after: LampSecrets | undefined;
		this.update((content) => {
			const amended = withAddition(content, lamp, more);
			if (!amended) throw this.#trouble(text("takenOut"));
			after = amended[1];
			return amended[0];
		});
		return after!;
	}

	/** The same content under another passphrase. */
	rekey(passphrase: string): Vault {
		if (passphrase.length < PASSPHRASE_MIN) throw new Trouble(text("phraseShort", PASSPHRASE_MIN));
		const next = new Vault(this.#path, passphrase, COST);
		changeFile(this.#path, (stored) => {
			this.#check(stored);
			next.#known = { ...this.#known, revision: this.#known.revision + 1 };
			return next.#sealed(next.#known);
		});
		return next;
	}

	/**
	 * Takes note of the stored text. If an older copy has taken its place, or nothing is there any more,
	 * the content as this program read or wrote it last is stored beside it.
	 */
	#check(stored: string | undefined): void {
		const found = stored === undefined ? NEW : this.#writtenIn(stored);
		if (found.revision < this.#known.revision) {
			const beside = freeName(`${this.#path}.newer`);
			replaceFile(beside, this.#sealed(this.#known));
			const name = stored === undefined ? "vaultGone" : "vaultOlder";
			throw this.#trouble(text(name, beside, this.#path));
		}
		this.#known = found;
	}

	#writtenIn(content: string): Written {
		if (content.length > FILE_MAX) throw this.#trouble(text("tooLarge"));
		const [first = "", second = ""] = content.split("\n");
		const header = headerOf(first);
		if ("fault" in header) throw this.#trouble(header.fault);
		const isOther = this.#keys !== undefined && this.#keys.salt !== header.salt;
		if (isOther) throw this.#trouble(text("vaultReplaced"));
		const keys = this.#keysFor(header);
		const check = Buffer.from(header.check, "base64");
		const ours = checkOf(keys);
		if (check.length !== ours.length) throw this.#trouble(text("damaged"));
		if (!timingSafeEqual(ours, check)) throw this.#trouble(text("wrongPhrase"));
		return opened(first, header, second, keys) ?? throwIt(this.#trouble(text("damaged")));
	}

	#sealed(written: Written): string {
		const salt = this.#keys?.salt ?? randomBytes(SALT_BYTES).toString("base64");
		const nonce = randomBytes(NONCE_BYTES);
		const keys = this.#keysFor({ ...this.#cost, ...this.#keys?.cost, salt });
		const header = JSON.stringify({
			luminodeVault: VERSION,
			...keys.cost,
			salt,
			nonce: nonce.toString("base64"),
			check: checkOf(keys).toString("base64"),
		} satisfies Header);
		const cipher = createCipheriv("aes-256-gcm", keys.cipher, nonce).setAAD(Buffer.from(header));
		const parts = [cipher.update(textOfWritten(written), "utf8"), cipher.final()];
		const bytes = Buffer.concat([...parts, cipher.getAuthTag()]);
		return `${header}\n${bytes.toString("base64")}\n`;
	}

	#keysFor({ N, r, p, salt }: Cost & { readonly salt: string }): Keys {
		const known = this.#keys;
		if (known?.salt === salt && known.cost.N === N && known.cost.r === r && known.cost.p === p)
			return known;
		const options = { N, r, p, maxmem: 2 * MEMORY_MAX };
		const phrase = this.#passphrase.normalize("NFC"); // é is the same from any keyboard
		const bytes = scryptSync(phrase, Buffer.from(salt, "base64"), 2 * KEY_BYTES, options);
		const [cipher, check] = [bytes.subarray(0, KEY_BYTES), bytes.subarray(KEY_BYTES)];
		this.#keys = { cost: { N, r, p }, salt, cipher, check };
		return this.#keys;
	}

	#trouble(why: Text): Trouble {
		return new Trouble(text("vaultTrouble", this.#path, why));
	}
}

interface Keys {
	readonly cost: Cost;
	readonly salt: string;
	readonly cipher: Buffer;
	readonly check: Buffer;
}

function opened(line: string, header: Header, body: string, keys: Keys): Written | undefined {
	const bytes = Buffer.from(body, "base64");
	if (bytes.length < TAG_BYTES) return undefined;
	const nonce = Buffer.from(header.nonce, "base64");
	const cipher = createDecipheriv("aes-256-gcm", keys.cipher, nonce).setAAD(Buffer.from(line));
	cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
	try {
		const parts = [cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()];
		return writtenIn(Buffer.concat(parts).toString("utf8"));
	} catch {
		return undefined;
	}
}

function checkOf({ check }: Keys): Buffer {
	return createHmac("sha256", check).update(CHECKED).digest();
}

/** `path`, with a number behind it if there is such a file. */
function freeName(path: string): string {
	let index = 1;
	const name = () => (index === 1 ? path : `${path}${index}`);
	while (existsSync(name())) index += 1;
	return name();
}

function throwIt(trouble: Trouble): never {
	throw trouble;
}
