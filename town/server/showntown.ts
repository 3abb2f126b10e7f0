/**
 * Desk: the town that the page shows, its nights as they become ready, and the words by which one of
 * its streets runs in real machines.
 *
 * Nights of a brought town are simulated by other processes, way by way; each way plays as soon as it
 * is there. Finished nights are kept in a file with the digest of everything that they follow from.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { Zone } from "../../lib/zone.js";
import { overJobs } from "../../sim/util/jobs.js";
import { DATE, eveningOf, firstStreet, streetWords } from "../nights/evening.js";
import { nightFile, nightsOfFile } from "../nights/nightfile.js";
import { runTask, secondsOf } from "../nights/nighttask.js";
import {
	MACHINE_WAYS,
	type MachineWay,
	type NightTask,
	type StreetNight,
} from "../nights/streetnight.js";
import {
	type Evening,
	TOWN_WAYS,
	type TownNights,
	type TownWay,
	tasksOf,
	waysOf,
} from "../nights/townnights.js";
import { type Kinds, kindsOf } from "../nights/typicalstreets.js";
import { type TownYears, yearsOf } from "../nights/years.js";
import type { OpenTown } from "../townargument.js";
import type { ServedProgress, ServedWay } from "../townmessages.js";
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
	#way: MachineWay | undefined;
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
		this.#nights = shipped ?? { evening: this.evening, kinds, ways: {} };
	}

	/** Simulates the nights that are missing, and the years of lights with known power. */
	async begin(): Promise<void> {
		const isReady = TOWN_WAYS.every((way) => this.#nights.ways[way]);
		try {
			await Promise.all([this.#count(), isReady ? undefined : this.#simulate()]);
		} catch (error) {
			this.#failure = (error as Error).message;
		}
	}

	/** CPU seconds that the nights will take; 0: they exist. */
	get seconds(): number {
		if (TOWN_WAYS.every((way) => this.#nights.ways[way])) return 0;
		const { kinds } = this.#kinds;
		const all = MACHINE_WAYS.flatMap((way) => tasksOf(way, kinds, this.evening));
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
		return this.#once("town", () => servedTown(this.about, this.#ways));
	}

	get progress(): ServedProgress {
		return { ways: this.#ways };
	}

	/** A night, compressed; undefined: not ready. */
	night(way: string): Buffer | undefined {
		const known = TOWN_WAYS.find((one) => one === way);
		if (!known || !this.#nights.ways[known]) return undefined;
		return this.#once(`night ${way}`, () =>
			servedNight(this.about, this.#nights, known, this.#years),
		);
	}

	/** Options of that street; undefined: none. */
	words(street: number): readonly string[] | undefined {
		return streetWords(this.about.town, street);
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

	get #ways(): readonly ServedWay[] {
		return TOWN_WAYS.map((way) => {
			if (this.#nights.ways[way]) return { way, night: `/town/night/${way}.json` };
			const { progress, seconds } = this.#waitingFor(way);
			return { way, progress, seconds };
		});
	}

	/** Ways come in the order of MACHINE_WAYS; those by the clock with the first. */
	#waitingFor(way: TownWay): { readonly progress: number; readonly seconds: number } {
		const of = way === "mixed" ? "neighbours" : MACHINE_WAYS.find((one) => one === way);
		const last = MACHINE_WAYS.indexOf(of ?? MACHINE_WAYS[0]!);
		const now = this.#way === undefined ? 0 : MACHINE_WAYS.indexOf(this.#way);
		const { kinds } = this.#kinds;
		let seconds = 0;
		for (const [nth, one] of MACHINE_WAYS.entries()) {
			if (nth < now || nth > last) continue;
			const all = tasksOf(one, kinds, this.evening).reduce(
				(sum, { task }) => sum + secondsOf(task),
				0,
			);
			seconds += nth === now ? all * (1 - this.#share) : all;
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
		const simulated: Partial<Record<MachineWay, StreetNight[][]>> = {};
		for (const way of MACHINE_WAYS) {
			this.#way = way;
			this.#share = 0;
			const tasks = tasksOf(way, kinds, this.evening);
			const nights: StreetNight[][] = kinds.map(() => []);
			const onShare = (share: number) => {
				this.#share = share;
			};
			let nth = 0;
			for await (const night of overJobs<NightTask, StreetNight>(
				tasks.map(({ task }) => task),
				this.jobs,
				runTask,
				{ onShare, signal },
			))
				nights[tasks[nth++]!.kind]!.push(night);
			if (signal.aborted) return;
			simulated[way] = nights;
			this.#nights = { ...this.#nights, ways: waysOf(kinds, simulated) };
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
