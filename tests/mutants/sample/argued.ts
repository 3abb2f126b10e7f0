/**
 * Argued: mutants that no test can see, each with the reason.
 *
 * Named by file, line of text, and replacement, so that they hold while lines move; a test compares them with
 * the sources.
 */
import type { Site } from "./operators.js";

export interface Argued {
	readonly file: string;
	/** The line in which it begins. */
	readonly context: string;
	readonly original: string;
	/** Absent: the statement is left out. */
	readonly mutated?: string;
	readonly why: string;
}

export const ARGUED: readonly Argued[] = [
	{
		file: "meter/power.ts",
		context: "if (level < this.from || level >= this.until) this.find(level);",
		original: "level < this.from",
		mutated: "level <= this.from",
		why: "at its lower bound the interval is found again, the same one",
	},
	{
		file: "journal/journal.ts",
		context: "this.numbers[place + 1] = utc ?? Number.NaN;",
		original: "utc ?? Number.NaN",
		mutated: "utc",
		why: "an array of numbers stores undefined as NaN",
	},
	{
		file: "journal/flashjournal.ts",
		context: "put(bytes, 4, UNUSED - this.sequence - 1, 4);",
		original: "4",
		mutated: "5",
		why: "a size of 5 writes the same four bytes",
	},
	{
		file: "journal/flashjournal.ts",
		context: "while (at + HEAD_BYTES < end) {",
		original: "at + HEAD_BYTES < end",
		mutated: "at + HEAD_BYTES <= end",
		why: "no record is as short as its head, so these bytes are erased and have no length",
	},
	{
		file: "journal/record.ts",
		context: "uptime: get(bytes, UPTIME_AT, 6),",
		original: "6",
		mutated: "5",
		why: "any size but 2 and 4 reads six bytes",
	},
	{
		file: "node/light/lightpath.ts",
		context: "this.isLogged = true;",
		original: "true",
		mutated: "false",
		why: "the log writes what differs from its last entry alone; only time is lost",
	},
	{
		file: "node/update/updater.ts",
		context: 'if (typeof key === "string") return false;',
		original: 'typeof key === "string"',
		mutated: "false",
		why: "an offer whose key is missing or retired is refused before its signature is checked",
	},
	{
		file: "sensing/evening.ts",
		context: "const isEvening = this.mark >= 0 && lux < LAMPLIGHT_MOST;",
		original: "this.mark >= 0",
		mutated: "this.mark > 0",
		why: "a mark is none or a light of onLevel at least, which is 1 lx or more",
	},
	{
		file: "console/lineeditor.ts",
		context: "private parameter = 0; // of the escape sequence",
		original: "0",
		mutated: "1",
		why: "set to 0 where a sequence begins, before it is read",
	},
	{
		file: "console/session.ts",
		context: "export const TAKE_BYTES = 128;",
		original: "128",
		mutated: "127",
		why: "bytes are read until none is left, in pieces of any size",
	},
	{
		file: "console/session.ts",
		context: "private at = 0; // of the input not handled yet",
		original: "0",
		mutated: "1",
		why: "set to 0 by the first read, before any byte is there",
	},
	{
		file: "console/session.ts",
		context: "private pasted = 0;",
		original: "0",
		mutated: "1",
		why: "set to 0 where a paste begins, before it is read",
	},
	{
		file: "console/session.ts",
		context: "this.gate.commands += 1;",
		original: "1",
		mutated: "2",
		why: "no two orders have the same number then either",
	},
	{
		file: "console/watch.ts",
		context: 'let last = "";',
		original: '""',
		mutated: '"?"',
		why: "the first line differs from either text",
	},
	{
		file: "monitor/heaptrend.ts",
		context: "falling = 0;",
		original: "0",
		mutated: "1",
		why: "the first week sets it, and one fall is no leak",
	},
	{
		file: "monitor/heaptrend.ts",
		context: "private lastWeek = 0; // the best of last week; 0: none",
		original: "0",
		mutated: "1",
		why: "a fall from 1 byte is no leak",
	},
	{
		file: "monitor/heaptrend.ts",
		context: "if (this.best === undefined) return undefined;",
		original: "this.best === undefined",
		mutated: "false",
		why: "no comparison holds without a best, and no week has fallen yet",
	},
	{
		file: "monitor/heaptrend.ts",
		context: "private mostOfWeek = 0; // of the whole days of this week",
		original: "0",
		mutated: "1",
		why: "one byte more in a week without any free byte decides no comparison",
	},
	{
		file: "monitor/response.ts",
		context: "private count = 0;",
		original: "0",
		mutated: "1",
		why: "the first result differs from none and sets it to 0",
	},
	{
		file: "meter/days.ts",
		context: 'if (day < stored) return begun.join(" ");',
		original: "day < stored",
		mutated: "day <= stored",
		why: "an equal day has returned one line before",
	},
	{
		file: "meter/days.ts",
		context: "const at = (book?.length ?? 0) - 2 * (index + 1);",
		original: "0",
		mutated: "1",
		why: "without a book nothing is read at that place",
	},
	{
		file: "meter/power.ts",
		context: "if (level >= 10) {",
		original: "level >= 10",
		mutated: "level > 10",
		why: "at the point itself the intervals on both sides give its power",
	},
	{
		file: "meter/power.ts",
		context: "this.until = to < 100 ? to : Infinity;",
		original: "to < 100",
		mutated: "true",
		why: "at full level the interval is found again, the same one",
	},
	{
		file: "base64.ts",
		context: "const bytes = new Uint8Array(Math.min(most, Math.ceil(((to - from) * 3) / 4)));",
		original: "Math.ceil(((to - from) * 3) / 4)",
		mutated: "Math.floor(((to - from) * 3) / 4)",
		why: "canonical text has a multiple of four digits, three bytes each",
	},
	{
		file: "base64.ts",
		context: "if (code >= 65 && code <= 90) return code - 65; // A-Z",
		original: "65",
		mutated: "64",
		why: "the character before A then has the value -1, which is refused as well",
	},
	{
		file: "json.ts",
		context: 'if (!text.startsWith(\'{"\') || text.includes("\\\\")) return undefined;',
		original: '!text.startsWith(\'{"\') || text.includes("\\\\")',
		mutated: "true",
		why: "the Scanner reads the text instead and gives the same object",
	},
	{
		file: "json.ts",
		context: 'if (!text.startsWith(\'{"\') || text.includes("\\\\")) return undefined;',
		original: '"\\\\"',
		mutated: '""',
		why: "the Scanner reads the text instead and gives the same object",
	},
	{
		file: "json.ts",
		context: 'let end = text.indexOf(isText ? \'"\' : ",", start + 1);',
		original: "isText",
		mutated: "false",
		why: "a text is then the last value, or ends with its comma and is left to the Scanner",
	},
	{
		file: "json.ts",
		context: "if (end < 0) end = last;",
		original: "end = last;",
		why: "the same token is cut from the end, and the object is left to the Scanner",
	},
	{
		file: "json.ts",
		context: "else if (isText) end += 1;",
		original: "1",
		mutated: "2",
		why: "the next character is white space, or the text is left to the Scanner",
	},
	{
		file: "json.ts",
		context: "(character >= 97 && character <= 122) ||",
		original: "character <= 122",
		mutated: "character < 122",
		why: "no literal contains a z: the text is refused in either place",
	},
	{
		file: "json.ts",
		context: "if (first === OPEN_BRACE || first === OPEN_BRACKET || first <= 32) return undefined;",
		original: "32",
		mutated: "33",
		why: "no value begins with an exclamation mark: the Scanner refuses it",
	},
	{
		file: "json.ts",
		context: 'let end = text.indexOf(isText ? \'"\' : ",", start + 1);',
		original: '","',
		mutated: '""',
		why: "a value of one character is read, and the Scanner reads any other",
	},
	{
		file: "json.ts",
		context: "if (end < 0) end = last;",
		original: "end < 0",
		mutated: "end <= 0",
		why: "the search begins behind the first character, so 0 is never found",
	},
	{
		file: "json.ts",
		context: "else if (isText) end += 1;",
		original: "isText",
		mutated: "false",
		why: "a text without its last quote is left to the Scanner, which reads it",
	},
	{
		file: "json.ts",
		context:
			'if (typeof value === "string" && (!token.includes("\\\\u") || isWellFormed(token))) return value;',
		original: '"\\\\u"',
		mutated: '""',
		why: "a token without such escapes is well-formed",
	},
	{
		file: "json.ts",
		context: "(character >= 48 && character <= 57) ||",
		original: "48",
		mutated: "47",
		why: "a run with a slash in it is no number and is refused, too",
	},
	{
		file: "json.ts",
		context: "const unit = isUnicode ? Number.parseInt(token.slice(at + 2, at + 6), 16) : 1;",
		original: "1",
		mutated: "2",
		why: "any number but 0 that is no half of a pair",
	},
	{
		file: "update/download.ts",
		context: "export const TAKE_BYTES = 1024;",
		original: "1024",
		mutated: "1023",
		why: "the bytes are taken in pieces of any size",
	},
	{
		file: "update/download.ts",
		context: "private stream: StreamId = -1;",
		original: "1",
		mutated: "2",
		why: "no stream is compared with it before the first is open",
	},
	{
		file: "update/download.ts",
		context: "private bodyAt: Millis = 0; // end of the head",
		original: "0",
		mutated: "1",
		why: "set at the end of the head, before it is read",
	},
	{
		file: "update/rollout.ts",
		context: 'if (this.stage === "fetching" && this.download) this.dueAt = this.download.dueAt;',
		original: 'this.stage === "fetching" && this.download',
		mutated: "true",
		why: "inputs of a stream come here only while a download owns it, so while it is fetched",
	},
	{
		file: "explain/decisions.ts",
		context: "private readonly words = new Uint32Array(2 * DECISIONS);",
		original: "2",
		mutated: "3",
		why: "the array is longer than what is written to it",
	},
	{
		file: "meter/meter.ts",
		context: "if (level > 0 && this.level <= 0) this.switchOns += 1;",
		original: "level > 0",
		mutated: "level >= 0",
		why: "a level of 0 that comes here follows a lit one",
	},
	{
		file: "meter/power.ts",
		context: "private rise = 0;",
		original: "0",
		mutated: "1",
		why: "set with the first interval, before it is read",
	},
	{
		file: "meter/power.ts",
		context: "if (level < this.from || level >= this.until) this.find(level);",
		original: "level >= this.until",
		mutated: "level > this.until",
		why: "at the end of an interval both give the same power",
	},
	{
		file: "meter/power.ts",
		context: "if (from === 0 && low > high) low = high; // less light never draws more power",
		original: "low > high",
		mutated: "low >= high",
		why: "equal powers are set to each other",
	},
	{
		file: "meter/power.ts",
		context: "this.until = to < 100 ? to : Infinity;",
		original: "this.until = to < 100 ? to : Infinity;",
		why: "the interval is found again at each level; only time is lost",
	},
	{
		file: "link/decoder.ts",
		context: "topicCount = 0;",
		original: "0",
		mutated: "1",
		why: "set by each PUBLISH before it is read",
	},
	{
		file: "time/clock.ts",
		context: "return Math.max(0, Math.ceil((error - SYNC_ERROR) / DRIFT));",
		original: "Math.ceil((error - SYNC_ERROR) / DRIFT)",
		mutated: "Math.floor((error - SYNC_ERROR) / DRIFT)",
		why: "a bound that is a millisecond later, where the date's error is seconds",
	},
	{
		file: "link/link.ts",
		context: "source.sent(now, 0);",
		original: "0",
		mutated: "1",
		why: "no message is repeated under it: `done` follows",
	},
	{
		file: "link/topics.ts",
		context: "return place < 0 ? undefined : ADDRESSES[place];",
		original: "place < 0",
		mutated: "false",
		why: "no address has that index; the condition spares a look-up by a name",
	},
	{
		file: "link/writer.ts",
		context: "if (letters < 0 || count < 0) this.failed = true;",
		original: "0",
		mutated: "1",
		why: "no member has an empty name",
	},
	{
		file: "meter/power.ts",
		context: "this.until = to < 100 ? to : Infinity;",
		original: "100",
		mutated: "99",
		why: "an interval ends at 10, 25, 50 or 100",
	},
	{
		file: "monitor/response.ts",
		context: 'if (isDark(brighter, to > from ? luxAfter : luxBefore, response)) return "dark";',
		original: "to > from",
		mutated: "to >= from",
		why: "no step between equal levels is a test",
	},
	{
		file: "monitor/response.ts",
		context: "private since: Millis = 0;",
		original: "0",
		mutated: "1",
		why: "the first result differs from none and sets it",
	},
	{
		file: "command/instant.ts",
		context: "return Number.isNaN(utc - offset) ? undefined : ((utc - offset) as UtcMillis);",
		original: "utc - offset",
		mutated: "utc + offset",
		why: "either is NaN if one of the two is; the difference itself is another mutant",
	},
	{
		file: "command/repeats.ts",
		context: 'for (let at = 0; at >= 0; at = lines.indexOf("\\n", at + 1)) count += 1;',
		original: "0",
		mutated: "1",
		why: "no line is empty, so no line feed but the first lies at 0 or 1",
	},
	{
		file: "settings/faults.ts",
		context: 'const [place = "", ...rest] = why.split(": ");',
		original: '""',
		mutated: '"?"',
		why: "a text that is split has one part at least",
	},
	{
		file: "settings/section.ts",
		context:
			// biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the source
			'const unknown = reject("unknownSetting", parsed.name ?? "", `is not in section ${section}`);',
		original: 'parsed.name ?? ""',
		mutated: "parsed.name",
		why: "an unknown name comes with its name",
	},
	{
		file: "lighting/adaptive.ts",
		context: "this.moving = 0;",
		original: "0",
		mutated: "1",
		why: "a millisecond more decides only at an exact bound",
	},
	{
		file: "time/civil.ts",
		context: "return firstDayOf(year) + (BEFORE_MONTH[month - 1] ?? 0) + leap + date - 1;",
		original: "BEFORE_MONTH[month - 1] ?? 0",
		mutated: "BEFORE_MONTH[month - 1]",
		why: "a month is a number from 1 to 12",
	},
	{
		file: "time/clock.ts",
		context: "const difference = shown === undefined ? 0 : utc - shown;",
		original: "shown === undefined",
		mutated: "false",
		why: "NaN is no more than what drift explains, so the jump is 0 as well",
	},
	{
		file: "time/date.ts",
		context: "const lunar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);",
		original: "8",
		mutated: "9",
		why: "the same from 1700 to 4099; a clock ends in 2069",
	},
	{
		file: "time/sun.ts",
		context: "if (Math.abs(middle - last) < PASSAGE_PRECISION) break;",
		original: "Math.abs(middle - last) < PASSAGE_PRECISION",
		mutated: "false",
		why: "more steps find the same instant, within the precision; only time is lost",
	},
	{
		file: "meter/days.ts",
		context: "if (day === stored || (day < stored && day >= stored - MOST_BACK)) return text;",
		original: "day < stored",
		mutated: "day <= stored",
		why: "an equal day returns by the condition before",
	},
	{
		file: "meter/power.ts",
		context: "private width = 0;",
		original: "0",
		mutated: "1",
		why: "set with the first interval, before it is read",
	},
	{
		file: "meter/power.ts",
		context: "this.until = to < 100 ? to : Infinity;",
		original: "to < 100",
		mutated: "to <= 100",
		why: "at full level the interval is found again, the same one",
	},
];

/** The reason why a mutant changes nothing that can be seen; undefined: none is given. */
export function argumentFor({ file, context, original, mutated }: Site): string | undefined {
	return ARGUED.find(
		(argued) =>
			argued.file === file &&
			argued.context === context &&
			argued.original === original &&
			argued.mutated === mutated,
	)?.why;
}
