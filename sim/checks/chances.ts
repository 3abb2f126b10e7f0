/**
 * Chances: how often a check could have failed, how often it judged, and why it did not judge the rest.
 *
 * A chance follows from the world and the wire alone; whether it is judged is decided afterwards, so
 * a check that is blind says how blind it is.
 */
export class Chances {
	/** Those that were compared with the light or the wire. */
	judged = 0;
	/** The others, by the reason. */
	readonly left = new Map<string, number>();

	/** All of them. */
	get all(): number {
		let all = this.judged;
		for (const times of this.left.values()) all += times;
		return all;
	}

	leave(why: string): void {
		this.left.set(why, (this.left.get(why) ?? 0) + 1);
	}

	add({ judged, left }: Counted): void {
		this.judged += judged;
		for (const [why, times] of Object.entries(left))
			this.left.set(why, (this.left.get(why) ?? 0) + times);
	}

	get counted(): Counted {
		return { judged: this.judged, left: Object.fromEntries(this.left) };
	}
}

/** Chances as plain values, which pass from process to process. */
export interface Counted {
	readonly judged: number;
	/** By the reason. */
	readonly left: Readonly<Record<string, number>>;
}

/** The share that was judged, per cent; 100 where there was no chance. */
export function judgedShare(chances: Chances): number {
	return chances.all === 0 ? 100 : (100 * chances.judged) / chances.all;
}

/** `93.1 % of 1204 (an order without a reply 40, broken sensor 12)`. */
export function sayJudged(chances: Chances): string {
	const reasons = [...chances.left].sort((a, b) => b[1] - a[1]);
	const left = reasons.map(([why, times]) => `${why} ${times}`).join(", ");
	const share = `${judgedShare(chances).toFixed(1)} % of ${chances.all}`;
	return left === "" ? share : `${share} (${left})`;
}
