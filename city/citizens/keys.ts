/**
 * Keys: the platforms and clerks that may use the endpoint, and their rights: one line each, `KEY RIGHT
 * ...`; `name=NAME` is its name in the audit log.
 *
 * `report`: requests may be posted; `read`: descriptions are shown; `close`: a person may close a
 * request. A key alone has the first two.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { Trouble } from "../../lib/text/trouble.js";

const RIGHTS = ["report", "read", "close"] as const;
type Right = (typeof RIGHTS)[number];
const USUAL: readonly Right[] = ["report", "read"];
const LEAST = 8;
const NAMED = /^name=([A-Za-z0-9_.-]{1,32})$/;

interface Key {
	readonly digest: Buffer;
	readonly rights: readonly Right[];
	/** Of its holder; without one the begin of its digest. */
	readonly name: string;
}

export class Keys {
	readonly #keys: readonly Key[];

	/** Throws `Trouble` with the line. */
	constructor(text: string, name: string) {
		const lines = text.split(/\r?\n/).map((line) => line.split("#")[0]!.trim());
		this.#keys = lines.flatMap((line, at): Key[] => {
			const [key, ...args] = line.split(/[\s,]+/).filter(Boolean);
			if (key === undefined) return [];
			const rights = RIGHTS.filter((right) => args.includes(right));
			const names = args.flatMap((word) => NAMED.exec(word)?.[1] ?? []);
			const odd = args.find((word) => !rights.some((right) => right === word) && !NAMED.test(word));
			const where = `${name}:${at + 1}: `;
			if (odd !== undefined)
				throw new Trouble(`${where}"${odd}" is no right, which are ${RIGHTS.join(", ")}`);
			if (key.length < LEAST)
				throw new Trouble(`${where}a key has ${LEAST} characters at least, e.g. 32 random letters`);
			const digest = digestOf(key);
			const holderName = names[0] ?? `key-${digest.toString("hex").slice(0, 8)}`;
			return [{ digest, rights: rights.length === 0 ? USUAL : rights, name: holderName }];
		});
		if (this.#keys.length === 0)
			throw new Trouble(`${name}: no key of a platform, e.g. 32 random letters`);
	}

	/** The name of the key's holder, if it has that right; in constant time. */
	holder(key: string, right: Right): string | undefined {
		const digest = digestOf(key);
		const matching = this.#keys.filter((known) => timingSafeEqual(known.digest, digest));
		return matching.find(({ rights }) => rights.includes(right))?.name;
	}

	may(key: string, right: Right): boolean {
		return this.holder(key, right) !== undefined;
	}
}

function digestOf(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
