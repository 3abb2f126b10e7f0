/**
 * Foreign files: the lights of the example as GDAL writes them for a commune, in each form and system, are
 * the same town; and files that cannot be read say what to do.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { zipSync } from "fflate";
import { readFile } from "../../../town/reading/foreign/readfile.js";
import { sentenceText } from "../../../town/reading/importtexts.js";
import {
	placeOfLight,
	readTown,
	type Town,
	type TownRead,
} from "../../../town/reading/readtown.js";
import { openTown } from "../../../town/townargument.js";
import { Program } from "../support/programs.js";
import { complaintsOf, watch } from "./pages.js";

const folder = mkdtempSync(join(tmpdir(), "forms-"));
const at = (name: string) => join(folder, name);
const BASE = "lights.csv";
let base: Town;

/** The lights of the example with their streets, districts and watts, in degrees. */
async function writeBase(): Promise<void> {
	const open = await openTown("example", undefined);
	if (typeof open === "string" || !("kind" in open)) throw new Error("no example");
	const { town } = open;
	const rows = ["lon,lat,rue,quartier,puissance"];
	for (const { name, district, from, at_m } of town.streets)
		for (let light = from; light < from + at_m.length; light++) {
			const place = placeOfLight(town, light).map((degrees) => degrees.toFixed(8));
			const quoted = [name, town.districts[district] ?? ""].map((text) => `"${text}"`);
			rows.push([...place, ...quoted, 40 + (light % 80)].join(","));
		}
	writeFileSync(at(BASE), rows.join("\n"));
}

/** By GDAL, from degrees to the system, once; `into`: file or folder, by its ending. @returns its path */
function converted(into: string, system: number, ...words: string[]): string {
	if (existsSync(at(into))) return at(into);
	const positions = ["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat"];
	const types = ["-oo", "AUTODETECT_TYPE=YES", "-oo", "KEEP_GEOM_COLUMNS=NO"];
	const systems = ["-s_srs", "EPSG:4326", "-t_srs", `EPSG:${system}`];
	execFileSync("ogr2ogr", [at(into), at(BASE), ...positions, ...types, ...systems, ...words]);
	return at(into);
}

const shapes = (system: number): string =>
	converted(`shapes${system}`, system, "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8");

/** A shapefile with its parts in one archive, without those of these endings. */
function shapefile(system: number, ...left: string[]): Uint8Array {
	const path = shapes(system);
	const parts = readdirSync(path).filter((part) => !left.some((end) => part.endsWith(end)));
	return zipSync(Object.fromEntries(parts.map((part) => [part, readFileSync(join(path, part))])));
}

const geopackage = (system: number): string => converted(`${system}.gpkg`, system);

/** With the position as two columns, which a workbook needs. */
function workbook(): string {
	const path = at("lights.xlsx");
	if (!existsSync(path)) execFileSync("ogr2ogr", [path, at(BASE), "-oo", "AUTODETECT_TYPE=YES"]);
	return path;
}

const read = (bytes: Uint8Array): Promise<TownRead> => readFile("a town", bytes);
const errorOf = async (bytes: Uint8Array): Promise<string | undefined> => {
	const { town, read: sentences } = await read(bytes);
	expect(town).toBeUndefined();
	return sentenceText(sentences.find(({ about }) => about === "error")!).en;
};

beforeAll(async () => {
	await writeBase();
	base = readTown("a town", readFileSync(at(BASE))).town!;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Metres from a fixed point, and the light's watts and street. */
function* lightsOf(town: Town): Iterable<readonly [east: number, north: number, what: string]> {
	for (const { name, from, at_m } of town.streets)
		for (let light = from; light < from + at_m.length; light++) {
			const [lon, lat] = placeOfLight(town, light);
			yield [(lon - 3.8) * 80_600, (lat - 43.6) * 111_100, `${town.watts[light]} W, ${name}`];
		}
}

/** Lights of the town that have none of the base within 2 m with their watts and street. */
function unmatched(town: Town): readonly string[] {
	const key = (east: number, north: number, what: string) =>
		`${Math.round(east / 4)} ${Math.round(north / 4)} ${what}`;
	const known = new Map<string, (readonly [number, number])[]>();
	for (const [east, north, what] of lightsOf(base)) {
		const at = key(east, north, what);
		known.set(at, [...(known.get(at) ?? []), [east, north]]);
	}
	const isKnown = (east: number, north: number, what: string) =>
		[-4, 0, 4].some((right) =>
			[-4, 0, 4].some((up) =>
				known
					.get(key(east + right, north + up, what))
					?.some(([x, y]) => Math.hypot(x - east, y - north) < 2),
			),
		);
	return [...lightsOf(town)].flatMap((light) => (isKnown(...light) ? [] : [light.join(" ")]));
}

const FORMS: readonly (readonly [string, () => Uint8Array])[] = [
	[
		"a shapefile in Lambert 72, whose definition lacks the shift of its datum",
		() => shapefile(31370),
	],
	["a shapefile in Lambert 93", () => shapefile(2154)],
	["a shapefile without its definition", () => shapefile(2154, ".prj")],
	["a GeoPackage in Lambert CC44", () => readFileSync(geopackage(3944))],
	["a workbook", () => readFileSync(workbook())],
];

describe("the same town from", () => {
	test.each(FORMS)("%s", async (_form, make) => {
		const { town, read: sentences } = await read(make());
		expect(sentences.filter(({ about }) => about === "error")).toEqual([]);
		const { streets, districts, x } = town!;
		expect([x.length, streets.length, districts]).toEqual([
			base.x.length,
			base.streets.length,
			base.districts,
		]);
		expect(unmatched(town!)).toEqual([]);
	});
});

const QGIS =
	"in QGIS, drag the file into a new project, right-click its layer, Export, Save Features As, choose GeoJSON and EPSG:4326, and OK";
/** Latin-1. */
const text = (words: string): Uint8Array =>
	Uint8Array.from(words, (letter) => letter.charCodeAt(0));
const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);
const csv = (...rows: string[]): Uint8Array => text(["x;y;rue", ...rows].join("\n"));
const SYSTEM_27572 = "the coordinate system NTF_Paris_Lambert_Zone_II is not known here";

const BROKEN: readonly (readonly [what: string, make: () => Uint8Array, said: string])[] = [
	["an empty file", () => text(""), "the file is empty"],
	["a picture", () => text("\x89PNG\0\0"), `this kind of file cannot be read here: ${QGIS}`],
	["KML", () => text("<?xml?><kml/>"), `a file of XML (KML, GML) cannot be read here: ${QGIS}`],
	[
		"a .shp alone",
		() => readFileSync(join(shapes(2154), "lights.shp")),
		"a shapefile is several files",
	],
	[
		"an archive without .dbf",
		() => shapefile(2154, ".dbf"),
		"the archive has no .dbf beside the .shp",
	],
	["an archive cut off", () => cut(shapefile(2154)), "the file is damaged or incomplete ("],
	[
		"an archive of pictures",
		() => zipSync({ "a.png": text("a") }),
		"neither a shapefile nor a workbook in the archive: a.png",
	],
	["a shapefile in a system of 1920", () => shapefile(27572), SYSTEM_27572],
	[
		"a GeoPackage cut off",
		() => cut(readFileSync(geopackage(2154))),
		"the file is damaged or incomplete (",
	],
	[
		"a GeoPackage in a system of 1920",
		() => readFileSync(geopackage(27572)),
		"the coordinate system EPSG:27572 is not known here",
	],
	[
		"a GeoPackage of lines",
		() => readFileSync(converted("lines.gpkg", 4326, "-nlt", "LINESTRING", "-where", "1=0")),
		"no layer of points in the file",
	],
	["a workbook of 1997", () => text("\xd0\xcf\x11\xe0"), "a workbook of Excel 97 to 2003 (.xls)"],
	[
		"a workbook cut off",
		() => cut(readFileSync(workbook())),
		"the file is damaged or incomplete (",
	],
	["JSON cut off", () => cut(text('{"type":"FeatureCollection","features":[]}')), "not valid JSON"],
	["JSON of something else", () => text('{"a":1}'), "JSON without lights"],
	["a header alone", () => csv(), "no lights under the header"],
	["one column", () => text("rue\nRue Haute"), "no columns: the first line must hold their names"],
	[
		"no columns of a position",
		() => text("rue;numero\nRue Haute;1"),
		"no columns of a position among rue, numero",
	],
	["all at 0/0", () => csv("0;0;a"), "all positions are 0/0"],
	[
		"a system that is none",
		() => csv("9e8;9e8;a"),
		"the positions do not fit the coordinate system",
	],
];

test.each(BROKEN)("%s: a sentence that says what to do", async (_what, make, said) => {
	expect(await errorOf(make())).toContain(said);
});

test("the page of a simulator reads a GeoPackage and a workbook, and names what it cannot read", async () => {
	const watched = await watch("--neighbours", "--town", "example");
	try {
		const { page } = watched;
		await page.getByRole("button", { name: "Open another town" }).click();
		const choose = (file: string) => page.getByLabel("File of lights").setInputFiles(file);
		await choose(geopackage(3944));
		await page.getByText("positions in Lambert CC44").waitFor();
		await page.getByText("26,238 lights", { exact: true }).waitFor();
		await choose(workbook());
		await page.getByText("positions in WGS 84").waitFor();
		await choose(geopackage(27572));
		await page.getByText("the coordinate system EPSG:27572 is not known here").waitFor();
		expect(await page.getByRole("button", { name: "Open the town" }).isDisabled()).toBe(true);
		expect(complaintsOf(watched)).toEqual([]);
	} finally {
		await watched.close();
	}
});

test("the command that reads a file says the account of a workbook", async () => {
	const words = ["tools/luminode.mjs", "town", "read", workbook()];
	const command = new Program(process.execPath, words);
	expect([await command.ended(), command.output]).toEqual([
		0,
		expect.stringContaining("26,238 lights; positions in WGS 84"),
	]);
});
