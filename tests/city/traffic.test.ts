/** Traffic: hourly counts of a street, with gaps, doubts and bounds; collection that loses nothing. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rowsOf } from "../../city/traffic/counts.js";
import { type Line, linesOf } from "../../city/traffic/store.js";
import { traffic } from "../../city/traffic/traffic.js";
import { cityRig } from "../support/cityrig.js";
import { FakeFleet } from "../support/fakefleet.js";
import { TestStation } from "../support/station.js";

const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString();
const STREETS = new Map([
	["liege/a", "quay"],
	["liege/b", "quay"],
]);
const BOUNDS = { k: 3, coverage: 0.5 };
/** `count` road users of `node` in the minutes up to `end`. */
const interval = (node: string, end: number, minutes: number, count: number): Line => ({
	site: "liege",
	node,
	kind: "traffic",
	body: {
		life: 1,
		uptime_ms: end * MINUTE,
		interval_s: 60 * minutes,
		roadUserNumber: count,
		time: at(end),
	},
});
const doubt = (node: string, minutes: number, startEndFlag: string): Line => ({
	site: "liege",
	node,
	kind: "event",
	body: { life: 1, seq: minutes, type: "presenceSensorFailure", startEndFlag, time: at(minutes) },
});
const quarters = (node: string, counts: readonly number[]) =>
	counts.map((count, n) => interval(node, 15 * (n + 1), 15, count));
const first = (lines: readonly Line[]) => rowsOf(lines, STREETS, BOUNDS)[0];

describe("an hour of a street", () => {
	const cases: [why: string, lines: readonly Line[], row: object][] = [
		[
			"mean of both poles",
			[...quarters("a", [5, 5, 5, 5]), ...quarters("b", [6, 6, 6, 6])],
			{ roadUsers: 22, coverage: 1, polesCovered: 2, isBelowK: false },
		],
		[
			"a silent pole is a gap and no zero",
			quarters("a", [5, 5, 5, 5]),
			{ roadUsers: 20, coverage: 0.5, polesCovered: 1 },
		],
		[
			"half an hour stands for the hour at half the coverage",
			[...quarters("a", [5, 5]), ...quarters("b", [6, 6])],
			{ roadUsers: 22, coverage: 0.5 },
		],
		[
			"less coverage is a gap",
			quarters("a", [5, 5]),
			{ roadUsers: undefined, coverage: 0.25, isBelowK: false },
		],
		[
			"an interval over the hour is divided",
			[interval("a", 90, 90, 30), interval("b", 90, 90, 30)],
			{ roadUsers: 20, coverage: 1 },
		],
		[
			"a pole with a doubt about its sensor is a gap",
			[doubt("b", 5, "start"), ...quarters("a", [5, 5, 5, 5]), ...quarters("b", [0, 0, 0, 0])],
			{ roadUsers: 20, coverage: 0.5, polesDoubtful: 1 },
		],
		[
			"after the doubt it counts again",
			[
				doubt("b", 5, "start"),
				doubt("b", 14, "end"),
				...quarters("a", [5, 5, 5, 5]),
				...quarters("b", [0, 5, 5, 5]),
			],
			{ roadUsers: 20, coverage: 0.875 },
		],
		["fewer than k", quarters("a", [1, 0, 1, 0]), { roadUsers: undefined, isBelowK: true }],
		[
			"nobody, reported with the next interval",
			[interval("a", 180, 180, 3)],
			{ isBelowK: true, coverage: 0.5 },
		],
		[
			"an interval without a date has no hour",
			[
				...quarters("a", [5, 5, 5, 5]),
				{ ...interval("b", 60, 60, 90), body: { interval_s: 3600, roadUserNumber: 90 } },
			],
			{ roadUsers: 20 },
		],
	];
	test.each(cases)("%s", (_why, lines, row) => expect(first(lines)).toMatchObject(row));

	test("no road user is lost or made by the division into hours", () => {
		const spans = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 50 })),
			{
				minLength: 1,
				maxLength: 20,
			},
		);
		fc.assert(
			fc.property(spans, (parts) => {
				let end = 0;
				const lines = parts.map(([minutes, count]) =>
					interval("a", (end += minutes), minutes, count),
				);
				const rows = rowsOf(lines, new Map([["liege/a", "quay"]]), { k: 0, coverage: 0 });
				const counted = rows.reduce(
					(sum, { roadUsers = 0, coverage }) => sum + roadUsers * coverage,
					0,
				);
				const sent = parts.reduce((sum, [, count]) => sum + count, 0);
				// an hour with less than half of its time has no count
				const loose = rows.filter(({ polesCovered }) => polesCovered === 0).length * 50 * 60;
				expect(counted).toBeLessThanOrEqual(sent + 0.1 * rows.length);
				expect(counted).toBeGreaterThanOrEqual(sent - loose - 0.1 * rows.length);
			}),
			{ numRuns: 100 },
		);
	});
});

describe("the command", () => {
	const rig = cityRig();

	const until = async (isSo: () => boolean) => {
		for (let waited = 0; waited < 5_000 && !isSo(); waited += 10)
			await new Promise((resolve) => setTimeout(resolve, 10));
	};

	test("collected over an interruption, published with licence and place", async () => {
		const fleet = await new FakeFleet(rig.broker.url).start(2);
		const words = ["--broker", rig.broker.url, "--site", "liege"];
		const say = (n: number, minutes: number) =>
			fleet.say(fleet.lamps[n]!, "traffic", interval("", minutes, 15, 5).body, false);
		const one = new TestStation();
		const running = traffic(["collect", rig.folder, ...words], one);
		await until(() => one.out.includes("collecting"));
		for (const minutes of [15, 30]) for (const n of [0, 1]) say(n, minutes);
		const path = join(rig.folder, "messages.jsonl");
		const count = () => linesOf(path).filter(({ kind }) => kind === "traffic").length;
		await until(() => count() === 4);
		one.end();
		await running;
		for (const minutes of [45, 60]) for (const n of [0, 1]) say(n, minutes); // while it is down
		say(0, 45); // a repeat of the lamp
		writeFileSync(path, `${readFileSync(path, "utf8")}{"site":"liege","no`); // a loss of power
		const two = new TestStation();
		const again = traffic(["collect", rig.folder, ...words], two);
		await until(() => count() === 8);
		two.end();
		expect([await again, count()]).toEqual([0, 8]);
		await fleet.close();

		const sites = join(rig.folder, "site.csv");
		const rows = ["pole,serial,site,node,group,latitude,longitude"];
		for (const n of [1, 2]) rows.push(`${n},L0000${n},liege,pole-0000${n},quay,50.6${n},5.5${n}`);
		writeFileSync(sites, rows.join("\n"));
		const publishing = new TestStation();
		const licence = ["--licence", "CC-BY-4.0", "--publisher", "Ville de Liège"];
		const code = await traffic(["publish", rig.folder, "--sites", sites, ...licence], publishing);
		expect([code, publishing.err]).toEqual([0, ""]);
		expect(readFileSync(join(rig.folder, "counts.csv"), "utf8").split("\n")[1]).toBe(
			"2026-11-24T12:00:00.000Z,quay,20,,100,2,2,0",
		);
		const map = JSON.parse(readFileSync(join(rig.folder, "counts.geojson"), "utf8"));
		expect(map).toMatchObject({
			type: "FeatureCollection",
			licence: "CC-BY-4.0",
			publisher: "Ville de Liège",
			k: 5,
			features: [
				{
					geometry: {
						type: "LineString",
						coordinates: [
							[5.51, 50.61],
							[5.52, 50.62],
						],
					},
					properties: { licence: "CC-BY-4.0", hours: [{ road_users: 20, coverage_percent: 100 }] },
				},
			],
		});
	}, 20_000);

	const bad: [words: string[], error: RegExp][] = [
		[["count", "x"], /"count" is neither collect nor publish, e\.g\./],
		[["publish"], /give a folder, e\.g\./],
		[["publish", "FOLDER"], /--licence is missing, e\.g\. --licence CC-BY-4\.0/],
		[["publish", "FOLDER", "--licence", "x", "--publisher", "y"], /has no count of a street yet/],
	];
	test.each(bad)("%j is refused with the rule", async (words, error) => {
		const station = new TestStation();
		const code = await traffic(
			words.map((word) => (word === "FOLDER" ? rig.folder : word)),
			station,
		);
		expect([code, station.err]).toEqual([2, expect.stringMatching(error)]);
	});
});
