/**
 * Town server: the town that the page gets, the nights of the example, and a file that a page
 * brings.
 */
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, jest, test } from "@jest/globals";
import { Zone } from "../../../lib/zone.js";
import { SOURCES } from "../../../sim/cli/words.js";
import { chosen, streetName } from "../../../sim/options/choice.js";
import { optionsOf } from "../../../sim/options/options.js";
import { makeNights } from "../../../town/headless.js";
import { TOWN_OPTIONS } from "../../../town/nights/townnights.js";
import { keepMapping } from "../../../town/reading/mappingfile.js";
import { TownServer } from "../../../town/server/townserver.js";
import { placesOf } from "../../../town/server/uploadplaces.js";
import { openTown } from "../../../town/townargument.js";
import { int32, type ServedTown } from "../../../town/townmessages.js";

const zone = Zone.of("Europe/Brussels")!;
const of = <T>(bytes: Uint8Array): T => JSON.parse(gunzipSync(bytes).toString()) as T;
const ROW = "rue;x;y;watt";
const FILE = [
	ROW,
	...Array.from({ length: 10 }, (_, index) => `Rue Haute;${235_212 + 25 * index};148988;70`),
].join("\n");

async function serverOf(word: string, lines?: string): Promise<TownServer> {
	const open = await openTown(word, lines);
	if (typeof open === "string" || !("kind" in open)) throw new Error(JSON.stringify(open));
	const argument = open.kind === "file" ? word : undefined;
	return new TownServer(() => open, true, zone, "a version", argument, undefined, results);
}

/** Folder of the results of files that a page brings. */
const results = mkdtempSync(join(tmpdir(), "results-"));

function brought(text: string, name = "town.csv"): string {
	const file = join(mkdtempSync(join(tmpdir(), "town-")), name);
	writeFileSync(file, text);
	return file;
}

describe("a file of ten lights", () => {
	test("is a town whose nights are still to come, with their cost beforehand", async () => {
		const townServer = await serverOf(brought(FILE));
		const town = of<ServedTown>(townServer.town);
		expect([town.name, town.kind, town.date0]).toEqual(["town", "file", "2026-11-24"]);
		expect(int32(town.place)).toEqual(Int32Array.from({ length: 10 }, (_, index) => index));
		expect(town.options.map(({ option }) => option)).toEqual(TOWN_OPTIONS);
		for (const option of town.options) {
			expect(option.night).toBeUndefined();
			expect(option.seconds).toBeGreaterThan(0);
		}
		expect(townServer.shownTown.seconds).toBeGreaterThan(10);
		expect(townServer.night("full")).toBeUndefined();
	});

	test("its street runs in its own poles", async () => {
		const townServer = await serverOf(brought(FILE));
		const start = { neighbours: true, group: "quay,square", town: "x.csv", port: "8090" };
		const values = chosen(streetName(0), start, townServer.streets);
		const { poles, vehicles, lamps, town, port, part, neighbours } = optionsOf(values, SOURCES);
		expect(poles).toEqual([0, 25, 50, 75, 100, 125, 150, 175, 200, 225]);
		expect([vehicles, lamps, town, port, neighbours]).toEqual([458, 10, undefined, 8090, true]);
		expect(part.place![0]).toBeCloseTo(50.645, 3);
		const begun: number[] = [];
		townServer.attend((street) => void begun.push(street));
		expect([townServer.start(0), townServer.start(1), townServer.start(-1)]).toEqual([
			true,
			false,
			false,
		]);
		expect(begun).toEqual([0]);
	});

	test("another file is read by the page, with a mapping, and opened in its place", async () => {
		const file = brought(FILE);
		const townServer = await serverOf(file);
		const text = "a;b;c\n235212;148988;Haute\n235240;148988;Haute";
		expect(townServer.read({ name: "other", text })?.isTown).toBe(false);
		const mapping = {
			columns: { x: "a", y: "b", street: "c", evil: "d" },
			system: "none",
			assumed: { watts: -1 },
		};
		const read = townServer.read({ name: "other", text, mapping });
		expect([read?.isTown, read?.columns, read?.sample]).toEqual([
			true,
			["a", "b", "c"],
			[
				["235212", "148988", "Haute"],
				["235240", "148988", "Haute"],
			],
		]);
		expect(read?.mapping).toEqual({
			columns: { x: "a", y: "b", street: "c" },
			system: "lambert72",
			assumed: {},
		});
		expect(townServer.read({ name: 1, text })).toBeUndefined();
	});

	test("a mapping beside the file is used", async () => {
		const file = brought("a;b\n235212;148988\n235240;148988");
		expect(await openTown(file, undefined)).not.toHaveProperty("kind");
		writeFileSync(`${file}.mapping.json`, '{"columns":{"x":"a","y":"b"}}');
		expect(await openTown(file, undefined)).toHaveProperty("kind", "file");
	});

	test("a mapping of version 0.1.0 names the column of the cabinet by its former key", async () => {
		const file = brought("x;y;poste\n235212;148988;C1\n235240;148988;C2");
		writeFileSync(`${file}.mapping.json`, '{ "columns": { "cabin": "poste" } }');
		const open = await openTown(file, undefined);
		expect(open).toHaveProperty("town.cabinets", ["C1", "C2"]);
	});

	const text = "a;b;c\n235212;148988;Haute\n235240;148988;Haute";
	const columns = ["a", "b", "c"];

	test("a mapping that was kept for a file of a page is its first one", async () => {
		const townServer = await serverOf(brought(FILE));
		expect(townServer.read({ name: "kept.csv", text })?.isTown).toBe(false);
		const kept = { columns: { x: "a", y: "b" } };
		keepMapping(placesOf("kept.csv", text, columns, undefined, results).mapping, kept);
		const read = townServer.read({ name: "kept.csv", text });
		expect([read?.isTown, read?.mapping.columns]).toEqual([true, kept.columns]);
		expect(townServer.read({ name: "kept.csv", text, mapping: { columns: {} } })?.isTown).toBe(
			false,
		);
		expect(townServer.read({ name: "new.csv", text })?.isTown).toBe(false);
	});

	test("a shipped town is opened in its place, and leaves the file as it is", async () => {
		const file = brought(FILE);
		const townServer = await serverOf(file);
		expect(townServer.read({ shipped: "made" })).toMatchObject({ isTown: true, columns: [] });
		expect(townServer.read({ shipped: "other" })).toBeUndefined();
		expect(townServer.open({ shipped: "example" })?.seconds).toBe(0);
		expect(of<ServedTown>(townServer.town).kind).toBe("example");
		expect(readdirSync(dirname(file))).toEqual(["town.csv"]);
	});

	test("an encoding that was assumed is named in the account", async () => {
		const townServer = await serverOf(brought(FILE));
		expect(townServer.read({ name: "a.csv", text: FILE, isLatin: true })?.read[0]?.key).toBe(
			"latin",
		);
	});

	test.each([
		["no such file", "/none/town.csv", "--town /none/town.csv: no such file"],
		["a folder", tmpdir(), `--town ${tmpdir()}: cannot be read (EISDIR)`],
	])("%s: one line", async (_why, word, line) => {
		expect(await openTown(word, undefined)).toBe(line);
	});
});

describe("places of a file that a page brings", () => {
	const lightsFile = brought(FILE, "lights.csv");
	const columns = ROW.split(";");
	const of = (name: string, text: string) => placesOf(name, text, columns, lightsFile, results);

	test("are beside the file on the command line, if it is that file", () => {
		expect(of("lights.csv", FILE)).toEqual({
			mapping: `${lightsFile}.mapping.json`,
			nights: `${lightsFile}.nights`,
		});
	});

	test("are those of no other file: nights by contents, mapping by name and columns", () => {
		const all = [
			of("lights.csv", FILE),
			of("lights.csv", `${FILE}\n`),
			of("a b.csv", FILE),
			of("a-b.csv", FILE),
			of("../../a b.csv", FILE),
			of("example", FILE),
		];
		expect(new Set(all.map(({ nights }) => nights)).size).toBe(all.length);
		for (const { mapping, nights } of all.slice(1))
			for (const place of [mapping, nights]) expect(dirname(place)).toBe(join(results, "opened"));
		expect(of("lights.csv", `${FILE}\n`).mapping).toBe(of("lights.csv", `${FILE}\n\n`).mapping);
		expect(new Set(all.map(({ mapping }) => mapping)).size).toBe(all.length);
	});
});

test("a report from old lamps is refused before any night where the file names none", async () => {
	const townServer = await serverOf(brought(FILE));
	const errors: string[] = [];
	const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
		errors.push(String(text));
		return true;
	});
	const report = { file: "never.html", from: "sodium", prices: {}, vat: "" } as const;
	const given = { town: "town.csv", whole: undefined, report, zone };
	const lines: string[] = [];
	const code = await makeNights(given, townServer, (line) => lines.push(line));
	write.mockRestore();
	expect([code, lines]).toEqual([2, []]);
	expect(errors.join("")).toContain("--from sodium: the file names no old lamp with its watts");
});
