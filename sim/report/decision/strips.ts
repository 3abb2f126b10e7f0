/** Strips: the night of each way as a picture, hours from left to right, a line for each lamp. */
import { HOUR } from "../../../lib/spans.js";
import { levelAt } from "../../../lib/ways/clock.js";
import { isToday, wayOf } from "../../../lib/ways/ways.js";
import type { NightLight } from "../../results/waynight.js";
import { USER_KINDS } from "../../world/timetable.js";
import { sumOf } from "../data.js";
import { toneOf, USER_HUES } from "../plots.js";
import type { ReportSpeech } from "../words.js";
import { type DecisionData, type Row, shownAs } from "./data.js";

/** Of a strip, units of its drawing. */
const WIDTH = 360;
const HEIGHT = 30;
const STEP = 5 * 60_000;
/** By day nothing is drawn; levels of a picture are those of paper, in steps of 4 %. */
const TONES = 25;

/** First and last instant of all pictures, UTC, ms. */
export function spanOf({ epochUtc, hours }: DecisionData): readonly [number, number] {
	return [epochUtc, epochUtc + hours * HOUR];
}

function xOf(data: DecisionData, utc: number): number {
	const [from, until] = spanOf(data);
	return (WIDTH * (utc - from)) / (until - from);
}

/** The light of a row's night. */
export function strip(data: DecisionData, row: Row, label: string): string {
	const shown = shownAs(data, row);
	const rects = isToday(shown) ? played(data, shown) : machines(data, data.lights[shown]);
	return `<svg class="strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#eef1f7"/>${night(data)}${rects}</svg>`;
}

/** The night's ground: dark lamps. */
function night(data: DecisionData): string {
	const [from, until] = data.dark.map((utc) => xOf(data, utc));
	return `<rect x="${at(from!)}" width="${at(until! - from!)}" height="${HEIGHT}" fill="${toneOf(0)}"/>`;
}

function played(data: DecisionData, name: Parameters<typeof wayOf>[0]): string {
	const way = wayOf(name);
	const [from, until] = data.dark;
	const runs: string[] = [];
	let begin = from;
	let level = 0;
	const end = (utc: number) => {
		if (level > 0) runs.push(rect(xOf(data, begin), xOf(data, utc), 0, HEIGHT, level));
	};
	for (let utc = from; utc < until; utc += STEP / 5) {
		const next = levelAt(way, data.zone.localOf(utc)) ?? 0;
		if (next === level) continue;
		end(utc);
		[begin, level] = [utc, next];
	}
	end(until);
	return runs.join("");
}

function machines(data: DecisionData, { from, step, rows, levels }: NightLight): string {
	const bytes = Buffer.from(levels, "base64");
	const steps = bytes.length / rows;
	const tall = HEIGHT / rows;
	const toned = (n: number, row: number) =>
		Math.round((bytes[n * rows + row]! * TONES) / 100) * (100 / TONES);
	const runs: string[] = [];
	const [dusk, dawn] = data.dark;
	const first = Math.max(0, Math.floor((dusk - from) / step));
	const last = Math.min(steps, Math.ceil((dawn - from) / step));
	for (let row = 0; row < rows; row++) {
		let begin = first;
		for (let n = first + 1; n <= last; n++) {
			const level = toned(begin, row);
			if (n < last && toned(n, row) === level) continue;
			const [x, until] = [begin, n].map((one) =>
				xOf(data, Math.min(dawn, Math.max(dusk, from + one * step))),
			);
			if (level > 0) runs.push(rect(x!, until!, row * tall, tall, level));
			begin = n;
		}
	}
	return runs.join("");
}

function rect(x: number, until: number, y: number, height: number, level: number): string {
	return `<rect x="${at(x)}" y="${at(y)}" width="${at(until - x)}" height="${at(height)}" fill="${toneOf(level)}"/>`;
}

/** Hours above the strips, and the road users of each. */
export function axis(data: DecisionData, speech: ReportSpeech): string {
	const [from, until] = spanOf(data);
	const tall = 26;
	const most = Math.max(1, ...data.users.map(({ counts }) => sumOf(counts)));
	const parts: string[] = [];
	for (const { utc, counts } of data.users) {
		let y = tall;
		const [x, end] = [utc, utc + HOUR].map((one) => Math.min(WIDTH, Math.max(0, xOf(data, one))));
		for (const kind of USER_KINDS) {
			const height = (tall * counts[kind]) / most;
			y -= height;
			if (height > 0)
				parts.push(
					`<rect x="${at(x! + 0.7)}" y="${at(y)}" width="${at(Math.max(0.5, end! - x! - 1.4))}" height="${at(height)}" fill="${USER_HUES[kind]}"/>`,
				);
		}
	}
	for (let utc = Math.ceil(from / HOUR) * HOUR; utc <= until; utc += 3 * HOUR) {
		const x = Math.min(WIDTH - 15, Math.max(15, xOf(data, utc)));
		parts.push(
			`<text x="${at(x)}" y="${tall + 13}" text-anchor="middle">${Number(speech.hour(utc))}${speech.language === "fr" ? " h" : ":00"}</text>`,
		);
	}
	return `<svg class="axis" viewBox="0 0 ${WIDTH} ${tall + 17}" role="img" aria-label="${speech.say("traffic")}">${parts.join("")}</svg>`;
}

/** A bar from 0 to `mid` with its range as a line; `most` is the whole width. */
export function bar(low: number, mid: number, high: number, most: number, hue: string): string {
	const x = (value: number) => at((200 * Math.min(value, most)) / (most || 1));
	return `<svg class="bar" viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true"><rect y="1" width="${x(mid)}" height="10" fill="${hue}"/><path d="M${x(low)} 6H${x(high)}" stroke="#1b2233" stroke-width="1.2"/></svg>`;
}

function at(value: number): string {
	return String(Math.round(value * 100) / 100);
}
