/**
 * Repeats: the ids of recent orders with their first answers, so that a repeat acts once.
 *
 * MQTT at QoS 1 may deliver an order twice, and a city that saw no reply sends it again. Only
 * orders that acted are kept: a refused one did nothing, and may be obeyed when it comes again.
 * The memory is one text, which is also what is stored: `id answer` lines, oldest first.
 */

/** As the broker contract says; a city retries within minutes. */
export const REPEATS = 32;
/** Longest answer kept: a status word. */
const ANSWER_MAX_CHARACTERS = 16;
/** A line of each: 36 characters of id, a space, the answer, the line's end. */
const LINES_MAX_CHARACTERS = REPEATS * (36 + 1 + ANSWER_MAX_CHARACTERS + 1);

export class Repeats {
	private lines = "\n";

	/** The first answer to the order with this id; undefined if the id is new. */
	answerTo(id: string): string | undefined {
		const key = `\n${id} `;
		const at = this.lines.indexOf(key);
		if (at < 0) return undefined;
		const start = at + key.length;
		return this.lines.slice(start, this.lines.indexOf("\n", start));
	}

	/** Keeps the answer to an id that answerTo did not know; the oldest gives way. */
	remember(id: string, answer: string): void {
		this.lines += `${id} ${answer.slice(0, ANSWER_MAX_CHARACTERS)}\n`;
		let count = -1; // the text begins with a line's end
		for (let at = 0; at >= 0; at = this.lines.indexOf("\n", at + 1)) count += 1;
		for (; count > REPEATS; count -= 1) this.lines = this.lines.slice(this.lines.indexOf("\n", 1));
	}

	/** For the store: at most 1,800 characters of ASCII. */
	serialise(): string {
		return this.lines;
	}

	/** Takes what serialise gave in an earlier life; anything else is forgotten. */
	restore(text: string): void {
		const isOurs = text.startsWith("\n") && text.endsWith("\n");
		this.lines = isOurs && text.length <= LINES_MAX_CHARACTERS + 1 ? text : "\n";
	}
}
