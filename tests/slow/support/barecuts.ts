/**
 * Bare cuts: a story of settings, events and orders on the bare machine, and seeded instructions of
 * it at which power is cut. barejudge.ts judges the lives after a cut.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type End, runBoard, workFolder } from "../../../hosts/bare/emulator.js";
import { chipOf, type Flashed } from "../../../hosts/bare/flashed.js";
import {
	booted,
	DATA_BYTES,
	ramBytes,
	type ScriptLine,
	stored,
} from "../../../hosts/bare/layout.js";
import { type Life, lifeOf } from "../../../hosts/bare/lines.js";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { random } from "../../../lib/random.js";
import { cornersOf } from "../../../tools/night/lighttrace.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";

const EPOCH = Date.UTC(2026, 10, 24, 18);
const SECOND = 1000;
/** Settings before and after the revision differ in two sections. */
const BEFORE = { program: "sunset 60; sunrise 0", presenceLevel: 90 } as const;
const AFTER = { program: "sunset 40; sunrise 0", presenceLevel: 75 } as const;
const STORY_ENDS = 130 * SECOND;
const LATER_ENDS = 34 * SECOND;
/** In a later life: after the PIR has settled, and while somebody passes. */
const QUIET_AT = 27 * SECOND;
const PASSED_AT = 28 * SECOND;
const BUSY_AT = 33 * SECOND;
/** In the story: settings are stored after this instant. */
const CONFIRMED_AT = 80_011;

const type = (at: number, text: string): ScriptLine => ({
	at,
	kind: INPUT.serialReadable,
	bytes: Buffer.from(`${text}\r`),
});

/** Power, a dark sky, the date. */
const begun = (utc: number): ScriptLine[] => [
	booted(0),
	{ at: 1003, kind: INPUT.illuminance, value: 2 },
	{ at: 3007, kind: INPUT.time, value: utc + 3007 },
];

function story(): ScriptLine[] {
	const place = { zone: "CET-1CEST,M3.5.0,M10.5.0/3", latitude: 50.6, longitude: 5.6 };
	const light = { presenceLevel: BEFORE.presenceLevel, settleTime: 10, hold: 10 };
	return [
		stored("set.identity", JSON.stringify({ site: "liege", node: "pole-00001" })),
		stored("set.light", JSON.stringify(light)),
		stored("set.calendar", JSON.stringify({ program: BEFORE.program, ...place })),
		stored(KEPT_AS, KEPT),
		...begun(EPOCH),
		type(20_011, `login ${SECRET}`),
		type(30_011, "override 70 1"),
		{ at: 50_011, kind: INPUT.movement },
		{ at: 55_011, kind: INPUT.stillness },
		type(60_011, `set program ${AFTER.program}`),
		type(62_011, `set presenceLevel ${AFTER.presenceLevel}`),
		type(64_011, "apply"),
		type(CONFIRMED_AT, "confirm"),
		type(100_011, "override 55 1"),
		type(120_011, "set hold 12"),
		type(122_011, "apply"),
		type(124_011, "confirm"),
	];
}

function later(): ScriptLine[] {
	return [
		...begun(EPOCH + 3600 * SECOND),
		{ at: PASSED_AT, kind: INPUT.movement },
		{ at: PASSED_AT + 3001, kind: INPUT.stillness },
	];
}

/** Chips of the two scripts, for any number of runs. */
export class CutBoard {
	private readonly folder = workFolder();
	private readonly chips = { story: this.chip("story"), later: this.chip("later") };

	constructor(flashed: Flashed) {
		const about = { seed: 1, epochUtc: EPOCH };
		chipOf(flashed, { ...about, lines: story(), end: STORY_ENDS }, this.chips.story);
		chipOf(flashed, { ...about, lines: later(), end: LATER_ENDS }, this.chips.later);
	}

	private chip(name: string): string {
		return join(this.folder, name);
	}

	async run(
		name: "story" | "later",
		data: Buffer,
		noise: number,
		cutAt?: number,
	): Promise<{ end: End; life: Life; data: Buffer }> {
		const ram = ramBytes(cutAt === undefined ? { noise } : { noise, cutAt });
		const { end, text, data: after } = await runBoard({ chip: this.chips[name], data, ram });
		return { end, life: lifeOf(text), data: after };
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

export const blankFlash = (): Buffer => Buffer.alloc(DATA_BYTES, 0xff);

const dutyAt = (life: Life, at: number): number | undefined =>
	cornersOf(life.duties, at).at(-1)?.[1];

/** Levels of a later life while nobody passes and while somebody does. */
export const levelsOf = (life: Life): string =>
	`${dutyAt(life, QUIET_AT)} ${dutyAt(life, BUSY_AT)}`;

export interface Reference {
	readonly life: Life;
	/** Levels of a later life under the settings before and after the revision. */
	readonly before: string;
	readonly after: string;
	/** Instructions of the boot of a later life. */
	readonly laterBoot: number;
}

/** Lives the story with its power kept. */
export async function refer(board: CutBoard): Promise<Reference> {
	const uncut = await board.run("story", blankFlash(), 1);
	const half = uncut.life.steps.filter(({ at }) => at < CONFIRMED_AT).at(-1)!.to;
	const cut = await board.run("story", blankFlash(), 1, half);
	const [old, young] = [
		await board.run("later", cut.data, 1),
		await board.run("later", uncut.data, 1),
	];
	for (const { end, life } of [uncut, old, young])
		if (end !== "done" || life.ends.length > 0)
			throw new Error(`without a cut: ${end}, ${life.ends.join()}`);
	return {
		life: uncut.life,
		laterBoot: young.life.boots[0]!.to,
		before: levelsOf(old.life),
		after: levelsOf(young.life),
	};
}

export interface Cut {
	readonly cutAt: number;
	/** Of the life after it, within its boot; absent: that life keeps its power. */
	readonly againAt?: number;
	readonly noise: number;
}

/** Seeded cuts: every other one in a write, an erase or a boot; every fourth is cut again. */
export function cutsOf({ life, laterBoot }: Reference, seed: number, count: number): Cut[] {
	const { next } = random(seed, "bare cuts");
	const upTo = (bound: number) => 1 + Math.floor(next() * bound);
	const born = life.boots[0]!.from; // before it, the script fills the store as a depot does
	const windows = [...life.flashWork, ...life.boots].filter(({ from }) => from >= born);
	return Array.from({ length: count }, (_, index) => {
		const { from, to } = windows[upTo(windows.length) - 1]!;
		const cutAt = index % 2 === 0 ? from + upTo(to - from) : born + upTo(life.instructions - born);
		const noise = upTo(2 ** 31);
		return index % 4 < 3 ? { cutAt, noise } : { cutAt, noise, againAt: upTo(laterBoot) };
	});
}
