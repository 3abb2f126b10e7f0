/**
 * Jump pace: how long a jump takes still. While lamps boot a street hardly moves: nothing is said until
 * a part of the way is behind, at a steady pace.
 */

/** So much of the way was seen before anything is said: what is left is at most 49 times what it took. */
const SEEN = 0.02;

/** The pace is that of so long, ms of the page's clock. */
const OVER = 4_000;
/** It is steady if both halves of that time differ by no more than this factor. */
const STEADY = 2;

interface Mark {
	readonly utc: number;
	readonly now: number;
}

export class JumpPace {
	#goal = 0;
	#start = 0;
	#marks: Mark[] = [];

	/** Whole seconds left of the jump to `goal`; `utc`: of the street, `now`: of the page, ms. */
	leftOf(goal: number, utc: number, now: number): number | undefined {
		if (goal !== this.#goal) {
			this.#goal = goal;
			this.#start = utc;
			this.#marks = [];
		}
		const marks = this.#marks;
		if (marks.at(-1)?.now !== now) marks.push({ utc, now });
		while (marks.length > 2 && marks[1]!.now <= now - OVER) marks.shift();
		if (utc - this.#start < SEEN * (goal - this.#start)) return undefined;
		const first = marks[0]!;
		const middle = marks.filter((mark) => mark.now <= now - OVER / 2).at(-1);
		if (!middle || first.now > now - OVER) return undefined;
		const before = (middle.utc - first.utc) / (middle.now - first.now);
		const lately = (utc - middle.utc) / (now - middle.now);
		if (!(lately > 0 && before <= lately * STEADY && lately <= before * STEADY)) return undefined;
		return Math.ceil((goal - utc) / ((utc - first.utc) / (now - first.now)) / 1000);
	}
}
