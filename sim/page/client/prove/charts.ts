/**
 * Charts: the four charts of the timeline, drawn by uPlot, with one axis and one cursor.
 */
import uPlot from "uplot";
import type { Speech } from "../words.js";
import { paintLamps, paintMarks, paintSky, paintStack } from "./chartpaint.js";
import { KINDS, type Night, sampleAt, usersAnHour } from "./history.js";
import { GRID, SOFT, USER_HUES } from "./palette.js";
import type { Range, Shown } from "./shown.js";

/** The sample under the cursor. */
export interface Read {
	/** Seconds. */
	readonly utc: number;
	/** First lamp of the row, from 1. */
	readonly lamp: number | undefined;
	readonly level: number;
	readonly cause: string;
	readonly lux: number;
	readonly power: number;
}

interface ChartsListener {
	onRange(range: Range): void;
	onRead(read: Read | undefined): void;
	onChoose(lamp: number | undefined, utc: number): void;
	onDouble(utc: number): void;
}

type Kind = "sky" | "lamps" | "power" | "users";

const LEAST_LUX = 0.1;
const LUX_TICKS = [1, 100, 10_000] as const;
/** From one time of the axis to the next at least: `22:14:07` and a gap, px. */
const TIME_PX = 66;
/** Room for half of the last one, px. */
const RIGHT = 30;
/** Least height of a lamp's number, px, and the steps in which lamps are numbered. */
const NUMBER_PX = 13;
const ROW_STEPS = [1, 2, 5, 10, 20, 50, 100];
const ROW_PX = 15;
const LEAST_ZOOM_S = 60;

export class Charts {
	readonly #box: HTMLElement;
	readonly #listener: ChartsListener;
	readonly #plots = new Map<Kind, uPlot>();
	readonly #observer: ResizeObserver;
	#shown: Shown | undefined;
	#rows = 0;
	#click = 0;

	constructor(box: HTMLElement, listener: ChartsListener) {
		this.#box = box;
		this.#listener = listener;
		this.#observer = new ResizeObserver(() => {
			for (const [kind, plot] of this.#plots)
				plot.setSize({ width: box.clientWidth, height: this.#heightOf(kind) });
		});
		this.#observer.observe(box);
	}

	show(shown: Shown): void {
		const { night, range, speech } = shown;
		if (!night || night.times.length < 2) return;
		const before = this.#shown;
		this.#shown = shown;
		const isOther = before?.speech !== speech || this.#rows !== night.rows;
		if (isOther || this.#plots.size === 0) this.#make(night, speech);
		const times = [...night.times];
		const [from, to] = range ?? [times[0]!, times.at(-1)! + night.step_s];
		const none = times.map(() => null);
		for (const [kind, plot] of this.#plots) {
			const data: uPlot.AlignedData =
				kind === "sky"
					? [times, [...night.lux].map((lux) => Math.max(LEAST_LUX, lux))]
					: kind === "users"
						? [times, ...KINDS.map((_, n) => [...usersAnHour(night, n)])]
						: kind === "power"
							? [times, [...night.oldPower]]
							: [times, none];
			plot.batch(() => {
				plot.setData(data, false);
				plot.setScale("x", { min: from, max: Math.max(to, from + LEAST_ZOOM_S) });
				if (kind === "users") plot.setScale("y", { min: 0, max: mostOf(data) });
				if (kind === "power") plot.setScale("y", { min: 0, max: mostPower(night) });
			});
		}
	}

	destroy(): void {
		this.#observer.disconnect();
		for (const plot of this.#plots.values()) plot.destroy();
		this.#plots.clear();
	}

	#heightOf(kind: Kind): number {
		if (kind === "lamps") return Math.max(100, Math.min(360, this.#rows * ROW_PX + 10));
		return kind === "power" ? 130 : kind === "users" ? 118 : 84;
	}

	#make(night: Night, speech: Speech): void {
		for (const plot of this.#plots.values()) plot.destroy();
		this.#plots.clear();
		this.#rows = night.rows;
		for (const kind of ["sky", "lamps", "power", "users"] as const)
			this.#plots.set(kind, new uPlot(this.#options(kind, speech), [[], []], this.#box));
	}

	#options(kind: Kind, speech: Speech): uPlot.Options {
		const rows = this.#rows;
		const axis: uPlot.Axis = {
			stroke: SOFT,
			grid: { stroke: GRID, width: 1 },
			ticks: { show: false },
			font: "12px system-ui, sans-serif",
			labelFont: "12px system-ui, sans-serif",
		};
		const names = { sky: "timeline.sky", lamps: "timeline.lamps" } as const;
		const label = speech.say(kind === "sky" || kind === "lamps" ? names[kind] : `timeline.${kind}`);
		const series: uPlot.Series[] =
			kind === "users"
				? KINDS.map((_, n) => ({ stroke: USER_HUES[n]!, width: 1.5, points: { show: false } }))
				: [{ stroke: "transparent", width: 0, points: { show: false } }];
		return {
			width: Math.max(200, this.#box.clientWidth),
			height: this.#heightOf(kind),
			padding: [6, RIGHT, kind === "users" ? 0 : 2, 0],
			legend: { show: false },
			tzDate: (at) => uPlot.tzDate(new Date(at * 1000), speech.zone),
			scales: {
				x: { time: true },
				y:
					kind === "sky"
						? { distr: 3, min: LEAST_LUX, max: 100_000, auto: false, range: [LEAST_LUX, 100_000] }
						: kind === "lamps"
							? { auto: false, dir: -1, range: [0.5, rows + 0.5] }
							: { auto: false, range: (_plot, min, max) => [min ?? 0, max ?? 1] },
			},
			axes: [
				{
					...axis,
					size: kind === "users" ? 30 : 6,
					space: TIME_PX,
					values: (_plot, ticks, _axis, _space, step) =>
						ticks.map((at) => (kind === "users" ? sayTime(at, step, speech) : "")),
				},
				{
					...axis,
					size: 56,
					label,
					labelSize: 18,
					labelGap: 0,
					...(kind === "lamps" ? { grid: { show: false } } : {}),
					...(kind === "sky"
						? { splits: () => [...LUX_TICKS], filter: (_plot, ticks) => ticks }
						: {}),
					...(kind === "lamps" ? { splits: () => rowTicks(rows, this.#heightOf(kind)) } : {}),
					values: (_plot, ticks) => ticks.map((value) => sayTick(kind, value, speech, this.#shown)),
				},
			],
			series: [{}, ...series],
			cursor: {
				sync: { key: "night", setSeries: false },
				drag: { x: true, y: false, setScale: false },
				points: { show: false },
				bind: { dblclick: () => () => null },
			},
			hooks: {
				drawClear: [
					(plot) => {
						const { night } = this.#shown ?? {};
						if (!night) return;
						if (kind === "sky") paintSky(plot, night);
						if (kind === "lamps") paintLamps(plot, night);
						if (kind === "power") paintStack(plot, night);
					},
				],
				draw: [(plot) => this.#shown && paintMarks(plot, kind, this.#shown)],
				setCursor: [(plot) => this.#onCursor(kind, plot)],
				setSelect: [(plot) => this.#onSelect(plot)],
				ready: [(plot) => this.#listen(kind, plot)],
			},
		};
	}

	#listen(kind: Kind, plot: uPlot): void {
		plot.over.addEventListener("dblclick", () => {
			clearTimeout(this.#click);
			const { left } = plot.cursor;
			if (left !== undefined && left >= 0) this.#listener.onDouble(plot.posToVal(left, "x"));
		});
		plot.over.addEventListener("click", () => {
			const { left = -1 } = plot.cursor;
			if (left < 0 || plot.select.width > 3) return;
			const utc = plot.posToVal(left, "x");
			const lamp = kind === "lamps" ? this.#read(plot, kind)?.lamp : undefined;
			clearTimeout(this.#click); // a double click is no choice
			this.#click = window.setTimeout(() => this.#listener.onChoose(lamp, utc), 260);
		});
	}

	#onSelect(plot: uPlot): void {
		const { left, width } = plot.select;
		if (width < 4) return;
		const from = plot.posToVal(left, "x");
		const to = plot.posToVal(left + width, "x");
		plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
		if (to - from > 5) this.#listener.onRange([from, Math.max(to, from + LEAST_ZOOM_S)]);
	}

	#onCursor(kind: Kind, plot: uPlot): void {
		const source = (plot.cursor as { event?: unknown }).event;
		if (source === undefined && kind !== "lamps") return;
		this.#listener.onRead(this.#read(plot, kind));
	}

	#read(plot: uPlot, kind: Kind): Read | undefined {
		const { left = -1, top = -1 } = plot.cursor;
		const { night } = this.#shown ?? {};
		if (!night || left < 0) return undefined;
		const utc = plot.posToVal(left, "x");
		const n = sampleAt(night, utc);
		if (n === undefined) return undefined;
		const row = kind === "lamps" ? Math.round(plot.posToVal(top, "y")) - 1 : -1;
		const isRow = row >= 0 && row < night.rows;
		const { causes, power, rows } = night;
		let watts = 0;
		for (let cause = 0; cause < causes.length; cause++) watts += power[n * causes.length + cause]!;
		return {
			utc,
			power: watts,
			lux: night.lux[n]!,
			lamp: isRow ? row * night.lampsPerRow + 1 : undefined,
			level: isRow ? night.levels[n * rows + row]! : 0,
			cause: isRow ? causes[night.cause[n * rows + row]!]! : "none",
		};
	}
}

function mostOf([, ...series]: uPlot.AlignedData): number {
	let most = 10;
	for (const values of series) for (const value of values) most = Math.max(most, value ?? 0);
	return most * 1.1;
}

function mostPower({ oldPower, power, causes }: Night): number {
	let most = 10;
	for (let n = 0; n < oldPower.length; n++) {
		let watts = 0;
		for (let cause = 0; cause < causes.length; cause++) watts += power[n * causes.length + cause]!;
		most = Math.max(most, watts, oldPower[n]!);
	}
	return most * 1.08;
}

function sayTick(kind: Kind, value: number, speech: Speech, shown: Shown | undefined): string {
	if (kind !== "lamps") return speech.number(value, 0);
	return String((value - 1) * (shown?.night?.lampsPerRow ?? 1) + 1);
}

/** The first row, then each that has room for its number. */
function rowTicks(rows: number, height: number): number[] {
	const step = ROW_STEPS.find((candidate) => (height / rows) * candidate >= NUMBER_PX) ?? rows;
	const ticks = [1];
	for (let row = step === 1 ? 2 : step; row <= rows; row += step) ticks.push(row);
	return ticks;
}

/** Hours and minutes; with seconds where ticks are less than a minute apart. */
function sayTime(at: number, step: number, speech: Speech): string {
	return step < 60 ? speech.clock(at * 1000) : speech.time(at * 1000);
}
