/**
 * The street: one run from options to summary with lamps of a simple rule, and what must hold of
 * it.
 *
 * Promise: Each check of the simulator fails on its own fault, and a street repeats by its seed, to
 * the byte.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { HOUR } from "../../../lib/spans.js";
import { STREET_VALUES } from "../../../sim/checks/configured.js";
import { editOf, PLANTS } from "../../../sim/checks/plants.js";
import { readOptions } from "../../../sim/cli/words.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import type { Options } from "../../../sim/options/options.js";
import { METER_VALUES, Meter } from "../../../sim/results/meter.js";
import { TRACE_HEADER, Trace } from "../../../sim/results/trace.js";
import { configuredOf } from "../../../sim/run/configured.js";
import { exitCodeOf, Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import type { Witness } from "../../../sim/street/witness.js";
import { CHECK_WORDS } from "../../../sim/util/checknames.js";
import { type Bend, createFakeFleet } from "./fakefleet.js";
import { bytesOf } from "./scriptedfleet.js";

function optionsOf(line: string): Options {
	const answer = readOptions(["--headless", ...line.split(" ")]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	return answer.options;
}

/** A night and the morning after, of lamps that keep to the floor. */
async function night(seed: number, bend: Bend = {}, lamps = 3) {
	const options = optionsOf(
		`--lamps ${lamps} --seed ${seed} --start 2026-11-24T15:00:00+01:00 --duration 20h`,
	);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	let trace = "";
	const run = new Run({
		options,
		scenario,
		fleet: createFakeFleet(lamps, bend),
		network: createNoNetwork(),
		clock: new Clock(Infinity),
		configured: { ...configuredOf(options), program: "12:00 0" },
		writeTrace: (text) => {
			trace += text;
		},
	});
	expect(await run.go()).toBeUndefined();
	return { trace, summary: run.summary(), run };
}

/** A run of sound lamps under the eyes of a further witness. */
function prepared(line: string, witness: Witness) {
	const options = optionsOf(line);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const fleet = createFakeFleet(options.lamps);
	const parts = { options, scenario, fleet, network: createNoNetwork() };
	return { options, run: new Run({ ...parts, clock: new Clock(Infinity), witnesses: [witness] }) };
}

describe("a night of lamps that do what they should", () => {
	test("every check is ok and had something to judge", async () => {
		const { summary, run } = await night(7);
		const broken = Object.entries(summary.checks).filter(([, { ok }]) => !ok);
		expect(broken).toEqual([]);
		expect(exitCodeOf(summary)).toBe(0);
		for (const line of run.report(summary))
			if (!/alarms|punctual|evenFade|reported|counted|doubtLit|recovered|first at/.test(line))
				expect(line).toMatch(/^ok {5}\S+ +[1-9]\d* of \d+ judged/);
		expect(summary).toMatchObject({
			seed: 7,
			lamps: 3,
			virtualSeconds: 72_000,
			deaths: 0,
			published: 0,
			heap: { slotsLive: 100, slotsPeak: 103, collections: 6 },
		});
		expect(summary.sensorChanges).toBeGreaterThan(500);
		expect(summary.nightMeanLevel).toBeGreaterThan(20);
		expect(summary.energy_kWh).toBeLessThan(summary.energyOldLamp_kWh / 2);
	});
	test("the same seed gives the same bytes, another seed another street", async () => {
		const [first, again, other] = [await night(7), await night(7), await night(8)];
		expect(again.trace).toBe(first.trace);
		expect(other.trace).not.toBe(first.trace);
		const timeless = { wallSeconds: 0, lampSecondsPerSecond: 0 };
		expect({ ...again.summary, ...timeless }).toEqual({ ...first.summary, ...timeless });
	});
	test.each([20, 48, 3000])("power that fails for %i ms: an end, then a boot", async (span) => {
		const acts: string[] = [];
		const { options, run } = prepared("--lamps 2 --seed 7 --duration 5m", {
			onBoot: (at, lamp) => acts.push(`${at} ${lamp} boot`),
			onEnd: (at, lamp) => acts.push(`${at} ${lamp} end`),
		});
		expect(options.lamps).toBe(2);
		run.schedule(100_000, () => {
			run.street.powerOff(100_000, 1);
			run.street.powerOn(100_000 + span, 1);
		});
		await run.go();
		expect(acts.slice(2)).toEqual(["100000 1 end", `${100_000 + span} 1 boot`]);
	});
	test("a machine that dies is booted again and counted", async () => {
		const { summary, trace, run } = await night(7, { mortal: true });
		expect(summary.deaths).toBe(1);
		expect(run.street.firstDeath).toMatch(/^lamp \d: notEnoughMemory: no more slots$/);
		expect(trace).toMatch(/ - +- +- +0\.00 +0 - +closed\n/);
	});
});

describe("each check sees its own fault", () => {
	const dusk = 5 * 3600_000;
	const cases: [check: string, what: string, bend: Bend][] = [
		["sensorRise", "never rises", { duty: once((duty) => Math.min(duty, 819)) }],
		["floor", "dims below the floor", { duty: once((duty) => (duty === 819 ? 700 : duty)) }],
		["vacantReturn", "stays bright", { duty: once((duty) => (duty === 819 ? 4095 : duty)) }],
		["dutyLimits", "writes too much", { duty: once((duty) => (duty === 4095 ? 4096 : duty)) }],
		["dutyLimits", "writes half a duty", { duty: once((duty) => duty / 2) }],
		["dutyLimits", "repeats itself", { duty: (duty) => duty }],
		["dayOff", "burns by day", { duty: once((duty) => Math.max(duty, 819)) }],
		["floor", "goes out for one instant", { duty: once((duty, at) => (at > dusk ? 0 : duty)) }],
	];
	test.each(cases)("%s: one that %s", async (check, _what, bend) => {
		const { summary, run } = await night(7, bend);
		const { ok, first } = summary.checks[check]!;
		expect(ok).toBe(false);
		expect(exitCodeOf(summary)).toBe(1);
		expect(first).toMatchObject({ lamp: expect.any(Number), what: expect.any(String) });
		expect([...run.report(summary)].join("\n")).toContain(`first at ${first!.instant}`);
		expect([...run.report(summary)].join("\n")).toContain("--seed 7");
	});
});

/** Only writes that change something, as a lamp should. */
function once(bend: (duty: number, at: number) => number): NonNullable<Bend["duty"]> {
	const last = new Map<number, number>();
	return (duty, at, lamp) => {
		const bent = bend(duty, at);
		if (last.get(lamp) === bent) return undefined;
		last.set(lamp, bent);
		return bent;
	};
}

describe("trace", () => {
	const shown = (...numbers: number[]) => new Uint8Array(new Float32Array(numbers).buffer);
	test("one line a change, columns fixed, effects of one instant together", () => {
		let text = "";
		const trace = new Trace(2, Date.UTC(2026, 10, 24, 14), (piece) => {
			text += piece;
		});
		const none = new Uint8Array(0);
		trace.onEffect(EFFECT.duty, 350, 0, 4095, none);
		trace.onEffect(EFFECT.indicate, 350, 0, 0, shown(3, 0, 0, 100, 0));
		trace.onEffect(EFFECT.log, 350, 0, 0, none);
		trace.onEffect(EFFECT.duty, 351.7, 1, 819, none);
		trace.onEffect(EFFECT.relay, 351.7, 1, 0, none);
		trace.onEffect(EFFECT.indicate, 360, 0, 0, shown(3, 0, 0, 100, 0)); // nothing new
		trace.onEffect(EFFECT.indicate, 60_000, 0, 0, shown(0, 2, 5, 20.5, 3));
		trace.onEffect(EFFECT.death, 61_000, 0, 3, none);
		trace.finish();
		expect(text).toBe(
			TRACE_HEADER +
				"2026-11-24T14:00:00.350Z 00001 settling unknown   default       100.00 4095 off        closed\n" +
				"2026-11-24T14:00:00.351Z 00002 -        -         -               0.00  819 -          open\n" +
				"2026-11-24T14:01:00.000Z 00001 vacant   night     systemFailure  20.50 4095 online     closed\n" +
				"2026-11-24T14:01:01.000Z 00001 -        -         -               0.00    0 -          closed\n",
		);
	});
	/** `kind instant value-or-path`, of one lamp; the lines from the level on. */
	const linesOf = (
		...effects: readonly (readonly [kind: string, at: number, ...more: number[]])[]
	) => {
		let text = "";
		const trace = new Trace(1, 0, (piece) => {
			text += piece;
		});
		for (const [kind, at, ...more] of effects)
			if (kind === "link") trace.onEffect(EFFECT.indicate, at, 0, 0, shown(0, 2, 1, 40, more[0]!));
			else if (kind === "duty") trace.onEffect(EFFECT.duty, at, 0, more[0]!, bytesOf([]));
			else if (kind === "end") trace.onEffect(EFFECT.restart, at, 0, 0, bytesOf([]));
			else trace.onEffect(EFFECT.fade, at, 0, 0, bytesOf(more));
		trace.finish();
		const lines = text.slice(TRACE_HEADER.length).trimEnd().split("\n");
		return lines.map((line) => line.slice(17, 23) + line.slice(70));
	};
	test.each<[what: string, lines: string[], expected: string[]]>([
		[
			"a fade is one line, and lines of its time state the duty of their instant",
			linesOf(
				["link", 0, 1],
				["duty", 0, 800],
				["fade", 1000, 500, 1000, 1500, 3000],
				["link", 2000, 2],
				["link", 2000, 2],
				["link", 2100, 2],
				["link", 2500, 3],
			),
			[
				"00.000  800 waiting    closed",
				"01.000  800 waiting    closed +500:1000 +1500:3000",
				"02.000 2000 connecting closed +",
				"02.500 3000 online     closed",
			],
		],
		[
			"one that is stopped is held, one that is turned round begins where it stands",
			linesOf(
				["link", 0, 3],
				["fade", 1000, 1000, 4000],
				["fade", 1500],
				["fade", 2000, 100, 4095],
				["fade", 2050, 100, 0],
			),
			[
				"00.000    0 online     closed",
				"01.000    0 online     closed +1000:4000",
				"01.500 2000 online     closed",
				"02.000 2000 online     closed +100:4095",
				"02.050 3048 online     closed +100:0",
			],
		],
		[
			"a jump at its begin is one of its points, and a duty of the same instant is its begin",
			linesOf(["duty", 0, 900], ["fade", 0, 0, 1000, 50, 1100], ["duty", 20, 1040]),
			["00.000 1000 -          closed +0:1000 +50:1100", "00.020 1040 -          closed"],
		],
		[
			"the same fade ordered again is a line again, and an end is dark",
			linesOf(["fade", 0, 50, 100], ["fade", 50, 50, 100], ["end", 60]),
			[
				"00.000    0 -          closed +50:100",
				"00.050  100 -          closed +50:100",
				"00.060    0 -          closed",
			],
		],
	])("%s", (_what, lines, expected) => {
		expect(lines).toEqual(expected);
	});
	test("the header's columns stand above the lines'", () => {
		const line =
			"2026-11-24T14:00:00.350Z 00001 settling unknown   default       100.00 4095 off        closed +50:9";
		for (const [name, start] of [
			["presence", "settling"],
			["photocell", "unknown"],
			["reason", "default"],
			["duty", "4095"],
			["link", "off"],
			["relay", "closed"],
			["fade", "+50:9"],
		] as const)
			expect([name, TRACE_HEADER.indexOf(name)]).toEqual([name, line.indexOf(start)]);
	});
});

test("the meter: an hour at half, an hour dark, and the old lamp while it was night", () => {
	const meter = new Meter(2, { ...METER_VALUES, ...STREET_VALUES });
	meter.onDaylight(0, 0);
	for (const lamp of [0, 1]) meter.onBoot(0, lamp);
	meter.onDuty(0, 0, 4095 / 2, 4095 / 2, 0);
	meter.onDuty(HOUR, 0, 0, 0, HOUR);
	meter.onDaylight(2 * HOUR, 50); // between the thresholds it stays night
	meter.onDaylight(3 * HOUR, 80);
	meter.finish(4 * HOUR);
	expect(meter.energy_kWh * 1000).toBeCloseTo(8 * 0.5 + 0.51 * 37, 9);
	expect(meter.energyOldLamp_kWh * 1000).toBeCloseTo(2 * 3 * 83, 9);
	expect(meter.nightMeanLevel).toBeCloseTo(50 / 6, 9);
});

describe("plants", () => {
	test.each(Object.keys(PLANTS))("%s has its mark in the source, once", (name) => {
		const { specifier, trips } = PLANTS[name]!;
		const [edited] = Object.entries(editOf(name)!);
		expect(edited![0]).toBe(specifier);
		const file = join(process.cwd(), `${specifier.replace("luminode/", "src/")}.ts`);
		const source = readFileSync(file, "utf8");
		expect(edited![1](source)).not.toBe(source);
		expect(Object.keys(CHECK_WORDS.en)).toContain(trips);
	});
	test("a mark that is gone or stands twice is refused", () => {
		const edit = editOf("blind")![PLANTS.blind!.specifier]!;
		expect(() => edit("nothing")).toThrow("stands 0 times");
		const { find } = PLANTS.blind!;
		expect(() => edit(find + find)).toThrow("stands 2 times");
		expect(editOf("toString")).toBeUndefined();
	});
});
