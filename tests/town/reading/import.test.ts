/**
 * Import: files of lights as towns, with every fault named, in tables.
 */
import { describe, expect, test } from "@jest/globals";
import { accountText, sentenceText } from "../../../town/reading/importtexts.js";
import type { Mapping } from "../../../town/reading/mapping.js";
import { placeOfLight, readTown } from "../../../town/reading/readtown.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, mapping?: Mapping, lines?: string) =>
	readTown("a town", bytesOf(text), mapping, lines);
const errorsIn = (text: string, mapping?: Mapping): string[] =>
	read(text, mapping)
		.read.filter(({ about }) => about === "error")
		.map((sentence) => sentenceText(sentence).en);

/** Ten lights of Rue Haute in Liege, Lambert 72, 25 m apart. */
const GOOD = Array.from(
	{ length: 10 },
	(_, index) => `${index + 1};Rue Haute;${235_212 + 25 * index};148988;60;1200`,
);
const HEADER = "numero;rue;x;y;watt;trafic";
const fileOf = (...rows: readonly string[]): string => [HEADER, ...GOOD, ...rows].join("\n");

/** The row of each is line 12. */
const FAULTS: readonly (readonly [why: string, row: string, said: string])[] = [
	["too few cells", "11;Rue Haute;235500", "line 12: too few cells (3): left out"],
	["too many cells", "11;Rue Haute;235500;148988;60;1;7", "line 12: too many cells (7): left out"],
	["an open quote", '11;"Rue Haute;235500;148988;60;1', "line 12: a quote is not closed: left out"],
	["no x", "11;Rue Haute;;148988;60;1", "line 12: no position: left out"],
	["no y", "11;Rue Haute;235500;;60;1", "line 12: no position: left out"],
	[
		"x in words",
		"11;Rue Haute;east;148988;60;1",
		"line 12: the position east is not a number: left out",
	],
	["y in words", "11;Rue Haute;235500;?;60;1", "line 12: the position ? is not a number: left out"],
	[
		"an infinite x",
		"11;Rue Haute;1e999;148988;60;1",
		"line 12: the position 1e999 is not a number: left out",
	],
	["the origin", "11;Rue Haute;0;0;60;1", "line 12: position 0/0: left out"],
	[
		"axes changed over",
		"11;Rue Haute;148988;235500;60;1",
		"line 12: x and y are changed over: left out",
	],
	["degrees", "11;Rue Haute;5.5736;50.6453;60;1", "line 12: position in WGS 84: left out"],
	[
		"Lambert 2008",
		"11;Rue Haute;735214;648999;60;1",
		"line 12: position in Lambert 2008: left out",
	],
	[
		"millimetres",
		"11;Rue Haute;235500000;148988000;60;1",
		"line 12: position in millimetres: left out",
	],
	[
		"another province",
		"11;Rue Haute;70053;211652;60;1",
		"line 12: more than 60 km from the town: left out",
	],
	[
		"another planet",
		"11;Rue Haute;9e8;9e8;60;1",
		"line 12: outside of the system's land: left out",
	],
	["a row twice", "10;Rue Haute;235437;148988;60;1200", "line 12: the same as number 11: left out"],
	[
		"power in words",
		"11;Rue Haute;235500;148988;LED;1",
		"line 12: power LED is not a number: unknown",
	],
	["negative power", "11;Rue Haute;235500;148988;-60;1", "line 12: power -60 is negative: unknown"],
	[
		"power in milliwatts",
		"11;Rue Haute;235500;148988;60000;1",
		"line 12: power 60000 is above 2,000 W: unknown",
	],
	[
		"traffic in words",
		"11;Rue Haute;235500;148988;60;much",
		"line 12: traffic much is not a number: unknown",
	],
	[
		"negative traffic",
		"11;Rue Haute;235500;148988;60;-1",
		"line 12: traffic -1 is negative: unknown",
	],
	[
		"too much traffic",
		"11;Rue Haute;235500;148988;60;1e7",
		"line 12: traffic 1e7 is above 300,000: unknown",
	],
	[
		"a broken formula",
		"11;#REF!;235500;148988;60;1",
		"line 12: #REF! is a broken formula: unknown",
	],
	[
		"broken characters",
		"11;Rue Ha\ufffdte;235500;148988;60;1",
		"line 12: Rue Ha\ufffdte has broken characters: unknown",
	],
];

describe("a file in Lambert 72", () => {
	test("without a fault has no error, and lies in Liege", () => {
		const { town, read: sentences } = read(fileOf());
		expect(errorsIn(fileOf())).toEqual([]);
		expect(town!.x.length).toBe(10);
		const [lon, lat] = placeOfLight(town!, 0);
		expect([lon.toFixed(4), lat.toFixed(4)]).toEqual(["5.5736", "50.6453"]);
		expect(accountText(sentences).en).toBe(
			"10 lights; positions in Lambert 72; 1 streets; traffic counted in 1 streets; 10 remain; 205 walkers and bicycles a day in every street; cabinets unknown; lighting classes unknown: a street of more than 5000 motor vehicles a day counts as class M, and presence as permitted in all others",
		);
	});

	test.each(FAULTS)("names %s with its line", (_why, row, sentence) => {
		expect(errorsIn(fileOf(row))).toEqual([sentence]);
	});

	test("names all of them together, each once, and keeps the ten", () => {
		const rows = FAULTS.map(([, row]) => row);
		const errors = errorsIn(fileOf(...rows));
		for (const [index, [, , sentence]] of FAULTS.entries())
			expect(errors).toContain(sentence.replace("line 12", `line ${index + 12}`));
		expect(errors).toHaveLength(FAULTS.length);
		expect(FAULTS.length).toBeGreaterThanOrEqual(20);
		expect(read(fileOf(...rows)).town!.x.length).toBe(10 + 8); // of eight only a value is unknown
	});

	test("of many errors of a kind the first twenty have lines", () => {
		const errors = errorsIn(fileOf(...Array.from({ length: 50 }, () => "11;Rue Haute;0;0;60;1")));
		expect(errors).toHaveLength(21);
		expect(errors.at(-1)).toBe("and 30 more: position 0/0: left out");
	});
});

/** The way to a file that can be read. */
const QGIS =
	"in QGIS, drag the file into a new project, right-click its layer, Export, Save Features As, choose GeoJSON and EPSG:4326, and OK";

describe("forms of a file", () => {
	const street = (lines: readonly string[]) => lines.join("\n");
	const cases: readonly (readonly [why: string, text: string | Uint8Array])[] = [
		["commas", street(["x,y,street", '235212,148988,"Rue Haute, 1"', "235240,148988,Rue Basse"])],
		[
			"tabs",
			street(["x\ty\tstreet", "235212,5\t148988,5\tRue Haute", "235240\t148988\tRue Basse"]),
		],
		[
			"a mark and decimal commas",
			street(["\ufeffX;Y;Rue", "235 212,40;148 988,41;Haute", "235.240,1;148.988,0;Basse"]),
		],
		[
			"Windows-1252",
			Uint8Array.from("x;y;rue\n235212;148988;All\xe9e\n235240;148988;B", (c) => c.charCodeAt(0)),
		],
		[
			"UTF-16",
			Uint8Array.from([
				0xff,
				0xfe,
				...[..."x;y;rue\n235212;148988;A\n235240;148988;B"].flatMap((c) => [c.charCodeAt(0), 0]),
			]),
		],
		[
			"GeoJSON with its system",
			JSON.stringify({
				type: "FeatureCollection",
				crs: { properties: { name: "urn:ogc:def:crs:EPSG::31370" } },
				features: [
					[235212, 148988],
					[235240, 148988],
				].map((coordinates) => ({
					type: "Feature",
					geometry: { type: "Point", coordinates },
					properties: { rue: "Haute" },
				})),
			}),
		],
		[
			"Overpass",
			JSON.stringify({
				elements: [
					{ type: "node", lat: 50.6453, lon: 5.5736, tags: { highway: "street_lamp" } },
					{ type: "node", lat: 50.6453, lon: 5.574, tags: { highway: "street_lamp" } },
				],
			}),
		],
		[
			"NGSI, normalised",
			JSON.stringify(
				[5.5736, 5.574].map((lon) => ({
					id: "a",
					type: "Streetlight",
					location: { type: "geo:json", value: { type: "Point", coordinates: [lon, 50.6453] } },
					circuit: { type: "Text", value: "C1" },
					address: { value: { streetAddress: "Rue Haute" } },
				})),
			),
		],
		[
			"NGSI, as key and value",
			JSON.stringify(
				[5.5736, 5.574].map((lon) => ({
					id: "a",
					type: "Streetlight",
					location: { type: "Point", coordinates: [lon, 50.6453] },
					circuit: "C1",
				})),
			),
		],
		["axes changed over", street(["x;y;rue", "6279476;770795;A", "6279470;770825;B"])],
	];
	test.each(cases)("%s", (_why, text) => {
		const { town, read: sentences } = readTown(
			"a",
			typeof text === "string" ? bytesOf(text) : text,
		);
		expect(sentences.filter(({ about }) => about === "error")).toEqual([]);
		expect(town!.x.length).toBe(2);
		const apart = Math.hypot(town!.x[1]! - town!.x[0]!, town!.y[1]! - town!.y[0]!);
		expect(apart).toBeGreaterThan(200); // decimetres
		expect(apart).toBeLessThan(320);
	});

	test("FIWARE: street, cabinet and power", () => {
		const [, text] = cases[7]!;
		const { town } = readTown("a", bytesOf(text as string));
		expect([town!.streets[0]!.name, town!.cabinets]).toEqual(["Rue Haute", ["C1"]]);
	});

	test("a column that nobody would guess is mapped", () => {
		const text = "a;b;c\n235212;148988;Haute\n235240;148988;Haute";
		expect(errorsIn(text)).toEqual([
			expect.stringMatching(/^no columns of a position among a, b, c: .* FILE\.mapping\.json/),
		]);
		const many = Array.from({ length: 30 }, (_, index) => `c${index}`).join(";");
		expect(errorsIn(`${many}\n1`)[0]).toMatch(/among c0, .*, c19, …: choose/);
		const mapping: Mapping = { columns: { x: "a", y: "b", street: "c" } };
		expect(read(text, mapping).town!.streets.map(({ name }) => name)).toEqual(["Haute"]);
	});

	/** Entries of a mapping of `x;y;PUISS`, as a file beside it may hold them. */
	const unfit: readonly (readonly [why: string, columns: object, en: string[], fr: RegExp])[] = [
		[
			"an unknown field",
			{ power: "PUISS" },
			[
				'columns of the mapping: power is no field; the fields are x, y, street, district, watts, cabinet, kind, lamp, traffic and class, as in "watts": "PUISS"',
			],
			/^columns de la correspondance : power n'est .* "watts": "PUISS"$/,
		],
		[
			"a field of every object",
			{ toString: "PUISS" },
			[
				expect.stringMatching(
					/^columns of the mapping: toString is no field; /,
				) as unknown as string,
			],
			/ : toString n'est/,
		],
		[
			"a column that the file does not have",
			{ street: "NOPE" },
			[
				'columns of the mapping: "street":"NOPE", but the file has no such column; write its name as in the file, as in "watts": "PUISS"',
			],
			/^columns de la correspondance : "street":"NOPE", mais .* "watts": "PUISS"$/,
		],
		[
			"a column in another case, and a number in its place",
			{ lamp: "puiss", x: 1 },
			[
				expect.stringMatching(/^columns of the mapping: "lamp":"puiss", /) as unknown as string,
				expect.stringMatching(/^columns of the mapping: "x":1, /) as unknown as string,
			],
			/"lamp":"puiss",/,
		],
	];
	test.each(unfit)("a mapping with %s: an error and no town", (_why, columns, en, fr) => {
		const mapping = { columns: { watts: "PUISS", ...columns } } as Mapping;
		const { town, read: sentences, mapping: left } = read("x;y;PUISS\n235212;148988;60", mapping);
		expect(town).toBeUndefined();
		expect(sentences.map((sentence) => sentenceText(sentence).en)).toEqual(en);
		expect(sentenceText(sentences[0]!).fr).toMatch(fr);
		expect(left.columns).toEqual({ x: "x", y: "y", watts: "PUISS" });
	});
	test("a mapping that fits replaces a usual name", () => {
		const { town } = read("x;y;watt;PUISS\n235212;148988;60;70", { columns: { watts: "PUISS" } });
		expect([...town!.watts]).toEqual([70]);
	});

	const bad: readonly (readonly [why: string, text: string, sentence: string])[] = [
		["empty", "", "the file is empty"],
		["blank", " \n ", "the file is empty"],
		["a picture", "\x89PNG\r\n\x1a\n\0\0\0", `this kind of file cannot be read here: ${QGIS}`],
		["KML", '<?xml version="1.0"?><kml/>', `a file of XML (KML, GML) cannot be read here: ${QGIS}`],
		["no table", "hello", "no columns: the first line must hold their names"],
		["a header alone", "x;y", "no lights under the header"],
		[
			"JSON of something else",
			'{"a":1}',
			"JSON without lights: neither GeoJSON nor Overpass nor NGSI",
		],
		[
			"a GeoJSON without features",
			'{"type":"FeatureCollection","features":[]}',
			"no lights under the header",
		],
		["all at 0/0", "x;y\n0;0\n0;0", "all positions are 0/0"],
		["no number", "x;y\na;b", "no row has a position"],
		[
			"a system that is none",
			"x;y\n9e8;9e8",
			"the positions do not fit the coordinate system of the file, or no system can be told by their numbers: choose it on the page, or name it in FILE.mapping.json (docs/town.md)",
		],
		["bollards alone", "x;y;kind\n235212;148988;borne", "no light remains"],
	];
	test.each(bad)("%s: one sentence and no town", (_why, text, sentence) => {
		const { town } = read(text);
		expect(town).toBeUndefined();
		expect(errorsIn(text).at(-1)).toBe(sentence);
	});

	test("JSON that is cut has the reason of its reader", () => {
		expect(errorsIn('{"features":[')).toEqual([expect.stringContaining("not valid JSON: ")]);
	});
});

describe("streets", () => {
	const lines = JSON.stringify({
		features: [
			{
				geometry: {
					type: "LineString",
					coordinates: [
						[5.57, 50.645],
						[5.58, 50.645],
					],
				},
				properties: { name: "Rue Longue" },
			},
		],
	});

	test("a name of two villages is two streets", () => {
		const text = "x;y;rue\n235212;148988;Eglise\n235240;148988;Eglise\n240000;150000;Eglise";
		expect(read(text).town!.streets.map(({ name, at_m }) => [name, at_m.length])).toEqual([
			["Eglise", 2],
			["Eglise", 1],
		]);
	});

	test("lights without a name take that of the nearest line, and one far away none", () => {
		const text = "lon;lat\n5.571;50.6451\n5.572;50.6451\n5.575;50.655";
		const { town, read: sentences } = read(text, undefined, lines);
		expect(town!.streets.map(({ name, at_m }) => [name, at_m.length])).toEqual([["Rue Longue", 2]]);
		expect(sentences.find(({ key }) => key === "withoutStreet")?.count).toBe(1);
		expect(sentences.find(({ key }) => key === "nearestLine")?.count).toBe(2);
	});

	test("lines that are none are named", () => {
		const { read: sentences } = read("lon;lat\n5.571;50.6451", undefined, "{}");
		expect(sentences.find(({ about }) => about === "error")?.key).toBe("lines");
	});

	test("every assumption is an input", () => {
		const text = "x;y;rue;watt\n235212;148988;Haute;\n235240;148988;Haute;70";
		const assumed = { watts: 40, vehicles_day: 900, walkers_day: 60, ledShare: 50 };
		const { town, read: sentences } = read(text, { columns: {}, assumed });
		expect([...town!.watts]).toEqual([40, 70]);
		const texts = sentences.map((sentence) => sentenceText(sentence).en);
		expect(texts).toContain("1 of unknown power: 40 W, entered");
		expect(texts).toContain("60 walkers and bicycles a day in every street");
		expect(texts).toContain("1 streets without a count: 900 motor vehicles a day each");
	});
});
