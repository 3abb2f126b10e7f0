/**
 * Repeats: the ids of recent orders with their first replies, so that a repeated order acts once.
 *
 * MQTT at QoS 1 may deliver an order twice, and a CMS that received no reply sends it again. Only
 * orders that acted are stored: a rejected one did nothing, and may be accepted when it is
 * repeated. The memory is one text, which is also the form in the store: lines `id answer`, oldest
 * first.
 */

/** As in the broker contract; a CMS repeats within minutes. */
export const REPEATS = 32;
/** Longest stored answer: a status word. */
const ANSWER_MAX_CHARACTERS = 16;
/** A line each: 36 characters of id, a space, the answer, a line feed. */
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

	/** Stores the answer to a new id; the oldest one is dropped. */
	remember(id: string, answer: string): void {
		this.lines += `${id} ${answer.slice(0, ANSWER_MAX_CHARACTERS)}\n`;
		let count = -1; // the text begins with a line feed
		for (let at = 0; at >= 0; at = this.lines.indexOf("\n", at + 1)) count += 1;
		for (; count > REPEATS; count -= 1) this.lines = this.lines.slice(this.lines.indexOf("\n", 1));
	}

	/** The text for the store: at most 1,800 characters of ASCII. */
	serialise(): string {
		return this.lines;
	}

	/** Restores a text of serialise from an earlier life; any other text is discarded. */
	restore(text: string): void {
		const isOurs = text.startsWith("\n") && text.endsWith("\n");
		this.lines = isOurs && text.length <= LINES_MAX_CHARACTERS + 1 ? text : "\n";
	}
}
