/**
 * Coverage: how often the streets of a run had each fault, pair, input, setting and place, and how
 * often each promise could fail, with least numbers.
 */
import { BUS_SHARES, FAULTY_SHARES, Shares, SOUND_SHARES } from "../checks/shares.js";
import { FAULTS } from "../faults/faults.js";
import { type Drawn, NAMES, PAIRS } from "./draw.js";
import { INPUT_KINDS, kindOf } from "./inputs.js";
import type { Outcome } from "./night.js";
import { settingNames } from "./settings.js";
import { optionsOf } from "./shrink.js";

/** Fewer streets leave rare cases to chance. */
const ENOUGH = 1000;
/** Pairs come by turns; one street in ten has no fault, or one at most. */
const PAIRS_ENOUGH = 1.12;
/** Of 1,000 streets, each fault, input, season, and setting at least: half of the rarest one's mean. */
const LEAST = {
	fault: 25,
	input: 150,
	setting: 4,
	season: 150,
	heap: 150,
	none: 40,
	tight: 50,
	check: 20,
};

export class Coverage {
	readonly faults = new Map<string, number>();
	readonly pairs = new Map<string, number>();
	readonly inputs = new Map<string, number>();
	readonly settings = new Map<string, number>();
	readonly kinds = new Map<string, number>();
	/** Chances to fail, by check; and streets that had any. */
	readonly tried = new Map<string, number>();
	readonly triedIn = new Map<string, number>();
	/** Judged shares of streets without faults, and of the others. */
	readonly sound: Shares;
	readonly faulty: Shares;
	streets = 0;

	constructor(isOnBuses = false) {
		const others = isOnBuses ? BUS_SHARES : {};
		this.sound = new Shares({ ...SOUND_SHARES, ...others });
		this.faulty = new Shares({ ...FAULTY_SHARES, ...others });
	}

	note(
		{ args, faults, kinds }: Pick<Drawn, "args" | "faults" | "kinds">,
		{ tried, chances = {} }: Pick<Outcome, "tried"> & Partial<Pick<Outcome, "chances">>,
	): void {
		this.streets++;
		(faults.length === 0 ? this.sound : this.faulty).note(chances);
		for (const name of new Set(faults)) count(this.faults, name);
		for (const name of kinds) count(this.kinds, name);
		const once = [...new Set(faults)].filter((name) => NAMES.includes(name));
		for (const [index, fault] of once.entries())
			for (const other of once.slice(index)) count(this.pairs, pairOf(fault, other));
		count(
			this.kinds,
			faults.length === 0
				? "no fault"
				: faults.length > 2
					? "a heap of faults"
					: "one or two faults",
		);
		for (const [name, value] of optionsOf(args)) {
			if (name === "--set") count(this.settings, value!.replace(/^\w+\.(\w+)=[\s\S]*$/, "$1"));
			if (name === "--input") count(this.inputs, kindOf(value!) ?? "unknown");
			if (name === "--neighbours") count(this.kinds, "a row of neighbours");
			if (name === "--start") count(this.kinds, seasonOf(value!));
			if (name === "--slots") count(this.kinds, "short of memory");
			if (name === "--procession") count(this.kinds, "traffic in a procession");
		}
		for (const [check, times] of Object.entries(tried)) {
			count(this.tried, check, times);
			if (times > 0) count(this.triedIn, check);
		}
	}

	/** The cases that came too seldom in a thousand streets or more, a line each. */
	missing(): string[] {
		if (this.streets < ENOUGH) return [];
		const share = this.streets / ENOUGH;
		const lines: string[] = [];
		const need = (map: Map<string, number>, name: string, of: number, what: string) => {
			const had = map.get(name) ?? 0;
			if (had < Math.floor(of * share))
				lines.push(`${what} ${name}: ${had} of ${this.streets} streets`);
		};
		for (const [name, { bus }] of Object.entries(FAULTS))
			if (bus === undefined) need(this.faults, name, LEAST.fault, "fault");
		for (const { name } of INPUT_KINDS) need(this.inputs, name, LEAST.input, "input");
		for (const name of settingNames()) need(this.settings, name, LEAST.setting, "setting");
		for (const season of ["winter", "spring", "summer", "autumn"])
			need(this.kinds, season, LEAST.season, "season");
		need(this.kinds, "a heap of faults", LEAST.heap, "kind");
		need(this.kinds, "no fault", LEAST.none, "kind");
		need(this.kinds, "short of memory", LEAST.tight, "kind");
		for (const check of this.tried.keys()) need(this.triedIn, check, LEAST.check, "check");
		if (this.streets < PAIRS_ENOUGH * PAIRS.length) return lines;
		for (const [fault, other] of PAIRS)
			if (!this.pairs.has(pairOf(fault, other))) lines.push(`pair ${fault} and ${other}: never`);
		return lines;
	}

	/** The checks that judged too few of their chances, a line each. */
	blind(): string[] {
		return [...this.sound.missing("without faults"), ...this.faulty.missing("with faults")];
	}

	/** The table, a line each. */
	*table(): Iterable<string> {
		const least = (map: Map<string, number>) => {
			const [name, times] = [...map].sort((a, b) => a[1] - b[1])[0] ?? ["none", 0];
			return `least ${times} (${name})`;
		};
		yield `${this.streets} streets: ${list(this.kinds)}`;
		yield `faults: ${list(this.faults)}`;
		yield `pairs of faults: ${this.pairs.size} of ${PAIRS.length}, ${least(this.pairs)}`;
		yield `inputs: ${list(this.inputs)}`;
		yield `settings: ${this.settings.size}, ${least(this.settings)}`;
		yield `chances to fail: ${list(this.tried)}`;
		yield* this.sound.table("without faults");
		yield* this.faulty.table("with faults");
	}
}

function count(map: Map<string, number>, name: string, times = 1): void {
	map.set(name, (map.get(name) ?? 0) + times);
}

function pairOf(fault: string, other: string): string {
	return [fault, other].sort().join(" ");
}

function seasonOf(start: string): string {
	return ["winter", "spring", "summer", "autumn"][
		Math.floor((Number(start.slice(5, 7)) % 12) / 3)
	]!;
}

function list(map: Map<string, number>): string {
	return [...map]
		.sort((a, b) => b[1] - a[1])
		.map(([name, times]) => `${name} ${times}`)
		.join(", ");
}
