/** Cart: done and missing poles, the pole of a controller of the cart, and the pole of a scanned line. */
import { describe, expect, test } from "@jest/globals";
import { siteIn } from "../../../../lib/site/sitetable.js";
import {
	nextPole,
	type Records,
	scannedIn,
	summaryOf,
} from "../../../../tools/laptop/site/cart.js";
import { firmwareRules } from "../../../../tools/laptop/site/firmwarerules.js";
import { labelLine } from "../../../../tools/laptop/site/label.js";
import { recordedIn } from "../../../../tools/laptop/site/protocolline.js";

const SITE = siteIn(
	"site.csv",
	new TextEncoder().encode("pole,node,serial\nQ7,quai-7,L-0007\nQ8,quai-8,\nQ 9,quai-9,\n"),
	firmwareRules(),
);
const PLAIN = siteIn(
	"site.csv",
	new TextEncoder().encode("pole,node\nQ7,quai-7\nQ8,quai-8\n"),
	firmwareRules(),
);

type Row = [result: "pass" | "fail", pole: string, serial: string, why?: string];
const protocol = (rows: readonly Row[]) =>
	recordedIn("protocol.csv", ["time,result,pole,serial,why", ...rows.map(lineOf), ""].join("\r\n"));
const lineOf = ([result, pole, serial, why = ""]: Row, index: number) =>
	`2026-11-24T21:0${index}:00.000Z,${result},${pole},${serial},${why}`;
const lamp = (serial: string | undefined, ...nodes: string[]) => ({
	...(serial === undefined ? {} : { serial }),
	nodes,
	secret: `secret of ${serial} ${nodes}`,
	made: "2026-11-24T20:00:00.000Z",
});
const records = (
	rows: readonly Row[],
	lamps: readonly ReturnType<typeof lamp>[] = [],
	site = SITE,
): Records => ({ site, protocol: protocol(rows), vault: { shared: {}, lamps } });

const summaries: [rows: Row[], missing: string[]][] = [
	[[], ["Q7", "Q8", "Q 9"]],
	[[["pass", "Q8", "L-0008"]], ["Q7", "Q 9"]],
	[
		[
			["fail", "Q8", "L-0008", "unplugged"],
			["pass", "Q8", "L-0008"],
		],
		["Q7", "Q 9"],
	],
	[
		[
			["pass", "Q8", "L-0008"],
			["fail", "Q8", "L-0008", "test broker: noNetwork"],
		],
		["Q7", "Q8", "Q 9"],
	],
	[
		// another controller was tried there and refused: the pole is done
		[
			["pass", "Q8", "L-0008"],
			["fail", "Q8", "L-0042", "at pole Q8 L-0008 passed"],
		],
		["Q7", "Q 9"],
	],
	[
		[
			["pass", "Q7", "L-0007"],
			["pass", "Q8", "L-0008"],
			["pass", "Q 9", "L-0009"],
			["pass", "elsewhere", "L-0001"],
		],
		[],
	],
];
test.each(summaries)("after %j missing are %j", (rows, missing) => {
	const result = summaryOf(records(rows));
	expect(result.missing.map(({ pole }) => pole)).toEqual(missing);
	const [head, ...lines] = result.lines.map(({ en }) => en);
	expect(head).toBe(
		missing.length === 0
			? "all poles have passed: 3"
			: `poles: 3, passed: ${3 - missing.length}, missing: ${missing.length}`,
	);
	expect(lines.map((line) => /^missing (.+) \(node/.exec(line)![1])).toEqual(missing);
});

test("a missing pole says with which controller it was begun, and its last failure, in both languages", () => {
	const rows: Row[] = [["fail", "Q8", "L-0008", "unplugged"]];
	const lamps = [lamp("L-0009", "L-0009", "quai-9")];
	const lines = summaryOf(records(rows, lamps)).lines;
	expect(lines.map(({ en }) => en)).toEqual([
		"poles: 3, passed: 0, missing: 3",
		"missing Q7 (node quai-7, line 2 of the site file)",
		"missing Q8 (node quai-8, line 3 of the site file): L-0008 failed on 2026-11-24T21:00:00.000Z: unplugged",
		"missing Q 9 (node quai-9, line 4 of the site file): begun with L-0009",
	]);
	expect(lines.map(({ fr }) => fr)).toEqual([
		"mâts : 3, réussis : 0, manquants : 3",
		"Q7 : manquant (nœud quai-7, ligne 2 du fichier du site)",
		"Q8 : manquant (nœud quai-8, ligne 3 du fichier du site) : L-0008 a échoué le 2026-11-24T21:00:00.000Z : unplugged",
		"Q 9 : manquant (nœud quai-9, ligne 4 du fichier du site) : commencé avec L-0009",
	]);
});

describe("the pole of a controller of the cart", () => {
	const known = (serial: string | undefined, node = "") => ({ serial, node });
	const poles: [what: string, seen: ReturnType<typeof known>, records: Records, pole: string][] = [
		["a new one gets the first pole without a serial number", known("L-1"), records([]), "Q8"],
		["one of the site file gets its own", known("L-0007"), records([]), "Q7"],
		[
			"one that was begun goes on at its pole",
			known("L-1"),
			records([], [lamp("L-1", "L-1", "quai-9")]),
			"Q 9",
		],
		[
			"one that greets with its serial number, and has not been renamed yet",
			known(undefined, "L-1"),
			records([], [lamp("L-1", "L-1", "quai-9")]),
			"Q 9",
		],
		[
			"one that greets with its new name",
			known(undefined, "quai-9"),
			records([], [lamp("L-1", "L-1", "quai-9")]),
			"Q 9",
		],
		[
			"a new one leaves a pole that another one began",
			known("L-2"),
			records([], [lamp("L-1", "L-1", "quai-8")]),
			"Q 9",
		],
		[
			"a new one gets the first missing pole",
			known("L-2"),
			records([["pass", "Q8", "L-1"]]),
			"Q 9",
		],
		[
			"one that passed and failed later goes on at its pole",
			known("L-1"),
			records(
				[
					["pass", "Q 9", "L-1"],
					["fail", "Q 9", "L-1", "unplugged"],
				],
				[lamp("L-1", "quai-9")],
			),
			"Q 9",
		],
	];
	test.each(poles)("%s", (_what, seen, record, pole) => {
		expect(nextPole(seen, record).pole).toBe(pole);
	});

	const refused: [what: string, seen: ReturnType<typeof known>, records: Records, why: RegExp][] = [
		[
			"one that has passed",
			known("L-1"),
			records([["pass", "Q8", "L-1"]], [lamp("L-1", "quai-8")]),
			/^L-1 passed at pole Q8 on 2026-11-24T21:00:00.000Z; plug in the next controller, or name the pole: --pole Q8$/,
		],
		[
			"one more than poles",
			known("L-3"),
			records([["pass", "Q8", "L-1"]], [lamp("L-1", "quai-8"), lamp("L-2", "quai-9")]),
			/^no pole is left for L-3: Q 9: begun with L-2\. Plug that controller in, or name the pole: --pole Q 9$/,
		],
		[
			"one more than poles, all done",
			known("L-3"),
			records([
				["pass", "Q7", "L-0007"],
				["pass", "Q8", "L-1"],
				["pass", "Q 9", "L-2"],
			]),
			/^all poles have passed: 3$/,
		],
	];
	test.each(refused)("none for %s", (_what, seen, record, why) => {
		expect(() => nextPole(seen, record)).toThrow(why);
	});
});

describe("a scanned line", () => {
	const vault = [lamp("L-1", "L-1", "quai-9")];
	const lines: [line: string, pole: string | undefined, serial: string | undefined][] = [
		["Q8", "Q8", undefined],
		["  Q 9  \r", "Q 9", undefined],
		["L-0007", "Q7", "L-0007"],
		[labelLine({ serial: "L-2", pole: "Q 9" }), "Q 9", "L-2"],
		[labelLine({ serial: "L-0007", pole: "Q7" }), "Q7", "L-0007"],
		["Q7", "Q7", "L-0007"],
		["L-1", "Q 9", "L-1"],
	];
	test.each(lines)("%j is pole %j, serial %j", (line, pole, serial) => {
		const scanned = scannedIn(line, records([], vault));
		expect([scanned.plan?.pole, scanned.serial]).toEqual([pole, serial]);
	});
	test("a serial number that nobody has seen is one where the site file has none", () => {
		expect(scannedIn("L-0042", records([], [], PLAIN))).toEqual({
			plan: undefined,
			serial: "L-0042",
		});
	});
	const wrong: [line: string, why: RegExp][] = [
		[
			"q8",
			/^scanned "q8": is neither a pole nor a serial number of the site file, for example Q7;/,
		],
		["L:0042", /keyboard mixes up its characters$/],
		["luminode L-2 Q99", /is neither a pole nor a serial number/],
		["luminode L-2 Q7", /^the label says L-2 at pole Q7; the site file has L-2 at pole/],
		["L-0042", /is neither a pole nor a serial number/], // the site file gives serial numbers
	];
	test.each(wrong)("%j is refused", (line, why) => {
		expect(() => scannedIn(line, records([], vault))).toThrow(why);
	});
});
