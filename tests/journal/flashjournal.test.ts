/** Flash journal: what was stored is delivered, through any power cut, and the wear is even. */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Severity } from "../../src/journal/events.js";
import { FlashJournal, LEAST_SECTORS, RESERVED } from "../../src/journal/flashjournal.js";
import type { JournalEntry } from "../../src/journal/journal.js";
import { TALLY_SECTORS } from "../../src/journal/tally.js";
import type { UtcMillis } from "../../src/units.js";
import { FakeFlash, FREE, NO_FLASH, PowerCut, SECTOR } from "../support/flash.js";
import { utf8 } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";

/** Of the order in which bits tear. */
const NOISES = Array.from({ length: 64 }, (_, index) => index);
const UTC = Date.UTC(2026, 10, 24) as UtcMillis;

function entry(life: number, seq: number, more: Partial<JournalEntry> = {}): JournalEntry {
	return {
		life,
		seq,
		type: "fault",
		startEndFlag: undefined,
		severity: "repair",
		count: 1,
		uptime: 1000 * seq,
		utc: UTC,
		attributes: `{"where":"t","message":"${seq}"}`,
		...more,
	} as JournalEntry;
}

function open(flash: FakeFlash, budget = FREE()): FlashJournal {
	const journal = new FlashJournal({ flashLog: flash, utf8 }, budget);
	journal.open();
	return journal;
}

/** Takes all out, as a broker that acknowledges everything. */
function drain(journal: FlashJournal, most = Infinity): string[] {
	const out: string[] = [];
	for (let head = journal.head(); head && out.length < most; head = journal.head()) {
		out.push(`${head.life}/${head.seq}`);
		journal.delivered();
	}
	return out;
}

const run = (life: number, from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => `${life}/${from + index}`);

test("a read that fails, at any place, delivers nothing twice and leaves the rest to the next life", () => {
	const filled = new FakeFlash(16);
	const writer = open(filled);
	for (let seq = 1; seq <= 90; seq += 1) writer.append(entry(1, seq));
	drain(writer, 40);
	for (let bad = 0; bad < 200; bad += 1) {
		const flash = filled.copy();
		let index = 0;
		flash.failsToRead = () => index++ === bad;
		const shaky = open(flash);
		const before = drain(shaky);
		const isHit = index > bad;
		if (isHit) assert.deepEqual([shaky.isUsable, shaky.append(entry(2, 1))], [false, false]);
		flash.failsToRead = () => false;
		assert.deepEqual([bad, [...before, ...drain(open(flash))]], [bad, run(1, 41, 90)]);
	}
	const dead = filled.copy();
	dead.failsToRead = () => true;
	expect(drain(open(dead))).toEqual([]);
});

describe("entries", () => {
	test("come out in the order in which they went in, in this life and the next", () => {
		const flash = new FakeFlash(16);
		const first = open(flash);
		for (let seq = 1; seq <= 10; seq += 1) first.append(entry(1, seq));
		expect(drain(first, 3)).toEqual(run(1, 1, 3));
		const second = open(flash);
		for (let seq = 1; seq <= 5; seq += 1) second.append(entry(2, seq));
		expect(drain(second, 9)).toEqual([...run(1, 4, 10), ...run(2, 1, 2)]);
		expect(drain(open(flash))).toEqual(run(2, 3, 5));
		expect(open(flash).waits).toBe(false);
	});
	test("are whole again", () => {
		const flash = new FakeFlash(16);
		const appended = entry(7, 3, { startEndFlag: "end", severity: "safety", count: 9 });
		open(flash).append(appended);
		expect(open(flash).head()).toEqual(appended);
	});
	test("of an undated beginning get the date that their life came to know", () => {
		const flash = new FakeFlash(16);
		const journal = open(flash);
		for (let seq = 1; seq <= 60; seq += 1) journal.append(entry(1, seq, { utc: undefined }));
		journal.append(entry(1, 61));
		journal.append(entry(2, 1, { utc: undefined }));
		journal.append(entry(3, 1));
		const next = open(flash);
		expect(next.head()?.utc).toBe(UTC - 60_000);
		expect(drain(next, 61)).toHaveLength(61);
		expect(next.head()?.utc).toBeUndefined(); // that life had no date, whatever the next one had
		expect(drain(next)).toEqual(["2/1", "3/1"]);
	});
});

describe("the ring", () => {
	test("is worn evenly over years of events that are delivered", () => {
		const flash = new FakeFlash(16);
		const budget = FREE();
		let journal = open(flash, budget);
		for (let seq = 1; seq <= 10_000; seq += 1) {
			if (seq % 700 === 0) journal = open(flash, budget);
			assert.equal(journal.append(entry(1, seq)), true);
			if (seq % 3) assert.ok(drain(journal).includes(`1/${seq}`));
			if (journal.isEraseDue && seq % 2) journal.erase();
		}
		const wear = flash.wear.slice(0, -TALLY_SECTORS);
		expect(Math.max(...wear) - Math.min(...wear)).toBeLessThanOrEqual(1);
		expect(flash.wear.slice(-TALLY_SECTORS)).toEqual([0, 0]);
		expect(flash.erases).toBe(budget.sectorErases);
		const records = 10_000 / flash.erases;
		expect(records).toBeGreaterThan(50); // a sector holds so many
	});
	test("never overwrites what waits: the less severe is refused first, the worst last", () => {
		const flash = new FakeFlash(16);
		const journal = open(flash);
		const refusedAt: Partial<Record<Severity, number>> = {};
		let stored = 0;
		for (let seq = 1; seq < 2_000; seq += 1)
			for (const severity of ["info", "repair", "safety"] as const) {
				if (journal.takes(severity, 0) && journal.append(entry(1, seq, { severity }))) stored += 1;
				else refusedAt[severity] ??= stored;
			}
		expect(refusedAt.info!).toBeLessThan(refusedAt.repair!);
		expect(refusedAt.repair!).toBeLessThan(refusedAt.safety!);
		expect(refusedAt.safety!).toBe(stored);
		expect(stored).toBeGreaterThan(530);
		expect(drain(open(flash))).toHaveLength(stored);
		expect(RESERVED.safety).toBe(0);
	});
	test("has room again as soon as a sector is delivered", () => {
		const flash = new FakeFlash(LEAST_SECTORS);
		const journal = open(flash);
		let seq = 0;
		while (journal.append(entry(1, seq + 1, { severity: "safety" }))) seq += 1;
		expect(journal.isUsable).toBe(true);
		expect(journal.isEraseDue).toBe(false);
		const perSector = seq / (LEAST_SECTORS - TALLY_SECTORS);
		drain(journal, Math.ceil(perSector));
		expect(journal.isEraseDue).toBe(true);
		journal.erase();
		expect(journal.append(entry(1, seq + 1))).toBe(true);
		expect(drain(open(flash)).at(-1)).toBe(`1/${seq + 1}`);
	});
	test("is erased ahead, so that a write need not wait for it", () => {
		const flash = new FakeFlash(16);
		const journal = open(flash);
		journal.append(entry(1, 1));
		journal.erase();
		const { erases } = flash;
		let seq = 1;
		while (!journal.isEraseDue) journal.append(entry(1, ++seq));
		expect(flash.erases).toBe(erases);
		expect(open(flash).isEraseDue).toBe(true); // after a restart, too
	});
	test("what is not urgent waits where the budget for erases is spent", () => {
		const flash = new FakeFlash(16);
		const journal = open(flash, {
			sectorErases: 0,
			erases: () => {},
			mayErase: (_now, isSafety) => isSafety === true,
		});
		expect([journal.takes("info", 0), journal.takes("safety", 0)]).toEqual([false, true]);
		expect(journal.append(entry(1, 1, { severity: "safety" }))).toBe(true);
		expect(journal.takes("info", 0)).toBe(true); // there is room without an erase
	});
	test.each([
		["no log", () => NO_FLASH],
		["a log that is too small", () => new FakeFlash(LEAST_SECTORS - 1)],
	])("%s takes nothing and says so", (_what, make) => {
		const journal = open(make());
		expect(journal.isUsable).toBe(false);
		expect(journal.takes("safety", 0)).toBe(false);
		expect(journal.append(entry(1, 1))).toBe(false);
		expect([journal.waits, journal.head(), journal.isEraseDue]).toEqual([false, undefined, false]);
	});
	test("flash that fails takes nothing more, and gives what it has", () => {
		const flash = new FakeFlash(16);
		const journal = open(flash);
		journal.append(entry(1, 1));
		journal.append(entry(1, 2));
		flash.isBroken = true;
		expect(journal.append(entry(1, 3))).toBe(false);
		expect(journal.isUsable).toBe(false);
		expect(drain(journal)).toEqual(run(1, 1, 2));
	});
	test("a flash full of something else is taken over", () => {
		const flash = new FakeFlash(16);
		let state = 1;
		for (let at = 0; at < flash.bytes.length; at += 1) {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			flash.bytes[at] = state >>> 24;
		}
		const journal = open(flash);
		expect(journal.waits).toBe(false);
		for (let seq = 1; seq <= 500; seq += 1) assert.ok(journal.append(entry(1, seq)));
		expect(drain(open(flash))).toEqual(run(1, 1, 500));
	});
});

/**
 * One story, repeated with a cut after each of its bytes and erases: what `append` had said it
 * stored comes out, in order, nothing twice but what was under way, nothing that was never there.
 */
describe.each([
	["front to back", false],
	["in any order within a page or sector", true],
] as const)("power cuts that tear %s", (_how, isChaotic) => {
	interface Progress {
		stored: string[];
		delivered: string[];
		underway: string | undefined;
	}

	function story(flash: FakeFlash, life: number, count: number, progress: Progress): void {
		const journal = open(flash);
		let seq = 0;
		for (let step = 0; step < count; step += 1) {
			progress.underway = `${life}/${++seq}`;
			if (journal.append(entry(life, seq))) progress.stored.push(`${life}/${seq}`);
			progress.underway = undefined;
			if (step % 5 === 4) {
				const head = journal.head()!;
				progress.underway = `${head.life}/${head.seq}`;
				journal.delivered();
				progress.delivered.push(progress.underway);
				progress.underway = undefined;
			}
			if (journal.isEraseDue && step % 7 === 3) journal.erase();
		}
	}

	interface Before {
		readonly flash: FakeFlash;
		readonly progress: Progress;
	}

	/** The flash after a first life of so many steps, in which no power failed. */
	function filled(steps: number): Before {
		const flash = new FakeFlash(LEAST_SECTORS);
		flash.isChaotic = isChaotic;
		const progress: Progress = { stored: [], delivered: [], underway: undefined };
		story(flash, 1, steps, progress);
		return { flash, progress };
	}

	/** Whether the cut came before the end; checks what a next life finds. */
	function survives(cutAfter: number, noise: number, before: Before): boolean {
		const flash = before.flash.copy();
		const progress = structuredClone(before.progress);
		flash.noise = noise;
		flash.cutAfter = cutAfter;
		let isCut = false;
		try {
			story(flash, 2, 12, progress);
		} catch (error) {
			if (!(error instanceof PowerCut)) throw error;
			isCut = true;
		}
		flash.cutAfter = Infinity;
		const journal = open(flash);
		assert.equal(journal.append(entry(3, 1)), true);
		const out = drain(journal);
		const owed = [...progress.stored.filter((name) => !progress.delivered.includes(name)), "3/1"];
		const { underway } = progress;
		const isNew = underway !== undefined && !owed.includes(underway);
		const allowed = [owed];
		if (isNew)
			allowed.push([...owed.slice(0, -1), underway, "3/1"]); // appended, not yet answered
		else if (underway) allowed.push(owed.filter((name) => name !== underway)); // delivered
		assert.ok(allowed.some((names) => isDeepStrictEqual(names, out)));
		assert.deepEqual(drain(open(flash)), []);
		return isCut;
	}

	test.each([
		["in the middle of a sector", 20],
		["where a sector fills and the next is erased", 55],
	])("at every byte %s", (_where, fill) => {
		const before = filled(fill);
		const noises = isChaotic ? scaled(NOISES.slice(0, 1), NOISES) : scaled([0x5a], [0, 0x5a, 0xff]);
		for (const noise of noises) {
			let cut = 0;
			while (survives(cut, noise, before)) cut += 1;
			expect(cut).toBeGreaterThan(700);
		}
	});

	test("at random bytes of many lives, one after the other (seed 5)", () => {
		const lives = fc.array(
			fc.record({ steps: fc.nat(150), cut: fc.nat(12_000), noise: fc.nat(255) }),
			{ maxLength: 12 },
		);
		const tornHeads = Array.from({ length: 3 }, () => ({ steps: 1, cut: 12, noise: 0 }));
		fc.assert(
			fc.property(lives, (all) => {
				const flash = new FakeFlash(LEAST_SECTORS);
				flash.isChaotic = isChaotic;
				const progress: Progress = { stored: [], delivered: [], underway: undefined };
				const doubtful = new Set<string>();
				let cuts = 0;
				for (const [index, { steps, cut, noise }] of all.entries()) {
					flash.noise = noise;
					flash.cutAfter = cut;
					try {
						story(flash, index + 1, steps, progress);
					} catch (error) {
						if (!(error instanceof PowerCut)) throw error;
						cuts += 1;
						if (progress.underway) doubtful.add(progress.underway);
					}
				}
				flash.cutAfter = Infinity;
				const out = drain(open(flash));
				const delivered = new Set(progress.delivered);
				const owed = progress.stored.filter((name) => !delivered.has(name));
				// What was under way at a cut may have come through or not, the rest is certain.
				expect(out.filter((name) => !doubtful.has(name))).toEqual(
					owed.filter((name) => !doubtful.has(name)),
				);
				expect(new Set(out).size).toBe(out.length);
				// a head that was torn costs its sector an erase in the next life
				const wear = flash.wear.slice(0, -TALLY_SECTORS);
				expect(Math.max(...wear) - Math.min(...wear)).toBeLessThanOrEqual(2 + cuts);
			}),
			{ seed: 5, numRuns: scaled(25, 60), examples: [[tornHeads]] },
		);
	});
});

describe("a torn erase", () => {
	const MAGIC_BYTES = 4;
	const SEQUENCES = 12;
	test.each<[what: string, isErased: (at: number) => boolean]>([
		["leaves the magic and the records", (at) => at >= MAGIC_BYTES && at < 64],
		["leaves all but the marks of delivery", (at) => at >= SEQUENCES && at % 2 === 0],
		["leaves the head and every third byte", (at) => at >= SEQUENCES && at % 3 !== 0],
		["leaves the head alone", (at) => at >= SEQUENCES],
	])("that %s loses nothing later, and brings back nothing old", (_what, isErased) => {
		const flash = new FakeFlash(LEAST_SECTORS);
		let journal = open(flash);
		let seq = 0;
		const erase = flash.erase.bind(flash);
		flash.erase = (sector) => {
			const from = sector * SECTOR;
			if (flash.wear[sector] === 0) return erase(sector);
			for (let at = 0; at < SECTOR; at += 1) if (isErased(at)) flash.bytes[from + at] = 255;
			throw new PowerCut();
		};
		expect(() => {
			for (;;) {
				journal.append(entry(1, ++seq));
				if (seq % 2 === 0) drain(journal);
			}
		}).toThrow(PowerCut);
		flash.erase = erase;
		const before = drain(open(flash));
		expect([[], [`1/${seq - 1}`]]).toContainEqual(before); // nothing of the round before
		journal = open(flash);
		for (let index = 1; index <= 150; index += 1) assert.ok(journal.append(entry(2, index)));
		expect(drain(open(flash))).toEqual(run(2, 1, 150));
	});
});

test("a boot reads little of a log that is delivered", () => {
	const flash = new FakeFlash(16);
	const journal = open(flash);
	for (let seq = 1; seq <= 2_000; seq += 1) {
		journal.append(entry(1, seq));
		drain(journal);
	}
	let reads = 0;
	const counting = Object.create(flash) as FakeFlash;
	counting.read = (offset, into) => {
		reads += 1;
		return flash.read(offset, into);
	};
	open(counting);
	expect(reads).toBeLessThan(17 + 2 * (SECTOR / 70)); // heads of the sectors, records of the newest
});
