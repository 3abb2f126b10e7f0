/** The table of DALI numbers: sources, the document that shows it, and the arithmetic inside it. */
import { describe, expect, test } from "@jest/globals";
import { BANKS, bankTable, LOCK_AT } from "../../../lib/dali/banks.js";
import {
	ADDRESS,
	ANSWER,
	CONFIGURATION,
	LED,
	LIGHT,
	QUERY,
	SPECIAL,
	STATUS,
} from "../../../lib/dali/commands.js";
import { DEVICE, DEVICE_QUERY, INPUT, INSTANCE } from "../../../lib/dali/devices.js";
import { type Fact, isVerified, SOURCES, type SourceName } from "../../../lib/dali/fact.js";
import {
	CURVE,
	CURVE_POINTS,
	FADE_RATES,
	FADE_TIMES,
	FADES,
	LEVELS,
	RESET_VALUES,
	TIMING,
} from "../../../lib/dali/timing.js";
import { showsTable } from "../../support/golden.js";

type Facts = Readonly<Record<string, Fact>>;
const OPCODES = { ...LIGHT, ...CONFIGURATION, ...QUERY, ...LED };
const ALL: readonly Facts[] = [TIMING, CURVE, FADES, RESET_VALUES, LEVELS, ADDRESS, LIGHT];
const DEVICES: readonly Facts[] = [DEVICE, DEVICE_QUERY, INSTANCE, INPUT];
const REST: readonly Facts[] = [CONFIGURATION, QUERY, LED, SPECIAL, STATUS, ANSWER, ...DEVICES];

const HEAD = ["| name | number | meaning | sources |", "|---|---|---|---|"];
const cited = (sources: readonly SourceName[]) =>
	sources.length >= 2 ? sources.join(" ") : `${sources.join(" ")} *unverified*`;
const plain = (number: number) => String(Math.round(number * 1e5) / 1e5);
const hex = (number: number) => `0x${number.toString(16).padStart(2, "0")}`;
/** `usual`: the sources of most rows, which the page states once. */
function rows(facts: Facts, print = plain, usual = ""): string[] {
	return Object.entries(facts).map(([name, { number, meaning, sources }]) => {
		const from = cited(sources);
		return `| \`${name}\` | ${print(number)} | ${meaning} | ${from === usual ? "" : from} |`;
	});
}

/** 203 and 204 have the layout of 202. Without a source: A's alone. */
function bankRows(): string[] {
	const lines = ["| bank, address | bytes | value | kind | sources |", "|---|---|---|---|---|"];
	for (const { bank, meaning, last, lockByte, sources, fields } of BANKS) {
		const last2 = `last address ${hex(last)}, lock byte: ${lockByte}`;
		lines.push(`| **${bank}** | | **${meaning}**, ${last2} | | ${cited(sources)} |`);
		if (bank === 203 || bank === 204) {
			lines.push(`| ${bank} | | as 202 | | |`);
			continue;
		}
		for (const { name, at, bytes, unit, perUnit, kind, sources: citedSources } of fields) {
			const scale = perUnit === 1 ? "" : `1/${perUnit} `;
			const value = unit === "" && scale === "" ? "" : `, ${scale}${unit}`.trimEnd();
			const place = `${bank}, 0x${at.toString(16).padStart(2, "0")}`;
			const from = citedSources.join("") === "A" ? "" : cited(citedSources);
			lines.push(`| ${place} | ${bytes} | \`${name}\`${value} | ${kind} | ${from} |`);
		}
	}
	return lines;
}

describe("docs/dali.md shows the table", () => {
	test.each<[string, string[]]>([
		[
			"sources",
			[
				"| | source | place |",
				"|---|---|---|",
				...Object.entries(SOURCES).map(([name, [who, where]]) => `| ${name} | ${who} | ${where} |`),
			],
		],
		["bus", [...HEAD, ...rows(TIMING)]],
		["levels", [...HEAD, ...rows({ ...CURVE, ...LEVELS, ...FADES }), ...rows(RESET_VALUES)]],
		["addresses", [...HEAD, ...rows(ADDRESS, hex), ...rows(SPECIAL, hex)]],
		["commands", [...HEAD, ...rows(LIGHT, hex, "A C"), ...rows(CONFIGURATION, hex, "A C")]],
		["LED", [...HEAD, ...rows(LED, hex)]],
		[
			"questions",
			[...HEAD, ...rows(QUERY, hex, "A C"), ...rows(STATUS, hex), ...rows(ANSWER, hex)],
		],
		[
			"devices",
			[
				...HEAD,
				...rows({ ...DEVICE, ...DEVICE_QUERY }, hex),
				...rows(INSTANCE, hex),
				...rows(INPUT, hex),
			],
		],
		["banks", bankRows()],
	])("%s", (name, lines) => showsTable("dali.md", name, lines));
});

describe("facts", () => {
	test("each has sources of the list, none twice", () => {
		const lists = [...ALL, ...REST].flatMap((facts) => Object.values(facts));
		const cites = [...lists, ...BANKS, ...BANKS.flatMap(({ fields }) => fields)];
		for (const { sources } of cites) {
			expect(sources.length).toBeGreaterThan(0);
			expect(new Set(sources).size).toBe(sources.length);
			for (const source of sources) expect(SOURCES).toHaveProperty(source);
		}
	});
	test("one source is not two", () => {
		expect(isVerified(TIMING.settling)).toBe(false);
		expect(isVerified(TIMING.halfBit)).toBe(true);
	});
	test("no opcode and no special command is there twice", () => {
		for (const facts of [OPCODES, SPECIAL, STATUS]) {
			const numbers = Object.values<Fact>(facts).map(({ number }) => number);
			expect(new Set(numbers).size).toBe(numbers.length);
			for (const number of numbers) expect(number).toBe(number & 0xff);
		}
		expect(Object.values(STATUS).reduce((sum, { number }) => sum + number, 0)).toBe(0xff);
		for (const { number } of Object.values(SPECIAL)) expect(number & 1).toBe(1);
	});
});

describe("arithmetic", () => {
	test.each(CURVE_POINTS.map(([level, percent, source]) => ({ level, percent, source })))(
		"level $level is $percent %, by source $source",
		({ level, percent }) => {
			const light = 10 ** ((level - 1) / CURVE.steps.number - 1);
			expect(Math.abs(light - percent) / percent).toBeLessThan(0.03); // sources round to levels
		},
	);
	test("frames are their half bits", () => {
		const { halfBit, forwardFrame, backwardFrame } = TIMING;
		expect(forwardFrame.number).toBeCloseTo(38 * halfBit.number, 1);
		expect(backwardFrame.number).toBeCloseTo(22 * halfBit.number, 1);
	});
	test("the list of fade times is the formula, rounded as source B does", () => {
		expect([FADE_TIMES.length, FADE_RATES.length]).toEqual([16, 16]);
		for (let n = 1; n < 16; n++) {
			expect(Math.abs(FADE_TIMES[n]! / (500 * 2 ** (n / 2)) - 1)).toBeLessThan(0.011);
			expect(Math.abs(FADE_RATES[n]! - 506 / 2 ** (n / 2))).toBeLessThan(0.6);
		}
	});
	test.each(BANKS.map(({ bank }) => bank))(
		"the values of bank %d fill it without overlap",
		(bank) => {
			const { fields, last } = bankTable(bank);
			let next = LOCK_AT + 1;
			for (const { at, bytes } of fields) {
				expect(at).toBe(next);
				next = at + bytes;
			}
			expect(next).toBe(last + 1);
		},
	);
});
