/**
 * Shrink: the shortest street on which the same promise is broken.
 *
 * Options are left out one after the other, for as long as one can be; then the street is made
 * shorter, with fewer lamps, a later begin, whole minutes and simpler values. Every step is a run, so their number is
 * bounded.
 */

import { simplerOf } from "./simpler.js";

/** Options that a street can do without, each with its value. */
const LEFT_OUT = [
	"--fault",
	"--input",
	"--set",
	"--procession",
	"--datagram-loss",
	"--slow-link",
	"--board",
	"--slots",
	"--own-light",
	"--group",
	"--program2",
	"--calendar",
	"--minimum-lights-on",
	"--chance",
];
const MOST_RUNS = 120;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AFTER = 2 * MINUTE;
/** Times of faults and inputs, and spans of faults. */
const TIME = /^(\w+)@(\d+(?:\.\d+)?)([hms])(?:\+(\d+(?:\.\d+)?)([hms]))?/;
const UNIT = { h: HOUR, m: MINUTE, s: 1000 } as const;

/** Words as options, each with its value behind it; `--neighbours` has none. */
export function optionsOf(args: readonly string[]): string[][] {
	const options: string[][] = [];
	for (const word of args) {
		if (word.startsWith("--")) options.push([word]);
		else options.at(-1)?.push(word);
	}
	return options;
}

/**
 * `breaks`: the instant at which a street breaks the promise, virtual ms; undefined: it holds.
 * Returns the words of the street that is left.
 */
export async function shrink(
	args: readonly string[],
	brokenAt: number,
	breaks: (args: readonly string[]) => Promise<number | undefined>,
): Promise<string[]> {
	let left = optionsOf(args);
	let at = brokenAt;
	let runs = 0;
	const holdsWithout = async (options: string[][]): Promise<boolean> => {
		if (runs >= MOST_RUNS) return true;
		runs++;
		const when = await breaks(options.flat());
		if (when === undefined) return true;
		left = options;
		at = when;
		return false;
	};
	// halves first: most of a heap has nothing to do with it
	const removable = () => left.filter(([name]) => LEFT_OUT.includes(name!));
	for (
		let size = Math.ceil(removable().length / 2);
		size >= 1;
		size = size > 1 ? Math.ceil(size / 2) : 0
	)
		for (let index = 0; index < removable().length; ) {
			const gone = new Set(removable().slice(index, index + size));
			if (await holdsWithout(left.filter((option) => !gone.has(option)))) index += size;
		}
	await holdsWithout(lasting(left, at + AFTER));
	const lamps = Number(textOf(left, "--lamps"));
	for (let fewer = 1; fewer < lamps; fewer++)
		if (!(await holdsWithout(replaced(left, "--lamps", `${fewer}`)))) break;
	for (const hours of [8, 4, 2, 1]) {
		const later = startedLater(left, hours * HOUR);
		if (later && !(await holdsWithout(later))) await holdsWithout(lasting(left, at + AFTER));
	}
	for (const [index, [name, text]] of left.entries()) {
		const round = name === "--fault" || name === "--input" ? rounded(text!) : text;
		if (round !== text)
			await holdsWithout(left.map((option, other) => (other === index ? [name!, round!] : option)));
	}
	for (const index of left.keys()) await simplify(index);
	return left.flat();

	/** The simplest value of one option with which it still breaks. */
	async function simplify(index: number): Promise<void> {
		const [name, text] = left[index]!;
		for (const simple of text === undefined ? [] : simplerOf(name!, text)) {
			const options = left.map((option, other) => (other === index ? [name!, simple] : option));
			if (!(await holdsWithout(options))) return simplify(index);
		}
	}
}

function textOf(options: readonly string[][], name: string): string | undefined {
	return options.find(([optionName]) => optionName === name)?.[1];
}

function replaced(options: readonly string[][], name: string, value: string): string[][] {
	return options.map((option) => (option[0] === name ? [name, value] : option));
}

function lasting(options: readonly string[][], length: number): string[][] {
	return replaced(options, "--duration", `${Math.ceil(length / MINUTE)}m`);
}

/** The same street without its first `span` ms; undefined: something happens in them. */
function startedLater(options: readonly string[][], span: number): string[][] | undefined {
	const [start, duration] = [textOf(options, "--start"), textOf(options, "--duration")];
	if (start === undefined || duration === undefined) return undefined;
	const length = msOf(duration.slice(0, -1), duration.at(-1)!) - span;
	if (!(length > 0)) return undefined;
	const later = lasting(
		replaced(options, "--start", new Date(Date.parse(start) + span).toISOString()),
		length,
	);
	const moved = later.map(([name, text]) =>
		text !== undefined && TIME.test(text)
			? [name!, timed(text, (at) => at - span)]
			: [name!, text!],
	);
	const isEarly = moved.some(([, text]) => text?.includes("@-"));
	return isEarly ? undefined : moved.map((option) => option.filter((word) => word !== undefined));
}

/** Times and spans as whole minutes. */
function rounded(text: string): string {
	return timed(text, (at) => Math.max(1, Math.round(at / MINUTE)) * MINUTE);
}

function timed(text: string, change: (ms: number) => number): string {
	return text.replace(TIME, (_, name, at, unit, span, spanUnit) => {
		const begin = shortest(change(msOf(at, unit)));
		return `${name}@${begin}${span === undefined ? "" : `+${span}${spanUnit}`}`;
	});
}

function msOf(count: string, unit: string): number {
	return Number(count) * UNIT[unit as keyof typeof UNIT];
}

function shortest(ms: number): string {
	return ms % MINUTE === 0 ? `${ms / MINUTE}m` : `${ms / 1000}s`;
}

/** The words as a shell takes them. */
export function quoted(args: readonly string[]): string {
	return args
		.map((word) => (/^[\w@+/.,:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
		.join(" ");
}

/** The words of such a line. */
export function unquoted(line: string): string[] {
	const words = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
	return words.map((word) =>
		word.replace(/'([^']*)'|\\(.)/g, (_, text, escaped) => `${text ?? ""}${escaped ?? ""}`),
	);
}
