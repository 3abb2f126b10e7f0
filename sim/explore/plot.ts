/**
 * Plot: a night of a street as SVG: light, road users, faults, orders, and the broken promise.
 */

import { horizontalAxis } from "../../lib/plot/axis.js";
import { line, type Point } from "../../lib/plot/path.js";
import { linear, type Scale, ticks } from "../../lib/plot/scale.js";
import { element, pictureFile, rect, text } from "../../lib/plot/svg.js";
import { HOUR } from "../../lib/spans.js";
import type { Witness } from "../street/witness.js";
import { FULL_DUTY } from "../world/world.js";
import type { Broken } from "./promises.js";

const WIDTH = 1200;
const LEFT = 90;
const BAND = 110; // of a lamp
const HIGH = 70; // of full light
const HEAD = 60;
const ROW = 14; // of a fault
const DARK_LUX = 35;

interface Span {
	readonly from: number;
	to: number;
}

/** From `at` on the share of full light moves from one to another, reached at `until`. */
interface LightLine {
	readonly at: number;
	readonly from: number;
	readonly to: number;
	readonly until: number;
}

interface Plotted {
	readonly epochUtc: number;
	readonly end: number;
	readonly lamps: number;
	readonly broken: readonly Broken[];
	readonly line: string;
}

export class Plot implements Witness {
	readonly #light = new Map<number, LightLine[]>();
	readonly #users = new Map<number, Span[]>();
	readonly #faults: (Span & { readonly lamp: number; readonly name: string })[] = [];
	readonly #dark: Span[] = [];
	readonly #orders: { readonly at: number; readonly lamp: number; readonly what: string }[] = [];

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		const [from, end] = [duty / FULL_DUTY, to / FULL_DUTY];
		listOf(this.#light, lamp).push({ at, from, to: end, until });
	}
	onEnd(at: number, lamp: number): void {
		listOf(this.#light, lamp).push({ at, from: 0, to: 0, until: at });
	}
	onEnter(at: number, lamp: number): void {
		listOf(this.#users, lamp).push({ from: at, to: Infinity });
	}
	onLeave(at: number, lamp: number): void {
		const last = this.#users.get(lamp)?.find(({ to }) => to === Infinity);
		if (last) last.to = at;
	}
	onFault(at: number, lamp: number, name: string, on: boolean): void {
		if (on) this.#faults.push({ from: at, to: Infinity, lamp, name });
		const open = this.#faults.find((fault) => {
			return fault.lamp === lamp && fault.name === name && fault.to === Infinity;
		});
		if (!on && open) open.to = at;
	}
	onOrder({ at, lamp, command }: { at: number; lamp: number; command: string }): void {
		this.#orders.push({ at, lamp, what: command });
	}
	onDaylight(at: number, lux: number): void {
		const open = this.#dark.at(-1);
		if (lux < DARK_LUX && (!open || open.to < Infinity))
			this.#dark.push({ from: at, to: Infinity });
		else if (lux >= DARK_LUX && open?.to === Infinity) open.to = at;
	}

	/** The picture; `line` repeats the run. */
	svg({ epochUtc, end, lamps, broken, line: command }: Plotted): string {
		const inNight = linear([0, end], [LEFT, WIDTH - 10]);
		const x = (at: number) => inNight(Math.max(0, Math.min(at, end)));
		const height = HEAD + lamps * BAND + this.#faults.length * ROW + 60;
		const hours = {
			ticks: ticks(epochUtc, epochUtc + end, HOUR),
			scale: (utc: number) => x(utc - epochUtc),
			label: (utc: number) => new Date(utc).toISOString().slice(11, 16),
		};
		return pictureFile(
			WIDTH,
			height,
			{ title: "A night of a street", "font-size": 10, fill: "#222" },
			...this.#dark.map((span) => bar(x, span, HEAD - 10, lamps * BAND, "#e3e6f0", "dark")),
			element("g", { fill: "#888" }, horizontalAxis(hours, HEAD - 16)),
			...Array.from({ length: lamps }, (_, lamp) => this.#lamp(lamp, end, x)).flat(),
			...this.#faults.flatMap(({ from, to, lamp, name }, index) => {
				const y = HEAD + lamps * BAND + index * ROW;
				return [
					bar(x, { from, to }, y, ROW - 3, "#e0a080", name),
					text(4, y + ROW - 4, `${name} ${lamp + 1}`),
				];
			}),
			...broken.flatMap((failure) => breach(failure, x, lamps)),
			text(4, 16, command.slice(0, 190)),
			text(4, 30, command.slice(190, 380)),
		);
	}

	/** Name, road users, orders and light of a lamp. */
	#lamp(lamp: number, end: number, x: Scale): string[] {
		const base = HEAD + lamp * BAND + HIGH;
		const users = this.#users.get(lamp) ?? [];
		const orders = this.#orders.filter((order) => order.lamp === lamp);
		const d = line(
			courseOf(this.#light.get(lamp) ?? [], end, x, linear([0, 1], [base, base - HIGH])),
		);
		return [
			text(4, base - HIGH / 2, `lamp ${lamp + 1}`),
			...users.map((span) => bar(x, span, base + 4, 6, "#4070c0", "someone")),
			...orders.map(({ at, what }) => bar(x, { from: at, to: at }, base + 12, 8, "#209040", what)),
			element("path", { d, fill: "none", stroke: "#b07800", "stroke-width": 0.8 }),
		];
	}
}

/** From the first instant on, off until the first change; a ramp that another one interrupts ends there. */
function courseOf(light: readonly LightLine[], end: number, x: Scale, y: Scale): Point[] {
	const points: Point[] = [[x(0), y(0)]];
	light.forEach(({ at, from, to, until }, index) => {
		points.push([x(at), points.at(-1)![1]], [x(at), y(from)]);
		const ends = Math.min(until, light[index + 1]?.at ?? end);
		if (ends > at) points.push([x(ends), y(from + ((to - from) * (ends - at)) / (until - at))]);
	});
	points.push([x(end), points.at(-1)![1]]);
	return points;
}

/** A promise that was broken: a red mark over the band of its lamp, or over all bands, and its words. */
function breach({ at, lamp, what, name }: Broken, x: Scale, lamps: number): string[] {
	const fill = "#d00000";
	const y = lamp > 0 ? HEAD + (lamp - 1) * BAND : HEAD;
	const tall = lamp > 0 ? BAND - 4 : lamps * BAND;
	const label = `${name}: ${what.split("\n")[0]}`.slice(0, 90);
	return [
		bar(x, { from: at, to: at }, y - 8, tall, fill, `${name}: ${what}`),
		text(Math.min(x(at) + 3, WIDTH - 420), y, label, { fill }),
	];
}

/** What lasted for a span, or was at an instant. */
function bar(
	x: Scale,
	{ from, to }: Readonly<Span>,
	y: number,
	height: number,
	fill: string,
	title: string,
): string {
	return rect(x(from), y, Math.max(0.6, x(to) - x(from)), height, { fill, title });
}

function listOf<T>(map: Map<number, T[]>, lamp: number): T[] {
	let list = map.get(lamp);
	if (!list) {
		list = [];
		map.set(lamp, list);
	}
	return list;
}
