/** Light trace: where the light of a night's lines stands. */
import { expect, test } from "@jest/globals";
import { cornersOf } from "../../../tools/night/lighttrace.js";

test.each<[what: string, lines: string[], until: number, corners: string]>([
	["duties", ["0 4095", "700 819"], Infinity, "0 4095, 700 819"],
	[
		"the corners of a fade, from the light before it",
		["0 800", "100 +400:1600 +800:400"],
		Infinity,
		"0 800, 100 800, 500 1600, 900 400",
	],
	[
		"a jump at its begin, and a stop on its way",
		["0 +0:100 +100:200 +300:0", "150 stop", "900 7"],
		Infinity,
		"0 100, 100 200, 150 150, 900 7",
	],
	["one that is turned round", ["0 +100:1000", "50 +100:0"], Infinity, "0 0, 50 500, 150 0"],
	["the light of an instant in a fade", ["0 +100:1000", "80 5"], 25, "0 0, 25 250"],
	["the light at the instant of a line", ["0 +100:1000", "80 5"], 80, "0 0, 80 5"],
	["the light long after it", ["0 +100:1000"], 900, "0 0, 100 1000, 900 1000"],
	["nothing", [], 900, ""],
])("%s", (_what, lines, until, corners) => {
	const found = cornersOf(lines, until).map(([at, duty]) => `${at} ${duty}`);
	expect(found.join(", ")).toBe(corners);
});
