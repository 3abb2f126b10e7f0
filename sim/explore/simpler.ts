/**
 * Simpler: values of an option in place of the drawn one, the simplest first, for the shrinking of a
 * street that broke a promise.
 */

/** Head of an input: kind, time and lamp. */
const HEAD = /^(\w+@[\d.]+[hms](?:\/\d+)?:)([\s\S]*)$/;
/** A field of an order that it can do without; a number that stands alone. */
const FIELD = /,"(?!id"|command"|issued")\w+":(?:"[^"]*"|[\w.-]+)/g;
const NUMBER = /(?<!\d:)(?<![\w.@/"-])\d+(?:\.\d+)?(?![\w:@/"-])/g;

/** Simpler values of an option's text; none: it is as simple as it can be. */
export function* simplerOf(name: string, text: string): Iterable<string> {
	if (name === "--input") {
		const [, head, body] = HEAD.exec(text) ?? [];
		if (head === undefined || body === undefined) return;
		if (head.startsWith("type")) yield* parts(body).map((part) => head + part);
		else for (const simpler of [...without(body), ...rounder(body)]) yield head + simpler;
	} else if (name === "--set") {
		const [setting, value] = [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
		const points = value.split("; ");
		if (points.length > 1)
			for (const index of points.keys())
				if (index > 0)
					yield `${setting}=${points.filter((_, other) => other !== index).join("; ")}`;
		for (const simpler of rounder(value)) yield `${setting}=${simpler}`;
	} else if (name === "--place" || name === "--datagram-loss" || name === "--slots")
		yield* rounder(text);
}

function without(body: string): string[] {
	return [...body.matchAll(FIELD)].map(
		({ 0: field, index }) => body.slice(0, index) + body.slice(index + field.length),
	);
}

/** Each number by itself with one digit that is not 0. */
function rounder(text: string): string[] {
	return [...text.matchAll(NUMBER)].flatMap(({ 0: number, index }) => {
		const round = String(Number(Number(number).toPrecision(1)));
		if (round === number) return [];
		return [text.slice(0, index) + round + text.slice(index + number.length)];
	});
}

function parts(text: string): string[] {
	if (text.length < 2 || /^[a-z ]+\d*$/.test(text)) return []; // a command of the console
	const middle = text.length >> 1;
	return [text.slice(0, middle), text.slice(middle), text.slice(1), text.slice(0, -1)];
}
