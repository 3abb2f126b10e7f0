/**
 * Plot: a night of a street as SVG: light, road users, faults, orders, and the broken promise.
 */

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
		const open = this.#faults.find((one) => {
			return one.lamp === lamp && one.name === name && one.to === Infinity;
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
	svg({ epochUtc, end, lamps, broken, line }: Plotted): string {
		const x = (at: number) => LEFT + ((WIDTH - LEFT - 10) * Math.max(0, Math.min(at, end))) / end;
		const rows = this.#faults.length;
		const height = HEAD + lamps * BAND + rows * ROW + 60;
		const parts: string[] = [];
		const rect = (from: number, to: number, y: number, h: number, fill: string, title = "") =>
			parts.push(
				`<rect x="${x(from).toFixed(1)}" y="${y}" width="${Math.max(0.6, x(to) - x(from)).toFixed(1)}"` +
					` height="${h}" fill="${fill}"><title>${escaped(title)}</title></rect>`,
			);
		const text = (at: number, y: number, said: string, colour = "#222") =>
			parts.push(`<text x="${at.toFixed(1)}" y="${y}" fill="${colour}">${escaped(said)}</text>`);
		for (const { from, to } of this.#dark)
			rect(from, to, HEAD - 10, lamps * BAND, "#e3e6f0", "dark");
		for (let hour = Math.ceil(epochUtc / HOUR) * HOUR; hour < epochUtc + end; hour += HOUR)
			text(x(hour - epochUtc), HEAD - 16, new Date(hour).toISOString().slice(11, 16), "#888");
		for (let lamp = 0; lamp < lamps; lamp++) this.#lamp(lamp, end, x, rect, text, parts);
		this.#faults.forEach(({ from, to, lamp, name }, nth) => {
			const y = HEAD + lamps * BAND + nth * ROW;
			rect(from, to, y, ROW - 3, "#e0a080", name);
			text(4, y + ROW - 4, `${name} ${lamp + 1}`);
		});
		for (const { at, lamp, what, name } of broken) {
			const y = lamp > 0 ? HEAD + (lamp - 1) * BAND : HEAD;
			rect(at, at, y - 8, lamp > 0 ? BAND - 4 : lamps * BAND, "#d00000", `${name}: ${what}`);
			text(
				Math.min(x(at) + 3, WIDTH - 420),
				y,
				`${name}: ${what.split("\n")[0]}`.slice(0, 90),
				"#d00000",
			);
		}
		text(4, 16, line.slice(0, 190));
		text(4, 30, line.slice(190, 380));
		return (
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ` +
			`font-family="sans-serif" font-size="10"><title>A night of a street</title><rect width="100%" height="100%" fill="#fff"/>` +
			`${parts.join("\n")}</svg>\n`
		);
	}

	#lamp(
		lamp: number,
		end: number,
		x: (at: number) => number,
		rect: (from: number, to: number, y: number, h: number, fill: string, title?: string) => void,
		text: (at: number, y: number, said: string) => void,
		parts: string[],
	): void {
		const base = HEAD + lamp * BAND + HIGH;
		text(4, base - HIGH / 2, `lamp ${lamp + 1}`);
		for (const { from, to } of this.#users.get(lamp) ?? [])
			rect(from, to, base + 4, 6, "#4070c0", "someone");
		for (const { at, what } of this.#orders.filter((one) => one.lamp === lamp))
			rect(at, at, base + 12, 8, "#209040", what);
		const light = this.#light.get(lamp) ?? [];
		const y = (share: number) => (base - HIGH * share).toFixed(1);
		let path = `M${x(0)} ${base}`;
		light.forEach(({ at, from, to, until }, nth) => {
			path += `H${x(at).toFixed(1)}V${y(from)}`;
			const ends = Math.min(until, light[nth + 1]?.at ?? end);
			if (ends <= at) return;
			path += `L${x(ends).toFixed(1)} ${y(from + ((to - from) * (ends - at)) / (until - at))}`;
		});
		parts.push(`<path d="${path}H${x(end)}" fill="none" stroke="#b07800" stroke-width="0.8"/>`);
	}
}

function listOf<T>(map: Map<number, T[]>, lamp: number): T[] {
	let list = map.get(lamp);
	if (!list) {
		list = [];
		map.set(lamp, list);
	}
	return list;
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
