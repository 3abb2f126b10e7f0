/** Plots: the report's pictures as SVG, in colours that also print. */

import { type Axis, horizontalAxis, verticalAxis } from "../../lib/plot/axis.js";
import { stackedBar } from "../../lib/plot/bar.js";
import { area, line, steps } from "../../lib/plot/path.js";
import { linear, type Scale, ticks } from "../../lib/plot/scale.js";
import { element, escaped, inlinePicture, rect } from "../../lib/plot/svg.js";
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
/** Base line of the labels below a plot, and distance of those beside it. */
const LABELS = 12;
const GAP = 6;
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
const USER_HUES = { pedestrian: "#3f9f6d", bicycle: "#3d8fc4", car: "#8372c9" } as const;
/** Columns of a plot: a run of days has more minutes than a page has room. */
const COLUMNS = 340;

/** The samples of a slice in columns, from left to right. */
interface Columns {
	readonly slice: Slice;
	/** Samples of a column. */
	readonly each: number;
	readonly count: number;
	/** Left edge of a column; of `count` the right edge of the last one. */
	readonly x: Scale;
}

function columnsOf(slice: Slice): Columns {
	const each = Math.max(1, Math.ceil(slice.count / COLUMNS));
	const count = Math.ceil(slice.count / each);
	return { slice, each, count, x: linear([0, Math.max(1, count)], [LEFT, WIDTH]) };
}

/** Mean of a value over the samples of a column. */
function mean({ each, slice }: Columns, column: number, value: (n: number) => number): number {
	const last = Math.min(slice.count, (column + 1) * each);
	let sum = 0;
	for (let n = column * each; n < last; n++) sum += value(n);
	return sum / (last - column * each);
}

/** The highest sum of all causes, or power of the old lamps. */
function mostPower({ power, oldPower, count }: Slice): number {
	const causes = CAUSES.length;
	let most = 1;
	for (let n = 0; n < count; n++) {
		let sum = 0;
		for (let cause = 0; cause < causes; cause++) sum += power[n * causes + cause]!;
		most = Math.max(most, sum, oldPower[n]!);
	}
	return most;
}

/** Watts by cause, one on the other, under the old lamps' line. */
export function powerPlot(slice: Slice, epochUtc: number, speech: ReportSpeech): string {
	const height = 120;
	const columns = columnsOf(slice);
	const most = mostPower(slice);
	const y = linear([0, most], [height, 4]);
	const stepsOf = (watts: readonly number[]) =>
		steps(
			watts.map((value, n) => [columns.x(n), y(value)]),
			columns.x(columns.count),
		);
	let below = new Array<number>(columns.count).fill(0);
	const areas = CAUSES.map((cause, index) => {
		const watts = (n: number) => slice.power[n * CAUSES.length + index]!;
		const tops = below.map((under, column) => under + mean(columns, column, watts));
		if (tops.every((top, column) => top - below[column]! < 0.01)) return "";
		const d = area(stepsOf(tops), stepsOf(below));
		below = tops;
		return element("path", { d, fill: HUES[cause] });
	});
	const old = line(stepsOf(below.map((_, n) => mean(columns, n, (m) => slice.oldPower[m]!))));
	const label = (watts: number) => speech.number(watts, 0);
	return plot(height, speech.say("power"), [
		...areas,
		element("path", { d: old, fill: "none", stroke: "#c05f14", "stroke-width": 1.5 }),
		verticalAxis({ ticks: [0, most / 2, most], scale: y, label }, LEFT - GAP),
		horizontalAxis(hours(columns, epochUtc, speech), height + LABELS),
	]);
}

/** One row a lamp, from dark to light. */
export function lightPlot(slice: Slice, epochUtc: number, speech: ReportSpeech): string {
	const { rows, levels, lampsPerRow } = slice;
	const each = Math.max(2, Math.min(11, 150 / rows));
	const height = rows * each;
	const columns = columnsOf(slice);
	const { x, count } = columns;
	const parts: string[] = [];
	for (let row = 0; row < rows; row++) {
		const tone = (column: number) => {
			const level = mean(columns, column, (n) => {
				const lampLevel = levels[n * rows + row]!;
				return lampLevel === UNPOWERED ? -40 : lampLevel;
			});
			return level < 0 ? "#e3b3b3" : toneOf(Math.round(level / 5) * 5);
		};
		for (let from = 0; from < count; ) {
			const fill = tone(from);
			let to = from + 1;
			while (to < count && tone(to) === fill) to++;
			parts.push(rect(x(from), row * each, x(to) - x(from), each - 0.5, { fill }));
			from = to;
		}
	}
	const lamps = {
		ticks: [0, rows - 1],
		scale: (row: number) => (row + 0.5) * each,
		label: (row: number) => String(row * lampsPerRow + 1),
	};
	return plot(height, speech.say("light"), [
		...parts,
		verticalAxis(lamps, LEFT - GAP),
		horizontalAxis(hours(columns, epochUtc, speech), height + LABELS),
	]);
}

export function toneOf(level: number): string {
	const share = level / 100;
	const part = (dark: number, light: number) => Math.round(dark + (light - dark) * share);
	return `rgb(${part(38, 255)},${part(46, 206)},${part(74, 120)})`;
}

/** Road users by kind, as parts of a bar. */
export function userParts(counts: HourCount["counts"]): { value: number; fill: string }[] {
	return USER_KINDS.map((kind) => ({ value: counts[kind], fill: USER_HUES[kind] }));
}

/** Bars by hour, the kinds on one another. */
export function trafficPlot(hoursOf: readonly HourCount[], speech: ReportSpeech): string {
	const height = 90;
	const most = Math.max(1, ...hoursOf.map(({ counts }) => sumOf(counts)));
	const x = linear([0, Math.max(1, hoursOf.length)], [LEFT, WIDTH]);
	const y = linear([0, most], [height, 6]);
	const bars = hoursOf.flatMap(({ counts }, n) => {
		const left = x(n) + 1;
		return stackedBar(userParts(counts), [left, Math.max(left + 1, x(n + 1) - 1)], y);
	});
	const hour = {
		ticks: ticks(0, hoursOf.length, Math.ceil(hoursOf.length / 24)),
		scale: (n: number) => x(n + 0.5),
		label: (n: number) => speech.hour(hoursOf[n]!.utc),
	};
	return plot(height, speech.say("traffic"), [
		...bars,
		verticalAxis({ ticks: [0, most], scale: y, label: String }, LEFT - GAP),
		horizontalAxis(hour, height + LABELS),
	]);
}

/** Mean as a bar and minimum as a line across it, by hour of the clock. */
export function fieldPlot(
	hoursOf: readonly (FieldFigures & { readonly clock: number })[],
	speech: ReportSpeech,
): string {
	const height = 56;
	const most = Math.max(0.1, ...hoursOf.map(({ mean_lx }) => mean_lx));
	const wide = Math.min(40, (WIDTH - LEFT) / Math.max(1, hoursOf.length));
	const x = (n: number) => LEFT + n * wide;
	const y = linear([0, most], [height, 6]);
	const bars = hoursOf.flatMap(({ mean_lx, min_lx }, n) => {
		const [left, right] = [x(n) + 1, x(n + 1) - 1];
		const minimum = line([
			[left, y(min_lx)],
			[right, y(min_lx)],
		]);
		return [
			...stackedBar([{ value: mean_lx, fill: "#f0c877" }], [left, right], y),
			element("path", { d: minimum, stroke: "#3d5f9c", "stroke-width": 2 }),
		];
	});
	const clock = {
		ticks: [...hoursOf.keys()],
		scale: (n: number) => x(n + 0.5),
		label: (n: number) => String(hoursOf[n]!.clock).padStart(2, "0"),
	};
	const lux = (value: number) => speech.number(value, value === 0 ? 0 : 1);
	return plot(height, speech.say("fieldPlot"), [
		...bars,
		verticalAxis({ ticks: [0, most], scale: y, label: lux }, LEFT - GAP),
		horizontalAxis(clock, height + LABELS),
	]);
}

/** The hues in words. */
export function legend(speech: ReportSpeech, causes: readonly string[]): string {
	return legendOf(causes.map((cause) => [HUES[cause] ?? "#999", speech.name(cause)]));
}

export function userLegend(speech: ReportSpeech): string {
	return legendOf(USER_KINDS.map((kind) => [USER_HUES[kind], speech.name(kind)]));
}

function legendOf(entries: readonly (readonly [fill: string, word: string])[]): string {
	const items = entries.map(([fill, word]) => {
		const dot = rect(0, 0, 10, 10, { rx: 2, fill });
		const swatch = inlinePicture(10, 10, { width: 10, height: 10 }, dot);
		return `<li>${swatch} ${escaped(word)}</li>`;
	});
	return `<ul class="legend">${items.join("")}</ul>`;
}

/** Longest span of each distance of two times on the axis. */
const STEPS = [
	[2 * HOUR, HOUR / 4],
	[12 * HOUR, HOUR],
	[30 * HOUR, 2 * HOUR],
	[Infinity, 6 * HOUR],
] as const;

function hours({ slice, each, count, x }: Columns, epochUtc: number, speech: ReportSpeech): Axis {
	const from = epochUtc + slice.from;
	const span = count * each * slice.step;
	const step = (STEPS.find(([most]) => span <= most) ?? STEPS.at(-1)!)[1];
	return {
		ticks: ticks(from, from + span, step),
		scale: (utc) => x((utc - from) / (each * slice.step)),
		label: (utc) => (step < HOUR ? speech.time(utc) : speech.hour(utc)),
	};
}

function plot(height: number, label: string, parts: readonly string[]): string {
	return inlinePicture(WIDTH, height + FOOT, { class: "plot", label }, ...parts);
}
