/**
 * Kept: the memory of an engine with its lamps at an instant, to which it returns again and again.
 *
 * To copy a memory of some megabytes takes a millisecond, and a lamp that runs on for a few seconds
 * touches a small part of it. So only the pages are copied that were ever found changed since a first
 * instant, the base. To find them, the first returns compare all of the memory, and one in a hundred
 * thereafter; if that meets another page, it throws, because the returns before it were not exact.
 */
const PAGE = 4096;
const WORDS = PAGE / 8;
/** Returns that compare all, at the beginning and then one in so many. */
const FIRST = 200;
const EVERY = 128;
/** Where a page is found its neighbours count, too: what grows goes on there. */
const AROUND = 4;

/** An instant. */
export interface Kept {
	/** Of the pages that were known then, one behind the other. */
	readonly bytes: Uint8Array;
	readonly pages: number;
}

export class Base {
	readonly #memory: WebAssembly.Memory;
	readonly #bytes: Uint8Array;
	readonly #words: BigInt64Array;
	readonly #isKnown: Uint8Array;
	/** Known pages, in the order in which they were found. */
	readonly #pages: number[] = [];
	#returns = 0;

	constructor(memory: WebAssembly.Memory) {
		this.#memory = memory;
		this.#bytes = new Uint8Array(memory.buffer).slice();
		this.#words = new BigInt64Array(this.#bytes.buffer);
		this.#isKnown = new Uint8Array(this.#bytes.length / PAGE);
	}

	/** Bytes that a return copies. */
	get touched(): number {
		return this.#pages.length * PAGE;
	}

	/** Throws if the memory has grown since the base. */
	keep(): Kept {
		if (this.#returns < FIRST) this.#find(false);
		const now = this.#now();
		const bytes = new Uint8Array(this.#pages.length * PAGE);
		this.#pages.forEach((page, index) => {
			bytes.set(now.subarray(page * PAGE, (page + 1) * PAGE), index * PAGE);
		});
		return { bytes, pages: this.#pages.length };
	}

	/** Throws if the memory has grown, or if a page had changed that no return has copied. */
	restore(kept: Kept): void {
		if (this.#returns < FIRST || this.#returns % EVERY === 0) this.#find(this.#returns >= FIRST);
		this.#returns++;
		const now = this.#now();
		this.#pages.forEach((page, index) => {
			// a page that was not known then was as in the base
			const from = index < kept.pages ? kept.bytes : this.#bytes;
			const at = (index < kept.pages ? index : page) * PAGE;
			now.set(from.subarray(at, at + PAGE), page * PAGE);
		});
	}

	#now(): Uint8Array {
		const { buffer } = this.#memory;
		if (buffer.byteLength !== this.#bytes.length)
			throw new Error("the memory has grown since it was kept");
		return new Uint8Array(buffer);
	}

	/** Makes the pages known that differ from the base. `isLate`: there must be none. */
	#find(isLate: boolean): void {
		const words = new BigInt64Array(this.#now().buffer);
		const count = this.#isKnown.length;
		for (let page = 0; page < count; page++) {
			if (this.#isKnown[page] || this.#isAsInBase(words, page)) continue;
			if (isLate) throw new Error(`page ${page} of the memory changed and was not known`);
			const last = Math.min(count - 1, page + AROUND);
			for (let near = Math.max(0, page - AROUND); near <= last; near++)
				if (!this.#isKnown[near]) {
					this.#isKnown[near] = 1;
					this.#pages.push(near);
				}
		}
	}

	#isAsInBase(words: BigInt64Array, page: number): boolean {
		const base = this.#words;
		const end = (page + 1) * WORDS;
		for (let word = page * WORDS; word < end; word++) if (words[word] !== base[word]) return false;
		return true;
	}
}
