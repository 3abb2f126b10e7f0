/**
 * Replay: a recorded night makes the same light again, or the first difference is named.
 *
 * Promise: A night that was recorded in a street can be repeated on a desk, or the first difference
 * is named.
 */
import { describe, expect, test } from "@jest/globals";
import { blurred } from "../../../lib/recording/recording.js";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { draw } from "../../../sim/explore/draw.js";
import { reportOf } from "../../../sim/replay/report.js";
import { scaled } from "../../support/scale.js";
import { lightUntil, type Night, recordNight, replayNight } from "./replayrig.js";

/**
 * Explored streets whose lamp 1 lives through faults of the world, orders and neighbours. Not those
 * whose light hangs on doors that fail by chance: no recording holds it. Street 8 restarts with
 * orders in force.
 */
const SEEDS = [1, 2, 3, 5, 7, 8, 9, 11, 12, 14];

const utc = Zone.of("UTC")!;

/** SHOW=1 prints the figures. */
function show(line: string): void {
	if (process.env.SHOW) process.stderr.write(`${line}\n`);
}

async function explored(seed: number, until: number): Promise<Night> {
	return recordNight({ commandLine: draw(seed).args, until });
}

describe("a night that a laptop saved from the boot on makes the same PWM", () => {
	test.each(scaled(SEEDS.slice(0, 1), SEEDS))("explored street %i", async (seed) => {
		const night = await explored(seed, scaled(80 * MINUTE, 5 * HOUR));
		const { replayed, light } = await replayNight(night.recording);
		const { lives } = replayed.plan;
		for (const life of lives) expect(replayed.difference(life)).toBeUndefined();
		const until = lives.length === 1 ? lives[0]!.until : lives[0]!.until - 1_000;
		const then = lightUntil(night.light, until);
		expect(then.length).toBeGreaterThan(3);
		expect(lightUntil(light, until)).toEqual(then);
		const inputs = night.recording.lives.map((life) => life.inputs.length).join("+");
		show(`street ${seed}: ${inputs} inputs, ${then.length} pieces of PWM equal`);
	});
});

describe("a date that a witness vouches for is vouched for again, and the lamp is off by day", () => {
	const blind = ["--lamps", "1", "--seed", "7", "--set", "sensing.photocell=false"];
	const start = ["--start", "2026-11-24T14:00:00Z", "--fault", "clockLost@0s+5h"];
	const witnesses: [witness: string, words: string[]][] = [
		["the city", ["--set", "link.brokerTls=true"]],
		["a technician", ["--input", "type@120s:time 2026-11-24T14:02:00Z"]],
	];
	test.each(witnesses)("%s", async (_witness, args) => {
		const { recording } = await recordNight({
			commandLine: [...blind, ...start, ...args],
			until: 10 * MINUTE,
		});
		expect(recording.lives[0]!.levels.map(({ level }) => level)).toContain(0);
		const { replayed } = await replayNight(recording);
		expect(replayed.difference(replayed.plan.lives[0]!)).toBeUndefined();
	});
});

test("a restart by order stores the orders that waited for flash credit, as in the recorded lamp", async () => {
	const restart = ["--input", 'order@1290s:{"command":"restart","commandConfirmation":true}'];
	const orders = Array.from({ length: 12 }, (_, index) => [
		"--input",
		`order@${600 + 60 * index}s:{"command":"override","level":${70 + index},"expiration":"+50m"}`,
	]).flat();
	const args = ["--lamps", "1", "--seed", "7", ...orders, ...restart];
	const { recording } = await recordNight({ commandLine: args, until: 30 * MINUTE });
	expect(recording.lives.map(({ powerCause }) => powerCause)).toEqual(["powerOn", "restart"]);
	expect(recording.lives[1]!.levels.map(({ level }) => level)).toContain(81);
	const { replayed } = await replayNight(recording);
	expect(replayed.plan.lives.map((life) => replayed.difference(life))).toEqual([
		undefined,
		undefined,
	]);
});

/** Plants, and the request of the first difference. */
const PLANTS = [
	["shortHold", /presence|program/],
	["neverStill", /presence|program/],
	["halfTime", /override|program/],
] as const;
const ORDER = 'order@3000s:{"command":"override","level":77,"expiration":"+20m"}';

describe("a defect of the firmware", () => {
	test.each(scaled(PLANTS.slice(0, 1), [...PLANTS]))(
		"%s: the replay names where it parts",
		async (plant, who) => {
			const args = ["--lamps", "1", "--seed", "7", "--input", ORDER];
			const night = await recordNight({
				commandLine: args,
				until: scaled(70, 150) * MINUTE,
				plant,
			});
			const { replayed } = await replayNight(night.recording);
			const { recorded, replayed: again } = replayed.difference(replayed.plan.lives[0]!)!;
			expect(`${recorded?.who} ${again?.who}`).toMatch(who);
			const { lines, isSame } = reportOf(replayed, utc);
			expect(isSame).toBe(false);
			const last = lines.at(-1)!;
			expect(last.en).toMatch(
				/^ {2}first difference: 2026-11-24 \d\d:\d\d:\d\d: recorded (\d|nothing)/,
			);
			expect(last.fr).toMatch(
				/^ {2}première différence : 2026-11-24 \d\d:\d\d:\d\d : enregistré (\d|rien)/,
			);
			show(`${plant}:${last.en}`);
		},
	);
});

describe("what is approximate says so", () => {
	test("a laptop that came later, and times cut to the minute", async () => {
		const args = ["--lamps", "1", "--seed", "7"];
		const late = await recordNight({ commandLine: args, from: 2 * HOUR, until: 2.25 * HOUR });
		const [life] = late.recording.lives;
		expect(life!.inputs[0]!.nth).toBeGreaterThan(0);
		const { replayed } = await replayNight(late.recording);
		const report = reportOf(replayed, utc);
		expect(report.isSame).toBe(true);
		expect(report.lines[2]?.en).toMatch(
			/start is not recorded: replayed approximately, compared from/,
		);
		const exploredNight = await explored(12, 90 * MINUTE);
		const cut = await replayNight(blurred(exploredNight.recording));
		const approximate = reportOf(cut.replayed, utc);
		expect([approximate.isSame, approximate.lines[0]?.en]).toEqual([
			true,
			expect.stringMatching(/times cut to the minute: replayed approximately$/),
		]);
	});
});
