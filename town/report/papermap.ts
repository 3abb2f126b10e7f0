/**
 * Paper map: the lights of a town at an instant as a picture for paper, in points of six levels.
 */

import { element, escaped, inlinePicture, rect } from "../../lib/plot/svg.js";
import { fullSeconds } from "../nights/course.js";
import type { TownNights, TownOption } from "../nights/townnights.js";
import type { Town } from "../reading/readtown.js";
import type { About } from "../server/encoded.js";
import { shiftedStreets, shiftWindow } from "../server/encoded.js";
import { MACHINES, timeIn } from "../townmessages.js";

/** Width of the drawing; the town's own shape gives its height. */
const WIDE = 1_000;
const MARGIN = 24;
const NIGHT = "#04060d";
/** Colour and width of a point from dark to full. */
const INKS = [
	["#2e3444", 1.4],
	["#5d4c35", 1.6],
	["#85693f", 1.8],
	["#b08a54", 2],
	["#d8ac6c", 2.2],
	["#ffd08a", 2.4],
] as const;
const STEPS = INKS.length - 1;
/** So many lights have points of these widths; those of a village are wider, up to so many times. */
const LIGHTS = 20_000;
const WIDEST = 2.6;

/** Level of each light at a second of the night, 0 to 1. */
export function levelsAt(
	{ town, machines }: Pick<About, "town" | "machines">,
	nights: TownNights,
	option: TownOption,
	at: number,
): Float32Array {
	const typicalNights = nights.options[option]!;
	const [shiftFrom_s, shiftTo_s] = shiftWindow(nights);
	const isShifted = shiftedStreets(nights, option);
	const levels = new Float32Array(town.x.length);
	for (let light = 0; light < levels.length; light++) {
		const typical = machines.typical[light]!;
		const { courses } = typicalNights[typical]!;
		const course = courses[(machines.machine[light]! % MACHINES) % courses.length]!;
		const window = { shiftFrom_s, shiftTo_s };
		const time = timeIn(window, isShifted[typical]!, machines.shift[light]!, at);
		levels[light] = fullSeconds(course, time, time + 1);
	}
	return levels;
}

/** Points of one level are one path: 26,000 lights are about 250 KB. */
export function mapSvg({ x, y }: Town, levels: Float32Array, title: string): string {
	const scale = (WIDE - 2 * MARGIN) / Math.max(1, most(x));
	const tall = Math.round(most(y) * scale) + 2 * MARGIN;
	const paths = INKS.map(() => ({ text: "", at: [0, 0] as readonly [number, number] }));
	for (let light = 0; light < x.length; light++) {
		const level = levels[light]!;
		const path = paths[level > 0 ? Math.max(1, Math.round(STEPS * level)) : 0]!;
		const at = [
			Math.round(MARGIN + x[light]! * scale),
			Math.round(tall - MARGIN - y[light]! * scale),
		] as const;
		path.text += `m${at[0] - path.at[0]} ${at[1] - path.at[1]}h0`;
		path.at = at;
	}
	const wider = Math.min(WIDEST, Math.max(1, Math.sqrt(LIGHTS / x.length)));
	const points = paths.map(({ text: d }, index) => {
		const [stroke, width] = INKS[index]!;
		return d && element("path", { d, stroke, "stroke-width": wider * width });
	});
	return inlinePicture(
		WIDE,
		tall,
		{ label: title },
		element("title", {}, escaped(title)),
		rect(0, 0, WIDE, tall, { fill: NIGHT }),
		element("g", { fill: "none", "stroke-linecap": "round" }, ...points),
	);
}

function most(values: Int32Array): number {
	let highest = 1;
	for (const value of values) if (value > highest) highest = value;
	return highest;
}
