/**
 * Town server: answers the page's routes. It holds the town that is shown, and reads or opens
 * another one in its place.
 */

import type { Zone } from "../../lib/zone.js";
import type { TownStreets } from "../../sim/options/choice.js";
import { type Fields, isFields } from "../../sim/util/fields.js";
import type { Assumed, Field, Mapping, SystemName } from "../reading/mapping.js";
import { FIELDS, SYSTEMS } from "../reading/mapping.js";
import { keepMapping, mappingIn } from "../reading/mappingfile.js";
import { readTown, type Town } from "../reading/readtown.js";
import { LATIN } from "../reading/table.js";
import { isShipped, type OpenTown, type Shipped, shippedTown, titleOf } from "../townargument.js";
import type { ReadAnswer } from "../townmessages.js";
import { ShownTown } from "./showntown.js";
import { type Places, placesOf } from "./uploadplaces.js";

/** No file system has longer ones. */
const NAME_MOST = 255;

/** The town of a run of the program, over all the streets that run in it. */
export class TownServer {
	#shown: ShownTown | undefined;
	#begin: (street: number) => void = () => {};

	/**
	 * `make`: the town, asked for once somebody looks at it; `isFirst`: the page opens with it; `file`: of
	 * the command line; `folder`: of the results of other files.
	 */
	constructor(
		private readonly make: () => OpenTown,
		readonly isFirst: boolean,
		private readonly zone: Zone,
		private readonly version: string,
		private readonly file: string | undefined,
		private readonly jobs?: number,
		private readonly folder?: string,
	) {}

	/** `begin` ends the run that serves the page, and begins that street. */
	attend(begin: (street: number) => void): void {
		this.#begin = begin;
	}

	get shownTown(): ShownTown {
		if (!this.#shown) {
			this.#shown = new ShownTown(this.make(), this.zone, this.version, this.jobs);
			if (!this.isFirst) void this.#shown.begin(); // somebody looks at it
		}
		return this.#shown;
	}

	/** Of the choices of a run. */
	get streets(): TownStreets {
		const streetValues = (street: number) => this.shownTown.streetValues(street);
		return { first: this.isFirst ? this.shownTown.first : undefined, streetValues };
	}

	/** Ends what is being simulated. */
	stop(): void {
		this.#shown?.stop();
	}

	get town(): Uint8Array {
		return this.shownTown.town;
	}

	get progress(): object {
		return this.shownTown.progress;
	}

	night(option: string): Uint8Array | undefined {
		return this.shownTown.night(option);
	}

	start(street: number): boolean {
		if (!this.shownTown.streetValues(street)) return false;
		this.#begin(street);
		return true;
	}

	read(order: Fields): ReadAnswer | undefined {
		return this.#readOf(order)?.answer;
	}

	open(order: Fields): ReadAnswer | undefined {
		const given = this.#readOf(order);
		if (!given) return undefined;
		const { answer, shownTown, places } = given;
		if (!shownTown) return answer;
		if (places) keepMapping(places.mapping, answer.mapping);
		this.stop();
		this.#shown = shownTown;
		void shownTown.begin();
		return answer;
	}

	#readOf(order: Fields): Read | undefined {
		const { shipped, name, text } = order;
		if (isShipped(shipped)) return this.#shippedOf(shipped);
		if (typeof name !== "string" || typeof text !== "string" || name.length > NAME_MOST)
			return undefined;
		return this.#fileOf(name, text, order);
	}

	#shippedOf(shipped: Shipped): Read {
		const open = shippedTown(shipped);
		const shownTown = new ShownTown(open, this.zone, this.version, this.jobs);
		const mapping = { columns: {} };
		const about = { read: open.town.read, isTown: true, columns: [], sample: [], mapping };
		return { answer: { ...about, seconds: shownTown.seconds }, shownTown, places: undefined };
	}

	/** Without a mapping of the page it is read with the one that is kept for it. */
	#fileOf(name: string, text: string, { lines, mapping: wanted, isLatin }: Fields): Read {
		const centre = typeof lines === "string" ? lines : undefined;
		const bytes = new TextEncoder().encode(text);
		const readAs = (mapping: Mapping | undefined) =>
			readTown(titleOf(name), bytes, mapping, centre);
		const first = readAs(isFields(wanted) ? mappingOf(wanted) : undefined);
		const places = placesOf(name, text, first.columns, this.file, this.folder);
		const kept = isFields(wanted) ? undefined : mappingIn(places.mapping);
		const found = kept ? readAs(mappingOf(kept)) : first;
		const { town, mapping, columns, sample } = found;
		const read = isLatin === true ? [LATIN, ...found.read] : found.read;
		const shownTown = town && this.#shownTownOf({ ...town, read }, places);
		const about = { read, isTown: town !== undefined, columns, sample, mapping };
		return {
			answer: { ...about, ...(shownTown && { seconds: shownTown.seconds }) },
			shownTown,
			places,
		};
	}

	#shownTownOf(town: Town, { nights }: Places): ShownTown {
		const open = { kind: "file" as const, town, kept: nights };
		return new ShownTown(open, this.zone, this.version, this.jobs);
	}
}

/** A town that was read. */
interface Read {
	readonly answer: ReadAnswer;
	/** Of the town that is in the file. */
	readonly shownTown: ShownTown | undefined;
	/** Undefined: a shipped town, which has no mapping. */
	readonly places: Places | undefined;
}

/** A mapping from outside; unknown members are left out. */
function mappingOf(value: unknown): Mapping {
	const given = isFields(value) ? value : {};
	const columns: Partial<Record<Field, string>> = {};
	const givenColumns = isFields(given.columns) ? given.columns : {};
	for (const field of FIELDS) {
		const column = givenColumns[field];
		if (typeof column === "string") columns[field] = column;
	}
	const system = SYSTEMS.find((name) => name === given.system) as SystemName | undefined;
	return {
		columns,
		...(system === undefined ? {} : { system }),
		...(isFields(given.assumed) ? { assumed: assumedOf(given.assumed) } : {}),
	};
}

const LARGEST = {
	watts: 2_000,
	vehicles_day: 300_000,
	walkers_day: 300_000,
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
