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

/** Nothing is remembered. */
export const NO_REPEATS = "\n";

/** The first answer to the order with this id; undefined if the id is new. */
export function answerTo(repeats: string, id: string): string | undefined {
	const key = `\n${id} `;
	const at = repeats.indexOf(key);
	if (at < 0) return undefined;
	const start = at + key.length;
	return repeats.slice(start, repeats.indexOf("\n", start));
}

/** With the answer to a new id; the oldest one is dropped: at most 1,800 characters of ASCII. */
export function remembered(repeats: string, id: string, answer: string): string {
	let lines = `${repeats}${id} ${answer.slice(0, ANSWER_MAX_CHARACTERS)}\n`;
	let count = -1; // the text begins with a line feed
	for (let at = 0; at >= 0; at = lines.indexOf("\n", at + 1)) count += 1;
	for (; count > REPEATS; count -= 1) lines = lines.slice(lines.indexOf("\n", 1));
	return lines;
}

/** The text of an earlier life; any other text is discarded. */
export function restored(text: string): string {
	const isOurs = text.startsWith("\n") && text.endsWith("\n");
	return isOurs && text.length <= LINES_MAX_CHARACTERS + 1 ? text : NO_REPEATS;
}
