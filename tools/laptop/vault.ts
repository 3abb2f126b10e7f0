/**
 * Vault: the secrets of the lamps, in one file encrypted with a passphrase.
 *
 * The first line is the header, unencrypted JSON: version, scrypt's parameters (RFC 7914), salt,
 * nonce, and a check that distinguishes a wrong passphrase from a damaged file. The second is the
 * content in base64, AES-256-GCM with the header as additional data, so that every change is
 * detected. A new file replaces the old one in one step; a writer holds a lock and begins with the
 * current contents.
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
import { locked, replaceFile, textOfFile } from "./files.js";
import { Trouble } from "./line.js";

const VERSION = 1;
/** 128 MB and about half a second a guess (OWASP's first choice for scrypt). */
const COST: Cost = { N: 2 ** 17, r: 8, p: 1 };
/** Memory that the header of a foreign file may demand: 1 GB. */
const MEMORY_MAX = 2 ** 30;
const SALT_BYTES = 16;
const NONCE_BYTES = 12; // NIST SP 800-38D, 5.2.1.1
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const CHECKED = "luminode vault";
/**
 * Four random words; scrypt makes each guess expensive, but cannot protect a short word from a
 * thousand guesses.
 */
export const PASSPHRASE_MIN = 12;
/** 100,000 lamps with their keys. */
const FILE_MAX = 2 ** 28;

/** Stored data of one lamp. */
export interface LampSecrets {
	/** Unknown until the first visit at the lamp: made for a pole (`--to-text`). */
	readonly serial?: string;
	/** All names that the lamp had at its poles, the latest last. */
	readonly nodes: readonly string[];
	/** The password of its console. */
	readonly secret: string;
	/** Its private key, PKCS #8 in PEM. */
	readonly key?: string;
	/** Settings that are secrets, for this lamp alone. */
	readonly settings?: Readonly<Record<string, string>>;
	/** Instant from which it has no account at the broker, RFC 3339. */
	readonly revoked?: string;
	/** Checksum of the export of its predecessor. */
	readonly replaced?: string;
	/** Instant of creation, RFC 3339. */
	readonly made: string;
}

export interface Content {
	/** Settings that are secrets, for every lamp that has none of its own. */
	readonly shared: Readonly<Record<string, string>>;
	/** Passwords of the programs at the broker, by their user. */
	readonly roles?: Readonly<Record<string, string>>;
	readonly lamps: readonly LampSecrets[];
}

export const EMPTY: Content = { shared: {}, lamps: [] };

/** Parameters of scrypt. */
export interface Cost {
	readonly N: number;
	readonly r: number;
	readonly p: number;
}

interface Header extends Cost {
	readonly luminodeVault: number;
	readonly salt: string;
	readonly nonce: string;
	readonly check: string;
}

/** A vault opened with its passphrase. */
export class Vault {
	readonly #path: string;
	readonly #passphrase: string;
	/** For a new file; an existing one has its own. */
	readonly #cost: Cost;
	/** Derived once: each derivation takes half a second. */
	#keys: Keys | undefined;

	private constructor(path: string, passphrase: string, cost: Cost) {
		this.#path = path;
		this.#passphrase = passphrase;
		this.#cost = cost;
	}

	/** The vault in that file, or a new one, which is written with its first secret. Throws `Trouble`. */
	static open(path: string, passphrase: string, cost: Cost = COST): Vault {
		if (passphrase.length < PASSPHRASE_MIN)
			throw new Trouble(`a passphrase has ${PASSPHRASE_MIN} characters or more`);
		const vault = new Vault(path, passphrase, cost);
		vault.read();
		return vault;
	}

	read(): Content {
		if (!existsSync(this.#path)) return EMPTY;
		const text = readText(this.#path);
		const [first = "", second = ""] = text.split("\n");
		const header = headerOf(first);
		if (typeof header === "string") throw this.#trouble(header);
		const keys = this.#keysFor(header);
		if (!timingSafeEqual(checkOf(keys), Buffer.from(header.check, "base64")))
			throw this.#trouble("wrong passphrase");
		return opened(first, header, second, keys) ?? throwIt(this.#trouble(DAMAGED));
	}

	/** Writes the content that `change` returns; other writers wait. */
	update(change: (content: Content) => Content): void {
		locked(this.#path, () => {
			const before = this.read();
			const after = change(before);
			if (after !== before) replaceFile(this.#path, this.#sealed(after));
		});
	}

	/** Adds to a lamp in the vault; its other data stays. */
	amend({ secret }: LampSecrets, more: Partial<LampSecrets>): LampSecrets {
		const amended: LampSecrets[] = [];
		this.update((content) => {
			const before = content.lamps.find((lamp) => lamp.secret === secret);
			if (!before) throw this.#trouble("the lamp was taken out of it");
			amended.push({ ...before, ...more });
			return withLamp(content, amended[0]!, before);
		});
		return amended[0]!;
	}

	/** The same content under another passphrase. */
	rekey(passphrase: string): Vault {
		if (passphrase.length < PASSPHRASE_MIN)
			throw new Trouble(`a passphrase has ${PASSPHRASE_MIN} characters or more`);
		const next = new Vault(this.#path, passphrase, COST);
		locked(this.#path, () => replaceFile(this.#path, next.#sealed(this.read())));
		return next;
	}

	#sealed(content: Content): string {
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
		const parts = [cipher.update(JSON.stringify(content), "utf8"), cipher.final()];
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

	#trouble(why: string): Trouble {
		return new Trouble(`vault ${this.#path}: ${why}`);
	}
}

interface Keys {
	readonly cost: Cost;
	readonly salt: string;
	readonly cipher: Buffer;
	readonly check: Buffer;
}

const DAMAGED = "is damaged: what it holds is not what was written";

function headerOf(line: string): Header | string {
	let header: Header;
	try {
		header = JSON.parse(line);
	} catch {
		return "is no vault";
	}
	if (typeof header !== "object" || header === null || !("luminodeVault" in header))
		return "is no vault";
	const { luminodeVault, N, r, p, salt, nonce, check } = header;
	if (luminodeVault !== VERSION)
		return `has version ${luminodeVault}; this program reads ${VERSION}`;
	const whole = [N, r, p].every((number) => Number.isInteger(number) && number >= 1);
	const texts = [salt, nonce, check].every((text) => typeof text === "string");
	const isMine = whole && texts && N >= 2 && (N & (N - 1)) === 0 && 128 * N * r * p <= MEMORY_MAX;
	if (!isMine || Buffer.from(check, "base64").length !== KEY_BYTES) return DAMAGED;
	return Buffer.from(nonce, "base64").length === NONCE_BYTES ? header : DAMAGED;
}

function opened(line: string, header: Header, body: string, keys: Keys): Content | undefined {
	const bytes = Buffer.from(body, "base64");
	if (bytes.length < TAG_BYTES) return undefined;
	const nonce = Buffer.from(header.nonce, "base64");
	const cipher = createDecipheriv("aes-256-gcm", keys.cipher, nonce).setAAD(Buffer.from(line));
	cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
	try {
		const parts = [cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()];
		return JSON.parse(Buffer.concat(parts).toString("utf8")) as Content;
	} catch {
		return undefined;
	}
}

function checkOf({ check }: Keys): Buffer {
	return createHmac("sha256", check).update(CHECKED).digest();
}

function readText(path: string): string {
	const text = textOfFile(path);
	if (text.length > FILE_MAX) throw new Trouble(`vault ${path}: is too large to be one`);
	return text;
}

function throwIt(trouble: Trouble): never {
	throw trouble;
}

/** The lamps with that serial number or name, the latest at a pole first. */
export function lampsCalled({ lamps }: Content, name: string): readonly LampSecrets[] {
	const bySerial = lamps.filter(({ serial }) => serial === name);
	const byNode = lamps.filter(({ serial, nodes }) => serial !== name && nodes.includes(name));
	return [...bySerial, ...byNode.reverse()];
}

/** The content with `after` in the place of `before`, or added. */
export function withLamp(
	content: Content,
	after: LampSecrets,
	before: LampSecrets | undefined,
): Content {
	const at = content.lamps.findIndex((lamp) => lamp.secret === before?.secret);
	const others = content.lamps.filter((_lamp, nth) => nth !== at);
	return { ...content, lamps: [...others, after] };
}
