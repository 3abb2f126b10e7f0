/**
 * Agenda: what will happen in the world, earliest first.
 *
 * A binary heap in parallel arrays: adding and taking allocate nothing once it has grown. Entries of
 * the same instant come in the order in which they were added, so a run has one order only.
 */

/** Something in the world that acts when its time has come. */
export interface Actor {
	/** `subject` is the number given to `add`: a lamp, a road user, or nothing. */
	due(at: number, subject: number): void;
}

export class Agenda {
	readonly #at: number[] = [];
	readonly #order: number[] = [];
	readonly #actor: Actor[] = [];
	readonly #subject: number[] = [];
	#size = 0;
	#count = 0;

	/** The instant of the earliest entry; Infinity if there is none. */
	get next(): number {
		return this.#size > 0 ? this.#at[0]! : Infinity;
	}

	/** Whole milliseconds: `at` is rounded up. Infinity is never. */
	add(at: number, actor: Actor, subject = 0): void {
		if (at === Infinity) return;
		this.#put(this.#size++, Math.ceil(at), this.#count++, actor, subject);
		for (let i = this.#size - 1; i > 0; ) {
			const parent = (i - 1) >> 1;
			if (!this.#before(i, parent)) break;
			this.#swap(i, parent);
			i = parent;
		}
	}

	/** Lets everything act that is due up to `until`, that instant included. */
	run(until: number): void {
		while (this.#size > 0 && this.#at[0]! <= until) {
			const at = this.#at[0]!;
			const actor = this.#actor[0]!;
			const subject = this.#subject[0]!;
			this.#drop();
			actor.due(at, subject);
		}
	}

	#drop(): void {
		const last = --this.#size;
		this.#swap(0, last);
		for (let i = 0; ; ) {
			const left = 2 * i + 1;
			if (left >= last) return;
			const right = left + 1;
			const child = right < last && this.#before(right, left) ? right : left;
			if (!this.#before(child, i)) return;
			this.#swap(child, i);
			i = child;
		}
	}

	#before(a: number, b: number): boolean {
		const earlier = this.#at[a]! - this.#at[b]!;
		return earlier < 0 || (earlier === 0 && this.#order[a]! < this.#order[b]!);
	}

	#put(place: number, at: number, order: number, actor: Actor, subject: number): void {
		this.#at[place] = at;
		this.#order[place] = order;
		this.#actor[place] = actor;
		this.#subject[place] = subject;
	}

	#swap(a: number, b: number): void {
		const at = this.#at[a]!;
		const order = this.#order[a]!;
		const actor = this.#actor[a]!;
		const subject = this.#subject[a]!;
		this.#put(a, this.#at[b]!, this.#order[b]!, this.#actor[b]!, this.#subject[b]!);
		this.#put(b, at, order, actor, subject);
	}
}
