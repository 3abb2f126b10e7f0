/**
 * Night plot: the forecast of a night and the mean level of simulated lamps, as an SVG.
 *
 * Nothing in it is in a language: hours, per cent and the names of classes.
 */
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
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 40, 8, 22];
const STEP = 2 * HOUR;

export function plotOf(plot: NightPlot): string {
	const { title, from, until, offset, forecast, means, marks } = plot;
	const most = Math.max(10, ...means, ...marks.map(([, level]) => level)) * 1.08;
	const [width, height] = [WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM];
	const x = (at: number) => (LEFT + (width * (at - from)) / (until - from)).toFixed(1);
	const y = (level: number) => (TOP + height * (1 - level / most)).toFixed(1);
	const part = (until - from) / means.length;
	const area = means.map(
		(mean, nth) => `${x(from + nth * part)},${y(mean)} ${x(from + (nth + 1) * part)},${y(mean)}`,
	);
	const line = forecast.map(([at, level], nth) => {
		const end = Math.min(until, forecast[nth + 1]?.[0] ?? until);
		return `${x(Math.max(from, at))},${y(level)} ${x(end)},${y(level)}`;
	});
	const hours: string[] = [];
	const first = Math.ceil((from + offset) / STEP) * STEP - offset;
	for (let at = first; at <= until; at += STEP) {
		const clock = String(new Date(at + offset).getUTCHours()).padStart(2, "0");
		hours.push(
			`<path d="M${x(at)} ${TOP}V${TOP + height}" class="g"/><text x="${x(at)}" y="${HEIGHT - 6}" text-anchor="middle">${clock}:00</text>`,
		);
	}
	const rows = marks.map(
		([name, level]) =>
			`<path d="M${LEFT} ${y(level)}H${LEFT + width}" class="g"/><text x="${LEFT + width + 4}" y="${y(level - most * 0.02)}">${name}</text>` +
			`<text x="${LEFT - 4}" y="${y(level - most * 0.02)}" text-anchor="end">${level}</text>`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="10">`,
		`<title>${title}</title>`,
		"<style>.g{stroke:#ccc;fill:none}.m{fill:#f5c04a}.f{stroke:#1b4f8a;stroke-width:1.5;fill:none}text{fill:#333}</style>",
		`<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
		`<polygon class="m" points="${x(from)},${y(0)} ${area.join(" ")} ${x(until)},${y(0)}"/>`,
		...hours,
		...rows,
		`<polyline class="f" points="${line.join(" ")}"/>`,
		`<text x="${LEFT - 4}" y="${TOP + height}" text-anchor="end">0 %</text>`,
		"</svg>\n",
	].join("\n");
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
		for (let nth = Math.max(0, Math.floor((begin - from) / part)); nth < parts; nth += 1) {
			const [start, stop] = [from + nth * part, from + (nth + 1) * part];
			if (start >= end) return;
			const span = Math.min(end, stop) - Math.max(begin, start);
			if (span > 0) sums[nth]! += (level * span) / part;
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
