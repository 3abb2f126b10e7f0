/**
 * Acceptance: the whole street from the command line, the firmware in XS machines, a night and a day.
 *
 * Promise: A street from the command line keeps all promises of light for a night and a day, and
 * repeats to the byte.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { scaled } from "../../support/scale.js";
import { simulate } from "./program.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-"));
const file = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(file(name), "utf8");
afterAll(() => rmSync(folder, { recursive: true }));

const DAY = ["--headless", "--start", "2026-11-24T15:00:00+01:00", "--duration", "24h"];
const FAST = ["--speed", "max"];

const LAMPS = scaled(2, 12);

describe(`${LAMPS} lamps, a night and a day`, () => {
	let ended: Awaited<ReturnType<typeof simulate>>;
	beforeAll(async () => {
		const files = ["--summary", file("a.json"), "--trace", file("a.trace")];
		ended = await simulate(...DAY, ...FAST, "--lamps", `${LAMPS}`, "--seed", "7", ...files);
	});
	test("every check holds and no machine dies", () => {
		expect(ended.code).toBe(0);
		const { checks, deaths, virtualSeconds, published } = JSON.parse(read("a.json"));
		expect([deaths, virtualSeconds]).toEqual([0, 86_400]);
		expect(published).toBeGreaterThan(100 * LAMPS);
		const names = Object.keys(checks);
		expect(names.length).toBeGreaterThan(10);
		expect(names.filter((name) => !checks[name].ok)).toEqual([]);
	});
	test("the night is lit at less than 60 % on the mean, for a third of the old lamps' energy", () => {
		const { nightMeanLevel, energy_kWh, energyOldLamp_kWh } = JSON.parse(read("a.json"));
		expect(nightMeanLevel).toBeGreaterThan(20);
		expect(nightMeanLevel).toBeLessThan(60);
		expect(energy_kWh).toBeLessThan(energyOldLamp_kWh / 3);
	});
	test("a lamp lives within its memory", () => {
		const { heap } = JSON.parse(read("a.json"));
		const { platforms } = JSON.parse(readFileSync("manifest.json", "utf8"));
		const { heap: slots, stack } = platforms.virtual.creation;
		expect(heap.slotsPeak).toBeLessThan(0.9 * slots.initial);
		expect(heap.stackPeak_slots).toBeLessThan(0.9 * stack);
	});
});

describe("replay", () => {
	const short = [...FAST, "--lamps", scaled("3", "6"), "--duration", scaled("1h", "3h")];
	const start = ["--headless", "--start", "2026-11-24T16:00:00+01:00"];
	const traceOf = async (name: string, ...options: string[]) => {
		const { code } = await simulate(...start, ...short, ...options, "--trace", file(name));
		expect([name, code]).toEqual([name, 0]);
		return read(name);
	};
	const presenceOf = (trace: string) => trace.split("\n").map((line) => line.slice(0, 39));

	test("same seed, same bytes; another seed, other edges", async () => {
		const first = await traceOf("first", "--seed", "7");
		expect(first.split("\n").length).toBeGreaterThan(scaled(75, 500));
		expect((await traceOf("again", "--seed", "7")) === first).toBe(true);
		const other = await traceOf("other", "--seed", "8");
		expect(presenceOf(other)).not.toEqual(presenceOf(first));
	});
});

test("sensor effects, a calendar and lights out in a street of real machines: every check holds", async () => {
	const args = ["--scenario", "lightsOut", "--summary", file("out.json")];
	const { code, output } = await simulate("--headless", ...args, ...FAST, "--seed", "7");
	expect([code, output]).toEqual([0, expect.stringMatching(/ok {5}sensorRise +[1-9]/)]);
	expect(JSON.parse(read("out.json"))).toMatchObject({ deaths: 0 });
});

describe("recorded input", () => {
	/** Lux that falls and rises along straight lines of the logarithm, tenfold in 20 min, a row each minute. */
	function luxRows(): string {
		const rows = ["t_local,lux"];
		for (let minute = 0; minute < 16 * 60; minute += 1) {
			const hours = minute / 60;
			const decades = Math.max(0, Math.min(4, 3 * (Math.abs(hours - 8) - 4.6))); // 35 lx above -3 degrees
			const at = new Date(Date.UTC(2026, 8, 3, 17, 37 + minute)).toISOString(); // as the sun has it
			rows.push(`${at.slice(0, 10)} ${at.slice(11, 19)},${(10 ** decades - 1).toFixed(2)}`);
		}
		return `${rows.join("\n")}\n`;
	}
	test("the lamps follow the recorded light within a sample and the delay", async () => {
		writeFileSync(file("lux.csv"), luxRows());
		const { code, output } = await simulate(
			"--headless",
			"--lux",
			file("lux.csv"),
			"--lamps",
			"3",
			"--seed",
			"7",
			...FAST,
		);
		expect(code).toBe(0);
		const delays = [
			...output.matchAll(/(3 of 3 lamps (lit|went out)) [\d.]+ to ([\d.]+) s later/g),
		];
		expect(delays.map(([, what]) => what)).toEqual(["3 of 3 lamps lit", "3 of 3 lamps went out"]);
		const [lit, out] = delays.map(([, , , most]) => Number(most));
		expect(lit).toBeLessThanOrEqual(60 + 30);
		expect(out).toBeLessThanOrEqual(60 + 120 + 10); // and the fall
	});
	test("a file that is not there: one line, exit code 2", async () => {
		const { code, output } = await simulate("--headless", "--lux", file("nowhere.csv"));
		expect(code).toBe(2);
		expect(output.trim().split("\n")).toEqual([expect.stringContaining("nowhere.csv")]);
	});
});
