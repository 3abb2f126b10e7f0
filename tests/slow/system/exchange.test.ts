/** Exchanges on a pole controller's bus: settling, repetition, windows, a short circuit, a silent JavaScript. */
import { afterAll, describe, expect, test } from "@jest/globals";
import { CProgram } from "../support/fadeprogram.js";

const program = new CProgram("exchange", ["wire"]);
afterAll(() => program.remove());

type Line = readonly [what: string, at_ms: number, value: number];
/** The counter begins at `from`; words of the driver. */
function run(script: readonly string[], from = 0): Line[] {
	const answers = program.answers([`from ${from}`, ...script].join("\n"));
	return answers.filter(Boolean).map((line) => {
		const [what, at, value = 0] = line.split(" ");
		return [what!, Number(at) / 1000, Number(value)];
	});
}
const ms = (time: number) => `run ${time * 1000} 0`;
/** Frame and settling time of docs/dali.md, ms. */
const FORWARD = 15.83;
const SETTLING = 13.5;
const QUERY = 0xff90;

describe("a frame", () => {
	test.each([0, 2 ** 32 - 10_000])("of a bus at rest is sent at once, counter %d", (from) => {
		const lines = run([ms(500), `begin ${QUERY} 0`, ms(100)], from);
		expect(lines[0]).toEqual(["sent", 500, QUERY]);
		expect(lines[1]![0]).toBe("took");
	});
	test("gets its answer, or silence within 50 ms", () => {
		const lines = run([
			ms(20),
			"answer 85 7000",
			`begin ${QUERY} 0`,
			ms(100),
			"answer -1 0",
			`begin ${QUERY} 0`,
			ms(100),
		]);
		expect(lines.map(([what, , value]) => [what, value])).toEqual([
			["sent", QUERY],
			["took", 85],
			["sent", QUERY],
			["took", -1],
		]);
		expect(lines[3]![1] - lines[2]![1]).toBeLessThan(50);
	});
	test("waits until the bus has settled", () => {
		const lines = run([
			ms(20),
			"answer 1 6000",
			`begin ${QUERY} 0`,
			ms(35),
			`begin 65025 0`,
			ms(90),
		]);
		const [, took, sent] = lines;
		expect(sent![1] - took![1]).toBeGreaterThanOrEqual(SETTLING - 1);
	});
	test("is refused while another one is under way", () => {
		expect(run([`begin 1 0`, ms(5), `begin 2 0`, ms(100)]).map(([what]) => what)).toContain(
			"refused",
		);
	});
	test("of a configuration comes twice within 100 ms, and has one answer", () => {
		const lines = run([ms(20), "begin 65312 1", ms(200)]);
		expect(lines.map(([what]) => what)).toEqual(["sent", "sent", "took"]);
		const apart = lines[1]![1] - lines[0]![1];
		expect(apart).toBeGreaterThanOrEqual(FORWARD + SETTLING - 1);
		expect(apart + FORWARD).toBeLessThan(100);
	});
	test("of a shorted bus has no bus, and a late answer only delays it", () => {
		const shorted = run(["low 1 0", ms(20), `begin ${QUERY} 0`, ms(200)]);
		expect(shorted.map(([what, , value]) => [what, value])).toEqual([["took", -3]]);
		const late = run(["low 1 0", ms(20), `begin ${QUERY} 0`, ms(5), "low 0 0", ms(200)]);
		expect(late.map(([what, , value]) => [what, value])).toEqual([
			["sent", QUERY],
			["took", -1],
		]);
	});
});

describe("the armed frame", () => {
	const ARMED = 0xfefe;
	const beats = (count: number) =>
		Array.from({ length: count }, () => ["beat 0 0", ms(500)]).flat();
	test("is sent once, 1.5 s after the last beat, and its answer is nobody's", () => {
		const lines = run([ms(20), `arm ${ARMED} 0`, ...beats(4), ms(10_000)]);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toEqual(["sent", expect.any(Number), ARMED]);
		expect(lines[0]![1] - 20 - 1500).toBeGreaterThanOrEqual(1500);
		expect(lines[0]![1] - 20 - 1500).toBeLessThan(1510);
	});
	test("waits for the exchange under way", () => {
		const lines = run([ms(20), `arm ${ARMED} 0`, ms(1490), `begin ${QUERY} 0`, ms(500)]);
		expect(lines.map(([what, , value]) => [what, value])).toEqual([
			["sent", QUERY],
			["took", -1],
			["sent", ARMED],
		]);
	});
	test("is not sent while beats come, nor when it was taken back", () => {
		expect(run([`arm ${ARMED} 0`, ...beats(20)])).toEqual([]);
		expect(run([`arm ${ARMED} 0`, ms(500), "arm -1 0", ms(10_000)])).toEqual([]);
	});
});

describe("a frame that is insisted on", () => {
	const FULL = 0xfefe;
	const sent = (lines: readonly Line[]) => lines.filter(([what]) => what === "sent");
	const WHEN: [when: string, before: string[], within_ms: number][] = [
		["of a bus at rest", [ms(20)], 1],
		["while another one settles", [`begin ${QUERY} 0`, ms(5)], 80],
		["while another one is sent", [ms(20), `begin ${QUERY} 0`, ms(8)], 60],
		["while its answer is awaited", [ms(20), `begin ${QUERY} 0`, ms(25)], 60],
		["while nobody takes its answer", ["deaf 1 0", ms(20), `begin ${QUERY} 0`, ms(100)], 15],
		["between two copies", [ms(20), "begin 65312 1", ms(20)], 90],
		["while a fall is armed and beats come", [ms(20), "arm 65152 0", "beat 0 0", ms(5)], 1],
	];
	test.each(WHEN)("%s leaves once, soon, and is the last", (_when, before, within) => {
		const insistedAt = before.reduce(
			(at, line) => at + (line.startsWith("run") ? Number(line.split(" ")[1]) / 1000 : 0),
			0,
		);
		const lines = sent(run([...before, `insist ${FULL} 0`, "arm -1 0", ms(3000)]));
		const [, at, frame] = lines.at(-1)!;
		expect(frame).toBe(FULL);
		expect(lines.filter(([, , value]) => value === FULL)).toHaveLength(1);
		expect(at - insistedAt).toBeLessThanOrEqual(within);
	});
	test("waits for a bus without voltage for as long as that lasts", () => {
		const lines = run(["low 1 0", ms(20), `insist ${FULL} 0`, ms(30_000), "low 0 0", ms(1000)]);
		expect(lines).toEqual([["sent", expect.any(Number), FULL]]);
		expect(lines[0]![1]).toBeLessThan(30_020 + 200);
	});
	test("leaves others room while the bus fails, and has no answer of its own", () => {
		const lines = run(["low 1 0", ms(20), `insist ${FULL} 0`, ms(80), `begin ${QUERY} 0`, ms(60)]);
		expect(lines).toEqual([["took", expect.any(Number), -3]]);
	});
});
