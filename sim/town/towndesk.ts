/**
 * Town desk: the desks behind the page's routes: the town in force, and another one that is read or
 * opened in its place.
 */
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import type { Assumed, Field, Mapping, SystemName } from "../../lib/town/mapping.js";
import { FIELDS, SYSTEMS } from "../../lib/town/mapping.js";
import { readTown, type Town } from "../../lib/town/town.js";
import type { Zone } from "../../lib/zone.js";
import { type Fields, isFields } from "../util/fields.js";
import { Desk } from "./desk.js";
import { keepMapping, type OpenTown } from "./file.js";
import type { ReadAnswer } from "./served.js";

const NAME_MOST = 80;

/** The town of a run of the program, over all the streets that run in it. */
export class TownDesks {
	#desk: Desk;
	#begin: (street: number) => void = () => {};

	/** `file`: of the command line, beside which a mapping is kept. */
	constructor(
		open: OpenTown,
		private readonly zone: Zone,
		private readonly version: string,
		private readonly file: string | undefined,
		private readonly jobs?: number,
	) {
		this.#desk = new Desk(open, zone, version, jobs);
	}

	/** `begin` ends the run that serves the page, and begins that street. */
	attend(begin: (street: number) => void): void {
		this.#begin = begin;
	}

	get desk(): Desk {
		return this.#desk;
	}

	get town(): Uint8Array {
		return this.#desk.town;
	}

	get progress(): object {
		return this.#desk.progress;
	}

	night(way: string): Uint8Array | undefined {
		return this.#desk.night(way);
	}

	start(street: number): boolean {
		if (!this.#desk.words(street)) return false;
		this.#begin(street);
		return true;
	}

	read(order: Fields): ReadAnswer | undefined {
		return this.#readOf(order)?.answer;
	}

	open(order: Fields): ReadAnswer | undefined {
		const given = this.#readOf(order);
		if (!given) return undefined;
		const { answer, desk } = given;
		if (!desk) return answer;
		if (this.file !== undefined) keepMapping(this.file, answer.mapping);
		this.#desk.stop();
		this.#desk = desk;
		void desk.begin();
		return answer;
	}

	/** `desk`: of the town that is in the file. */
	#readOf(order: Fields): { answer: ReadAnswer; desk: Desk | undefined } | undefined {
		const { name, text, lines } = order;
		if (typeof name !== "string" || typeof text !== "string" || name.length > NAME_MOST)
			return undefined;
		const centre = typeof lines === "string" ? lines : undefined;
		const read = readTown(name, new TextEncoder().encode(text), mappingOf(order.mapping), centre);
		const { mapping, columns, sample } = read;
		const about = { read: read.read, isTown: read.town !== undefined, columns, sample, mapping };
		const desk = read.town && this.#deskOf(read.town, name);
		return { answer: { ...about, ...(desk && { seconds: desk.seconds }) }, desk };
	}

	#deskOf(town: Town, name: string): Desk {
		const kept = this.file ?? join(projectRoot(), ".cache", "towns", name.replace(/\W+/g, "-"));
		const open = { kind: "file" as const, town, kept: `${kept}.nights` };
		return new Desk(open, this.zone, this.version, this.jobs);
	}
}

/** A mapping from outside; unknown members are left out. */
function mappingOf(value: unknown): Mapping {
	const given = isFields(value) ? value : {};
	const columns: Partial<Record<Field, string>> = {};
	const own = isFields(given.columns) ? given.columns : {};
	for (const field of FIELDS) {
		const column = own[field];
		if (typeof column === "string") columns[field] = column;
	}
	const system = SYSTEMS.find((one) => one === given.system) as SystemName | undefined;
	return {
		columns,
		...(system === undefined ? {} : { system }),
		...(isFields(given.assumed) ? { assumed: assumedOf(given.assumed) } : {}),
	};
}

const LARGEST = {
	watts: 2_000,
	vehicles_day: 300_000,
	roadFrom: 300_000,
	ledShare: 100,
} as const;

function assumedOf(given: Fields): Assumed {
	const names = Object.keys(LARGEST) as (keyof typeof LARGEST)[];
	const numbers = names.flatMap((name) => {
		const value = given[name];
		return typeof value === "number" && value > 0 && value <= LARGEST[name] ? [[name, value]] : [];
	});
	const { price } = given;
	return { ...Object.fromEntries(numbers), ...(typeof price === "string" ? { price } : {}) };
}
