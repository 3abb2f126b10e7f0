/**
 * Account: the sentences of an import. Of each kind of error the first lines are named, the others
 * counted, so that a file of 200,000 errors has a short account.
 */
import type { ReadSentence } from "./sentence.js";

/** Lines named for each kind of error. */
const NAMED = 20;

export class Account {
	readonly #sentences: ReadSentence[] = [];
	readonly #errors = new Map<string, number>();

	constructor(private readonly unit: "line" | "feature") {}

	add(about: ReadSentence["about"], key: string, more: Partial<ReadSentence> = {}): void {
		if (more.count !== 0) this.#sentences.push({ about, key, ...more });
	}

	error(key: string, line: number, text?: string): void {
		const count = (this.#errors.get(key) ?? 0) + 1;
		this.#errors.set(key, count);
		if (count > NAMED) return;
		const textPart = text === undefined ? {} : { text };
		this.#sentences.push({ about: "error", key, line, unit: this.unit, ...textPart });
	}

	/** Notes of the file's reader, by the same rule. */
	take(notes: readonly ReadSentence[]): void {
		for (const { about, key, line, text, ...more } of notes)
			if (about === "error" && line !== undefined) this.error(key, line, text);
			else this.add(about, key, { ...more, ...(text === undefined ? {} : { text }) });
	}

	/** Read and left out first, then assumed, then errors. */
	get sentences(): readonly ReadSentence[] {
		const more = [...this.#errors]
			.filter(([, count]) => count > NAMED)
			.map(([key, count]) => ({ about: "error" as const, key, count: count - NAMED }));
		const order = ["read", "left", "assumed", "error"];
		const rank = ({ about }: ReadSentence) => order.indexOf(about);
		return [...this.#sentences, ...more].sort((sentence, other) => rank(sentence) - rank(other));
	}
}
