/**
 * Desk: the town that the page shows, its nights as they become ready, and the words by which one of
 * its streets runs in real machines.
 *
 * Nights of a brought town are simulated by other processes, option by option; each option plays as soon as it
 * is there. Finished nights are kept in a file with the digest of everything that they follow from.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { Zone } from "../../lib/zone.js";
import { overJobs } from "../../sim/util/jobs.js";
import { DATE, eveningOf, firstStreet, streetArguments } from "../nights/evening.js";
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
import { type Kinds, kindsOf } from "../nights/typicalstreets.js";
import { type TownYears, yearsOf } from "../nights/years.js";
import type { OpenTown } from "../townargument.js";
import type { ServedOption, ServedProgress } from "../townmessages.js";
import { type About, machinesOf, servedNight, servedTown } from "./encoded.js";

const DIGEST = 64;
/** Two at least, so that none runs in the process that serves the page. */
const JOBS = Math.max(2, availableParallelism() - 1);

export class Desk {
	readonly about: About;
	readonly evening: Evening;
	readonly #open: OpenTown;
	readonly #kinds: Kinds;
	readonly #digest: string;
	#nights: TownNights;
	#years: TownYears | undefined;
	#share = 0;
	#option: MachineOption | undefined;
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
		this.#kinds = kindsOf(town);
		const machines = machinesOf(town, this.#kinds);
		this.about = { town, kind, kinds: this.#kinds, machines, zone: zone.name, date: DATE };
		this.evening = eveningOf(town, zone);
		const { kinds } = this.#kinds;
		const from = JSON.stringify([version, this.evening, kinds]);
		this.#digest = createHash("sha256").update(from).digest("hex");
		const same = (nights: TownNights) => JSON.stringify(nights.kinds) === JSON.stringify(kinds);
		const shipped = open.nights && same(open.nights) ? open.nights : this.#kept();
		this.#nights = shipped ?? { evening: this.evening, kinds, options: {} };
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
		if (TOWN_OPTIONS.every((option) => this.#nights.options[option])) return 0;
		const { kinds } = this.#kinds;
		const all = MACHINE_OPTIONS.flatMap((option) => tasksOf(option, kinds, this.evening));
		return all.reduce((sum, { task }) => sum + secondsOf(task), 0);
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
	streetArguments(street: number): readonly string[] | undefined {
		return streetArguments(this.about.town, street);
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
			if (this.#nights.options[option]) return { option, night: `/town/night/${option}.json` };
			const { progress, seconds } = this.#waitingFor(option);
			return { option, progress, seconds };
		});
	}

	/** Options come in the order of MACHINE_OPTIONS; those by the clock with the first. */
	#waitingFor(option: TownOption): { readonly progress: number; readonly seconds: number } {
		const of =
			option === "mixed"
				? "neighbours"
				: MACHINE_OPTIONS.find((machineOption) => machineOption === option);
		const last = MACHINE_OPTIONS.indexOf(of ?? MACHINE_OPTIONS[0]!);
		const now = this.#option === undefined ? 0 : MACHINE_OPTIONS.indexOf(this.#option);
		const { kinds } = this.#kinds;
		let seconds = 0;
		for (const [index, machineOption] of MACHINE_OPTIONS.entries()) {
			if (index < now || index > last) continue;
			const all = tasksOf(machineOption, kinds, this.evening).reduce(
				(sum, { task }) => sum + secondsOf(task),
				0,
			);
			seconds += index === now ? all * (1 - this.#share) : all;
		}
		return { progress: last === now ? this.#share : 0, seconds: Math.ceil(seconds / this.jobs) };
	}

	async #count(): Promise<void> {
		if (!this.about.town.watts.some((watts) => watts > 0)) return;
		this.#years = await yearsOf(this.#kinds.kinds, this.evening);
		this.#served.clear();
	}

	async #simulate(): Promise<void> {
		const { kinds } = this.#kinds;
		const { signal } = this.#stop;
		const simulated: Partial<Record<MachineOption, StreetNight[][]>> = {};
		for (const option of MACHINE_OPTIONS) {
			this.#option = option;
			this.#share = 0;
			const tasks = tasksOf(option, kinds, this.evening);
			const nights: StreetNight[][] = kinds.map(() => []);
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
				nights[tasks[finished++]!.kind]!.push(night);
			if (signal.aborted) return;
			simulated[option] = nights;
			this.#nights = { ...this.#nights, options: nightsByOption(kinds, simulated) };
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
