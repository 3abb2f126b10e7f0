/**
 * Retained: the embedded broker's retained messages, in a tree by the levels of their topics.
 *
 * The broker's own store compares each filter of a SUBSCRIBE with every message that it holds: the
 * subscriptions of a street cost the square of its lamps. Here a filter costs its matches. They
 * come in the same order, that of their topics' first publication.
 */
import { Readable } from "readable-stream";

export interface Retained {
	readonly topic: string;
	readonly payload: { readonly length: number };
}

/** The part of the broker's persistence that is replaced. */
export interface RetainedStore {
	storeRetained(packet: Retained): PromiseLike<void>;
	createRetainedStream(pattern: string): Readable;
	createRetainedStreamCombi(patterns: readonly string[]): Readable;
}

interface Level {
	readonly below: Map<string, Level>;
	entry: { readonly order: number; message: Retained } | undefined;
}

const level = (): Level => ({ below: new Map(), entry: undefined });

export class RetainedTree {
	readonly #top = level();
	#orders = 0;

	/** Stores a message; an empty one removes that of its topic [MQTT-3.3.1-10]. */
	store(message: Retained): void {
		const path = message.topic.split("/");
		if (message.payload.length === 0) {
			remove(this.#top, path, 0);
			return;
		}
		let at = this.#top;
		for (const name of path) {
			let next = at.below.get(name);
			if (!next) at.below.set(name, (next = level()));
			at = next;
		}
		if (at.entry) at.entry.message = message;
		else at.entry = { order: this.#orders++, message };
	}

	/** The messages of a filter (MQTT 3.1.1, 4.7), in the order in which their topics came. */
	matching(filter: string): Retained[] {
		const found: NonNullable<Level["entry"]>[] = [];
		const wanted = filter.split("/");
		const take = (at: Level, i: number): void => {
			if (i === wanted.length) {
				if (at.entry) found.push(at.entry);
				return;
			}
			const want = wanted[i]!;
			if (want === "#" && at.entry) found.push(at.entry); // the parent level, too
			if (want !== "+" && want !== "#") {
				const next = at.below.get(want);
				if (next) take(next, i + 1);
				return;
			}
			for (const [name, next] of at.below)
				if (i > 0 || !name.startsWith("$")) take(next, want === "#" ? i : i + 1);
		};
		take(this.#top, 0);
		return found.sort((a, b) => a.order - b.order).map(({ message }) => message);
	}
}

/** @returns whether the level is empty now */
function remove(at: Level, path: readonly string[], i: number): boolean {
	if (i === path.length) at.entry = undefined;
	else {
		const name = path[i]!;
		const next = at.below.get(name);
		if (next && remove(next, path, i + 1)) at.below.delete(name);
	}
	return !at.entry && at.below.size === 0;
}

/**
 * A promise whose follower runs at once. After a turn of the event loop a message that is not retained
 * would overtake the one that is; the broker's guard against duplicates would then drop that one, as
 * its number is lower.
 */
const AT_ONCE: PromiseLike<void> = {
	// biome-ignore lint/suspicious/noThenProperty: it is one on purpose
	then: (follow) => Promise.resolve(follow?.()) as never,
};

/** Replaces the store of retained messages in `persistence`, which holds none yet. */
export function indexRetained(persistence: RetainedStore): void {
	const tree = new RetainedTree();
	function* matching(patterns: readonly string[]): Generator<Retained> {
		for (const pattern of patterns) yield* tree.matching(pattern);
	}
	persistence.storeRetained = (packet) => {
		tree.store({ ...packet });
		return AT_ONCE;
	};
	persistence.createRetainedStreamCombi = (patterns) => Readable.from(matching(patterns));
	persistence.createRetainedStream = (pattern) => Readable.from(matching([pattern]));
}
