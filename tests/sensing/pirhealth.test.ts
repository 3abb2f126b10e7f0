/** PIR health: each way to fail is found within its stated time, and what is no failure is not. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import {
	ACTIVE_AT_BOOT,
	BUSY_LEAST,
	CALM,
	HOURS_LEARNT,
	MISSED_LEAVING,
	MISSED_PASSING,
	PirHealth,
	RESTLESS_AFTER,
	STUCK_ON_AFTER,
} from "../../src/sensing/pirhealth.js";
import type { Millis } from "../../src/units.js";

const SECOND: Millis = 1000;
const SILENT_AFTER = 48 * HOUR;

/** A PIR whose edges a test makes; the hours are those since its boot. */
class Bench {
	readonly pir: PirHealth;
	constructor(silence = 0) {
		this.pir = new PirHealth(0, silence);
	}
	move(at: Millis, length = 3 * SECOND): this {
		this.turn(at);
		this.pir.onMovement(at);
		this.assess(at);
		this.pir.onStillness(at + length);
		this.assess(at + length);
		return this;
	}
	turn(at: Millis): void {
		const hour = Math.floor(at / HOUR);
		this.pir.turnHour(at, hour, (hour + 1) * HOUR);
	}
	assess(at: Millis): string | undefined {
		this.turn(at);
		this.pir.doubt = this.pir.assess(at, SILENT_AFTER);
		return this.pir.doubt;
	}
	/** `each(hour of the day)` movements an hour, evenly, for so many hours. */
	pass(from: number, hours: number, each: (hour: number) => number): this {
		for (let hour = from; hour < from + hours; hour++)
			for (let i = 0, count = each(hour % 24); i < count; i++)
				this.move(hour * HOUR + (i * HOUR) / count);
		return this;
	}
}

describe("stuck on", () => {
	test("an hour without stillness, not a moment before; stillness ends it", () => {
		const { pir } = new Bench();
		pir.onMovement(1000);
		expect(pir.dueAt(1000, SILENT_AFTER)).toBe(1000 + STUCK_ON_AFTER);
		expect(pir.assess(999 + STUCK_ON_AFTER, SILENT_AFTER)).toBeUndefined();
		expect(pir.assess(1000 + STUCK_ON_AFTER, SILENT_AFTER)).toBe("stuckOn");
		pir.onStillness(2000 + STUCK_ON_AFTER);
		expect(pir.assess(2000 + STUCK_ON_AFTER, SILENT_AFTER)).toBeUndefined();
	});
});

describe("silent", () => {
	test("after two days and nights without an edge; an empty night is none", () => {
		const bench = new Bench().move(HOUR);
		const since = bench.pir.silentSince;
		expect(bench.assess(since + 14 * HOUR)).toBeUndefined();
		expect(bench.pir.dueAt(since + 14 * HOUR, SILENT_AFTER)).toBe(since + SILENT_AFTER);
		expect(bench.assess(since + SILENT_AFTER)).toBe("silent");
		expect(bench.move(since + SILENT_AFTER + HOUR).pir.doubt).toBeUndefined();
	});
	test("what was silent before a restart counts", () => {
		const bench = new Bench(36 * HOUR);
		expect(bench.assess(12 * HOUR - 1)).toBeUndefined();
		expect(bench.assess(12 * HOUR)).toBe("silent");
	});
	test.each([
		["pass, five", MISSED_PASSING, 5],
		["go away from it, twenty", MISSED_LEAVING, 20],
	])("neighbours saw people %s one after the other", (_what, weight, enough) => {
		const bench = new Bench();
		for (let i = 1; i < enough; i++) bench.pir.onPassedBy(i * MINUTE, weight);
		expect(bench.assess(HOUR)).toBeUndefined();
		bench.move(HOUR + MINUTE); // it saw someone: they were chance
		for (let i = 2; i < enough + 2; i++) {
			expect(bench.assess(HOUR + i * MINUTE)).toBeUndefined();
			bench.pir.onPassedBy(HOUR + i * MINUTE, weight);
		}
		expect(bench.assess(2 * HOUR)).toBe("silent");
		expect(bench.move(2 * HOUR).pir.doubt).toBeUndefined();
	});
	test("one who passed and then goes away counts once", () => {
		const { pir } = new Bench();
		pir.onPassedBy(10 * MINUTE, MISSED_PASSING);
		pir.onPassedBy(10 * MINUTE - 2 * SECOND, MISSED_LEAVING);
		expect(pir.missed).toBe(MISSED_PASSING);
	});
	test("who is seen while passing is not missed", () => {
		const bench = new Bench();
		for (let i = 1; i <= 20; i++) {
			bench.move(i * MINUTE);
			bench.pir.onPassedBy(i * MINUTE + 8 * SECOND, MISSED_PASSING);
		}
		expect(bench.pir.missed).toBe(0);
	});
});

test.each<[first: string, edge: (pir: PirHealth) => void, soon: boolean, later: boolean]>([
	["an output that is still active at the boot", (pir) => pir.onMovement(10), true, true],
	["no edge: the output is inactive", () => {}, true, false],
	["stillness", (pir) => pir.onStillness(10), false, false],
	["movement once it was found inactive", (pir) => pir.onMovement(ACTIVE_AT_BOOT), true, false],
])(
	"an output stuck before the boot stays in doubt until it is still: %s",
	(_first, edge, soon, later) => {
		const pir = new PirHealth(0, 0);
		pir.restore("stuckOn", 0);
		const doubtAt = (at: Millis) => {
			pir.settle(pir.assess(at, SILENT_AFTER));
			return [pir.doubt, pir.dueAt(at, SILENT_AFTER) > at];
		};
		if (soon) expect(doubtAt(0)).toEqual(["stuckOn", true]);
		edge(pir);
		const stuck = (is: boolean) => [is ? "stuckOn" : undefined, true];
		expect(doubtAt(20)).toEqual(stuck(soon));
		expect(doubtAt(ACTIVE_AT_BOOT)).toEqual(stuck(later));
		expect(doubtAt(HOUR / 2)).toEqual(stuck(later));
		pir.onStillness(HOUR / 2 + 1);
		expect(doubtAt(HOUR / 2 + 2)).toEqual(stuck(false));
	},
);
test("a restored doubt wakes the lamp when it ends without an edge", () => {
	const pir = new PirHealth(0, 3 * SILENT_AFTER); // active for six days, which is no silence
	pir.restore("stuckOn", 0);
	pir.settle(pir.assess(0, SILENT_AFTER));
	expect(pir.dueAt(0, SILENT_AFTER)).toBe(ACTIVE_AT_BOOT);
	expect(pir.assess(ACTIVE_AT_BOOT, SILENT_AFTER)).toBeUndefined();
});

describe("too busy", () => {
	const street = (hour: number) => (hour >= 6 && hour < 22 ? 100 : 3);
	test("not learnt yet: only what no street has", () => {
		const bench = new Bench().pass(0, 1, () => 600);
		expect(bench.pir.doubt).toBeUndefined();
		expect(bench.pass(1, 1, () => 601).pir.doubt).toBe("tooBusy");
	});
	test("learnt after a week: what midnight never had is doubtful in the next hour", () => {
		const doubtAfter = (hours: number) =>
			new Bench().pass(0, hours, street).pass(hours, 1, () => 130).pir.doubt;
		expect([doubtAfter(6 * 24), doubtAfter(7 * 24)]).toEqual([undefined, "tooBusy"]);
	});
	test("learnt: the rush of the day is none, the same at three in the morning is", () => {
		const bench = new Bench().pass(0, 7 * 24, street);
		expect(bench.pass(HOURS_LEARNT + 2, 1, () => BUSY_LEAST).pir.doubt).toBeUndefined();
		expect(bench.pir.peaks[12]).toBe(50); // movements in twos
		expect(bench.pass(HOURS_LEARNT + 12, 1, () => 490).pir.doubt).toBeUndefined();
		expect(bench.pass(HOURS_LEARNT + 27, 1, () => 180).pir.doubt).toBe("tooBusy");
		const ends = (HOURS_LEARNT + 28) * HOUR;
		expect(bench.pir.dueAt(ends - 1, SILENT_AFTER)).toBe(ends);
		expect(bench.assess(ends)).toBe("tooBusy"); // that hour was
		expect(bench.assess(ends + HOUR)).toBeUndefined(); // this one was not
	});
	test("a busy hour ends as late as a clock that was set back says, and is judged whole", () => {
		const bench = new Bench().pass(0, 7 * 24, street);
		const late = 20;
		bench.turn = (at) => {
			const hour = Math.floor((at - late) / HOUR);
			bench.pir.turnHour(at, hour, (hour + 1) * HOUR + late);
		};
		const ends = (HOURS_LEARNT + 4) * HOUR;
		bench.turn(ends - HOUR + late);
		for (let i = 0; i < 180; i++) bench.move(ends - HOUR + late + (i * HOUR) / 180);
		expect(bench.pir.doubt).toBe("tooBusy");
		bench.turn = (at) => {
			const hour = Math.floor((at - 2 * late) / HOUR); // set back again
			bench.pir.turnHour(at, hour, (hour + 1) * HOUR + 2 * late);
		};
		expect(bench.assess(ends + late)).toBe("tooBusy");
		expect(bench.pir.dueAt(ends + late, SILENT_AFTER)).toBe(ends + 2 * late);
		expect(bench.assess(ends + 2 * late)).toBe("tooBusy"); // that hour was
		expect(bench.assess(ends + HOUR + 2 * late)).toBeUndefined();
	});
	test("a day and a night without a rest of five minutes: before anything is learnt, without a date", () => {
		const bench = new Bench();
		bench.turn = (at) => void bench.pir.turnHour(at, -1, at + HOUR); // no clock
		const noise = (from: number, until: number) => {
			for (let at = from; at < until; at += CALM) bench.move(at);
			return bench.pir.doubt;
		};
		expect(noise(0, RESTLESS_AFTER)).toBeUndefined();
		expect(noise(RESTLESS_AFTER, RESTLESS_AFTER + CALM)).toBe("tooBusy");
		expect(noise(RESTLESS_AFTER + CALM, 3 * RESTLESS_AFTER)).toBe("tooBusy");
		const rested = bench.pir.dueAt(3 * RESTLESS_AFTER, SILENT_AFTER);
		expect(rested - 3 * RESTLESS_AFTER).toBeLessThanOrEqual(CALM);
		expect([bench.assess(rested - 1), bench.assess(rested)]).toEqual(["tooBusy", undefined]);
		expect(bench.move(rested + MINUTE).pir.doubt).toBeUndefined();
	});
	test("a rest that is over just when the day is needs no look before the silence", () => {
		const bench = new Bench();
		for (let at = 0; at < RESTLESS_AFTER - CALM; at += CALM) bench.move(at);
		bench.move(RESTLESS_AFTER - CALM - 3 * SECOND);
		const { pir } = bench;
		expect(pir.dueAt(RESTLESS_AFTER - CALM, SILENT_AFTER)).toBe(
			RESTLESS_AFTER - CALM + SILENT_AFTER,
		);
	});
	test("one rest a day is enough", () => {
		const bench = new Bench();
		for (let day = 0; day < 3; day += 1)
			bench.pass(24 * day, 23, () => 100).pass(24 * day + 23, 1, () => 10);
		expect(bench.pir.doubt).toBeUndefined();
	});
	test("a restart does not end it, five minutes of rest do", () => {
		const { pir } = new Bench();
		pir.restore("tooBusy", 0);
		pir.turnHour(0, 5, HOUR);
		pir.onMovement(MINUTE);
		pir.onStillness(MINUTE + SECOND);
		pir.turnHour(HOUR, 6, 2 * HOUR);
		pir.doubt = pir.assess(MINUTE + CALM, SILENT_AFTER);
		expect(pir.doubt).toBe("tooBusy");
		expect(pir.assess(MINUTE + SECOND + CALM, SILENT_AFTER)).toBeUndefined();
	});
	test("without a date no hour is learnt", () => {
		const pir = new PirHealth(0, 0);
		for (let hour = 0; hour < 3; hour += 1) {
			expect(pir.turnHour(hour * HOUR, -1, (hour + 1) * HOUR)).toBe(false);
			pir.onMovement(hour * HOUR + SECOND);
			pir.onStillness(hour * HOUR + 2 * SECOND);
		}
		expect(pir.turnHour(3 * HOUR, 100, 4 * HOUR)).toBe(false); // the date comes
		expect([pir.learnt, [...pir.peaks].some((peak) => peak > 0)]).toEqual([0, false]);
	});
	test("hours in which nobody came fade by a thirty-second, each once", () => {
		const bench = new Bench().pass(0, HOURS_LEARNT, street);
		bench.turn(HOURS_LEARNT * HOUR);
		const before = [...bench.pir.peaks];
		bench.turn((HOURS_LEARNT + 24) * HOUR);
		const faded = before.map((peak) => Math.floor((peak * 31) / 32));
		expect(before.every((peak) => peak > 0)).toBe(true);
		expect([...bench.pir.peaks]).toEqual(faded);
	});
	test("an hour in doubt teaches nothing", () => {
		const bench = new Bench().pass(0, HOURS_LEARNT, street);
		const before = [...bench.pir.peaks];
		bench.pass(HOURS_LEARNT + 3, 1, () => 500).assess((HOURS_LEARNT + 4) * HOUR);
		expect(bench.pir.peaks[3]).toBeLessThanOrEqual(before[3]!);
	});
});

describe("in step with the radio", () => {
	const sendEach = (bench: Bench, count: number, from: Millis, shaken: (i: number) => boolean) => {
		for (let i = 0; i < count; i++) {
			const at = from + i * MINUTE;
			bench.pir.onTransmission(at);
			if (shaken(i)) bench.move(at + 150);
		}
		return bench.assess(from + count * MINUTE);
	};
	test("six in a row", () => {
		const bench = new Bench();
		expect(sendEach(bench, 5, HOUR, () => true)).toBeUndefined();
		expect(sendEach(bench, 1, 2 * HOUR, () => true)).toBe("radio");
	});
	test("four of five are found, too, and as many sound ones end it", () => {
		const bench = new Bench();
		expect(sendEach(bench, 12, HOUR, (i) => i % 5 !== 2)).toBe("radio");
		expect(sendEach(bench, 26, 3 * HOUR, () => false)).toBeUndefined();
	});
	test("what is sent because someone came says nothing against the PIR", () => {
		const bench = new Bench();
		for (let i = 1; i <= 100; i++) {
			const at = i * MINUTE;
			bench.move(at);
			bench.pir.onTransmission(at + 3100); // still within its own release
			bench.move(at + 3300);
		}
		expect(bench.assess(2 * HOUR)).toBeUndefined();
	});
	test("a busy street and a talkative radio agree by chance only (property)", () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 4, max: 240 }), { minLength: 200 }), (gaps) => {
				const bench = new Bench();
				let at = 0;
				for (const gap of gaps) {
					at += gap * SECOND;
					if (at % 7000 < 3500) bench.pir.onTransmission(at);
					else bench.move(at);
				}
				expect(bench.pir.doubt).not.toBe("radio");
			}),
			{ seed: 7, numRuns: 50 },
		);
	});
});

test("no input raises a doubt in silence: each doubt also says when it may end (property)", () => {
	const acts = fc.array(fc.tuple(fc.constantFrom("move", "still", "send", "pass"), fc.nat(HOUR)));
	fc.assert(
		fc.property(acts, (list) => {
			const { pir } = new Bench();
			let at = 0;
			for (const [act, gap] of list) {
				at += gap;
				if (act === "move") pir.onMovement(at);
				else if (act === "still") pir.onStillness(at);
				else if (act === "send") pir.onTransmission(at);
				else pir.onPassedBy(at, MISSED_PASSING);
				pir.doubt = pir.assess(at, SILENT_AFTER);
				if (!pir.doubt) assert.ok(pir.dueAt(at, SILENT_AFTER) > at);
				pir.onMovement(at + 1);
				pir.onStillness(at + 2);
				assert.notEqual(pir.assess(at + 2, SILENT_AFTER), "silent");
				at += 2;
			}
		}),
		{ seed: 7, numRuns: 200 },
	);
});

test("after each assessment the next one is due later, however long the PIR has not rested (property)", () => {
	const stays = fc.array(
		fc.tuple(fc.integer({ min: 1, max: 2 * HOUR }), fc.integer({ min: 1, max: CALM })),
		{ minLength: 10, maxLength: 60 },
	);
	fc.assert(
		fc.property(stays, (list) => {
			const bench = new Bench();
			let at = 0;
			const assessUntil = (end: Millis) => {
				for (bench.assess(at); ; bench.assess(at)) {
					const due = bench.pir.dueAt(at, SILENT_AFTER);
					assert.ok(due > at);
					if (due > end) break;
					at = due;
				}
				at = end;
			};
			for (const [active, still] of list) {
				bench.turn(at);
				bench.pir.onMovement(at);
				assessUntil(at + active);
				bench.pir.onStillness(at);
				assessUntil(at + still);
			}
			assessUntil(at + 3 * HOUR);
		}),
		{ seed: 7, numRuns: 200 },
	);
});
