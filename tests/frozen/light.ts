/** Light: each write of a dimmer, as a level for each ten minutes and a digest of all for each hour. */
import { createHash, type Hash } from "node:crypto";
import { HOUR } from "../../lib/spans.js";

const TEN_MINUTES = 600_000;
const DIGITS = 16;

export class Light {
	readonly #hours = new Map<number, { readonly duties: number[]; readonly all: Hash }>();

	/** `at`: ms since the script began. */
	shine(at: number, duty: number): void {
		const hour = Math.floor(at / HOUR);
		let seen = this.#hours.get(hour);
		if (!seen) {
			seen = { duties: [], all: createHash("sha256") };
			this.#hours.set(hour, seen);
		}
		seen.duties[Math.floor((at % HOUR) / TEN_MINUTES)] = duty;
		seen.all.update(`${at} ${duty}\n`);
	}

	/** `hour: the last duty of each ten minutes that had one, digest`. */
	get rows(): readonly string[] {
		return [...this.#hours].map(([hour, { duties, all }]) => {
			return `${hour}: ${duties.join(" ")} ${all.copy().digest("hex").slice(0, DIGITS)}`;
		});
	}
}
