/**
 * Kinds: the kinds of values of settings, and the functions that make a row of the table.
 *
 * Texts and messages carry values in the unit named; the firmware stores them in those of
 * `units.ts`. Only seconds differ: they are milliseconds inside.
 */
import { frozen } from "../frozen.js";
import type { Lux, Millis, Percent, Watts } from "../units.js";
import { both, type Words } from "./sentences.js";

/** The type inside the firmware for each unit outside. */
interface InsideOf {
	readonly "%": Percent;
	readonly s: Millis;
	/** Hours, also inside. */
	readonly h: number;
	/** Minutes of a plan, also inside. */
	readonly min: number;
	readonly lx: Lux;
	readonly W: Watts;
	readonly deg: number;
	readonly m: number;
	readonly C: number;
	readonly "": number;
}
type Unit = keyof InsideOf;

export interface NumberKind<U extends Unit = Unit> {
	readonly type: "number";
	readonly unit: U;
	/** Inclusive, in the unit outside. */
	readonly min: number;
	/** Inclusive, in the unit outside. */
	readonly max: number;
	/** 1, 0.1, ... 0.0001, in the unit outside: a value is a whole multiple of it. */
	readonly step: number;
}
/** Permitted characters of a text: ASCII, except in an `ssid`. */
export type Alphabet =
	| "name" // A-Z a-z 0-9 _ - (a topic level of ours)
	| "topic" // names joined by single slashes
	| "host" // a name or address: A-Z a-z 0-9 . : -
	| "hosts" // one or several hosts, separated by commas
	| "printable" // space to ~
	| "passphrase" // the same, of a length valid for Wi-Fi (wifi.ts)
	| "ssid"; // the name of a Wi-Fi: any text without control characters
export interface TextKind {
	readonly type: "text";
	readonly alphabet: Alphabet;
	/** Least length in characters. */
	readonly min: number;
	/** Greatest length in characters. */
	readonly max: number;
}
/** Text with a syntax of another room, whose validator is a parameter of validate.ts. */
export interface ValidatedKind {
	readonly type: "program" | "namedProgram" | "calendar" | "holidays" | "zone" | "depreciation";
	readonly max: number;
}
interface ChoiceKind<C extends string = string> {
	readonly type: "choice";
	readonly choices: readonly C[];
}
interface BooleanKind {
	readonly type: "boolean";
}
export type Kind = NumberKind | TextKind | ValidatedKind | ChoiceKind | BooleanKind;

/** The type inside the firmware for a kind. */
export type ValueOf<K> =
	K extends NumberKind<infer U>
		? InsideOf[U]
		: K extends BooleanKind
			? boolean
			: K extends ChoiceKind<infer C>
				? C
				: string;

/** Steps per unit: 1, 10, ... 10,000. */
export function scaleOf(kind: NumberKind): number {
	return Math.round(1 / kind.step);
}

export interface Row<K extends Kind = Kind> {
	readonly kind: K;
	/** In the unit outside. */
	readonly initial: string | number | boolean;
	/** Both sentences: sentenceOf. */
	readonly meaning: string;
	/** A risk to consider before a change; likewise. */
	readonly warning?: string;
	/** Stored and used, but never shown, reported or exported. */
	readonly secret?: true;
}

const BOOLEAN: BooleanKind = frozen({ type: "boolean" });
const PERCENT: NumberKind<"%"> = frozen({ type: "number", unit: "%", min: 0, max: 100, step: 1 });

/** A number from min to max in steps; all in the unit outside. */
export function number<U extends Unit>(
	unit: U,
	initial: number,
	[min, max, step]: readonly [min: number, max: number, step: number],
	meaning: Words,
	warning?: Words,
): Row<NumberKind<U>> {
	return numberOf(
		frozen({ type: "number", unit, min, max, step } as const),
		initial,
		meaning,
		warning,
	);
}

function numberOf<U extends Unit>(
	kind: NumberKind<U>,
	initial: number,
	meaning: Words,
	warning?: Words,
): Row<NumberKind<U>> {
	const row = { kind, initial, meaning: both(meaning) };
	return frozen(warning ? { ...row, warning: both(warning) } : row);
}

/** A light level, 0 to 100 % in whole per cent. */
export function percent(initial: number, meaning: Words, warning?: Words): Row<NumberKind<"%">> {
	return numberOf(PERCENT, initial, meaning, warning);
}

/** A duration in whole seconds. */
export function seconds(
	initial: number,
	min: number,
	max: number,
	meaning: Words,
): Row<NumberKind<"s">> {
	return number("s", initial, [min, max, 1], meaning);
}

export function flag(initial: boolean, meaning: Words): Row<BooleanKind> {
	return frozen({ kind: BOOLEAN, initial, meaning: both(meaning) });
}

export function text(
	alphabet: Alphabet,
	initial: string,
	[min, max]: readonly [min: number, max: number],
	meaning: Words,
): Row<TextKind> {
	const kind = frozen({ type: "text", alphabet, min, max } as const);
	return frozen({ kind, initial, meaning: both(meaning) });
}

/** A printable text that can be set and is never shown. */
export function secret(
	max: number,
	meaning: Words,
	alphabet: Alphabet = "printable",
): Row<TextKind> {
	return frozen({ ...text(alphabet, "", [0, max], meaning), secret: true });
}

export function validated(
	type: ValidatedKind["type"],
	initial: string,
	max: number,
	meaning: Words,
): Row<ValidatedKind> {
	return frozen({ kind: frozen({ type, max }), initial, meaning: both(meaning) });
}

export function choice<const C extends string>(
	choices: readonly C[],
	initial: NoInfer<C>,
	meaning: Words,
): Row<ChoiceKind<C>> {
	const kind = frozen({ type: "choice", choices: frozen(choices) } as const);
	return frozen({ kind, initial, meaning: both(meaning) });
}
