/** Recorded input: read as it stands, refused with file and row, spread exactly. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { Zone } from "../../../lib/zone.js";
import { readOptions } from "../../../sim/cli/words.js";
import { prepare } from "../../../sim/run/scenario.js";
import {
	type RecordedLux,
	type RecordedTraffic,
	readLux,
	readTraffic,
} from "../../../sim/world/recorded.js";
import type { Arrival } from "../../../sim/world/timetable.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-recorded-"));
afterAll(() => rmSync(folder, { recursive: true }));
const brussels = Zone.of("Europe/Brussels")!;

const file = (text: string) => ({ name: "input.csv", text });

/** A file for the command line. */
function written(text: string): string {
	const path = join(folder, "input.csv");
	writeFileSync(path, text);
	return path;
}

const LUX = "t_local,lux\n2026-03-01 06:00:08,10.5\n2026-03-01 06:00:38,40\n";
const HOURS =
	"hour_start_local,cyclists,in,motor_vehicles\n2026-03-01 09:00,31,1,57\n" +
	"2026-03-01 10:00,0,0,0\n2026-03-01 11:00,2,9,1\n";

describe("a wrong file is one line with its name and the row", () => {
	const lux: [why: string, text: string, row: string][] = [
		["empty", "", "is empty"],
		["only blanks", " \n\n", "is empty"],
		["only a header", "t_local,lux\n", "row 2: no data"],
		["no such column", "t_local,lumen\n2026-03-01 06:00:08,1\n", 'row 1: no column "lux"'],
		["a cell too few", `${LUX}2026-03-01 06:01:08\n`, "row 4: 1 cells under 2 columns"],
		["a quote left open", `${LUX}"2026-03-01 06:01:08,1\n`, "row 4: Quote Not Closed"],
		["no number", `${LUX}2026-03-01 06:01:08,dark\n`, 'row 4: lux "dark"'],
		["negative light", `${LUX}2026-03-01 06:01:08,-1\n`, 'row 4: lux "-1"'],
		["endless light", `${LUX}2026-03-01 06:01:08,1e999\n`, 'row 4: lux "1e999"'],
		["no value", `${LUX}2026-03-01 06:01:08,\n`, 'row 4: lux ""'],
		["no time", `${LUX}yesterday,1\n`, 'row 4: t_local "yesterday"'],
		["no such day", `${LUX}2026-02-29 06:01:08,1\n`, 'row 4: t_local "2026-02-29'],
		["a time twice", `${LUX}2026-03-01 06:00:38,1\n`, "row 4: 2026-03-01 06:00:38 does not lie"],
		["backwards", `${LUX}2026-03-01 05:00:00,1\n`, "row 4"],
	];
	test.each(lux)("%s", (_why, text, row) => {
		const result = readLux(file(text), brussels);
		expect(result).toEqual(expect.stringContaining("input.csv"));
		expect(result).toEqual(expect.stringContaining(row));
		expect(result).not.toContain("\n");
	});
	test("a missing file and a folder", () => {
		const path = join(folder, "nowhere.csv");
		const of = (lux: string) => readOptions(["--lux", lux]);
		expect(of(path)).toEqual({ kind: "wrong", why: `${path}: no such file` });
		expect(of(folder)).toEqual({ kind: "wrong", why: `${folder}: cannot be read (EISDIR)` });
	});
	test.each(["1.5", "-1", "many", ""])("%p cyclists", (cell) => {
		const table = file(`hour_start_local,cyclists,motor_vehicles\n2026-03-01 09:00,${cell},1\n`);
		expect(readTraffic(table, brussels, 1)).toBe(
			`input.csv, row 2: cyclists "${cell}" is not a whole number`,
		);
	});
});

test("light stands from sample to sample, whatever the line ends and quotes", () => {
	const text =
		'\uFEFF"t_local","lux","note"\r\n2026-03-01 06:00:08,10.5,"a, ""b"""\r\n' +
		"2026-03-01 06:00:38,10.5,\r\n2026-03-01 06:01:08,40.25,\r\n";
	const lux = readLux(file(text), brussels) as RecordedLux;
	const first = Date.UTC(2026, 2, 1, 5, 0, 8);
	expect(lux.span).toEqual({ from: first, to: first + 60_000 });
	expect([0, 59_999, 60_000, 0].map((later) => lux.luxAt(first + later))).toEqual([
		10.5, 10.5, 40.25, 10.5,
	]);
	expect(lux.nextAfter(first)).toBe(first + 60_000); // the equal sample between is no change
	expect(lux.nextAfter(first + 60_000)).toBe(Infinity);
});

test("crossings have two thresholds", () => {
	const values = [100, 36, 34, 60, 30, 69, 70, 40, 34.9];
	const rows = values.map((value, i) => `2026-03-01 06:00:${10 + i},${value}`);
	const lux = readLux(file(`t_local,lux\n${rows.join("\n")}\n`), brussels) as RecordedLux;
	const found = [...lux.crossings(35, 70)].map(({ row, night }) => [row, night]);
	expect(found).toEqual([
		[4, true],
		[8, false],
		[10, true],
	]);
});

test("an hour that the clock shows twice is read twice", () => {
	const hours = ["01:30", "02:30", "02:30", "03:30"].map((hour) => `2026-10-25 ${hour},1`);
	const lux = readLux(file(`t_local,lux\n${hours.join("\n")}\n`), brussels) as RecordedLux;
	expect(lux.span.to - lux.span.from).toBe(3 * 3600_000);
});

test("people on foot, if the recording has them, and the same others as without them", () => {
	const rows = ["09:00,31,57", "10:00,0,0"].map((row) => `2026-03-01 ${row}`);
	const without = `hour_start_local,cyclists,motor_vehicles\n${rows.join("\n")}\n`;
	const withThem = `hour_start_local,cyclists,motor_vehicles,pedestrians\n${rows[0]},3\n${rows[1]},8\n`;
	const taken = [without, withThem].map((text) => {
		const traffic = readTraffic(file(text), brussels, 7) as RecordedTraffic;
		return [1, 2].map(() => traffic.take(traffic.span.from)!.arrivals);
	}) as [Arrival[][], Arrival[][]];
	const onFoot = ({ kind }: Arrival) => kind === "pedestrian";
	expect(taken[1].map((hour) => hour.filter(onFoot).length)).toEqual([3, 8]);
	expect(taken[1].map((hour) => hour.filter((user) => !onFoot(user)))).toEqual(taken[0]);
	const wrong = file(withThem.replace(",8", ",some"));
	expect(readTraffic(wrong, brussels, 7)).toContain('row 3: pedestrians "some"');
});

test("every hour brings exactly its row, within the hour, the same for the same seed", () => {
	const take = (seed: number) => {
		const traffic = readTraffic(file(HOURS), brussels, seed) as RecordedTraffic;
		return Array.from({ length: 4 }, () => traffic.take(traffic.span.from));
	};
	const batches = take(7);
	const start = Date.UTC(2026, 2, 1, 8);
	expect(batches[3]).toBeUndefined();
	const counts = batches.slice(0, 3).map((batch, i) => {
		for (const { at } of batch!.arrivals) {
			expect(at).toBeGreaterThanOrEqual(start + i * 3600_000);
			expect(at).toBeLessThan(start + (i + 1) * 3600_000);
		}
		const kinds = batch!.arrivals.map(({ kind }) => kind);
		return ["pedestrian", "bicycle", "car"].map(
			(kind) => kinds.filter((other) => other === kind).length,
		);
	});
	expect(counts).toEqual([
		[0, 31, 57],
		[0, 0, 0],
		[0, 2, 1],
	]);
	expect(take(7)).toEqual(batches);
	expect(take(8)).not.toEqual(batches);
});

describe("times of a run", () => {
	const LAST = Date.UTC(2026, 2, 1, 11);
	const timesOf = (args: string[]) => {
		const answer = readOptions(["--headless", ...args]);
		if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
		const scenario = prepare(answer.options);
		return typeof scenario === "string" ? scenario : [scenario.epochUtc, scenario.end];
	};
	const cases: [why: string, words: string[], epochUtc: number | string, end: number][] = [
		["from the first row to the end of the last", [], LAST - 3 * 3600_000, 3 * 3600_000],
		["shorter", ["--duration", "30m"], LAST - 3 * 3600_000, 1_800_000],
		["later", ["--start", "2026-03-01T10:30"], LAST - 5_400_000, 5_400_000],
		["before the first row", ["--start", "2026-03-01T08:59"], "holds 2026-03-01T08:00", 0],
		["after the last", ["--start", "2026-03-01T12:00"], "holds 2026-03-01T08:00", 0],
		["longer than the file", ["--duration", "4h"], "to 2026-03-01T11:00", 0],
	];
	test.each(cases)("%s", (_why, args, epochUtc, end) => {
		const begins = timesOf(["--traffic", written(HOURS), ...args]);
		if (typeof epochUtc === "string") expect(begins).toContain(epochUtc);
		else expect(begins).toEqual([epochUtc, end]);
	});
	test("two files begin where the later one does", () => {
		const lux = join(folder, "lux.csv");
		writeFileSync(lux, "t_local,lux\n2026-03-01 09:10:00,1\n2026-03-01 10:00:00,2\n");
		const begins = timesOf(["--traffic", written(HOURS), "--lux", lux]);
		expect(begins).toEqual([LAST - 3 * 3600_000 + 600_000, 3_000_000]);
	});
});
