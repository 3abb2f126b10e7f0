/** Palette: one hue for each cause of light, and one scale for levels, as in page.css. */
export const HUES: Readonly<Record<string, string>> = {
	none: "#3a4560",
	default: "#93a5cf",
	program: "#6ea8ff",
	presence: "#ffc168",
	neighbours: "#ff9466",
	doubt: "#e9dc6b",
	order: "#c9a2ff",
	emergency: "#ff7f7f",
	fault: "#ff7f7f",
	daylight: "#8fd0ff",
};
export const OLD = "#ff9d4d";
export const SOFT = "#a7b2cf";
export const GRID = "rgba(150, 165, 205, 0.16)";
export const USER_HUES = ["#8fe0b0", "#7fd4ff", "#c9b8ff"] as const;

/** Dark to warm white for a level, 0 to 100; grey without power. */
export function colourOf(level: number): readonly [number, number, number] {
	if (level > 100) return [70, 74, 84];
	const share = level / 100;
	const bright = share ** 1.25;
	return [
		Math.round(14 + 241 * bright),
		Math.round(20 + 196 * bright ** 1.08),
		Math.round(44 + 112 * bright ** 1.5),
	];
}
