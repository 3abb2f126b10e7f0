/**
 * Record: the flight recorder as text of version 1, oldest entry first (docs/console.md).
 */

import { FINE, ORDER_LEVEL, ORDERED, type Recorded } from "../journal/recorder.js";
import type { Millis } from "../units.js";
import { type Answer, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { decimal, spanText } from "./print.js";
import { member, object } from "./printjson.js";

/** Version of the text. */
const VERSION = 1;

export const RECORD: Command = command(
	"record",
	"the latest inputs that reached the lamp, oldest first",
	"les dernières entrées parvenues au luminaire, les plus anciennes d'abord",
	(_rest, talk) => record(talk),
);

function record({ owner }: Talk): Answer {
	const { recorder, view } = owner;
	const { count, held } = recorder; // entries added during the listing do not belong to it
	const first = count - held;
	const { life } = view.identity;
	const each = (head: string, print: (input: Recorded) => string) => {
		let at: Millis = 0;
		return (nth: number) => {
			if (nth === 0) return head;
			if (nth > held) return undefined;
			const place = first + nth - 1 - (recorder.count - recorder.held);
			if (place < 0) return print({ at, kind: "gap", value: 0 }); // overwritten meanwhile
			const input = recorder.read(place, at);
			at = input.at;
			return print(input);
		};
	};
	const counts = object(
		member("record", VERSION),
		member("life", life),
		member("inputs", held),
		member("before", first),
	);
	return listing(
		each(`record ${VERSION}, life ${life}, ${held} inputs, ${first} before`, lineOf),
		each(counts, objectOf),
	);
}

function lineOf(input: Recorded): string {
	const value = valueText(input);
	const millis = decimal((input.at % 1000) / 1000, 3).slice(1);
	return `${spanText(input.at)}${millis} ${input.kind}${value === "" ? "" : ` ${value}`}`;
}

function objectOf(input: Recorded): string {
	const { kind, value } = input;
	return object(
		member("at_ms", Math.floor(input.at)),
		member("input", kind),
		kind === "order" ? member("order", ORDERED[value % ORDER_LEVEL]) : "",
		HAS_VALUE.includes(kind) ? `"value":${numberText(input)}` : "",
	);
}

const HAS_VALUE: readonly string[] = Object.freeze([
	"gap",
	"illuminance",
	"temperature",
	"time",
	"date",
	"network",
	"order",
	"duration",
	"login",
]);

function valueText(input: Recorded): string {
	if (!HAS_VALUE.includes(input.kind)) return "";
	const number = numberText(input);
	return input.kind === "order" ? `${ORDERED[input.value % ORDER_LEVEL]} ${number}` : number;
}

/** Lux and degrees with decimals; of an order its level; any other value as recorded. */
function numberText({ kind, value }: Recorded): string {
	if (kind === "illuminance" || kind === "temperature") return decimal(value / FINE, 3);
	return `${kind === "order" ? Math.floor(value / ORDER_LEVEL) : value}`;
}
