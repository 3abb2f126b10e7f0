/**
 * Neighbours on a street: the firmware in XS machines, a lossy air, road users of a known way, judged
 * from the PWM. SHOW=1 prints the figures.
 *
 * Promise: The light goes ahead of a road user, although datagrams are lost.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Configured } from "../../../sim/checks/configured.js";
import { LightAhead } from "../../../sim/checks/lightahead.js";
import { readOptions } from "../../../sim/cli/words.js";
import { makeFleet } from "../../../sim/files/firmware.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import { configuredOf } from "../../../sim/run/configured.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import type { UserKind } from "../../../sim/world/timetable.js";
import { scaled } from "../../support/scale.js";
import { simulate } from "./program.js";

async function street(
	args: string,
	minutes: number,
	procession: string,
	expected: Partial<Configured> = {},
) {
	const start = "--start 2026-11-24T23:00:00+01:00";
	const answer = readOptions(
		`--headless --neighbours --procession ${procession} ${start} --duration ${minutes}m ${args}`.split(
			" ",
		),
	);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const prepared = prepare(options);
	if (typeof prepared === "string") throw new Error(prepared);
	const { epochUtc } = prepared;
	const fleet = await makeFleet({ ...options, epochUtc }, () => {});
	const parts = { fleet, network: createNoNetwork(), clock: new Clock(Infinity) };
	const configured = { ...configuredOf(options), ...expected };
	const run = new Run({ ...parts, options, scenario: prepared, configured });
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	const summary = run.summary();
	const ahead = run.checks.find((check) => check instanceof LightAhead)!;
	fleet.dispose();
	if (process.env.SHOW) {
		const [, kind] = Object.entries(ahead.passes).find(([, { tried }]) => tried > 0)!;
		const { sent, delivered } = run.air;
		process.stderr.write(
			`${args}: ${kind.lit} of ${kind.tried}, ${sent} sent, ${delivered} came\n`,
		);
	}
	return { summary, run, ahead };
}

describe("at presence level 2 s before they reach the cone", () => {
	const ALL = ["Doubled", "Late", "Forged", "Replayed"].map((name) => `--fault datagram${name}`);
	const rows: [what: string, words: string, kind: UserKind, speed: number, share: number][] = [
		["a car at 50 km/h, no datagram lost", "--seed 7", "car", 50, 0.95],
		["20 % lost", "--seed 7 --datagram-loss 20", "car", 50, 0.95],
		["20 % lost, another seed", "--seed 8 --datagram-loss 20", "car", 50, 0.95],
		["half of them lost", "--seed 7 --datagram-loss 50", "car", 50, 0.85],
		[
			"20 % lost, the rest doubled, late, replayed, among forged ones",
			`--seed 7 --datagram-loss 20 ${ALL.join(" ")}`,
			"car",
			50,
			0.9,
		],
		["a bicycle, 20 % lost", "--seed 7 --datagram-loss 20", "bicycle", 16.2, 0.95],
		["a walker, 20 % lost", "--seed 7 --datagram-loss 20", "pedestrian", 5, 0.95],
	];
	const part = [rows[4]!, rows[6]!]; // the worst air, and the slowest
	test.each(scaled(part, rows))("%s", async (_what, args, kind, speed, share) => {
		const [every, minutes] = kind === "pedestrian" ? [360, scaled(30, 65)] : [90, scaled(7, 26)];
		const who = `${kind}@${speed}/${every}s`;
		const { summary, ahead } = await street(`--lamps 12 ${args}`, minutes, who);
		const { lit, tried } = ahead.passes[kind];
		expect(tried).toBeGreaterThan(scaled(15, 90));
		expect(lit / tried).toBeGreaterThanOrEqual(share);
		expect(summary.deaths).toBe(0);
		for (const name of ["floor", "dutyLimits", "sensorRise"])
			expect([name, summary.checks[name]!.ok]).toEqual([name, true]);
	});
	test("not without datagrams: the check can fail", async () => {
		const expected = { datagramLoss: 0.2 };
		const { ahead } = await street("--lamps 12 --datagram-loss 100", 12, "car@50/60s", expected);
		const { lit, tried } = ahead.passes.car;
		expect(tried).toBeGreaterThan(30);
		expect([lit, ahead.ok]).toEqual([0, false]);
	});
});

test("no storm: a movement costs the same few datagrams however long the street", async () => {
	const costOf = async (lamps: number) => {
		const { run, summary } = await street(`--lamps ${lamps} --seed 7`, 7, "car@50/7s");
		return [run.air.sent / (summary.sensorChanges / 2), run.air.sent / lamps / (7 * 60)] as const;
	};
	const [few, many] = [await costOf(scaled(10, 20)), await costOf(scaled(30, 200))];
	if (process.env.SHOW)
		process.stderr.write(`sent a movement, a lamp and second: ${few}; ${many}\n`);
	expect(many[0]).toBeLessThan(16);
	expect(many[0]).toBeLessThan(few[0] * 1.3);
	expect(many[1]).toBeLessThan(12); // the budget of one lamp
});

describe("replay", () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-"));
	afterAll(() => rmSync(folder, { recursive: true }));
	test("the same bytes, played again", async () => {
		const traces: string[] = [];
		for (const name of ["once", "again"]) {
			const trace = join(folder, name);
			const args = ["--neighbours", "--datagram-loss", "20", "--trace", trace];
			const hour = [
				"--start",
				"2026-11-24T20:00:00+01:00",
				"--duration",
				scaled("12m", "30m"),
				"--lamps",
				"6",
			];
			await simulate("--headless", "--seed", "7", ...hour, ...args);
			traces.push(readFileSync(trace, "utf8"));
		}
		expect(traces[0]!.length).toBeGreaterThan(10_000);
		expect(traces.slice(1).every((trace) => trace === traces[0])).toBe(true);
	});
});
