/**
 * Promises: what the records themselves must show, so that no loss is ever recorded as right.
 *
 * Judged from the files alone: by the dates of orders, by what waited and by what arrived.
 */
import { describe, expect, test } from "@jest/globals";
import { CASES } from "./cases.js";
import { files, recorded } from "./record.js";

/** Instants of the wire are rounded to ms, and an event follows in the same turn or is spaced behind others. */
const SOON_S = 2;

/** Readings from 04:45 to 11:45 of the script; that of 12:45 is half an hour from being stored for sure. */
const WAITED = 8;

interface Event {
	readonly at: number;
	readonly type: string;
	readonly life: number;
	readonly seq: number;
	readonly startEndFlag?: "start" | "end";
	readonly attributes: Readonly<Record<string, unknown>>;
}

function read(file: string) {
	const { state, outcome } = recorded(file)!;
	const lines = outcome.wire.map((line) => {
		const [, at, text] = /^([\d.]+|all): (.*)$/.exec(line)!;
		return { at: Number(at), text: text! };
	});
	const events = lines.flatMap(({ at, text }): Event[] => {
		const json = /^~\/event q1 (?:dup )?\d+ (\{.*\})$/.exec(text);
		return json ? [{ at, ...JSON.parse(json[1]!) }] : [];
	});
	const said = (pattern: RegExp) => lines.filter(({ text }) => pattern.test(text));
	return { state, outcome, events, said, begin: CASES[file]!.begin };
}

const of = (...names: string[]) => names;

test.each(of("orders", "ordersClockLost"))(
	"%s: each order ends at its date, or once its rest is over where no date is certainly past",
	(file) => {
		const { state, events, begin } = read(file);
		const held: [string, { id: string; until?: number; remaining_ms: number }][] = Object.entries(
			JSON.parse(state.store.twin!),
		);
		expect(held.length).toBeGreaterThan(1);
		const hasClock = begin.cause === "crash";
		for (const [kind, { id, until, remaining_ms }] of held) {
			const isByDate = hasClock && kind !== "emergency"; // no witness vouches for its clock
			const ends = isByDate
				? (until! - Date.parse(state.at)) / 1000
				: begin.away * 60 + remaining_ms / 1000;
			const end = events.find(
				({ startEndFlag, attributes }) => startEndFlag === "end" && attributes.id === id,
			);
			expect([id, end?.attributes.why, Math.abs(end!.at - ends) < SOON_S]).toEqual([
				id,
				"expired",
				true,
			]);
		}
	},
);

test.each(of("orders"))("%s: an order that comes again is known", (file) => {
	expect(read(file).state.store.repeats).toMatch(/\no-1 accepted\n/);
});

test.each(files().filter((file) => !["reset", "place"].includes(file)))(
	"%s: no counter runs backwards",
	(file) => {
		const { state, outcome } = read(file);
		const numbers = (text: string) => text.split(" ").map(Number);
		const before = numbers(state.store.totals!);
		const after = numbers(outcome.store.totals ?? state.store.totals!);
		const isLess = before.map((value, index) => index !== 2 && after[index]! < value);
		expect(isLess.some(Boolean)).toBe(false);
	},
);

test.each(of("outboxKept"))("%s: all that waited arrives, once", (file) => {
	const { events, said, outcome } = read(file);
	const readings = said(/^~\/telemetry .*"life":1,/);
	expect(readings.length).toBeGreaterThanOrEqual(WAITED);
	expect(said(/^~\/traffic .*"life":1,/).length).toBeGreaterThanOrEqual(WAITED / 3);
	expect(new Set(readings.map(({ text }) => text.replace(/ q1 \d+ /, ""))).size).toBe(
		readings.length,
	);
	const waited = events.filter(({ life }) => life === 1).map(({ seq }) => seq);
	expect(waited.length).toBeGreaterThan(1);
	expect(waited).toEqual(waited.map((_, index) => waited[0]! + index));
	expect(outcome.store.readings === null || outcome.store.readings === "").toBe(true);
});

test.each(of("settings"))("%s: secrets and certificates stay, and the secret opens", (file) => {
	const { state, outcome, events, said } = read(file);
	const kept = ["secret", "tls.ca", "tls.cert", "tls.key", "update.key"];
	for (const key of kept) {
		expect(state.store[key]).toMatch(/./);
		expect(outcome.store).not.toHaveProperty([key]);
	}
	expect(events.map(({ type }) => type)).toContain("login");
	expect(said(/^~\/settings\/reported\/light .*"revision":8,/)).not.toEqual([]);
});

test.each(of("certificatesOnTrial"))("%s: the CA of before is in use again", (file) => {
	const { state, outcome, events, said } = read(file);
	expect(state.store["tls.ca"]).toBe("the CA before");
	expect(outcome.store).not.toHaveProperty(["tls.ca"]); // unchanged
	expect(outcome.store["try.ca"]).toBeNull();
	expect(events.map(({ type }) => type)).toContain("settingsReverted");
	expect(said(/^open elsewhere/).length).toBeGreaterThan(0);
	expect(said(/^open broker/)).toHaveLength(1);
});

test.each(of("settingsCollected"))("%s: the third section completes the revision", (file) => {
	const { events, outcome } = read(file);
	const changed = events.filter(({ type }) => type === "settingsChanged");
	expect(changed.map(({ attributes }) => attributes.section).sort()).toEqual([
		"calendar",
		"light",
		"power",
	]);
	expect(outcome.store.bank!.split(" ")[3]).toBe("4");
});

test.each(of("imageGoneBack"))("%s: the image is kept in the end, and it is reported", (file) => {
	const { events, state, outcome } = read(file);
	expect([state.image, outcome.image]).toEqual(["probation", "kept"]);
	const types = events
		.map(({ type }) => type)
		.filter((type) => /^update(Kept|Reverted)/.test(type));
	expect(types).toEqual(["updateReverted", "updateKept"]);
});

test.each(of("feeder"))("%s: the next night dims by the midnight of the nights before", (file) => {
	const { outcome } = read(file);
	const [lit, dim] = [22, 28].map((hour) => {
		const row = outcome.light.find((text) => text.startsWith(`${hour}: `))!;
		return Math.min(...row.split(" ").slice(1, -1).filter(Boolean).map(Number));
	});
	expect([lit, dim]).toEqual([2457, 1638]); // 60 and 40 %
});

test.each(of("sensors"))(
	"%s: a doubt ends where the output is inactive after a boot, a run of forgeries by none",
	(file) => {
		const { state, events } = read(file);
		expect(state.store.forged).toBe("1");
		const ends = (type: string) =>
			events.find((event) => event.type === type && event.startEndFlag === "end")!.at;
		expect(ends("datagramsForged")).toBeGreaterThanOrEqual(3600);
		const doubts = events.filter(({ type }) => type === "presenceSensorFailure");
		expect(doubts).toMatchObject([{ startEndFlag: "end", attributes: { why: "stuckOn" } }]);
		expect(doubts[0]!.at).toBeLessThan(60); // the output is inactive at the boot
	},
);

test.each(of("place"))("%s: life and counters are the dead node's", (file) => {
	const { state, outcome, events } = read(file);
	const [life, totals] = state.store.place!.split("\n");
	expect(events[0]!.life).toBe(Number(life) + 1);
	const [energy, , lit] = outcome.store.totals!.split(" ").map(Number);
	const [energyBefore, , litBefore] = totals!.split(" ").map(Number);
	expect([energy! > energyBefore!, lit! > litBefore!]).toEqual([true, true]);
	expect(outcome.store.place).toBeNull();
});

test.each(of("luminaire"))("%s: hours begin anew, energy goes on", (file) => {
	const { state } = read(file);
	const [energy, , lit] = state.store.totals!.split(" ").map(Number);
	expect([energy! > 0, lit! < 3_600_000]).toEqual([true, true]);
});

describe("a reset", () => {
	test.each(of("reset"))("%s leaves the count of lives", (file) => {
		expect(Object.keys(read(file).state.store)).toEqual(["life", "reason"]);
	});
});
