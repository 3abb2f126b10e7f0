/** Night settings: what is stored in a lamp before its night begins. */
import { GROUP, KEY, SITE } from "../support/neighbour.js";
import type { Night } from "./night.js";
import { LATITUDE, LONGITUDE } from "./sky.js";

/** Of this lamp in its row. */
export const POLE = 10;

export function programText({ firstLevel, points }: Night): string {
	const two = (n: number) => String(n).padStart(2, "0");
	const clock = (minutes: number) => {
		const m = (18 * 60 + minutes) % 1440;
		return `${two(Math.floor(m / 60))}:${two(m % 60)}`;
	};
	const body = points.map(([minutes, level]) => `${clock(minutes)} ${level < 0 ? "out" : level}`);
	return [`sunset ${firstLevel}`, ...body].join("; ");
}

/** By section, in the units outside. */
export function settingsOf(night: Night): Readonly<Record<string, object>> {
	const row = { neighbourGroup: GROUP, poleNumber: POLE, siteKey: KEY };
	return {
		...(night.row ? { identity: { site: SITE } } : {}),
		light: night.light,
		calendar: {
			program: programText(night),
			presenceDuringLightsOut: night.ignorePresence ? "ignore" : "light",
			latitude: LATITUDE,
			longitude: LONGITUDE,
		},
		sensing: { photocell: night.photocell, ...(night.row ? row : {}) },
		power: {
			supply: night.switched ? "switched" : "always",
			deratingStart: night.heat.start,
			deratingLevel: night.heat.level,
		},
	};
}
