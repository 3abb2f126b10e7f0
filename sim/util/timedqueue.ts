/**
 * Timed queue: coming entries, by instant, then lamp, then order of arrival.
 *
 * Used for deliveries through the network and for the agenda of the world. That order is the same
 * whichever thread, socket or timer caused an entry, so the output depends on the seed alone. A
 * binary heap: ten thousand lamps have one entry each at dusk.
 */
interface Timed {
	/** Virtual ms. */
	readonly at: number;
	/** Lamp number; 0 goes before all lamps. */
	readonly lamp: number;
}

interface Entry<T> {
	readonly item: T;
	readonly order: number;
}

export class TimedQueue<T extends Timed> {
	readonly #heap: Entry<T>[] = [];
	#orders = 0;

	/** Instant of the first entry; Infinity if there is none. */
	nextDue(): number {
		return this.#heap[0]?.item.at ?? Infinity;
	}

	push(item: T): void {
		const heap = this.#heap;
		const entry = { item, order: this.#orders++ };
		let hole = heap.push(entry) - 1;
		while (hole > 0) {
			const parent = (hole - 1) >> 1;
			const above = heap[parent]!;
			if (!before(entry, above)) break;
			heap[hole] = above;
			hole = parent;
		}
		heap[hole] = entry;
	}

	/** Removes the first entry if it is due by `until`, that instant included. */
	take(until: number): T | undefined {
		const heap = this.#heap;
		const first = heap[0];
		if (!first || first.item.at > until) return undefined;
		const last = heap.pop()!;
		if (heap.length > 0) this.#sink(last);
		return first.item;
	}

	#sink(entry: Entry<T>): void {
		const heap = this.#heap;
		let hole = 0;
		for (;;) {
			let child = 2 * hole + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
			const below = heap[child]!;
			if (!before(below, entry)) break;
			heap[hole] = below;
			hole = child;
		}
		heap[hole] = entry;
	}
}

function before<T extends Timed>(a: Entry<T>, b: Entry<T>): boolean {
	if (a.item.at !== b.item.at) return a.item.at < b.item.at;
	if (a.item.lamp !== b.item.lamp) return a.item.lamp < b.item.lamp;
	return a.order < b.order;
}
