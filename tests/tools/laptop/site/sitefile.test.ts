/** The site file: what is understood, and every fault with its line before a lamp is spoken to. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readSite } from "../../../../tools/laptop/site/sitefile.js";
import { siteNotes } from "../../../../tools/plan/sitenotes.js";

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	path = join(folder, "site.csv");
});
afterEach(() => rmSync(folder, { recursive: true }));

const site = (...lines: string[]) => {
	writeFileSync(path, `${lines.join("\n")}\n`);
	return readSite(path);
};
/** What is complained of, without the file's name. */
const faults = (...lines: string[]): string[] => {
	try {
		site(...lines);
		return [];
	} catch (error) {
		return (error as Error).message.split("\n").map((line) => line.replace(`${path}:`, ""));
	}
};

test("a line a pole, over the line of all; what neither says is the firmware's default", () => {
	const { poles, spare } = site(
		"pole,node,site,floorLevel,brokerHost,riseTime,# remark",
		"*,,liege,30,broker.example,,all of them",
		'Q7,quai-7,,25,"a.example,b.example",0.80,"by the bridge, left"',
		",quai-8,,,,,",
	);
	const plain = poles.map(({ values, sections, ...rest }) => ({
		...rest,
		values: Object.fromEntries(values),
		sections: Object.fromEntries(sections),
	}));
	const common = { site: "liege", riseTime: "0.8" };
	expect(plain).toEqual([
		{
			pole: "Q7",
			serial: undefined,
			line: 3,
			values: { ...common, node: "quai-7", floorLevel: "25", brokerHost: "a.example,b.example" },
			sections: {
				identity: { node: "quai-7", site: "liege" },
				light: { floorLevel: 25, riseTime: 0.8 }, // numbers, as in a report
				link: { brokerHost: "a.example,b.example" },
			},
		},
		{
			pole: "quai-8",
			isUnnamed: true,
			serial: undefined,
			line: 4,
			values: { ...common, node: "quai-8", floorLevel: "30", brokerHost: "broker.example" },
			sections: {
				identity: { node: "quai-8", site: "liege" },
				light: { floorLevel: 30, riseTime: 0.8 },
				link: { brokerHost: "broker.example" },
			},
		},
	]);
	expect(spare.pole).toBe("");
	expect(Object.fromEntries(spare.values)).toMatchObject({ ...common, node: "", floorLevel: "30" });
});

const q7 = { pole: "Q7", node: "quai-7", latitude: "50.6452" };
const forms: [what: string, text: string][] = [
	["commas", "pole,node,latitude\nQ7,quai-7,50.6452\n"],
	["decimal commas with semicolons", "pole;node;latitude\nQ7;quai-7;50,6452\n"],
	["tabs", "pole\tnode\tlatitude\nQ7\tquai-7\t50,6452\n"],
	["a stated separator", "sep=;\r\npole;node;latitude\r\nQ7;quai-7;50,6452\r\n"],
	["a stated separator behind a mark", "\uFEFFsep=;\npole;node;latitude\nQ7;quai-7;50,6452\n"],
	["a decimal comma in quotes", 'pole,node,latitude\nQ7,quai-7,"50,6452"\n'],
	["rows of commas only", "pole,node,latitude\n,,\nQ7,quai-7,50.6452\n,,\n,,\n"],
	["empty columns at the end", "pole,node,latitude,,\nQ7,quai-7,50.6452,,\n"],
];
test.each(forms)("is read: %s", (_what, text) => {
	writeFileSync(path, text);
	const plans = readSite(path).poles.map(({ pole, values }) => ({
		pole,
		...Object.fromEntries(values),
	}));
	expect(plans).toEqual([q7]);
});

const strangers: [what: string, bytes: Buffer, said: RegExp][] = [
	[
		"a workbook",
		Buffer.from("PK\u0003\u0004rest"),
		/is a workbook \(\.xlsx or \.ods\); save it as "CSV UTF-8"$/,
	],
	["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), /is a workbook \(\.xls\)/],
	["UTF-16", Buffer.from("\uFEFFnode\na\n", "utf16le"), /is UTF-16/],
];
test.each(strangers)("is named: %s", (_what, bytes, sentence) => {
	writeFileSync(path, bytes);
	expect(() => readSite(path)).toThrow(sentence);
});

test("as a spreadsheet of a country with decimal commas saves it: semicolons, CR LF, a mark in front", () => {
	writeFileSync(path, '\uFEFFpole;node;program\r\nQ7;quai-7;"22:00 60; 05:30 100"\r\n');
	expect(readSite(path).poles[0]!.values.get("program")).toBe("22:00 60; 05:30 100");
});

describe("a column place", () => {
	test("gives its values, which a cell of the line or of all overrides", () => {
		const { poles } = site(
			"pole,node,place,installedMean,hold",
			"*,,residential,10,",
			"A,a,,,",
			"B,b,park,,90",
		);
		const [a, b] = poles.map(({ values }) => Object.fromEntries(values));
		expect(a).toMatchObject({
			place: "residential",
			fullClass: "P4",
			floorClass: "P6",
			hold: "30",
		});
		expect(a!.program).toBe("sunset P4; 22:00 P5; 00:00 P6; 05:30 P4; sunrise 0");
		expect(b).toMatchObject({ place: "park", fullClass: "P5", hold: "90", linger: "60" });
		expect(poles[0]!.sections.get("calendar")).toMatchObject({ program: a!.program });
	});
	test("without an installed mean its classes have no level", () => {
		const [first] = faults("node,place", "a,park");
		expect(first).toBe("2: installedMean must be told where a class is set");
		expect(faults("node,place", "a,beach")[0]).toMatch(
			/^2: place must be one of none, residential/,
		);
	});
	test("a zone by its name is offered as the lamp takes it", () => {
		expect(faults("node,zone", "a,Europe/Brussels")[0]).toMatch(
			/not "Europe\/Brussels"; Europe\/Brussels is written <\+01>-1<\+02>,M3\.5\.0,M10\.5\.0\/3$/,
		);
	});
});

describe("what is improbable", () => {
	test("is noted once for many poles, with the first, and between neighbours", () => {
		const rows = ["a,1,4.44,8", "b,2,4.4404,8", "c,3,4.46,8"];
		writeFileSync(path, `node,poleNumber,longitude,standbyPower_W\n${rows.join("\n")}\n`);
		expect(siteNotes(readSite(path), "en")).toEqual([
			"line 2 (a): standby of 8 W is as much as the lamp at 10 % (5.6 W): check the unit (more poles: 2)",
		]);
		expect(siteNotes(readSite(path), "fr")[0]).toMatch(/^ligne 2 \(a\) : .*\(autres mâts : 2\)$/);
		const row = rows.map((each) => `${each},1`);
		writeFileSync(
			path,
			`node,poleNumber,longitude,standbyPower_W,neighbourGroup\n${row.join("\n")}\n`,
		);
		expect(siteNotes(readSite(path), "en")[0]).toMatch(/^b and c are neighbours by number/);
	});
});

describe("refused, with the line", () => {
	const cases: [
		why: string,
		lines: string[],
		said: (string | ReturnType<typeof expect.stringMatching>)[],
	][] = [
		[
			"every wrong value of every line at once",
			["node,floorLevel,latitude", "a,130,50.6", "b,20,north", "c,1.5,50.6"],
			[
				'2: floorLevel must be 0 to 100 %, e.g. 20, not "130"',
				'3: latitude must be a number, e.g. 50.63, not "north"',
				'4: floorLevel must be in steps of 1, e.g. 20, not "1.5"',
			],
		],
		[
			"values that do not agree",
			["node,fullClass,floorClass,installedMean", "a,P4,P6,5.2", "b,P6,P4,5.2", "c,P4,M3,5.2"],
			[
				"3: floorClass must not ask for more than fullClass",
				"3: fullLevel must not be below the floor",
				"4: floorClass must be of the same kind as fullClass, unless that is percent",
			],
		],
		[
			"a value that does not agree with the default of what is not given",
			["node,onLevel", "a,120"],
			["2: onLevel must be less than offLevel"],
		],
		[
			"a plan that is none",
			["node,program", "a,22:00"],
			[expect.stringMatching(/^2: program .*"22:00"$/)],
		],
		[
			"a title that is no setting",
			["node,floor", "a,20"],
			[expect.stringMatching(/^1: "floor" is not a setting/)],
		],
		[
			"a secret",
			["node,brokerPassword", "a,hunter2"],
			[expect.stringMatching(/^1: brokerPassword is a secret: keep it in the vault/)],
		],
		["no column of the names", ["pole,floorLevel", "a,20"], ['1: there is no column "node"']],
		["a pole without a name", ["pole,node", "Q7,"], ["2: node is empty, for example quai-7"]],
		[
			"one name twice",
			["pole,node,site", "1,a,x", "2,a,y", "3,a,x"],
			["4: node x/a stands in line 2, too"],
		],
		["one pole twice", ["pole,node", "Q7,a", "Q7,b"], ["3: pole Q7 stands in line 2, too"]],
		["one controller twice", ["serial,node", "s,a", "s,b"], ["3: serial s stands in line 2, too"]],
		[
			"a serial number that is none",
			["serial,node", "s 1,a"],
			["2: serial is not 1-32 of A-Z a-z 0-9 _ -, for example L-0017"],
		],
		[
			"a name for all",
			["pole,node", "*,a", "Q7,b"],
			[expect.stringMatching(/^2: node is each lamp's own/)],
		],
		[
			"two lines for all",
			["pole,node", "*,", "*,", "Q7,b"],
			["3: there is another line of the pole *"],
		],
		[
			"a cell too many, and all other faults",
			["node,floorLevel", "a,130", "c,20,e", "d", "e,200"],
			[
				"3: 3 cells under 2 titles: a comma too many or missing?",
				"4: 1 cells under 2 titles: a comma too many or missing?",
				'2: floorLevel must be 0 to 100 %, e.g. 20, not "130"',
				'5: floorLevel must be 0 to 100 %, e.g. 20, not "200"',
			],
		],
		[
			"a fault of the shared line, once",
			["pole,node,floorLevel,maxLevel", "*,,130,", "1,a,,", "2,b,,", "3,c,,200"],
			[
				'2: floorLevel must be 0 to 100 %, e.g. 20, not "130"',
				'5: maxLevel must be 10 to 100 %, e.g. 100, not "200"',
			],
		],
		[
			"names that differ by case alone",
			["pole,node,serial", "Q7,a,S1", "q7,A,s1"],
			[
				"3: pole q7 differs from Q7 in line 2 by case alone",
				"3: serial s1 differs from S1 in line 2 by case alone",
				"3: node /A differs from /a in line 2 by case alone",
			],
		],
		["a title in another case", ["Pole,node", "1,a"], ['1: "Pole" is written "pole"']],
		[
			"a character, with those that are allowed",
			["node,site", "quai 7,liège"],
			[
				'2: node has a character that is not allowed, not "quai 7"; allowed: A-Z a-z 0-9 _ -',
				'2: site has a character that is not allowed, not "liège"; allowed: A-Z a-z 0-9 _ -',
			],
		],
		["a quote without an end", ["node", '"a'], [expect.stringMatching(/^2: a quote " is opened/)]],
		["two columns of one title", ["node,node", "a,b"], ['1: two columns are called "node"']],
		["nothing under the titles", ["node"], [expect.stringMatching(/no line under the titles$/)]],
		[
			"a name that is the pole, twice",
			["node,site", "a,x", "a,y"],
			["3: pole a stands in line 2, too"],
		],
		["nothing at all", [""], [" no line under the titles"]],
	];
	test.each(cases)("%s", (_why, lines, sentences) => {
		expect(faults(...lines)).toEqual(sentences);
	});

	test("a file of another encoding, one that is missing, and no end of faults", () => {
		writeFileSync(path, Buffer.from("node\nLi\u00e8ge\n", "latin1"));
		expect(() => readSite(path)).toThrow("is not UTF-8");
		expect(() => readSite(join(folder, "none.csv"))).toThrow("no such file");
		const lines = Array.from({ length: 80 }, (_, index) => `n${index},130`);
		const sentences = faults("node,floorLevel", ...lines);
		expect([sentences.length, sentences.at(-1)]).toEqual([51, "and 30 more"]);
	});
});

test("neighbours may be set though their key is in the vault", () => {
	expect(faults("node,neighbourGroup,poleNumber,poleSpacing", "a,1,1,30")).toEqual([]);
});

describe("what a spreadsheet or a slip does to a file", () => {
	test("a name that became a number is refused, as pole, node and serial", () => {
		const sentenceFor = (line: number, name: string) =>
			`${line}: ${name} is a name that the spreadsheet took for a number; format its column as text`;
		expect(
			faults("pole,node,serial", "Q1E5,quai-7,", '"1,00E+05",quai-8,', "Q9,quai-9,3e-4"),
		).toEqual([sentenceFor(3, "1,00E+05"), sentenceFor(4, "3e-4")]);
	});
	test("an unclosed quote is named in words, and hides no other fault", () => {
		expect(faults("pole,node,latitude", "Q7,quai-7,99", 'Q8,"quai-8,50', "Q9,quai-9,x")).toEqual([
			'3: a quote " is opened and not closed; the lines behind it were checked without it',
			expect.stringMatching(/^2: latitude must be -90 to 90/),
			expect.stringMatching(/^4: latitude must be/),
		]);
	});
	test("a quote within a cell, too", () => {
		expect(faults("pole,node,latitude", 'Q7,quai"7,50', "Q9,quai-9,x")).toEqual([
			expect.stringMatching(/^2: a quote " stands within a cell/),
			expect.stringMatching(/^3: latitude/),
		]);
	});
	test("an empty pole is noted, where the file has poles at all", () => {
		const lines = (head: string, row: string) =>
			siteNotes(site(head, row), "en").filter((note) => note.includes("stands for it"));
		expect(lines("pole,node", ",quai-8")).toEqual([
			"line 2: pole is empty; the node's name quai-8 stands for it",
		]);
		expect(lines("node,site", "quai-8,liege")).toEqual([]);
	});
});
