/** Frames on the wire of a pole controller's bus: spans between edges, against a model bit by bit. */
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { TIMING } from "../../../lib/dali/timing.js";
import { CProgram } from "../support/fadeprogram.js";

const program = new CProgram("wire");
afterAll(() => program.remove());

const HALF = 1_000_000 / 2400;
const SILENCE = "-1";
const BROKEN = "-2";

/** Levels of each half bit: the start bit, then `bits` bits of `value`; a 1 is low, high. */
function halvesOf(value: number, bits: number): string {
	const text = `1${value.toString(2).padStart(bits, "0")}`;
	return [...text].map((bit) => (bit === "1" ? "LH" : "HL")).join("");
}

/** Runs of one level, in half bits, from the first low on; the last high one is the rest of the bus. */
function runsOf(halves: string): number[] {
	const runs = [...halves.matchAll(/L+|H+/g)].map(([run]) => run.length);
	return halves.endsWith("H") ? runs.slice(0, -1) : runs;
}
const backward = (spans: readonly number[]): string =>
	`backward ${spans.length} ${spans.map(Math.round).join(" ")}`;

describe("a forward frame", () => {
	test.each([
		[16, Array.from({ length: 9363 }, (_, index) => 7 * index)],
		[24, Array.from({ length: 9363 }, (_, index) => 0x1_0000 + 1785 * index)],
	])("of %i bits has their spans, each within 10 % (it is within 0.1 %)", (bits, all) => {
		const answers = program.answers(all.map((frame) => `forward ${frame}`).join("\n"));
		for (const [place, frame] of all.entries()) {
			const spans = answers[place]!.trim().split(" ").map(Number);
			const runs = runsOf(halvesOf(frame, bits));
			if (spans.length !== runs.length) throw new Error(`frame ${frame}: ${answers[place]}`);
			for (let index = 0; index < runs.length; index += 1)
				if (Math.abs(spans[index]! / (runs[index]! * HALF) - 1) > 0.001)
					throw new Error(`frame ${frame}: ${answers[place]}`);
		}
	});
});

describe("a backward frame", () => {
	const bytes = Array.from({ length: 256 }, (_, byte) => byte);
	test.each([0.9, 0.95, 1, 1.05, 1.1])("is read at %d of its bit time", (pace) => {
		const asked = bytes.map((byte) =>
			backward(runsOf(halvesOf(byte, 8)).map((run) => run * HALF * pace)),
		);
		expect(program.answers(asked.join("\n"))).toEqual(bytes.map(String));
	});
	/** Edges that rise later than they fall: low spans are longer, high ones shorter; µs. */
	const skewed = (byte: number, pace: number, skew: number) =>
		runsOf(halvesOf(byte, 8)).map((run, at) => run * HALF * pace + (at % 2 === 0 ? skew : -skew));
	test.each([
		[1, 83],
		[0.9, 41],
		[1.1, 41],
	])(
		"of %d times the bit time is read with up to %d µs of skew, docs/dali.md, not with 90",
		(pace, most) => {
			for (const skew of [most, -most]) {
				const asked = bytes.map((byte) => backward(skewed(byte, pace, skew)));
				expect(program.answers(asked.join("\n"))).toEqual(bytes.map(String));
			}
			const beyond = bytes.map((byte) => backward(skewed(byte, pace, 90)));
			expect(new Set(program.answers(beyond.join("\n")))).toEqual(new Set([BROKEN]));
		},
	);
	test.each([
		[TIMING.halfBitLeast.number, "85"],
		[TIMING.halfBitMost.number, "85"],
		[TIMING.halfBitLeast.number - 0.001, BROKEN],
		[TIMING.halfBitMost.number + 0.001, BROKEN],
	])("of half bits of %d ms gives %s", (half, answer) => {
		const spans = runsOf(halvesOf(85, 8)).map((run) => run * half * 1000);
		expect(program.answers(backward(spans))).toEqual([answer]);
	});
	test("is read with each span up to 10 % off by itself, and with its rest", () => {
		const off = fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), {
			minLength: 20,
			maxLength: 20,
		});
		const lines: string[] = [];
		const wanted: string[] = [];
		fc.assert(
			fc.property(fc.nat(255), off, fc.boolean(), (byte, paces, hasRest) => {
				const halves = halvesOf(byte, 8);
				const spans = runsOf(halves).map((run, index) => run * HALF * paces[index]!);
				if (hasRest) spans.push(30_000);
				lines.push(backward(spans));
				wanted.push(String(byte));
			}),
			{ numRuns: 2000 },
		);
		expect(program.answers(lines.join("\n"))).toEqual(wanted);
	});
	const BAD: [what: string, spans: number[], answer: string][] = [
		["nothing", [], SILENCE],
		["a spike", [50], BROKEN],
		["half a frame", [417, 417, 417, 417], BROKEN],
		["a span between one half and two", [417, 625, 417], BROKEN],
		["a bus that is low for long", [20_000], BROKEN],
		["a frame at half of the pace", runsOf(halvesOf(85, 8)).map((run) => run * HALF * 2), BROKEN],
		["a forward frame", runsOf(halvesOf(0xfefe, 16)).map((run) => run * HALF), BROKEN],
		...[255, 254, 0].map((byte): [string, number[], string] => [
			`the answer ${byte} with more behind it`,
			[...runsOf(halvesOf(byte, 8)), 1, 1].map((run) => run * HALF),
			BROKEN,
		]),
	];
	test.each(BAD)("%s is none", (_what, spans, answer) => {
		expect(program.answers(backward(spans))).toEqual([answer]);
	});
	test("two that answer at once are broken, or the wired AND of both: the bus is low if one is", () => {
		const both: string[] = [];
		for (let byte = 0; byte < 256; byte += 5)
			for (let other = byte + 1; other < 256; other += 7) {
				const [first, second] = [halvesOf(byte, 8), halvesOf(other, 8)];
				const mixed = [...first].map((half, index) => (half === "H" ? second[index]! : "L"));
				both.push(backward(runsOf(mixed.join("")).map((run) => run * HALF)));
			}
		for (const answer of program.answers(both.join("\n"))) expect(answer).toBe(BROKEN);
	});
	test("any spans are a byte, or none: hostile", () => {
		const span = fc.oneof(fc.nat(65_535), fc.constantFrom(417, 833, 375, 458, 750, 917, 333, 500));
		const lines: string[] = [];
		fc.assert(
			fc.property(fc.array(span, { maxLength: 60 }), (spans) => {
				lines.push(backward(spans));
			}),
			{ numRuns: 20_000 },
		);
		for (const answer of program.answers(lines.join("\n")))
			if (!(Number(answer) >= -2 && Number(answer) <= 255)) throw new Error(answer);
	});
});
