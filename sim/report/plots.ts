/** Plots: the report's pictures as SVG, in colours that also print. */

import { HOUR } from "../../lib/spans.js";
import type { FieldFigures } from "../results/fieldlight.js";
import { UNPOWERED } from "../results/history.js";
import { CAUSES, type Slice } from "../results/ring.js";
import { USER_KINDS } from "../world/timetable.js";
import type { HourCount } from "./data.js";
import { sumOf } from "./data.js";
import type { ReportSpeech } from "./words.js";

const WIDTH = 680;
const LEFT = 44;
const FOOT = 16;
const HUES: Readonly<Record<string, string>> = {
	none: "#c9cfdc",
	default: "#8fa0c4",
	program: "#4f86e0",
	presence: "#e8a33d",
	neighbours: "#dd6f43",
	doubt: "#c4b52e",
	order: "#9a6fd8",
	emergency: "#d24b4b",
	fault: "#d24b4b",
};
export const USER_HUES = { pedestrian: "#3f9f6d", bicycle: "#3d8fc4", car: "#8372c9" } as const;
/** Columns of a plot: a run of days has more minutes than a page has room. */
const COLUMNS = 340;

interface Axis {
	readonly slice: Slice;
	/** Samples of a column. */
	readonly each: number;
	readonly columns: number;
	x(column: number): number;
}

function axisOf(slice: Slice): Axis {
	const each = Math.max(1, Math.ceil(slice.count / COLUMNS));
	const columns = Math.ceil(slice.count / each);
	return { slice, each, columns, x: (n) => LEFT + ((WIDTH - LEFT) * n) / Math.max(1, columns) };
}

/** Mean of a value over the samples of a column. */
function mean({ each, slice }: Axis, column: number, value: (n: number) => number): number {
	const last = Math.min(slice.count, (column + 1) * each);
	let sum = 0;
	for (let n = column * each; n < last; n++) sum += value(n);
	return sum / (last - column * each);
}

/** Watts by cause, one on the other, under the old lamps' line. */
export function powerPlot(slice: Slice, epochUtc: number, speech: ReportSpeech): string {
	const height = 120;
	const axis = axisOf(slice);
	const causes = CAUSES.length;
	const wattsOf = (n: number, cause: number) => slice.power[n * causes + cause]!;
	let most = 1;
	for (let n = 0; n < slice.count; n++) most = Math.max(most, slice.oldPower[n]!);
	for (let n = 0; n < slice.count; n++) {
		let sum = 0;
		for (let cause = 0; cause < causes; cause++) sum += wattsOf(n, cause);
		most = Math.max(most, sum);
	}
	const y = (watts: number) => (height - 4) * (1 - watts / most) + 4;
	const below = new Array<number>(axis.columns).fill(0);
	const areas = CAUSES.map((cause, nth) => {
		const tops = below.map((under, column) => under + mean(axis, column, (n) => wattsOf(n, nth)));
		if (tops.every((top, column) => top - below[column]! < 0.01)) return "";
		const up = tops.map(
			(top, n) => `${n ? "L" : "M"}${at(axis.x(n))} ${at(y(top))}H${at(axis.x(n + 1))}`,
		);
		const down = [...below.keys()]
			.reverse()
			.map((n) => `L${at(axis.x(n + 1))} ${at(y(below[n]!))}H${at(axis.x(n))}`);
		below.splice(0, below.length, ...tops);
		return `<path d="${up.join("")}${down.join("")}z" fill="${HUES[cause]}"/>`;
	});
	const old = [...below.keys()]
		.map(
			(n) =>
				`${n ? "L" : "M"}${at(axis.x(n))} ${at(y(mean(axis, n, (m) => slice.oldPower[m]!)))}H${at(axis.x(n + 1))}`,
		)
		.join("");
	const ticks = [0, most / 2, most].map(
		(watts) =>
			`<text x="${LEFT - 6}" y="${at(y(watts) + 4)}" text-anchor="end">${speech.number(watts, 0)}</text>`,
	);
	const line = `<path d="${old}" fill="none" stroke="#c05f14" stroke-width="1.5"/>`;
	return svg(
		height,
		[...areas, line, ...ticks, hours(axis, epochUtc, height, speech)],
		speech.say("power"),
	);
}

/** One row a lamp, from dark to light. */
export function lightPlot(slice: Slice, epochUtc: number, speech: ReportSpeech): string {
	const { rows, levels, lampsPerRow } = slice;
	const each = Math.max(2, Math.min(11, 150 / rows));
	const height = rows * each;
	const axis = axisOf(slice);
	const parts: string[] = [];
	for (let row = 0; row < rows; row++) {
		const tone = (column: number) => {
			const level = mean(axis, column, (n) => {
				const one = levels[n * rows + row]!;
				return one === UNPOWERED ? -40 : one;
			});
			return level < 0 ? "#e3b3b3" : toneOf(Math.round(level / 5) * 5);
		};
		for (let from = 0; from < axis.columns; ) {
			const fill = tone(from);
			let to = from + 1;
			while (to < axis.columns && tone(to) === fill) to++;
			const wide = axis.x(to) - axis.x(from);
			parts.push(
				`<rect x="${at(axis.x(from))}" y="${at(row * each)}" width="${at(wide)}" height="${at(each - 0.5)}" fill="${fill}"/>`,
			);
			from = to;
		}
	}
	const names = [0, rows - 1].map(
		(row) =>
			`<text x="${LEFT - 6}" y="${at(row * each + each / 2 + 4)}" text-anchor="end">${row * lampsPerRow + 1}</text>`,
	);
	return svg(
		height,
		[...parts, ...names, hours(axis, epochUtc, height, speech)],
		speech.say("light"),
	);
}

export function toneOf(level: number): string {
	const share = level / 100;
	const part = (dark: number, light: number) => Math.round(dark + (light - dark) * share);
	return `rgb(${part(38, 255)},${part(46, 206)},${part(74, 120)})`;
}

/** Bars by hour, the kinds on one another. */
export function trafficPlot(hoursOf: readonly HourCount[], speech: ReportSpeech): string {
	const height = 90;
	const most = Math.max(1, ...hoursOf.map(({ counts }) => sumOf(counts)));
	const wide = (WIDTH - LEFT) / Math.max(1, hoursOf.length);
	const parts: string[] = [];
	hoursOf.forEach(({ utc, counts }, n) => {
		const x = LEFT + n * wide;
		let y = height;
		for (const kind of USER_KINDS) {
			const tall = ((height - 6) * counts[kind]) / most;
			y -= tall;
			if (tall > 0)
				parts.push(
					`<rect x="${at(x + 1)}" y="${at(y)}" width="${at(Math.max(1, wide - 2))}" height="${at(tall)}" fill="${USER_HUES[kind]}"/>`,
				);
		}
		if (n % Math.ceil(hoursOf.length / 24) === 0)
			parts.push(
				`<text x="${at(x + wide / 2)}" y="${height + 12}" text-anchor="middle">${speech.hour(utc)}</text>`,
			);
	});
	parts.push(`<text x="${LEFT - 6}" y="12" text-anchor="end">${most}</text>`);
	return svg(height, parts, speech.say("traffic"));
}

/** Mean as a bar and minimum as a line across it, by hour of the clock. */
export function fieldPlot(
	hoursOf: readonly (FieldFigures & { readonly clock: number })[],
	speech: ReportSpeech,
): string {
	const height = 56;
	const most = Math.max(0.1, ...hoursOf.map(({ mean_lx }) => mean_lx));
	const wide = Math.min(40, (WIDTH - LEFT) / Math.max(1, hoursOf.length));
	const y = (lux: number) => 6 + (height - 6) * (1 - lux / most);
	const parts = hoursOf.map(({ clock, mean_lx, min_lx }, n) => {
		const x = LEFT + n * wide;
		const bar = `<rect x="${at(x + 1)}" y="${at(y(mean_lx))}" width="${at(wide - 2)}" height="${at(height - y(mean_lx))}" fill="#f0c877"/>`;
		const line = `<path d="M${at(x + 1)} ${at(y(min_lx))}h${at(wide - 2)}" stroke="#3d5f9c" stroke-width="2"/>`;
		const hour = `<text x="${at(x + wide / 2)}" y="${height + 12}" text-anchor="middle">${String(clock).padStart(2, "0")}</text>`;
		return `${bar}${line}${hour}`;
	});
	parts.push(
		`<text x="${LEFT - 6}" y="12" text-anchor="end">${speech.number(most, 1)}</text>`,
		`<text x="${LEFT - 6}" y="${height}" text-anchor="end">0</text>`,
	);
	return svg(height, parts, speech.say("fieldPlot"));
}

/** The hues in words. */
export function legend(speech: ReportSpeech, causes: readonly string[]): string {
	const dot = (hue: string, word: string) =>
		`<li><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${hue}"/></svg> ${word}</li>`;
	return `<ul class="legend">${causes.map((cause) => dot(HUES[cause] ?? "#999", speech.name(cause))).join("")}</ul>`;
}

export function userLegend(speech: ReportSpeech): string {
	return `<ul class="legend">${USER_KINDS.map((kind) => `<li><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${USER_HUES[kind]}"/></svg> ${speech.name(kind)}</li>`).join("")}</ul>`;
}

/** Longest span of each distance of two times on the axis. */
const STEPS = [
	[2 * HOUR, HOUR / 4],
	[12 * HOUR, HOUR],
	[30 * HOUR, 2 * HOUR],
	[Infinity, 6 * HOUR],
] as const;

function hours(
	{ slice, each, columns, x }: Axis,
	epochUtc: number,
	height: number,
	speech: ReportSpeech,
): string {
	const from = epochUtc + slice.from;
	const span = columns * each * slice.step;
	const step = (STEPS.find(([most]) => span <= most) ?? STEPS.at(-1)!)[1];
	const parts: string[] = [];
	for (let utc = Math.ceil(from / step) * step; utc < from + span; utc += step) {
		const at_ = x((utc - from) / (each * slice.step));
		parts.push(
			`<text x="${at(at_)}" y="${height + 12}" text-anchor="middle">${step < HOUR ? speech.time(utc) : speech.hour(utc)}</text>`,
		);
	}
	return parts.join("");
}

function svg(height: number, parts: readonly string[], label: string): string {
	return `<svg class="plot" viewBox="0 0 ${WIDTH} ${height + FOOT}" role="img" aria-label="${label}">${parts.join("")}</svg>`;
}

function at(value: number): string {
	return String(Math.round(value * 10) / 10);
}
