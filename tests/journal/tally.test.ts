/** Tally: every mark counts once, through any power cut, and an erase lasts for thousands of them. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	ERASE,
	LASTED,
	LIFE,
	LOSS,
	type Mark,
	READY,
	TALLY_SECTORS,
	Tally,
	TIME,
	WRITE,
} from "../../src/journal/tally.js";
import { FakeFlash, PowerCut, SECTOR } from "../support/flash.js";
import { scaled } from "../support/scale.js";

const KINDS: readonly Mark[] = [LIFE, LOSS, TIME, WRITE, ERASE, LASTED, READY];
const counts = ({ lives, losses, row, lossRow, spentOnWrites, spentOnErases }: Tally) =>
	[lives, losses, row, lossRow, spentOnWrites, spentOnErases].join(" ");
/** What the same marks come to without flash, after so many lives: the rule itself, a line each. */
const expected = (marks: readonly Mark[], before = 0): string => {
	let [lives, losses, row, lossRow, writes, erases] = [before, 0, before, 0, 0, 0];
	for (const mark of marks) {
		const isLife = mark === LIFE;
		lives += Number(isLife);
		losses += Number(mark === LOSS);
		row = mark === LASTED ? 0 : row + Number(isLife);
		lossRow = mark === LASTED ? 0 : lossRow + Number(mark === LOSS);
		if (mark === WRITE) writes = Math.min(144, writes + 3);
		if (mark === ERASE) erases = Math.min(144, erases + 30);
		if (mark === TIME) [writes, erases] = [Math.max(0, writes - 1), Math.max(0, erases - 1)];
	}
	return [lives, losses, row, lossRow, writes, erases].join(" ");
};
const ofMarks = fc.array(fc.constantFrom(...KINDS), { maxLength: 500 });

test("what was marked is counted by the next life, however many there were (seed 3)", () => {
	fc.assert(
		fc.property(fc.array(ofMarks, { maxLength: 6 }), (lives) => {
			const flash = new FakeFlash(3);
			const all: Mark[] = [];
			for (const marks of lives) {
				const tally = new Tally(flash);
				for (const mark of marks) tally.mark(mark);
				all.push(...marks);
				assert.equal(counts(tally), expected(all));
				assert.equal(counts(new Tally(flash)), expected(all));
			}
			expect(flash.bytes.subarray(0, -TALLY_SECTORS * SECTOR).every((byte) => byte === 255)).toBe(
				true,
			);
		}),
		{ seed: 3, numRuns: 30 },
	);
});

describe("a read that fails", () => {
	const flashOf = (marks: number) => {
		const flash = new FakeFlash(3);
		const tally = new Tally(flash);
		for (let index = 0; index < marks; index += 1) tally.mark(LIFE);
		return flash;
	};
	test.each([1, 500, 3_000, 7_000])(
		"any of those of a boot after %i lives: no count is kept in this life",
		(lives) => {
			const flash = flashOf(lives);
			let reads = 0;
			flash.failsToRead = () => reads++ === Infinity;
			new Tally(flash);
			const all = reads;
			for (let bad = 0; bad < all; bad += 1) {
				let index = 0;
				flash.failsToRead = () => index++ === bad;
				const tally = new Tally(flash);
				assert.deepEqual([tally.isKept, tally.isNew, tally.lives], [false, true, 0]);
				tally.mark(LIFE);
			}
			flash.failsToRead = () => true;
			expect(new Tally(flash).isKept).toBe(false);
			flash.failsToRead = () => false;
			expect(new Tally(flash).lives).toBe(lives);
		},
	);
});

describe("a read of the next page that fails", () => {
	test.each([
		["the next page", 208],
		["the first one of the other sector", 6656],
	])(
		"%s: nothing more is written or erased, and all marks before are there in the next life",
		(_what, marks) => {
			const flash = new FakeFlash(3);
			const tally = new Tally(flash);
			for (let index = 0; index < marks; index += 1) tally.mark(LIFE);
			const before = flash.bytes.slice();
			const { erases } = flash;
			flash.failsToRead = () => true;
			for (let index = 1; index <= 3; index += 1) {
				tally.mark(LIFE);
				expect([tally.isKept, tally.lives]).toEqual([false, marks + index]);
			}
			expect([flash.erases, Buffer.compare(flash.bytes, before)]).toEqual([erases, 0]);
			flash.failsToRead = () => false;
			expect(new Tally(flash).lives).toBe(marks);
		},
	);
});

const LIVES = scaled(7_000, 20_000);
test(`${LIVES} lives are numbered without a gap; an erase is one of 6,000 marks and more`, () => {
	const flash = new FakeFlash(3);
	for (let life = 1; life <= LIVES; life += 1) {
		const tally = new Tally(flash);
		tally.mark(LIFE);
		if (tally.lives !== life) throw new Error(`${tally.lives}, not ${life}`);
	}
	expect(flash.erases).toBe(1 + Math.floor(LIVES / 6_400));
});

describe("the other sector is erased ahead", () => {
	/** Marks up to `count`, each in a life of its own; erases ahead as soon as it may. */
	function ahead(count: number) {
		const flash = new FakeFlash(3);
		const duringMarks: number[] = [];
		for (let index = 0; index < count; index += 1) {
			const tally = new Tally(flash);
			if (tally.isEraseDue) tally.erase();
			const { erases } = flash;
			tally.mark(LIFE);
			if (flash.erases > erases) duringMarks.push(index);
		}
		return { flash, duringMarks };
	}
	test("once a sector, and no mark but the first ever has to erase", () => {
		const { flash, duringMarks } = ahead(14_000);
		expect(duringMarks).toEqual([0]);
		expect(flash.erases).toBe(1 + Math.floor((14_000 + 208) / 6656));
		expect(new Tally(flash).lives).toBe(14_000);
	});
	test("and once more where it is not blank any more when it is needed", () => {
		const flash = new FakeFlash(3);
		const tally = new Tally(flash);
		for (let index = 0; index < 6655; index += 1) tally.mark(LIFE);
		tally.erase();
		flash.bytes[2 * SECTOR + 5] = 0x7f; // decayed
		tally.mark(LIFE);
		expect([new Tally(flash).lives, flash.erases]).toEqual([6656, 3]);
	});
	test("no sooner than on the last page of one", () => {
		const flash = new FakeFlash(3);
		const tally = new Tally(flash);
		expect(tally.isEraseDue).toBe(false);
		for (let index = 0; index < 6448; index += 1) tally.mark(LIFE);
		expect(new Tally(flash).isEraseDue).toBe(false);
		new Tally(flash).mark(LIFE);
		expect(new Tally(flash).isEraseDue).toBe(true);
	});
});

describe.each([
	["front to back", false],
	["in any order within a page or sector", true],
] as const)("a power cut that tears %s", (_how, isChaotic) => {
	const CHAOS = [0, 1, 2, 3, 4, 5, 6, 7];
	/** The marks that a torn one can be taken for. */
	const parts = (mark: Mark): Mark[] => KINDS.filter((kind) => (kind | mark) === kind);

	test("at any byte of any mark: it counts, in part, or not at all; nothing else is lost", () => {
		let cuts = 0;
		for (const filled of [0, 207, 208, 6655, 6656]) // where pages and sectors end
			for (const noise of isChaotic ? scaled([0, 5], CHAOS) : [0, 0xa5])
				for (const mark of KINDS)
					for (let cut = 0; cut < 30; cut += 1) {
						const flash = fullTo(filled);
						flash.noise = noise;
						flash.isChaotic = isChaotic;
						flash.cutAfter = cut;
						const isCut = marked(flash, mark);
						flash.cutAfter = Infinity;
						cuts += Number(isCut);
						const found = new Tally(flash);
						const allowed: Mark[][] = [[mark]];
						if (isCut) allowed.push([], ...parts(mark).map((part) => [part]));
						const is = counts(found);
						assert.ok(allowed.some((marks) => expected(marks, filled) === is));
						const was = found.lives;
						found.mark(LIFE);
						const next = new Tally(flash);
						assert.deepEqual([next.lives, next.isKept], [was + 1, true]);
						if (!isCut) break;
					}
		expect(cuts).toBeGreaterThan(100);
	});

	test("at any byte of an erase ahead, or of what comes after it: nothing is lost, none numbered twice", () => {
		let cuts = 0;
		for (const filled of [6449, 6655]) // marks, both on a sector's last page
			for (const noise of isChaotic ? scaled([2, 7], CHAOS) : scaled([2, 0xa5], [2, 3, 0xa5]))
				for (let cut = 0; cut < 300; cut += 1) {
					const flash = fullTo(filled);
					flash.noise = noise;
					flash.isChaotic = isChaotic;
					flash.cutAfter = cut;
					const tally = new Tally(flash);
					assert.deepEqual([tally.isEraseDue, tally.isShort], [true, filled > 6449]);
					let isCut = false;
					try {
						tally.erase();
						while (tally.lives < 6662) tally.mark(LIFE);
					} catch (error) {
						if (!(error instanceof PowerCut)) throw error;
						isCut = true;
					}
					flash.cutAfter = Infinity;
					cuts += Number(isCut);
					const found = new Tally(flash);
					assert.ok(Math.abs(found.lives - tally.lives) <= Number(isCut));
					if (found.isEraseDue) found.erase();
					const was = found.lives;
					for (let index = 0; index < 12; index += 1) new Tally(flash).mark(LIFE);
					assert.equal(new Tally(flash).lives, was + 12);
					if (!isCut) break;
				}
		expect(cuts).toBeGreaterThan(scaled(200, 700));
	});

	const kept = new Map<number, Uint8Array>();
	/** Flash in which so many lives were marked. */
	function fullTo(count: number): FakeFlash {
		const flash = new FakeFlash(3);
		const image = kept.get(count);
		if (image) flash.bytes.set(image);
		else {
			const tally = new Tally(flash);
			for (let index = 0; index < count; index += 1) tally.mark(LIFE);
			kept.set(count, flash.bytes.slice());
		}
		return flash;
	}

	function marked(flash: FakeFlash, mark: Mark): boolean {
		try {
			new Tally(flash).mark(mark);
			return false;
		} catch (error) {
			if (!(error instanceof PowerCut)) throw error;
			return true;
		}
	}

	test("again and again, at random bytes: no life is numbered twice (seed 8)", () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ cut: fc.nat(200), noise: fc.nat(255) }), { maxLength: 200 }),
				(lives) => {
					const flash = new FakeFlash(3);
					flash.isChaotic = isChaotic;
					let last = 0;
					for (const { cut, noise } of lives) {
						flash.noise = noise;
						flash.cutAfter = cut;
						try {
							const tally = new Tally(flash);
							tally.mark(LIFE);
							assert.ok(tally.lives > last);
							last = tally.lives;
							for (let index = 0; index < 300; index += 1) tally.mark(KINDS[index % KINDS.length]!);
							last = tally.lives;
						} catch (error) {
							if (!(error instanceof PowerCut)) throw error;
						}
					}
				},
			),
			{ seed: 8, numRuns: 30 },
		);
	});
});

test("a page of which all but the sequence was written before a cut is skipped, by other counts, too", () => {
	const flash = new FakeFlash(3);
	const tally = new Tally(flash);
	for (let index = 0; index < 208; index += 1) tally.mark(LIFE);
	const write = flash.write.bind(flash);
	flash.write = (offset, bytes, start, count) => {
		write(offset + 4, bytes, start + 4, count - 4);
		throw new PowerCut();
	};
	expect(() => tally.mark(LIFE)).toThrow(PowerCut);
	flash.write = write;
	const next = new Tally(flash);
	next.raise(5000); // a replaced node's
	for (let index = 1; index <= 500; index += 1) {
		next.mark(LIFE);
		assert.equal(new Tally(flash).lives, 5000 + index);
	}
});

describe("where flash is missing or fails", () => {
	test.each([0, 1, 2])("%i sectors: counts are of this life alone", (sectors) => {
		const flash = new FakeFlash(sectors);
		const tally = new Tally(flash);
		tally.mark(LIFE);
		expect([tally.isKept, tally.lives, new Tally(flash).lives]).toEqual([false, 1, 0]);
	});
	test("what fails on the way goes on in memory", () => {
		const flash = new FakeFlash(3);
		const tally = new Tally(flash);
		tally.mark(LIFE);
		flash.isBroken = true;
		tally.mark(LIFE);
		expect([tally.isKept, tally.lives]).toEqual([false, 2]);
	});
	test("where an erase fails nothing is written", () => {
		const flash = new FakeFlash(3);
		flash.erase = () => false;
		const tally = new Tally(flash);
		tally.mark(LIFE);
		expect([tally.isKept, tally.lives]).toEqual([false, 1]);
		expect(flash.bytes.every((byte) => byte === 255)).toBe(true);
	});
	test("two sectors of something else are taken over", () => {
		const flash = new FakeFlash(3);
		for (let at = 0; at < flash.bytes.length; at += 1) flash.bytes[at] = (at * 97) >> 3;
		expect(new Tally(flash).isNew).toBe(true);
		new Tally(flash).mark(LIFE);
		expect(new Tally(flash).lives).toBe(1);
	});
});
