/**
 * Shown town: the town that the page shows, its nights as they become ready, and the arguments with
 * which one of its streets runs in real machines.
 *
 * Nights of a town from a file are simulated by other processes, option by option; each option
 * plays as soon as its night is ready. Finished nights are kept in a file with the digest of
 * everything that they follow from.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { Zone } from "../../lib/zone.js";
import { overJobs } from "../../sim/cli/jobs.js";
import type { Values } from "../../sim/options/values.js";
import { DATE, eveningOf, firstStreet, streetValues } from "../nights/evening.js";
import { nightFile, nightsOfFile } from "../nights/nightfile.js";
import { runTask, secondsOf } from "../nights/nighttask.js";
import {
	MACHINE_OPTIONS,
	type MachineOption,
	type NightTask,
	type StreetNight,
} from "../nights/streetnight.js";
import {
	type Evening,
	nightsByOption,
	TOWN_OPTIONS,
	type TownNights,
	type TownOption,
	tasksOf,
} from "../nights/townnights.js";
import { type TownYears, yearsOf } from "../nights/townyears.js";
import { type SortedStreets, typicalStreetsOf } from "../nights/typicalstreets.js";
import type { OpenTown } from "../townargument.js";
import type { ServedOption, ServedProgress } from "../townmessages.js";
import { type About, machinesOf, servedNight, servedTown } from "./encoded.js";

const DIGEST = 64;
/** After so many seconds of CPU the time left follows the clock. */
const MEASURED_S = 10;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
/** Two at least, so that none runs in the process that serves the page. */
const JOBS = Math.max(2, availableParallelism() - 1);

export class ShownTown {
	readonly about: About;
	readonly evening: Evening;
	readonly #open: OpenTown;
	readonly #sorted: SortedStreets;
	readonly #digest: string;
	#nights: TownNights;
	#years: TownYears | undefined;
	#share = 0;
	#option: MachineOption | undefined;
	#beganAt = 0; // the clock of this process, ms
	readonly #costs: readonly number[]; // CPU seconds of MACHINE_OPTIONS
	#failure: string | undefined;
	readonly #stop = new AbortController();
	readonly #served = new Map<string, Buffer>();

	/** `version`: of the program and the lamps' modules. */
	constructor(
		open: OpenTown,
		zone: Zone,
		version: string,
		readonly jobs: number = JOBS,
	) {
		this.#open = open;
		const { town, kind } = open;
		this.#sorted = typicalStreetsOf(town);
		const machines = machinesOf(town, this.#sorted);
		this.about = { town, kind, sorted: this.#sorted, machines, zone: zone.name, date: DATE };
		this.evening = eveningOf(town, zone);
		const { typicalStreets } = this.#sorted;
		this.#costs = MACHINE_OPTIONS.map((option) =>
			sumOf(tasksOf(option, typicalStreets, this.evening).map(({ task }) => secondsOf(task))),
		);
		const from = JSON.stringify([version, this.evening, typicalStreets]);
		this.#digest = createHash("sha256").update(from).digest("hex");
		const same = (nights: TownNights) =>
			JSON.stringify(nights.typicalStreets) === JSON.stringify(typicalStreets);
		const shipped = open.nights && same(open.nights) ? open.nights : this.#kept();
		this.#nights = shipped ?? { evening: this.evening, typicalStreets, options: {} };
	}

	/** Simulates the nights that are missing, and the years of lights with known power. */
	async begin(): Promise<void> {
		const isReady = TOWN_OPTIONS.every((option) => this.#nights.options[option]);
		try {
			await Promise.all([this.#count(), isReady ? undefined : this.#simulate()]);
		} catch (error) {
			this.#failure = (error as Error).message;
		}
	}

	/** CPU seconds that the nights will take; 0: they exist. */
	get seconds(): number {
		const isReady = TOWN_OPTIONS.every((option) => this.#nights.options[option]);
		return isReady ? 0 : sumOf(this.#costs);
	}

	get failure(): string | undefined {
		return this.#failure;
	}

	/** The nights so far. */
	get nights(): TownNights {
		return this.#nights;
	}

	get years(): TownYears | undefined {
		return this.#years;
	}

	stop(): void {
		this.#stop.abort();
	}

	/** The town, compressed. */
	get town(): Buffer {
		return this.#once("town", () => servedTown(this.about, this.#options));
	}

	get progress(): ServedProgress {
		return { options: this.#options };
	}

	/** A night, compressed; undefined: not ready. */
	night(option: string): Buffer | undefined {
		const known = TOWN_OPTIONS.find((name) => name === option);
		if (!known || !this.#nights.options[known]) return undefined;
		return this.#once(`night ${option}`, () =>
			servedNight(this.about, this.#nights, known, this.#years),
		);
	}

	/** Options of that street; undefined: none. */
	streetValues(street: number): Values | undefined {
		return streetValues(this.about.town, street);
	}

	get first(): number {
		return firstStreet(this.about.town);
	}

	#once(key: string, make: () => unknown): Buffer {
		let made = this.#served.get(key);
		if (!made) {
			made = gzipSync(JSON.stringify(make()));
			this.#served.set(key, made);
		}
		return made;
	}

	get #options(): readonly ServedOption[] {
		return TOWN_OPTIONS.map((option) => {
			if (this.#nights.options[option]) return { option, night: true };
			const { progress, seconds } = this.#waitingFor(option);
			return { option, progress, seconds };
		});
	}

	/** Options come in the order of MACHINE_OPTIONS; those by the clock with the first. */
	#waitingFor(option: TownOption): { readonly progress: number; readonly seconds: number } {
		const of = option === "mixed" ? "neighbours" : option;
		const byMachines: readonly string[] = MACHINE_OPTIONS;
		const last = Math.max(0, byMachines.indexOf(of));
		const now = this.#option === undefined ? 0 : MACHINE_OPTIONS.indexOf(this.#option);
		const done = sumOf(this.#costs.slice(0, now)) + this.#share * this.#costs[now]!;
		const left = sumOf(this.#costs.slice(0, last + 1)) - done;
		const progress = last === now ? this.#share : 0;
		return { progress, seconds: Math.ceil(Math.max(0, left) * this.#paceAfter(done)) };
	}

	/** Seconds of the clock for a second of CPU: as it went so far, or as all jobs go at first. */
	#paceAfter(done: number): number {
		if (done < MEASURED_S) return 1 / this.jobs;
		return (performance.now() - this.#beganAt) / 1000 / done;
	}

	async #count(): Promise<void> {
		if (!this.about.town.watts.some((watts) => watts > 0)) return;
		this.#years = await yearsOf(this.#sorted.typicalStreets, this.evening);
		this.#served.clear();
	}

	async #simulate(): Promise<void> {
		const { typicalStreets } = this.#sorted;
		const { signal } = this.#stop;
		const simulated: Partial<Record<MachineOption, StreetNight[][]>> = {};
		this.#beganAt = performance.now();
		for (const option of MACHINE_OPTIONS) {
			this.#option = option;
			this.#share = 0;
			const tasks = tasksOf(option, typicalStreets, this.evening);
			const nights: StreetNight[][] = typicalStreets.map(() => []);
			const onShare = (share: number) => {
				this.#share = share;
			};
			let finished = 0;
			for await (const night of overJobs<NightTask, StreetNight>(
				tasks.map(({ task }) => task),
				this.jobs,
				runTask,
				{ onShare, signal },
			))
				nights[tasks[finished++]!.typical]!.push(night);
			if (signal.aborted) return;
			simulated[option] = nights;
			this.#nights = { ...this.#nights, options: nightsByOption(typicalStreets, simulated) };
			this.#served.clear();
		}
		this.#keep();
	}

	#kept(): TownNights | undefined {
		const { kept } = this.#open;
		if (kept === undefined) return undefined;
		try {
			const bytes = readFileSync(kept);
			const digest = bytes.subarray(0, DIGEST).toString("latin1");
			return digest === this.#digest ? nightsOfFile(bytes.subarray(DIGEST)) : undefined;
		} catch {
			return undefined; // none yet, or a broken one
		}
	}

	#keep(): void {
		const { kept } = this.#open;
		if (kept === undefined) return;
		const bytes = Buffer.concat([Buffer.from(this.#digest, "latin1"), nightFile(this.#nights)]);
		try {
			mkdirSync(dirname(kept), { recursive: true });
			writeFileSync(kept, bytes);
		} catch {
			// a folder without write access: they are simulated again
		}
	}
}
