/** Samples over a restart: what waits comes back as it was, and no text from the flash does harm. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SAMPLES, type Sample, Samples } from "../../src/link/samples.js";
import { Writer } from "../../src/link/writer.js";
import type { UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { makeView, utf8 } from "../support/linkfakes.js";

const QUARTER = 900_000;
const METERS = { sentBytes: 1998, receivedBytes: 36, roundTrip: 40 };
const DUSK = Date.UTC(2026, 10, 24, 15, 30);

/** A ring with `count` samples, taken a quarter of an hour apart in life 17, with a clock or without. */
function taken(count: number, isDated = true, users = 5): { samples: Samples; view: View } {
	const view = makeView();
	const samples = new Samples();
	for (let index = 1; index <= count; index += 1) {
		view.time.now = index * QUARTER;
		view.time.utc = isDated ? ((DUSK + view.time.now) as UtcMillis) : undefined;
		view.traffic.accumulatedRoadUserNumber += users;
		samples.take(index * QUARTER, view as View, METERS, 1, 3, false);
	}
	return { samples, view: view as View };
}

function textOf(samples: Samples, view: View, bytes = 2_048): string {
	const w = new Writer(utf8, bytes);
	samples.write(w, view, false);
	expect(w.failed).toBe(false);
	return Buffer.from(w.bytes.subarray(0, w.at)).toString();
}

function restored(text: string, roadUsers = 0): Samples {
	const samples = new Samples(roadUsers);
	samples.restore(text);
	return samples;
}

function drain(samples: Samples): Sample[] {
	const all: Sample[] = [];
	for (let head = samples.head(); head; head = samples.head()) {
		all.push(head);
		samples.remove();
	}
	return all;
}

const sum = (all: readonly Sample[], of: (sample: Sample) => number) =>
	all.reduce((total, sample) => total + (of(sample) || 0), 0);

describe("what waits", () => {
	test.each([
		["with a clock", true],
		["without", false],
	])("comes back as it was, dated if it could be, %s", (_how, isDated) => {
		const { samples, view } = taken(5, isDated);
		const back = drain(restored(textOf(samples, view)));
		const was = drain(samples);
		expect(back).toEqual(
			was.map((sample) => ({ ...sample, utc: isDated ? DUSK + sample.at : Number.NaN })),
		);
		expect(back.map(({ life }) => life)).toEqual(Array(5).fill(17));
	});
	test("keeps its own life and date through a second restart, and merges with those of the next", () => {
		const { samples, view } = taken(SAMPLES - 2);
		const next = restored(textOf(samples, view), view.traffic.accumulatedRoadUserNumber);
		const later = { ...view, identity: { ...view.identity, life: 18 } } as View;
		for (let index = 1; index <= 4; index += 1)
			next.take(index * QUARTER, later, METERS, 1, 3, false);
		const all = drain(restored(textOf(next, later)));
		expect(all.length).toBe(SAMPLES);
		expect(all.map(({ life }) => life)).toEqual([...Array(8).fill(17), ...Array(4).fill(18)]);
		expect(all[0]!.interval).toBe(3 * QUARTER);
		expect(all[0]!.utc).toBe(DUSK + 3 * QUARTER);
		expect(sum(all, ({ interval }) => interval)).toBe((SAMPLES + 2) * QUARTER);
		expect(sum(all, ({ roadUsers }) => roadUsers)).toBe(
			sum(drain(taken(SAMPLES - 2).samples), (s) => s.roadUsers),
		);
	});
	test("is merged, oldest first, until it fits; nothing of it is lost", () => {
		const { samples, view } = taken(SAMPLES);
		const all = drain(restored(textOf(samples, view, 700)));
		expect(all.length).toBeLessThan(SAMPLES);
		expect(all.length).toBeGreaterThan(2);
		expect(all.at(-1)).toMatchObject({ interval: QUARTER, at: SAMPLES * QUARTER });
		expect(sum(all, ({ interval }) => interval)).toBe(SAMPLES * QUARTER);
		expect(sum(all, ({ roadUsers }) => roadUsers)).toBe(SAMPLES * 5);
	});
	test("one that covers no time comes back, too: of a report asked for at once", () => {
		const { samples, view } = taken(0);
		samples.take(0, view, METERS, 1, 3, false);
		expect(drain(restored(textOf(samples, view))).map(({ interval }) => interval)).toEqual([0]);
	});
	test("keeps its road users when it is merged with one that reports none", () => {
		const { samples, view } = taken(1);
		for (let index = 2; index <= SAMPLES + 1; index += 1)
			samples.take(index * QUARTER, view, METERS, 1, 3, false);
		const all = drain(samples);
		expect(all).toHaveLength(SAMPLES);
		expect(all[0]).toMatchObject({ interval: 2 * QUARTER, roadUsers: 5, roadUsersTotal: 5 });
		expect(sum(all, ({ roadUsers }) => roadUsers)).toBe(5);
	});
	test("that is on its way is not merged, though the text does not fit", () => {
		const { samples, view } = taken(2);
		const w = new Writer(utf8, 100);
		samples.write(w, view, true);
		expect(w.failed).toBe(true);
		expect(drain(samples)).toEqual(drain(taken(2).samples));
	});
	test("nothing is an empty text", () => {
		expect(textOf(new Samples(), makeView() as View)).toBe("");
	});
});

describe("when it is to be stored", () => {
	test("a minute after a sample; not if the broker has it by then", () => {
		const { samples } = taken(1);
		expect(samples.keepAt).toBe(QUARTER + 60_000);
		samples.remove();
		expect(samples.keepAt).toBe(Infinity);
	});
	test("what is stored is erased when the last of it is delivered", () => {
		const { samples, view } = taken(2);
		const next = restored(textOf(samples, view));
		expect(next.keepAt).toBe(Infinity);
		next.remove();
		expect(next.keepAt).toBe(Infinity);
		next.remove();
		expect(next.keepAt).toBe(0);
		next.kept(false);
		expect(next.keepAt).toBe(Infinity);
	});
});

describe("a text that is not ours", () => {
	const ours = (() => {
		const { samples, view } = taken(3);
		return textOf(samples, view);
	})();
	test.each([
		["nothing", ""],
		["words", "lorem ipsum dolor "],
		["one number too few", ours.replace(/^\S+ /, "")],
		["cut short", ours.slice(0, -3)],
		["one sample too many", ours.repeat(5)],
		["a life of 0", ours.replace(/ 17 /g, " 0 ")],
		["an unknown clock", ours.replace(/^((?:\S+ ){14})\S+/, "$19")],
	])("%s gives none", (_what, text) => {
		const samples = restored(text);
		expect(samples.count).toBe(0);
		expect(samples.keepAt).toBe(text === "" ? Infinity : 0); // and is erased
	});
	test("any text leaves a ring that works", () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc
						.array(fc.oneof(fc.constantFrom("-", "x", ""), fc.double().map(String)))
						.map((all) => all.join(" ")),
				),
				(text) => {
					const samples = restored(text);
					const { view } = taken(0);
					samples.take(1, view, METERS, 1, 3, false);
					expect(samples.count).toBeGreaterThan(0);
					expect(drain(samples).length).toBeLessThanOrEqual(SAMPLES);
				},
			),
			{ seed: 20261124 },
		);
	});
});
