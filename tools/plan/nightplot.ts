/**
 * Night plot: the forecast of a night and the mean level of simulated lamps, as an SVG.
 *
 * Nothing in it is in a language: hours, per cent and the names of classes.
 */
import { grid, horizontalAxis, verticalAxis } from "../../lib/plot/axis.js";
import { area, line, steps } from "../../lib/plot/path.js";
import { linear, ticks } from "../../lib/plot/scale.js";
import { element, pictureFile, text } from "../../lib/plot/svg.js";
import { HOUR } from "../../lib/spans.js";

interface NightPlot {
	/** The kind of place and the date of the evening. */
	readonly title: string;
	/** Instants, UTC ms. */
	readonly from: number;
	readonly until: number;
	/** Wall clock minus UTC, ms, at the begin. */
	readonly offset: number;
	/** Level of the forecast from an instant on, per cent. */
	readonly forecast: readonly (readonly [at: number, level: number])[];
	/** Mean level of the lamps in equal parts of the span, per cent. */
	readonly means: readonly number[];
	/** Names of levels on the right: classes. */
	readonly marks: readonly (readonly [name: string, level: number])[];
}

const [WIDTH, HEIGHT] = [640, 180];
const FIELD = { left: 34, right: 600, top: 8, bottom: 158 } as const;
/** Of the labels of the hours: their base line; of those of levels: the distance from the field. */
const LABELS = 174;
const GAP = 4;
const STEP = 2 * HOUR;

export function plotOf(plot: NightPlot): string {
	const { title, from, until, offset, forecast, means, marks } = plot;
	const { left, right, top, bottom } = FIELD;
	const most = Math.max(10, ...means, ...marks.map(([, level]) => level)) * 1.08;
	const x = linear([from, until], [left, right]);
	const y = linear([0, most], [bottom, top]);
	const part = linear([0, means.length], [left, right]);
	const simulated = steps(
		means.map((mean, index) => [part(index), y(mean)]),
		right,
	);
	const expected = forecast.map(([at, level]) => [x(Math.max(from, at)), y(level)] as const);
	const hours = {
		ticks: ticks(from + offset, until + offset + 1, STEP),
		scale: (local: number) => x(local - offset),
		label: (local: number) => `${String(new Date(local).getUTCHours()).padStart(2, "0")}:00`,
	};
	const levels = { ticks: [0, ...marks.map(([, level]) => level)], scale: y };
	const classes = marks.map(([name, level]) => text(right + GAP, y(level) + 4, name));
	return pictureFile(
		WIDTH,
		HEIGHT,
		{ title, "font-size": 10, fill: "#333" },
		element("path", {
			d: area(simulated, [
				[left, bottom],
				[right, bottom],
			]),
			fill: "#f5c04a",
		}),
		grid(hours, levels, FIELD),
		horizontalAxis(hours, LABELS),
		verticalAxis({ ...levels, label: (level) => (level === 0 ? "0 %" : `${level}`) }, left - GAP),
		...classes,
		element("path", {
			class: "forecast",
			d: line(steps(expected, right)),
			stroke: "#1b4f8a",
			"stroke-width": 1.5,
			fill: "none",
		}),
	);
}

/**
 * Mean level of all lamps in `parts` equal parts of the span, from the lines of a trace. During an
 * order of the simulated operator the level before it counts.
 */
export function meansOf(trace: string, from: number, until: number, parts: number): number[] {
	const sums = new Float64Array(parts);
	const lamps = new Map<string, readonly [at: number, level: number]>();
	const add = (begin: number, end: number, level: number) => {
		const part = (until - from) / parts;
		for (let index = Math.max(0, Math.floor((begin - from) / part)); index < parts; index += 1) {
			const [start, stop] = [from + index * part, from + (index + 1) * part];
			if (start >= end) return;
			const span = Math.min(end, stop) - Math.max(begin, start);
			if (span > 0) sums[index]! += (level * span) / part;
		}
	};
	for (const line of trace.split("\n")) {
		const [instant, lamp, , , reason, level] = line.trim().split(/\s+/);
		if (!instant || !lamp || instant.startsWith("#")) continue;
		const at = Date.parse(instant);
		const before = lamps.get(lamp);
		if (before && reason === "override") continue;
		if (before) add(before[0], at, before[1]);
		lamps.set(lamp, [at, Number(level) || 0]);
	}
	for (const [at, level] of lamps.values()) add(at, until, level);
	return [...sums].map((sum) => Math.round((10 * sum) / Math.max(1, lamps.size)) / 10);
}
