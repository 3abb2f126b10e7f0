/**
 * Colours: sky and daylight by the sun's elevation, the lamps' warm white, and sodium.
 */

type Rgb = readonly [red: number, green: number, blue: number];

/** Sun's elevation in degrees, colour at the zenith and at the horizon. */
const SKY: readonly (readonly [number, Rgb, Rgb])[] = [
	[-18, [3, 5, 12], [8, 12, 24]],
	[-10, [6, 10, 26], [16, 24, 50]],
	[-5, [14, 24, 58], [86, 62, 92]],
	[-1, [38, 62, 118], [206, 126, 96]],
	[4, [76, 122, 188], [244, 200, 156]],
	[15, [86, 152, 224], [196, 224, 244]],
] as const;
const GREY: Rgb = [126, 134, 146];

/** Night is blue, not black: unlit things keep this colour. */
const UNLIT: Rgb = [9, 12, 24];

/** Warm white at a low level, and at full, where it is warmer and wider; sodium. */
export const DIM: Rgb = [255, 226, 190];
export const WARM: Rgb = [255, 196, 122];
export const SODIUM: Rgb = [255, 150, 62];

/** The sky from the zenith to the horizon, under clouds. */
export function skyOf(sun: number, cover: number): readonly [top: string, bottom: string] {
	let after = SKY.findIndex(([height]) => height > sun);
	if (after < 0) after = SKY.length;
	const below = SKY[Math.max(0, after - 1)]!;
	const above = SKY[Math.min(SKY.length - 1, after)]!;
	const span = above[0] - below[0];
	const share = span > 0 ? clamp((sun - below[0]) / span) : 0;
	const grey = mix(UNLIT, GREY, daylightOf(sun) * (1 - 0.55 * cover));
	const under = (rgb: Rgb) => css(mix(rgb, grey, 0.75 * cover));
	return [under(mix(below[1], above[1], share)), under(mix(below[2], above[2], share))];
}

/** Daylight as the eye sees it, 0 at night to 1. */
export function daylightOf(sun: number): number {
	return clamp((sun + 6) / 14);
}

/** The colour of a thing under that light, 0 to 1. */
export function litBy(colour: Rgb, light: number): string {
	return css(mix(UNLIT, colour, 0.06 + 0.94 * clamp(light)));
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
	const at = (index: 0 | 1 | 2) => a[index] + (b[index] - a[index]) * share;
	return [at(0), at(1), at(2)];
}

function css([red, green, blue]: Rgb): string {
	return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}
