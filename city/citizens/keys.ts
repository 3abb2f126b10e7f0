/**
 * Keys: the platforms that may use the endpoint, and their rights: one line each, `KEY RIGHT ...`.
 *
 * `report`: requests may be posted; `read`: descriptions are shown. A key alone has both.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { Trouble } from "../../lib/text/trouble.js";

export const RIGHTS = ["report", "read"] as const;
export type Right = (typeof RIGHTS)[number];
const LEAST = 8;

export class Keys {
	readonly #keys: readonly (readonly [digest: Buffer, rights: readonly Right[]])[];

	/** Throws `Trouble` with the line. */
	constructor(text: string, name: string) {
		const lines = text.split(/\r?\n/).map((line) => line.split("#")[0]!.trim());
		this.#keys = lines.flatMap((line, at): [Buffer, readonly Right[]][] => {
			const [key, ...words] = line.split(/[\s,]+/).filter(Boolean);
			if (key === undefined) return [];
			const odd = words.find((word) => !RIGHTS.some((right) => right === word));
			const where = `${name}:${at + 1}: `;
			if (odd !== undefined)
				throw new Trouble(`${where}"${odd}" is no right, which are ${RIGHTS.join(" and ")}`);
			if (key.length < LEAST)
				throw new Trouble(`${where}a key has ${LEAST} characters at least, e.g. 32 random letters`);
			return [[digestOf(key), words.length === 0 ? RIGHTS : (words as Right[])]];
		});
		if (this.#keys.length === 0)
			throw new Trouble(`${name}: no key of a platform, e.g. 32 random letters`);
	}

	/** In constant time. */
	may(key: string, right: Right): boolean {
		const digest = digestOf(key);
		const own = this.#keys.filter(([known]) => timingSafeEqual(known, digest));
		return own.some(([, rights]) => rights.includes(right));
	}
}

function digestOf(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
