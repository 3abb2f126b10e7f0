/** Reports and writer: whole JSON, the contract's names, never over 2,048 bytes; the page of examples. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { JOURNAL_ENTRIES, Journal, type JournalEntry } from "../../src/journal/journal.js";
import { KeptJournal } from "../../src/journal/keptjournal.js";
import type { ChainLink } from "../../src/lighting/chain.js";
import type { LinkOptions, Reply } from "../../src/link/contract.js";
import { writeEvent } from "../../src/link/eventreport.js";
import { PAYLOAD_BYTES } from "../../src/link/packet.js";
import {
	CHAIN_LINKS,
	writeBirth,
	writeReply,
	writeState,
	writeStatus,
	writeTraffic,
} from "../../src/link/reports.js";
import { Samples } from "../../src/link/samples.js";
import { SUFFIX, Topics } from "../../src/link/topics.js";
import { fixedText, Writer } from "../../src/link/writer.js";
import { walkOf } from "../../src/node/schedule/preview.js";
import { classesOf } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings } from "../../src/settings/table.js";
import type { Percent, UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { evenly } from "../support/evenly.js";
import { examples, PREFIX } from "../support/examples.js";
import { FREE, NO_FLASH } from "../support/flash.js";
import { equalsGolden } from "../support/golden.js";
import { makeView, OPTIONS, utf8, World } from "../support/linkfakes.js";

function written(write: (w: Writer) => void, size = 5000, opening = "{"): string {
	const w = new Writer(utf8, size);
	w.opening = opening;
	w.startJson();
	write(w);
	expect(w.failed).toBe(false);
	return Buffer.from(w.bytes.subarray(0, w.at)).toString();
}

/** The begin of a report of the lamp with the longest names. */
const LONG_NAMES = `{"node":"${"N".repeat(32)}","serial":"${"S".repeat(32)}",`;

/** The longest that every part may be. */
function longest(): { view: View; options: LinkOptions } {
	const view = makeView();
	const name = "N".repeat(32);
	const bys: ChainLink["by"][] = ["systemFailure", "cleaningFactor"];
	Object.assign(view.identity, {
		serial: name,
		site: name,
		node: name,
		hardware: name,
		profile: "development",
		swVersion: "10.20.30-rc.1+build",
		life: 4_294_967_295,
		powerCause: "powerOn",
	});
	Object.assign(view.light, {
		target: 33.3,
		feedback: 66.6,
		actual: 99.9,
		reason: "systemFailure",
		fadeEndsAt: 4_294_967_295 + 3_599_900,
		chain: Array.from({ length: CHAIN_LINKS + 5 }, (_, index) => ({
			by: bys[index % 2]!,
			level: 33.3 as Percent,
			source: index < 4 ? "é".repeat(36) : undefined,
		})),
	});
	Object.assign(view.sensing, { lightLevel: 120_000.5, presence: "settling" });
	Object.assign(view.monitor, {
		isMaintained: true,
		standing: [
			"lampFailure",
			"dimmingFailure",
			"lampUnexpectedOn",
			"cyclingFailure",
			"clockFailure",
			"heapLow",
		],
	});
	view.time.now = 4_294_967_295;
	view.plan.classes = {
		fullClass: "M4",
		fullLevel: 33.3 as Percent,
		floorClass: "M6",
		floorLevel: 22.2 as Percent,
		installedMean: 199.99,
		unit: "cd_m2",
	};
	view.plan.until = 4_102_444_800_000 as UtcMillis;
	const options = {
		...OPTIONS,
		site: name,
		node: name,
		group: name,
		serial: name,
		root: "r".repeat(64),
		supply: "switched" as const,
		settingsRevision: 4_294_967_295,
		presenceReporting: true,
	};
	return { view: view as View, options };
}

test("a birth reports the classes of a street that has them, in the unit of their kind", () => {
	const world = new World();
	const { plan } = world.view;
	const lighting = () =>
		JSON.parse(written((w) => writeBirth(w, world.view as View, OPTIONS, 1, false))).lighting;
	plan.classes = undefined;
	expect(lighting()).toBeUndefined();
	const settings = { ...DEFAULTS, fullClass: "P4", floorClass: "P6", installedMean: 7.5 } as const;
	plan.classes = classesOf(settings as Settings);
	expect(lighting()).toEqual({
		fullClass: "P4",
		fullLevel: 67,
		floorClass: "P6",
		floorLevel: 27,
		installedMean_lx: 7.5,
	});
	const shares = { fullLevel: 33.34, floorLevel: 22.26, installedMean: 7.555 };
	Object.assign(plan, { classes: { ...plan.classes!, ...shares } });
	expect(lighting()).toMatchObject({ fullLevel: 33.3, floorLevel: 22.3, installedMean_lx: 7.56 });
	plan.classes = classesOf({ ...settings, fullClass: "M4", floorClass: "percent" } as Settings);
	expect(lighting()).toEqual({
		fullClass: "M4",
		fullLevel: 10,
		floorLevel: 20,
		installedMean_cd_m2: 7.5,
	});
});

const levels = fc.oneof(fc.integer({ min: 0, max: 100 }), evenly(0, 100));
const someTimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const rounded = (value: number) => Math.round(value * 10) / 10;

/** Values of a state, of which some are absent; sources are texts from outside. */
const states = fc.record({
	target: someTimes(levels),
	feedback: levels,
	actual: levels,
	reason: fc.constantFrom("default", "program", "sensor", "override", "emergency", "systemFailure"),
	chain: fc.array(
		fc.record({
			by: fc.constantFrom("program", "sensor", "floor", "thermal"),
			level: levels,
			source: someTimes(fc.string({ unit: "binary", maxLength: 50, size: "max" })),
		}),
		{ maxLength: 12, size: "max" },
	),
	withChain: fc.boolean(),
	reporting: fc.boolean(),
	dark: fc.boolean(),
	photocell: fc.constantFrom("unknown", "day", "night"),
	lightLevel: someTimes(evenly(0, 120_000)),
	saturated: someTimes(fc.boolean()),
	standing: fc.array(fc.constantFrom("lampFailure", "cyclingFailure"), { maxLength: 2 }),
	isMaintained: fc.boolean(),
	fade: fc.constantFrom(-1_000, 0, 1, 800, 10_000, 3_600_000),
	presence: fc.constantFrom("vacant", "moving", "holding", "settling"),
	utc: someTimes(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2090, 0, 1) })),
	now: fc.integer({ min: 0, max: 2 ** 41 }),
});

test("a state is the JSON of its values, member by member (property)", () => {
	fc.assert(
		fc.property(states, (of) => {
			const world = new World();
			const { view } = world;
			const { target, feedback, actual, reason, chain, lightLevel, standing, utc, now } = of;
			const fadeEndsAt = now + of.fade;
			Object.assign(view.light, { target, feedback, actual, reason, chain, fadeEndsAt });
			Object.assign(view.sensing, { photocell: of.photocell, dark: of.dark, lightLevel });
			Object.assign(view.sensing, { lightSaturated: of.saturated, presence: of.presence });
			Object.assign(view.monitor, { standing, isMaintained: of.isMaintained });
			Object.assign(view.time, { utc, now });
			const options = { ...OPTIONS, presenceReporting: of.reporting };
			const links = chain.slice(0, CHAIN_LINKS).map(({ by, level, source }) => ({
				by,
				level: rounded(level),
				source: source?.slice(0, 40), // as docs/broker.asyncapi.yaml says
			}));
			const expected = JSON.stringify({
				life: view.identity.life,
				targetLightCommand: target === undefined ? undefined : rounded(target),
				feedbackLightCommand: rounded(feedback),
				actualLightState: rounded(actual),
				fadeRemaining_s: of.fade > 0 ? Math.ceil(of.fade / 100) / 10 : undefined,
				reason,
				chain: of.withChain ? links : undefined,
				photocellOutput: of.photocell,
				dark: of.dark,
				lightLevel: lightLevel === undefined ? undefined : rounded(lightLevel),
				lightLevelSaturated: of.saturated || undefined,
				faults: standing.length > 0 ? standing : undefined,
				maintenanceMode: of.isMaintained || undefined,
				presenceStatus: of.reporting
					? ({ vacant: "vacant" }[of.presence as "vacant"] ?? "occupied")
					: undefined,
				time: utc === undefined ? undefined : new Date(utc).toISOString(),
				uptime_ms: now,
			});
			const state = written((w) => writeState(w, view as View, options, of.withChain));
			assert.equal(state, expected);
			const birth = written((w) => writeBirth(w, view as View, options, 1, of.withChain));
			const { life, time, uptime_ms, ...members } = JSON.parse(expected);
			expect(JSON.parse(birth)).toMatchObject({ life, uptime_ms, state: members });
		}),
		{ seed: 7, numRuns: 200 },
	);
});

/** Twice as many events as are held, each as long as can be. */
function longJournal(letter: string): KeptJournal {
	const journal = new KeptJournal(4_294_967_295, { flashLog: NO_FLASH, utf8 }, FREE());
	const message = letter.repeat(150); // with its name, as long as attributes may be
	const type = "presenceSensorFailure";
	for (let index = 0; index < 2 * JOURNAL_ENTRIES; index += 1)
		journal.append(
			{ type, startEndFlag: index % 2 ? "end" : "start", attributes: { why: message } } as never,
			4_000_000_000 + 600_000 * index,
			Date.UTC(2026, 10, 24) as UtcMillis,
		);
	return journal;
}

describe("sizes", () => {
	const { view, options } = longest();
	const explain: Reply = {
		id: "i".repeat(36),
		status: "accepted",
		reason: "notAvailable",
		field: "rampToLevelTime",
		explain: true,
	};
	const cases: [what: string, write: (w: Writer) => void][] = [
		["birth, without the chain", (w) => writeBirth(w, view, options, 4_294_967_295, false)],
		["state", (w) => writeState(w, view, options, true)],
		[
			"explanation in French, without the chain",
			(w) => writeReply(w, view, explain, 1, { ...options, language: "fr" }, false),
		],
	];
	test.each(cases)("the longest %s fits its packet", (_what, write) => {
		const text = written(write, 5000, new Topics(options).opening(options));
		expect(() => JSON.parse(text)).not.toThrow();
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAYLOAD_BYTES);
		expect(Buffer.byteLength(text)).toBeGreaterThan(500);
	});
	test("an explanation says until when as data, too", () => {
		const reply = JSON.parse(written((w) => writeReply(w, view, explain, 1, options, false)));
		expect(reply.programUntil).toBe("2100-01-01T00:00:00.000Z");
	});
	test("the longest page of events fits its packet; the pages are all that is held, newest first", () => {
		const longView = makeView(longJournal("x"));
		longView.time.now = 4_294_967_295;
		const seen: number[] = [];
		for (let page = 1; page <= 7; page += 1) {
			const reply: Reply = { id: "i".repeat(36), status: "done", log: { page } };
			const text = written(
				(w) => writeReply(w, longView as View, reply, 1, OPTIONS, true),
				5000,
				LONG_NAMES,
			);
			expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAYLOAD_BYTES);
			const { pages, events } = JSON.parse(text);
			expect(pages).toBe(7);
			seen.push(...events.map(({ seq }: { seq: number }) => seq));
			if (page === 1) expect(Buffer.byteLength(text)).toBeGreaterThan(1700);
		}
		const newest = 2 * JOURNAL_ENTRIES;
		expect(seen).toEqual(Array.from({ length: JOURNAL_ENTRIES }, (_, index) => newest - index));
	});
	test("a page of events with letters that take two bytes is reported without what they say", () => {
		const world = new World({}, 1, longJournal("é")).online().run(5000);
		world.turn(() => world.link.reply(world.now, { id: "a", status: "done", log: { page: 1 } }));
		world.run(1000);
		const { payload } = world.published().find(({ topic }) => topic.endsWith("/reply"))!;
		const { events } = JSON.parse(payload.toString());
		expect(events.length).toBe(5);
		expect(events[0].attributes).toEqual({});
	});
	test("the longest page of a night fits its packet, and pages follow each other", () => {
		const points = (from: number, count: number) =>
			Array.from({ length: count }, (_, index) => `sunrise-${from - index} ${index}`).join("; ");
		const settings = {
			...DEFAULTS,
			program2: `carnival-friday1: ${points(240, 8)}`,
			calendar: "Mon..Sun: carnival-friday1",
			floorLevel: 90,
			fullLevel: 100,
			maxLevel: 95,
		} as Settings;
		const plan = {
			...view.plan,
			comingDay: undefined,
			walk: (day: number) => walkOf(settings, day),
		};
		const preview = (page: number): Reply => ({
			id: "i".repeat(36),
			status: "done",
			preview: { day: 20_781, page },
		});
		const pages = [1, 2, 3].map((page) => {
			const text = written(
				(w) => writeReply(w, { ...view, plan }, preview(page), 4_294_967_295, options, false),
				5000,
				LONG_NAMES,
			);
			expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAYLOAD_BYTES);
			return JSON.parse(text);
		});
		expect(pages.map(({ pages: count, pieces }) => [count, pieces.length])).toEqual([
			[2, 8],
			[2, 1],
			[2, 0],
		]);
		expect(pages[1].pieces[0]).toMatchObject({ by: ["program", "floor"] });
		expect(Date.parse(pages[1].pieces[0].from)).toBeGreaterThan(
			Date.parse(pages[0].pieces[7].from),
		);
	});
	test("a chain too long for its reply is left out, the sentences are reported", () => {
		const world = new World({ language: "fr" }).online();
		world.view.light.chain = Array.from({ length: CHAIN_LINKS + 1 }, () => ({
			by: "cleaningFactor" as const,
			level: 33.3 as Percent,
			source: "\u0001".repeat(40), // six characters each in JSON
		}));
		world.turn(() => {
			world.link.reply(world.now, { id: "e", status: "done", explain: true });
			world.link.reply(world.now, { id: "after", status: "done" });
			world.link.report(world.now);
		});
		world.run(5000);
		const [explained, after] = world.published("reply").map(({ json }) => json);
		expect(explained).toMatchObject({ id: "e", explanation: expect.any(Array) });
		expect(explained!.chain).toBeUndefined();
		expect(after!.id).toBe("after");
		const state = world.published("state").at(-1)!.json;
		expect(state.reason).toBe("program");
		expect(state.chain).toBeUndefined();
	});
	test("the longest topics fit theirs", () => {
		const topics = new Topics(options);
		for (const filter of topics.filters) expect(filter.length).toBeLessThanOrEqual(156);
		for (const suffix of Object.values(SUFFIX))
			expect(topics.prefix.length + suffix.length + "identity".length).toBeLessThanOrEqual(157);
	});
	test("a quiet node with default settings stays under 200 kB a day, with TLS and TCP on top", () => {
		const world = new World({ reconnectSpread: 300_000 }).networkUp();
		const count = () => {
			const { client } = (
				world.link as unknown as {
					session: { client: { sentBytes: number; receivedBytes: number } };
				}
			).session;
			return client.sentBytes + client.receivedBytes;
		};
		world.run(24 * 3_600_000);
		const packets = world.packets.length * 2; // each is answered
		const overhead = packets * (29 + 40) + 6_000; // a TLS record, TCP and IP heads; one handshake
		expect(count() + overhead).toBeLessThan(200_000);
		expect(count()).toBeGreaterThan(50_000);
	});
});

/** An event of that life, after a second, without a date. */
function entryOf(life: number): JournalEntry {
	const journal = new Journal(life);
	journal.append({ type: "clockSet", attributes: {} } as never, 1000, undefined);
	return journal.read(1)!;
}

describe("contents", () => {
	test("without a clock there is no time, only uptime", () => {
		const view = makeView();
		view.time.utc = undefined;
		for (const write of [
			(w: Writer) => writeStatus(w, view as View, 1, true),
			(w: Writer) => writeState(w, view as View, OPTIONS, true),
		]) {
			const json = JSON.parse(written(write));
			expect(json.time).toBeUndefined();
			expect(json.uptime_ms).toBe(0);
		}
	});
	test("a light sensor at the end of its range says so", () => {
		const view = makeView();
		const state = () => JSON.parse(written((w) => writeState(w, view as View, OPTIONS, false)));
		expect(Object.keys(state())).not.toContain("lightLevelSaturated");
		view.sensing.lightSaturated = true;
		expect(state().lightLevelSaturated).toBe(true);
	});
	test("what is unknown is absent, never a wrong number", () => {
		const view = makeView();
		view.sensing.lightLevel = undefined;
		view.light.target = undefined;
		view.meter.activeEnergy_kWh = Number.NaN;
		const json = JSON.parse(written((w) => writeState(w, view as View, OPTIONS, false)));
		expect(Object.keys(json)).not.toContain("lightLevel");
		expect(Object.keys(json)).not.toContain("targetLightCommand");
		expect(Object.keys(json)).not.toContain("chain");
	});
	test("traffic without a known start of the count", () => {
		const view = makeView();
		view.traffic.accumulatedSince = undefined;
		view.traffic.accumulatedRoadUserNumber = 4;
		const samples = new Samples();
		const meters = { sentBytes: 0, receivedBytes: 0, roundTrip: undefined };
		samples.take(900_000, view as View, meters, 1, 3, false);
		const json = JSON.parse(written((w) => writeTraffic(w, view as View, samples.head()!)));
		expect(json).toMatchObject({ roadUserNumber: 4, interval_s: 900 });
		expect(json.accumulatedSince).toBeUndefined();
	});
	test("a traffic counter that began anew is not a negative number", () => {
		const view = makeView();
		const samples = new Samples();
		const meters = { sentBytes: 0, receivedBytes: 0, roundTrip: undefined };
		for (const total of [50, 4]) {
			view.traffic.accumulatedRoadUserNumber = total;
			samples.take(1, view as View, meters, 1, 3, false);
			expect(samples.head()!.roadUsers).toBe(total);
			samples.remove();
		}
		samples.remove(); // of nothing does no harm
		expect(samples.head()).toBeUndefined();
	});
	test.each([
		["F12", "F12"],
		["", undefined],
		[undefined, undefined],
	])("an event of a lamp at the feeder %j", (feeder, reported) => {
		const entry = entryOf(17);
		const json = JSON.parse(written((w) => writeEvent(w, makeView() as View, entry, feeder)));
		expect(json.feeder).toBe(reported);
	});
	test.each([
		["of this life has the date that the clock gives it since", 17, "2026-11-24T21:02:55.000Z"],
		["of an earlier life has none", 16, undefined],
	])("an event without a date %s", (_what, life, time) => {
		const view = makeView();
		view.time.now = 6000;
		const entry = entryOf(life);
		const json = JSON.parse(written((w) => writeEvent(w, view as View, entry, undefined)));
		expect([json.time, json.uptime_ms]).toEqual([time, 1000]);
	});
	test("dates are RFC 3339 with milliseconds", () => {
		const view = makeView();
		view.time.utc = Date.UTC(2028, 1, 29, 23, 59, 59, 7) as UtcMillis;
		const json = JSON.parse(written((w) => writeStatus(w, view as View, 1, true)));
		expect(json.time).toBe("2028-02-29T23:59:59.007Z");
	});
});

describe("writer", () => {
	const decimals: [value: number, digits: number, text: string][] = [
		[0, 4, "0"],
		[-0, 2, "0"],
		[1234.5678, 4, "1234.5678"],
		[1234.5, 4, "1234.5"],
		[0.05, 4, "0.05"],
		[0.0004, 2, "0"],
		[-0.0004, 2, "0"],
		[-3.25, 1, "-3.3"],
		[99.96, 1, "100"],
		[4_294_967_296.5, 1, "4294967296.5"],
		[1e15, 6, "1000000000000000"],
	];
	test.each(decimals)("%d with %i decimals is %s", (value, digits, text) => {
		expect(fixedText(value, digits)).toBe(text);
	});
	test("numbers are rounded as arithmetic says, and are JSON (seed 5)", () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e6, max: 1e6, noNaN: true }),
				fc.integer({ min: 0, max: 6 }),
				(value, digits) => {
					const text = fixedText(value, digits);
					assert.ok(Math.abs(Number(text) - value) <= 0.5000001 * 10 ** -digits);
					assert.ok(`${JSON.parse(text)}`.length > 0);
					assert.ok((text.split(".")[1] ?? "").length <= digits);
				},
			),
			{ seed: 5, numRuns: 2000 },
		);
	});
	test("any text survives as a member, and what does not fit fails without harm (seed 6)", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "binary", maxLength: 60 }),
				fc.integer({ min: 0, max: 400 }),
				(text, size) => {
					const w = new Writer(utf8, size);
					w.startJson();
					w.openObject();
					w.member("a", text);
					w.openArray("b");
					w.openObject();
					w.member("c", Number.POSITIVE_INFINITY);
					w.closeObject();
					w.openObject();
					w.closeObject();
					w.closeArray();
					w.member("d", false);
					w.closeObject();
					const expected = JSON.stringify({ a: text, b: [{}, {}], d: false });
					assert.equal(w.failed, Buffer.byteLength(expected) > size);
					if (!w.failed) assert.equal(Buffer.from(w.bytes.subarray(0, w.at)).toString(), expected);
				},
			),
			{ seed: 6, numRuns: 1000 },
		);
	});
	test("a byte beyond the end fails", () => {
		const w = new Writer(utf8, 1);
		w.byte(1);
		expect(w.failed).toBe(false);
		w.byte(2);
		expect(w.failed).toBe(true);
		w.restart(0);
		expect(w.failed).toBe(false);
	});
});

describe("docs/broker.md", () => {
	const page = readFileSync(
		fileURLToPath(new URL("../../docs/broker.md", import.meta.url)),
		"utf8",
	);
	const shown = new Map<string, string>();
	for (const [, name, json] of page.matchAll(/<!-- (.+?) -->\n```json\n([\s\S]+?)\n```/g))
		shown.set(name!, JSON.stringify(JSON.parse(json!)));

	test("shows every kind of message that a lamp sends, as it sends it", () => {
		const sent = examples();
		expect(sent.size).toBe(14);
		for (const [name, payload] of sent)
			equalsGolden(payload, shown.get(name), `docs/broker.md, ${name}`, "edit it by hand");
		for (const name of Object.keys(SUFFIX))
			if (name !== "reply" && name !== "settings") expect(page).toContain(`\`${name}\``);
		expect(page).toContain(PREFIX.slice(0, -1));
	});
	test("names every topic that a lamp receives", () => {
		for (const filter of new Topics({ ...OPTIONS, tls: true }).filters)
			expect(page).toContain(
				filter
					.replace("luminode/1", "{root}")
					.replace("liege", "{site}")
					.replace("pole-00001", "{node}")
					.replace("quay", "{group}")
					.replace(/desired\/\w+$/, "desired/{section}"),
			);
	});
});
