/**
 * Colours: sky and daylight by the sun's elevation, and the lamps' warm white.
 */

type Rgb = readonly [red: number, green: number, blue: number];

/** Sun's elevation in degrees, colour at the zenith and at the horizon. */
const SKY: readonly (readonly [number, Rgb, Rgb])[] = [
	[-18, [4, 6, 14], [9, 14, 32]],
	[-10, [9, 15, 38], [24, 34, 70]],
	[-5, [18, 30, 70], [104, 74, 104]],
	[-1, [40, 66, 124], [214, 128, 92]],
	[4, [72, 118, 186], [244, 196, 148]],
	[15, [58, 132, 214], [176, 214, 240]],
] as const;

/** Night is blue, not black: unlit things keep this share of their colour. */
const UNLIT: Rgb = [13, 18, 36];

/** Warm white of 3000 K, as the text of a colour without its alpha. */
export const WARM = "255, 209, 150";

/** The sky from the zenith to the horizon. */
export function skyOf(sun: number): readonly [top: string, bottom: string] {
	let after = SKY.findIndex(([height]) => height > sun);
	if (after < 0) after = SKY.length;
	const below = SKY[Math.max(0, after - 1)]!;
	const above = SKY[Math.min(SKY.length - 1, after)]!;
	const span = above[0] - below[0];
	const share = span > 0 ? clamp((sun - below[0]) / span) : 0;
	return [css(mix(below[1], above[1], share)), css(mix(below[2], above[2], share))];
}

/** Daylight as the eye sees it, 0 at night to 1. */
export function daylightOf(sun: number): number {
	return clamp((sun + 7) / 14);
}

/** The colour of a thing under that light, 0 to 1. */
export function litBy(colour: Rgb, light: number): string {
	return css(mix(UNLIT, colour, 0.12 + 0.88 * clamp(light)));
}

export function clamp(value: number): number {
	return Math.min(1, Math.max(0, value));
}

/** A fixed number in 0..1 for a whole number: the same houses at each visit. */
export function chance(n: number, salt: number): number {
	let mixed = Math.imul(n ^ (salt * 0x9e37_79b9), 0x85eb_ca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
	return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
	const at = (nth: 0 | 1 | 2) => a[nth] + (b[nth] - a[nth]) * share;
	return [at(0), at(1), at(2)];
}

function css([red, green, blue]: Rgb): string {
	return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}
