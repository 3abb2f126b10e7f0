/**
 * Palette: the ink of a light on the map by level, cause, saving or fault, as four bytes: red, green,
 * blue, and the share of the largest radius that it is drawn with.
 */
import { HUES } from "../../sim/page/client/prove/palette.js";

export const COLOURS = ["level", "cause", "saving", "fault"] as const;
export type Colour = (typeof COLOURS)[number];

/** Levels of a table: 0 is dark, 255 full. */
export const STEPS = 256;
/** A dark light leaves its pole. */
const POLE = [30, 34, 45] as const;
const POLE_SIZE = 0.3;
/** A lit one at the least level, and at full: wider, warmer. */
const LEAST_SIZE = 0.6;
const LOW = [255, 206, 146] as const;
const HIGH = [255, 186, 104] as const;
/** Drawn brightness grows slower than the level, so that 20 % is seen. */
const SEEN = 0.8;
const FAINT = [58, 66, 88] as const;
/** Shares of the energy that are not used: none, half, all. */
const SAVED = [
	[255, 130, 40],
	[150, 150, 100],
	[30, 215, 200],
] as const;

type Rgb = readonly [number, number, number];

/** Little-endian: the bytes are red, green, blue, size. */
function ink([red, green, blue]: Rgb, brightness: number, size: number): number {
	const part = (value: number) => Math.round(Math.min(255, value * brightness));
	const bytes = [part(red), part(green), part(blue), Math.round(size * 255)] as const;
	return (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24)) >>> 0;
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
	a[0] + (b[0] - a[0]) * share,
	a[1] + (b[1] - a[1]) * share,
	a[2] + (b[2] - a[2]) * share,
];

const sizeOf = (share: number) => LEAST_SIZE + (1 - LEAST_SIZE) * share;
const seen = (share: number) => 0.1 + 0.9 * share ** SEEN;

function rgbOf(hex: string): Rgb {
	const value = Number.parseInt(hex.slice(1), 16);
	return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Inks by cause and level, `cause * STEPS + level`; the causes are those of a night. */
export function inksOf(colour: Colour, causes: readonly string[]): Uint32Array {
	const table = new Uint32Array(Math.max(1, causes.length) * STEPS);
	for (let cause = 0; cause < table.length / STEPS; cause++)
		for (let level = 0; level < STEPS; level++)
			table[cause * STEPS + level] = inkOf(colour, causes[cause] ?? "none", level / (STEPS - 1));
	return table;
}

/** `noPower`: of a light whose feeder is out; red in each colour that shows faults. */
export function inkOf(colour: Colour, cause: string, share: number): number {
	const isFault = FAULTS.includes(cause);
	if (colour === "fault") return isFault ? ink(rgbOf(HUES.fault!), 1, 1) : ink(FAINT, 1, POLE_SIZE);
	if (share <= 0) return ink(POLE, 1, POLE_SIZE);
	const hue = colour === "cause" ? rgbOf(HUES[cause] ?? HUES.none!) : mix(LOW, HIGH, share);
	return ink(hue, seen(share), sizeOf(share));
}

export const FAULTS: readonly string[] = ["fault", "noPower", "systemFailure"];

/** Of a share of energy that one option saves against the other, -1 to 1. */
export function savingInk(share: number): number {
	return ink(savingColour(share), 0.7, 0.8);
}

export function savingColour(share: number): Rgb {
	const at = Math.min(1, Math.max(0, share)) * 2;
	return at < 1 ? mix(SAVED[0], SAVED[1], at) : mix(SAVED[1], SAVED[2], at - 1);
}

export const cssOf = ([red, green, blue]: Rgb): string =>
	`rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
