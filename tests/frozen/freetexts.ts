/**
 * Free texts: the only parts of what a lamp publishes that may change without an argument.
 *
 * Sentences for people, and two figures that follow from the length of sentences and code. Everything
 * else on the wire is frozen to the byte: names, numbers, order of fields, spaces.
 */
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const TEXTS = String.raw`\[(?:${TEXT}(?:,${TEXT})*)?\]`;

/** What is free, and where. */
export const FREE: readonly {
	readonly what: string;
	readonly pattern: RegExp;
	readonly by: string;
}[] = [
	{
		what: "the sentences of `explanation` in states, replies and previews",
		pattern: new RegExp(`"explanation":(?:${TEXT}|${TEXTS})`, "g"),
		by: '"explanation":"*"',
	},
	{
		what: "the message of the event `fault`",
		pattern: new RegExp(`("where":${TEXT},"message":)${TEXT}`, "g"),
		by: '$1"*"',
	},
	{
		what: "free memory in telemetry, which each change of the code changes",
		pattern: /"heapFree_bytes":\d+/g,
		by: '"heapFree_bytes":0',
	},
	{
		what: "bytes sent in telemetry, sentences included",
		pattern: /"sent_bytes":\d+/g,
		by: '"sent_bytes":0',
	},
];

export function withoutFreeTexts(text: string): string {
	return FREE.reduce((left, { pattern, by }) => left.replace(pattern, by), text);
}
