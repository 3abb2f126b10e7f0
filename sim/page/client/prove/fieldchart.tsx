/**
 * Field chart: mean and minimum between two poles through the night, under the mean of the class
 * that was required; a mark below for each minute that did not reach it.
 */
import type { JSX } from "preact";
import { line, rounded } from "../../../../lib/plot/path.js";
import { linear, ticks } from "../../../../lib/plot/scale.js";
import { limitsOf } from "../../../../lib/roadgrid.js";
import { HOUR } from "../../../../lib/spans.js";
import { MARK } from "../../../util/fieldmarks.js";
import { useSpeech } from "../state/street.js";
import type { WordOf } from "../words.js";
import { fieldAt, type Minutes } from "./fieldminutes.js";

/** Units of the drawing; the page scales it. */
const WIDTH = 720;
const HEIGHT = 120;
const LEFT = 66;
const RIGHT = 8;
const TOP = 8;
const FOOT = 30;
/** Points of a line: two nights have more minutes than the drawing has room. */
const POINTS = 1_440;

interface ChartProps {
	readonly minutes: Minutes;
	readonly pair: { readonly first: number; readonly second: number };
	/** UTC, ms, of a chosen instant. */
	readonly time: number | undefined;
}

export function FieldChart({ minutes, pair, time }: ChartProps): JSX.Element | null {
	const speech = useSpeech();
	const dark = darkOf(minutes);
	if (!dark) return <p class="hint">{speech.say("grid.empty")}</p>;
	const { from, step, marks } = dark;
	const points = pointsOf(dark);
	const most = Math.max(1, ...points.flatMap(({ mean, required }) => [mean ?? 0, required ?? 0]));
	const top = most * 1.1;
	const until = from + marks.length * step;
	const x = linear([from, until], [LEFT, WIDTH - RIGHT]);
	const y = linear([0, top], [TOP + HEIGHT, TOP]);
	const courseOf = (read: (point: Point) => number | undefined) =>
		line(
			points.map((point) => {
				const value = read(point);
				return value === undefined ? undefined : [x(point.utc), y(value)];
			}),
		);
	const below = points
		.filter((point) => point.isBelow)
		.map(({ utc }) => `M${rounded(x(utc))} ${TOP + HEIGHT + 2}v5`)
		.join("");
	const isJudged = dark.family !== "M";
	const about = { ...pair, from: speech.time(from) };
	const label = speech.say(isJudged ? "grid.chart" : "grid.chartLux", about);
	const lines: readonly WordOf<"grid.line">[] = [
		"mean",
		"least",
		...(isJudged ? (["required", "missed"] as const) : []),
	];
	return (
		<figure>
			<svg
				class="nightchart"
				viewBox={`0 0 ${WIDTH} ${HEIGHT + TOP + FOOT}`}
				role="img"
				aria-label={label}
			>
				{[0, most / 2, most].map((lux) => (
					<g key={lux}>
						<line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(lux)} y2={y(lux)} />
						<text x={LEFT - 8} y={y(lux) + 4} text-anchor="end">
							{speech.number(lux, 1, "lx")}
						</text>
					</g>
				))}
				<path class="required" d={courseOf(({ required }) => required)} />
				<path class="least" d={courseOf(({ min }) => min)} />
				<path class="mean" d={courseOf(({ mean }) => mean)} />
				<path class="missed" d={below} />
				{hoursOf(from, until).map((hour) => (
					<text key={hour} x={x(hour)} y={HEIGHT + TOP + 22} text-anchor="middle">
						{speech.time(hour)}
					</text>
				))}
				{time !== undefined && time >= from && time < until && (
					<line class="now" x1={x(time)} x2={x(time)} y1={TOP} y2={TOP + HEIGHT} />
				)}
			</svg>
			<figcaption>
				<ul class="legend" aria-hidden="true">
					{lines.map((name) => (
						<li key={name}>
							<svg class="nightchart key" viewBox="0 0 22 8" aria-hidden="true">
								<path class={name} d={name === "missed" ? "M6 1v6M11 1v6M16 1v6" : "M0 4h22"} />
							</svg>{" "}
							{speech.say(`grid.line.${name}`)}
						</li>
					))}
				</ul>
			</figcaption>
		</figure>
	);
}

interface Point {
	/** UTC, ms. */
	readonly utc: number;
	/** Absent by day. */
	readonly mean: number | undefined;
	readonly min: number | undefined;
	/** Mean of the required class; absent: none. */
	readonly required: number | undefined;
	readonly isBelow: boolean;
}

/** From the first dark minute to the last one; undefined: none is dark. */
function darkOf(minutes: Minutes): Minutes | undefined {
	const { from, step, mean, min, marks } = minutes;
	const isDark = (mark: number) => (mark & MARK.dark) !== 0;
	const first = marks.findIndex(isDark);
	if (first < 0) return undefined;
	let end = marks.length;
	while (!isDark(marks[end - 1]!)) end--;
	return {
		...minutes,
		from: from + first * step,
		mean: mean.subarray(first, end),
		min: min.subarray(first, end),
		marks: marks.subarray(first, end),
	};
}

/** The mean of the means, the least minimum, and the highest class of the minutes of a point. */
function pointsOf(minutes: Minutes): readonly Point[] {
	const { from, step, marks } = minutes;
	const each = Math.max(1, Math.ceil(marks.length / POINTS));
	const points: Point[] = [];
	for (let start = 0; start < marks.length; start += each) {
		let [sum, dark, least, required, isBelow] = [0, 0, Infinity, 0, false];
		for (let n = start; n < Math.min(marks.length, start + each); n++) {
			const field = fieldAt(minutes, n);
			if (!field) continue;
			dark++;
			sum += field.mean_lx;
			least = Math.min(least, field.min_lx);
			required = Math.max(required, (field.required && limitsOf(field.required)?.mean_lx) || 0);
			isBelow ||= field.reached === false;
		}
		points.push({
			utc: from + start * step,
			isBelow,
			mean: dark > 0 ? sum / dark : undefined,
			min: dark > 0 ? least : undefined,
			required: required > 0 ? required : undefined,
		});
	}
	return points;
}

/** Hours to write below, seven at most. */
function hoursOf(from: number, until: number): number[] {
	return ticks(from, until, Math.max(1, Math.ceil((until - from) / HOUR / 7)) * HOUR);
}
