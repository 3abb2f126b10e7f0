/**
 * Town state: the town, its nights, and the choices of a person: ways, instant, colour, street, pole.
 */
import type { WayName } from "../../lib/ways/ways.js";
import { read } from "../../sim/page/client/state/requests.js";
import type {
	NightRow,
	ServedNight,
	ServedProgress,
	ServedTown,
	ServedWay,
} from "../townmessages.js";
import { Cabins, OUT } from "./cabinets.js";
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
const LEFT: readonly WayName[] = ["full", "sodium", "profile"];
const RIGHT: readonly WayName[] = ["neighbours", "presence", "mixed", "hourly", "profile", "off"];

/** `none`: the server has no town. */
type Stage = "asking" | "none" | "here";

export class TownState {
	stage: Stage = "asking";
	town: Town | undefined;
	ways: readonly ServedWay[] = [];
	readonly nights = new Map<WayName, Night>();
	left: WayName = "full";
	right: WayName = "full";
	/** Place of the edge, per cent of the map's width. */
	split = 42;
	colour: Colour = "level";
	/** Place in `streets` and light that a person chose. */
	street: number | undefined;
	light: number | undefined;
	cabins = new Cabins(0);
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
		return feeder >= 0 && this.cabins.stateAt(feeder, this.clock.at) === OUT;
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
			const served = await read<ServedTown>("/town/town.json");
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
		this.ways = served.ways;
		this.nights.clear();
		this.cabins = new Cabins(served.cabins.length);
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
		this.nights.set(served.way, decodeNight(served, town));
		if (isFirst) {
			this.left = this.right = served.way;
			this.#wind(town);
		}
		const firstOf = (wanted: readonly WayName[]) => wanted.find((way) => this.nights.has(way));
		if (this.left === this.right) {
			this.left = firstOf(LEFT) ?? served.way;
			this.right = firstOf(RIGHT) ?? served.way;
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
	#lacksYear(way: WayName): boolean {
		const row = rowOfNight(this.nights.get(way), -1);
		return row !== undefined && !row.mwhYear && (this.town?.hasWatts ?? false);
	}

	/** Figures of a year come later than the night: first those of the way that is shown. */
	#isWanted(way: WayName, isYear: boolean): boolean {
		if (!this.nights.has(way)) return true;
		return this.#lacksYear(way) && (isYear || way === this.right);
	}

	async #loadNights(): Promise<void> {
		const { town } = this;
		const wanted = [...LEFT.slice(0, 1), ...RIGHT];
		const rank = (way: string) => (wanted.indexOf(way as WayName) + 1 || wanted.length + 1) - 1;
		while (town && town === this.town) {
			const isYear = !this.#lacksYear(this.right);
			const fresh = this.ways
				.filter(({ way, night }) => night && this.#isWanted(way, isYear))
				.sort((a, b) => rank(a.way) - rank(b.way));
			for (const { night } of fresh) {
				const served = await read<ServedNight>(night!);
				if (served && town === this.town) this.onNight(served);
			}
			if (this.ways.every(({ way }) => this.nights.has(way) && !this.#lacksYear(way))) return;
			const isWaiting = this.ways.some(({ way }) => !this.nights.has(way));
			await new Promise((resolve) => setTimeout(resolve, isWaiting ? AGAIN : YEAR_AGAIN));
			const progress = await read<ServedProgress>("/town/progress.json");
			if (!progress) continue; // between two runs the server is away for a moment
			this.ways = progress.ways;
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
