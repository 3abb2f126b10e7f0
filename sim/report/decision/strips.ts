/** Strips: the night of each option as a picture, hours from left to right, a line for each lamp. */

import { bytesOfBase64 } from "../../../lib/bytes.js";
import { levelAt } from "../../../lib/lightingoptions/clock.js";
import { isToday, optionOf } from "../../../lib/lightingoptions/options.js";
import { horizontalAxis } from "../../../lib/plot/axis.js";
import { stackedBar } from "../../../lib/plot/bar.js";
import { linear, ticks } from "../../../lib/plot/scale.js";
import { element, inlinePicture, rect } from "../../../lib/plot/svg.js";
import { HOUR } from "../../../lib/spans.js";
import type { NightLight } from "../../results/optionnight.js";
import { sumOf } from "../data.js";
import { toneOf, userParts } from "../plots.js";
import type { ReportSpeech } from "../words.js";
import { type DecisionData, type Row, shownAs } from "./data.js";

/** Of a strip, units of its drawing. */
const WIDTH = 360;
const HEIGHT = 30;
const STEP = 5 * 60_000;
/** By day nothing is drawn; levels of a picture are those of paper, in steps of 4 %. */
const TONES = 25;
/** Of the axis above the strips: its bars, the base line of its labels, its height. */
const BARS = 24;
const LABELS = 41;
const AXIS_HEIGHT = 45;
/** Half the width of a label: an hour nearer to an end of the picture has none. */
const HALF_LABEL = 26;

/** First and last instant of all pictures, UTC, ms. */
export function spanOf({ epochUtc, hours }: DecisionData): readonly [number, number] {
	return [epochUtc, epochUtc + hours * HOUR];
}

const scaleOf = (data: DecisionData) => linear(spanOf(data), [0, WIDTH]);

/** The light of a row's night. */
export function strip(data: DecisionData, row: Row, label: string): string {
	const shown = shownAs(data, row);
	const x = scaleOf(data);
	const [dusk, dawn] = data.dark;
	return inlinePicture(
		WIDTH,
		HEIGHT,
		{ class: "strip", preserveAspectRatio: "none", label },
		element("rect", { width: WIDTH, height: HEIGHT, fill: "#eef1f7" }),
		element("rect", { x: x(dusk), width: x(dawn) - x(dusk), height: HEIGHT, fill: toneOf(0) }),
		...(isToday(shown) ? played(data, shown) : machines(data, data.lights[shown])),
	);
}

function played(data: DecisionData, name: Parameters<typeof optionOf>[0]): string[] {
	const option = optionOf(name);
	const x = scaleOf(data);
	const [from, until] = data.dark;
	const runs: string[] = [];
	let begin = from;
	let level = 0;
	const end = (utc: number) => {
		if (level > 0) runs.push(rect(x(begin), 0, x(utc) - x(begin), HEIGHT, { fill: toneOf(level) }));
	};
	for (let utc = from; utc < until; utc += STEP / 5) {
		const next = levelAt(option, data.zone.localOf(utc)) ?? 0;
		if (next === level) continue;
		end(utc);
		[begin, level] = [utc, next];
	}
	end(until);
	return runs;
}

function machines(data: DecisionData, { from, step, rows, levels }: NightLight): string[] {
	const bytes = bytesOfBase64(levels);
	const steps = bytes.length / rows;
	const tall = HEIGHT / rows;
	const toned = (n: number, row: number) =>
		Math.round((bytes[n * rows + row]! * TONES) / 100) * (100 / TONES);
	const runs: string[] = [];
	const [dusk, dawn] = data.dark;
	const scale = scaleOf(data);
	const x = (n: number) => scale(Math.min(dawn, Math.max(dusk, from + n * step)));
	const first = Math.max(0, Math.floor((dusk - from) / step));
	const last = Math.min(steps, Math.ceil((dawn - from) / step));
	for (let row = 0; row < rows; row++) {
		let begin = first;
		for (let n = first + 1; n <= last; n++) {
			const level = toned(begin, row);
			if (n < last && toned(n, row) === level) continue;
			if (level > 0)
				runs.push(rect(x(begin), row * tall, x(n) - x(begin), tall, { fill: toneOf(level) }));
			begin = n;
		}
	}
	return runs;
}

/** Hours above the strips, and the road users of each. */
export function axis(data: DecisionData, speech: ReportSpeech): string {
	const [from, until] = spanOf(data);
	const scale = scaleOf(data);
	const x = (utc: number) => Math.min(WIDTH, Math.max(0, scale(utc)));
	const most = Math.max(1, ...data.users.map(({ counts }) => sumOf(counts)));
	const y = linear([0, most], [BARS, 0]);
	const bars = data.users.flatMap(({ utc, counts }) => {
		const [left, right] = [x(utc) + 0.7, x(utc + HOUR) - 0.7];
		return stackedBar(userParts(counts), [left, Math.max(left + 0.5, right)], y);
	});
	const labels = horizontalAxis(
		{
			ticks: ticks(from, until + 1, 3 * HOUR, HOUR).filter(
				(utc) => scale(utc) >= HALF_LABEL && scale(utc) <= WIDTH - HALF_LABEL,
			),
			scale,
			label: (utc) => `${Number(speech.hour(utc))}${speech.language === "fr" ? " h" : ":00"}`,
		},
		LABELS,
	);
	const label = speech.say("traffic");
	return inlinePicture(WIDTH, AXIS_HEIGHT, { class: "axis", label }, ...bars, labels);
}
