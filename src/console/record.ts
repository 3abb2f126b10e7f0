/**
 * Record: the flight recorder as text of version 1: inputs, oldest first; for scripts the decided
 * levels behind them (docs/console.md).
 */

import { DECISIONS } from "../explain/decisions.js";
import {
	ASKED_SHIFT,
	ASKERS,
	FINE,
	ORDER_KINDS,
	ORDER_LEVEL_MASK,
	ORDER_LEVEL_SHIFT,
	ORDERED,
	type Recorded,
} from "../journal/recorder.js";
import type { Millis } from "../units.js";
import { type Answer, listing } from "./answer.js";
import { type Command, command, type Talk } from "./command.js";
import { parted } from "./lines.js";
import { decimal, spanText } from "./print.js";
import { member, object } from "./printjson.js";

/** Version of the text. */
const VERSION = 1;

export const RECORD: Command = command(
	"record [INPUT LEVEL]",
	"the latest inputs that reached the lamp, oldest first, from that number on",
	"les dernières entrées parvenues au luminaire, à partir de ce numéro",
	record,
);

function record(rest: string, { owner }: Talk): Answer {
	const { recorder, view } = owner;
	const { life } = view.identity;
	const { decisions } = view.light;
	const [since, sinceLevel] = parted(rest);
	const { count, held } = recorder; // entries added during the listing do not belong to it
	const levels = decisions.count;
	const first = Math.max(count - held, Math.min(count, Number(since) || 0));
	const firstLevel = Math.max(levels - DECISIONS, Math.min(levels, Number(sinceLevel) || 0), 0);
	const inputs = count - first;
	const each = (head: string, print: (input: Recorded) => string) => {
		let at: Millis | undefined;
		return (index: number) => {
			if (index === 0) return head;
			if (index > inputs) return undefined;
			const place = first + index - 1 - (recorder.count - recorder.held);
			if (place < 0) return print({ at: at ?? 0, kind: "gap", value: 0 }); // overwritten meanwhile
			const input = recorder.read(place, at);
			at = input.at;
			return print(input);
		};
	};
	const counts = object(
		member("record", VERSION),
		member("life", life),
		member("inputs", inputs),
		member("before", first),
		member("levelsBefore", firstLevel),
	);
	const objects = each(counts, objectOf);
	return listing(
		each(`record ${VERSION}, life ${life}, ${inputs} inputs, ${first} before`, lineOf),
		(index) => {
			const level = firstLevel + index - inputs - 1;
			if (index <= inputs || level >= levels) return objects(index);
			const { since: at, level: percent, by, source } = decisions.read(level);
			return object(
				member("at_ms", at),
				`"level":${decimal(percent, 1)}`,
				member("who", source ?? by),
			);
		},
	);
}

function lineOf(input: Recorded): string {
	const { at, kind } = input;
	const millis = decimal((at % 1000) / 1000, 3).slice(1);
	const name = nameOf(input) ?? "";
	return `${spanText(at)}${millis} ${kind} ${name} ${numberText(input)}`.replace("  ", " ").trim();
}

function objectOf(input: Recorded): string {
	const { at, kind, value } = input;
	const number = numberText(input);
	return object(
		member("at_ms", Math.floor(at)),
		member("input", kind),
		member("name", nameOf(input)),
		kind === "order" ? member("bits", value) : "",
		number === "" ? "" : `"value":${number}`,
	);
}

/** Kinds without a value. */
const HAS_NONE = " movement stillness streamReached streamOpen streamClosed configured fault ";

/** Of an order, or of the part that requests light. */
function nameOf({ kind, value }: Recorded): string | undefined {
	if (kind === "order") return ORDERED[value & ORDER_KINDS];
	return kind === "asked" ? ASKERS.split(" ")[value & ((1 << ASKED_SHIFT) - 1)] : undefined;
}

/** Decimals where there are some; of an order its level; any other value as recorded. */
function numberText({ kind, value }: Recorded): string {
	if (HAS_NONE.includes(` ${kind} `)) return "";
	if (kind === "illuminance" || kind === "temperature" || kind === "boot")
		return decimal(value / FINE, 3);
	if (kind === "order") return decimal(((value >>> ORDER_LEVEL_SHIFT) & ORDER_LEVEL_MASK) / 10, 1);
	if (kind === "time") return `${value >>> 0}`; // beyond 2038
	return `${kind === "asked" ? value >> ASKED_SHIFT : value}`;
}
