/**
 * Town state: the town, its nights, and the choices of a person: options, instant, colour, street, pole.
 */
import type { OptionName } from "../../lib/lightingoptions/options.js";
import { read } from "../../sim/page/client/state/requests.js";
import type { NightRow, ServedNight, ServedOption, ServedTown } from "../townmessages.js";
import { Cabinets, OUT } from "./cabinets.js";
import { decodeNight, decodeTown, type Night, type Town } from "./decoded.js";
import { NightClock } from "./nightclock.js";
import type { Colour } from "./palette.js";
import { litSpan } from "./saving.js";

/** Of the picture at rest, hours of the wall clock: the streets are lit and people are about. */
const REST = "22:14";
/** Between two looks at the progress of nights that are simulated, ms. */
const AGAIN = 1_500;
/** Likewise for the figures of the year, once all nights are there, ms. */
const YEAR_AGAIN = 4_000;
/** Wanted at the two sides of the edge, the first that is ready. */
const LEFT: readonly OptionName[] = ["full", "sodium", "profile"];
const RIGHT: readonly OptionName[] = [
	"neighbours",
	"presence",
	"mixed",
	"hourly",
	"profile",
	"off",
];

/** `none`: the server has no town. */
type Stage = "asking" | "none" | "here";

export class TownState {
	stage: Stage = "asking";
	town: Town | undefined;
	options: readonly ServedOption[] = [];
	readonly nights = new Map<OptionName, Night>();
	left: OptionName = "full";
	right: OptionName = "full";
	/** Place of the edge, per cent of the map's width. */
	split = 42;
	colour: Colour = "level";
	/** Place in `streets` and light that a person chose. */
	street: number | undefined;
	light: number | undefined;
	cabinets = new Cabinets(0);
	readonly clock = new NightClock();
	/** Rises with each change that a frame must draw. */
	version = 0;
	readonly #listeners = new Set<() => void>();
	readonly #frames = new Set<() => void>();
	#isLoading = false;

	/** @returns ends the calls */
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Called once a frame while time passes. @returns ends the calls */
	onTime(listener: () => void): () => void {
		this.#frames.add(listener);
		return () => this.#frames.delete(listener);
	}

	changed(): void {
		this.version++;
		for (const listener of this.#listeners) listener();
	}

	timePassed(): void {
		for (const listener of this.#frames) listener();
	}

	change(next: Partial<Pick<TownState, "left" | "right" | "colour" | "street" | "light">>): void {
		Object.assign(this, next);
		this.changed();
	}

	playOrPause(): void {
		if (this.clock.isPlaying) this.clock.pause();
		else this.clock.play();
		this.timePassed();
		this.changed();
	}

	seek(at: number): void {
		this.clock.seek(at);
		this.timePassed();
		this.changed();
	}

	get leftNight(): Night | undefined {
		return this.nights.get(this.left);
	}

	get rightNight(): Night | undefined {
		return this.nights.get(this.right) ?? this.leftNight;
	}

	/** The light's feeder was cut and is out. */
	isOut(light: number): boolean {
		const feeder = this.town?.feeder[light] ?? -1;
		return feeder >= 0 && this.cabinets.stateAt(feeder, this.clock.at) === OUT;
	}

	/** UTC of the instant shown, ms. */
	get utc(): number {
		return (this.rightNight?.start ?? 0) + this.clock.at * 1000;
	}

	/** Reads the town and its nights, those on the two sides first; again after a new file. */
	async load(): Promise<void> {
		if (this.#isLoading) return;
		this.#isLoading = true;
		try {
			const served = await read("/town", {});
			if (served) {
				this.take(served);
				void this.#loadNights();
			} else {
				this.stage = "none";
				this.changed();
			}
		} finally {
			this.#isLoading = false;
		}
	}

	/** Another town was opened in its place. */
	async reload(): Promise<void> {
		this.town = undefined; // ends the loop that waits for nights of the one before
		this.#isLoading = false;
		await this.load();
	}

	take(served: ServedTown): void {
		this.town = decodeTown(served);
		this.options = served.options;
		this.nights.clear();
		this.cabinets = new Cabinets(served.cabinets.length);
		this.street = undefined;
		this.light = undefined;
		this.stage = "here";
		this.changed();
	}

	/** The first night begins to play as soon as it is there. */
	onNight(served: ServedNight): void {
		const { town } = this;
		if (!town) return;
		const isFirst = this.nights.size === 0;
		this.nights.set(served.option, decodeNight(served, town));
		if (isFirst) {
			this.left = this.right = served.option;
			this.#wind(town);
		}
		const firstOf = (wanted: readonly OptionName[]) =>
			wanted.find((option) => this.nights.has(option));
		if (this.left === this.right) {
			this.left = firstOf(LEFT) ?? served.option;
			this.right = firstOf(RIGHT) ?? served.option;
		}
		this.changed();
	}

	#wind(town: Town): void {
		const nights = [...this.nights.values()];
		const span = litSpan(nights);
		const start = nights[0]!.start;
		const rest = restAfter(start, town.served.zone);
		this.clock.begin(span, (rest - start) / 1000);
		if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.clock.play(true);
	}

	/** Its lights have watts, and their year is being calculated. */
	#lacksYear(option: OptionName): boolean {
		const row = rowOfNight(this.nights.get(option), -1);
		return row !== undefined && !row.mwhYear && (this.town?.hasWatts ?? false);
	}

	/** Figures of a year come later than the night: first those of the option that is shown. */
	#isWanted(option: OptionName, isYear: boolean): boolean {
		if (!this.nights.has(option)) return true;
		return this.#lacksYear(option) && (isYear || option === this.right);
	}

	async #loadNights(): Promise<void> {
		const { town } = this;
		const wanted = [...LEFT.slice(0, 1), ...RIGHT];
		const rank = (option: string) =>
			(wanted.indexOf(option as OptionName) + 1 || wanted.length + 1) - 1;
		while (town && town === this.town) {
			const isYear = !this.#lacksYear(this.right);
			const fresh = this.options
				.filter(({ option, night }) => night && this.#isWanted(option, isYear))
				.sort((a, b) => rank(a.option) - rank(b.option));
			for (const { option } of fresh) {
				const served = await read("/town/night", { option });
				if (served && town === this.town) this.onNight(served);
			}
			if (this.options.every(({ option }) => this.nights.has(option) && !this.#lacksYear(option)))
				return;
			const isWaiting = this.options.some(({ option }) => !this.nights.has(option));
			await new Promise((resolve) => setTimeout(resolve, isWaiting ? AGAIN : YEAR_AGAIN));
			const progress = await read("/town/progress", {});
			if (!progress) continue; // between two runs the server is away for a moment
			this.options = progress.options;
			this.changed();
		}
	}
}

/** The first instant of the resting picture after `start`, UTC, ms. */
function restAfter(start: number, zone: string): number {
	const clock = (utc: number) =>
		new Date(utc).toLocaleTimeString("en-GB", { timeZone: zone }).slice(0, 5);
	const minute = 60_000;
	for (let n = 0; n < 24 * 60; n++)
		if (clock(start + n * minute) === REST) return start + n * minute;
	return start;
}

/** The row of a district, -1: the town. */
export function rowOfNight(night: Night | undefined, district: number): NightRow | undefined {
	return night?.served.figures.find((row) => row.district === district);
}
