/**
 * Second lamp: mutants of the second lamp itself, put to the comparison with the firmware.
 *
 * The firmware of a street does not depend on the second lamps beside it. So each street runs once, what
 * its lamps told is recorded, and every mutant hears the recording until it differs.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { Script } from "node:vm";
import { build } from "esbuild";
import type { Fleet } from "../../../hosts/virtual/fleet/fleet.js";
import { Comparison } from "../../../sim/comparison/comparison.js";
import { draw } from "../../../sim/explore/draw.js";
import { IMAGE_KEYS, IMAGES } from "../../../sim/explore/images.js";
import { rehearse } from "../../../sim/files/stage.js";
import { serverOf } from "../../../sim/images/catalogue.js";
import { Run } from "../../../sim/run/run.js";
import type { SecondLamp } from "../../../sim/second/heard.js";
import { instrumented, type Numbered, SWITCH } from "./instrument.js";
import { SECOND } from "./rooms.js";
import type { Judged } from "./trial.js";

/** A mutant that takes longer for a street hangs. */
const LIMIT_MS = 300_000;

/** Streets of the ordinary kind: words of the simulator. */
const ORDINARY: readonly string[] = [
	"--lamps 4 --seed 7 --start 2026-11-24T15:00:00Z --duration 17h --neighbours",
	"--lamps 2 --seed 7 --start 2026-11-24T15:00:00Z --duration 17h --board zhaga",
	"--lamps 3 --seed 7 --start 2026-06-17T18:30:00Z --duration 10h --fault powerCut@2h+1m --fault brokerDeaf@3h+30m",
];

type Told = Parameters<Comparison["onEffect"]>;

/** What the comparison of a street was told, in order. */
export interface Recorded {
	readonly name: string;
	readonly hasBus: boolean;
	readonly lamps: number;
	readonly installed: readonly (readonly [lamp: number, key: string, value: string])[];
	readonly told: readonly ((to: Comparison) => void)[];
	/** Answers of the stores, in order. */
	readonly read: readonly (string | undefined)[];
}

type Mutable = SecondLamp<unknown>;

/** The second lamp with all of these mutants, each behind its number. */
export async function secondLampOf(
	mutants: readonly Numbered[],
	isMutant: (number: number) => boolean,
): Promise<Mutable> {
	const { outputFiles } = await build({
		entryPoints: [`${SECOND}/lamp.ts`],
		bundle: true,
		write: false,
		format: "cjs",
		platform: "node",
		logLevel: "silent",
		plugins: [
			{
				name: "mutants",
				setup: ({ onLoad }) =>
					onLoad({ filter: /sim[\\/]second[\\/][a-z]+\.ts$/ }, ({ path }) => ({
						contents: instrumented(
							readFileSync(path, "utf8"),
							mutants.filter(({ site }) => resolve(SECOND, site.file) === path),
						),
						loader: "ts",
					})),
			},
		],
	});
	const text = `(function(module,exports,require,${SWITCH}){${outputFiles[0]?.text}\n})`;
	const module = { exports: {} as { secondLamp: Mutable } };
	const require = createRequire(resolve("package.json"));
	new Script(text, { filename: SECOND }).runInThisContext()(
		module,
		module.exports,
		require,
		isMutant,
	);
	return module.exports.secondLamp;
}

/** Runs a street and records it. */
async function recordedOf(name: string, args: readonly string[]): Promise<Recorded> {
	const stage = await rehearse([...args, "--second", "on"]);
	const { fleet, options } = stage;
	const installed: [number, string, string][] = [];
	const told: ((to: Comparison) => void)[] = [];
	const read: (string | undefined)[] = [];
	const { storeRead, storeWrite } = fleet;
	fleet.storeWrite = (lamp, key, value) => {
		installed.push([lamp - fleet.first, key, value]);
		storeWrite.call(fleet, lamp, key, value);
	};
	fleet.storeRead = (lamp, key) => {
		const value = storeRead.call(fleet, lamp, key);
		read.push(value);
		return value;
	};
	const hear = (...[kind, at, lamp, value, bytes, channel]: Told) => {
		const copy = bytes.slice();
		told.push((to) => to.onEffect(kind, at, lamp, value, copy, channel));
	};
	const run = new Run({
		...stage,
		network: serverOf(IMAGES, stage.network),
		images: IMAGES,
		imageKeys: IMAGE_KEYS,
		listeners: [hear],
		witnesses: [
			{
				onReport(at, lamp, suffix, payload) {
					const copy = payload.slice();
					told.push((to) => to.onReport(at, lamp, suffix, copy));
				},
			},
		],
	});
	const why = await run.go();
	await stage.network.close();
	fleet.dispose();
	if (why !== undefined) throw new Error(`${name}: ${why}`);
	const hasBus = run.installation.configured.hasBus === true;
	return { name, hasBus, lamps: options.lamps, installed, told, read };
}

/** Where a second lamp differs from the recording first; undefined: nowhere. */
export function differsOn(recorded: Recorded, second: Mutable): string | undefined {
	const { name, hasBus, lamps, installed, told, read } = recorded;
	let reads = 0;
	const silent: Pick<Fleet, "first" | "count" | "observe" | "storeRead"> = {
		first: 1,
		count: lamps,
		observe() {},
		storeRead: () => read[reads++],
	};
	try {
		const comparison = new Comparison(silent as Fleet, hasBus, second);
		for (const [lamp, key, value] of installed) comparison.install(lamp, key, value);
		for (const tell of told) {
			tell(comparison);
			if (comparison.count > 0) return `${name}: ${comparison.differences[0]!.what}`;
		}
		comparison.finish();
		const [first] = comparison.differences;
		return first && `${name}: ${first.what}`;
	} catch (error) {
		return `${name}: ${(error as Error).message.split("\n")[0]}`;
	}
}

/** The names and words of the ordinary streets and of `count` explored ones from seed `from` on. */
export function streetsFor(
	from: number,
	count: number,
): readonly (readonly [name: string, args: readonly string[]])[] {
	return [
		...ORDINARY.map((words, n) => [`ordinary ${n + 1}`, words.split(" ")] as const),
		...Array.from(
			{ length: count },
			(_, n) => [`street ${from + n}`, draw(from + n).args] as const,
		),
	];
}

/** Puts each mutant to all streets until it differs; returns the judges in words. */
export async function onComparison(
	mutants: readonly Numbered[],
	from: number,
	count: number,
	seen: (judged: Judged) => void,
): Promise<string> {
	let active = -1;
	const [reached, ever] = [new Set<number>(), new Set<number>()];
	const isMutant = (number: number) => {
		reached.add(number);
		return number === active;
	};
	const second = await secondLampOf(mutants, isMutant);
	const by = new Map<Numbered, string>();
	const judge = limited(second);
	let judges = 0;
	for (const [name, args] of streetsFor(from, count)) {
		const recorded = await recordedOf(name, args);
		active = -1;
		reached.clear();
		const before = differsOn(recorded, second);
		if (before !== undefined) {
			process.stdout.write(`left out: ${before}\n`);
			continue;
		}
		judges++;
		for (const number of reached) ever.add(number);
		const reaching = new Set(reached);
		for (const mutant of mutants) {
			if (by.has(mutant) || !reaching.has(mutant.number)) continue;
			active = mutant.number;
			const why = judge(recorded);
			if (why !== undefined) by.set(mutant, why);
		}
		process.stdout.write(`${name}: ${by.size} of ${mutants.length} differ\n`);
	}
	for (const mutant of mutants) {
		const why = by.get(mutant);
		const isReached = ever.has(mutant.number);
		seen({ mutant, isReached, ...(why === undefined ? {} : { by: why }) });
	}
	return `${judges} streets`;
}

/** Ends a mutant that hangs. */
function limited(second: Mutable): (recorded: Recorded) => string | undefined {
	const script = new Script("globalThis.__judge()");
	return (recorded) => {
		const place = globalThis as { __judge?: () => string | undefined };
		place.__judge = () => differsOn(recorded, second);
		try {
			return script.runInThisContext({ timeout: LIMIT_MS }) as string | undefined;
		} catch {
			return `${recorded.name}: hangs`;
		}
	};
}
