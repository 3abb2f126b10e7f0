/** Journal writer: what is stored when, erases while the light rests, and a log that fails. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import type { LampEvent } from "../../../src/journal/events.js";
import { FlashJournal } from "../../../src/journal/flashjournal.js";
import { STORE_AFTER, YOUNG } from "../../../src/journal/keptjournal.js";
import { TALLY_SECTORS, Tally, TIME } from "../../../src/journal/tally.js";
import { LIGHT_LEAD_TIME } from "../../../src/lighting/fade.js";
import { withValues } from "../../../src/settings/table.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash, FREE, SECTOR } from "../../support/flash.js";
import { bootLamp, vouch } from "../../support/lamp.js";
import { utf8 } from "../../support/linkfakes.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;

function boot(flash = new FakeFlash(16), cause: FakeHost["powerCause"] = "powerOn") {
	const host = Object.assign(new FakeHost(), { flashLog: flash, powerCause: cause });
	return { ...bootLamp({ host }), flash };
}

/** A type of each severity. */
const TYPES = { info: "clockJump", repair: "storeFailure", safety: "lampFailure" };

/** The last that the next life would deliver. */
function lastOf(flash: FakeFlash): string | undefined {
	const copy = new FakeFlash(flash.sectors);
	copy.bytes.set(flash.bytes);
	const kept = new FlashJournal({ flashLog: copy, utf8 }, FREE());
	kept.open();
	let last: string | undefined;
	for (let head = kept.head(); head; head = kept.head()) {
		last = head.type;
		kept.delivered();
	}
	return last;
}

const log = ({ bytes }: FakeFlash) => bytes.subarray(0, bytes.length - TALLY_SECTORS * SECTOR);
/** Nothing is stored; the first sector was erased ahead at the first boot, which its head says. */
const isLogBlank = (flash: FakeFlash) => log(flash).every((byte, at) => byte === 255 || at < 4);
const logErases = ({ wear }: FakeFlash) =>
	wear.slice(0, -TALLY_SECTORS).reduce((sum, count) => sum + count, 0);

describe("an event", () => {
	test("that only informs is stored a minute later", () => {
		const { host, flash } = boot();
		host.run(STORE_AFTER - 1);
		expect(isLogBlank(flash)).toBe(true);
		host.run(STORE_AFTER);
		expect(isLogBlank(flash)).toBe(false);
	});
	test("that matters is stored in the turn of its own, with all before it", () => {
		const { host, node, flash } = boot(undefined, "watchdog");
		host.run(YOUNG);
		node.emit({ type: "storeFailure", attributes: { key: "k", result: "full" } }, host.now);
		node.tick(host.now);
		const next = boot(flash).node.journal;
		expect(next.next()).toMatchObject({ life: 1, seq: 1, type: "restarted" });
		next.delivered();
		expect(next.next()).toMatchObject({ life: 1, seq: 2, type: "storeFailure" });
	});
	test("of a life's first minute waits until it is over, but for the worst", () => {
		const { host, node, flash } = boot(undefined, "watchdog");
		host.run(YOUNG - 1);
		expect(isLogBlank(flash)).toBe(true);
		node.emit(
			{ type: "lampFailure", startEndFlag: "start", attributes: { inference: true } },
			host.now,
		);
		node.tick(host.now);
		expect(boot(flash).node.journal.next()).toMatchObject({ life: 1, seq: 1, type: "restarted" });
	});
	test("that is delivered within the minute never wears the flash", () => {
		const { host, node, flash } = boot();
		host.run(0); // the second turn has the first events
		for (; node.journal.waits; node.journal.delivered()) node.journal.next();
		host.run(9 * STORE_AFTER);
		expect(isLogBlank(flash)).toBe(true);
	});
	test("of the turn that restarts the lamp is stored before", () => {
		const { host, node, flash } = boot();
		while (host.restarts.length === 0) node.onFault(host.now, new Error(`e${host.now++}`));
		const kept = boot(flash).node.journal;
		const types = [];
		for (; kept.flash.waits; kept.delivered()) types.push(kept.next()!.type);
		expect(types[0]).toBe("started");
		expect(types).toContain("fault");
	});
});

test("a sector is erased ahead when no fade runs, not while one does", () => {
	const { host, node, flash } = boot();
	host.deliver((inputs, now) => inputs.onTime(now, NIGHT));
	vouch({ host, node }, NIGHT);
	host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
	host.run(600_000);
	expect(logErases(flash)).toBe(1); // the first sector; one ahead is within the budget after five hours
	host.run(5.5 * 3_600_000);
	const erases = logErases(flash);
	expect(erases).toBe(2);
	host.run(11 * 3_600_000); // a third is within the budget
	const { journal } = node;
	for (let seq = 0; !journal.flash.isEraseDue; seq += 1)
		journal.flash.append({
			life: 1,
			seq,
			type: "fault",
			startEndFlag: undefined,
			severity: "repair",
			uptime: 0,
			utc: NIGHT,
			count: 1,
			attributes: "{}",
		});
	host.deliver((inputs, now) => inputs.onMovement(now));
	expect(node.light.settlesAt).toBeLessThan(Infinity);
	host.run(host.now + 300);
	expect(logErases(flash)).toBe(erases);
	host.run(host.now + 900_000);
	expect(logErases(flash)).toBe(erases + 1);
	expect(node.view.machine.flashErases).toBe(flash.erases);
});

describe("by night below its class a lamp erases nothing ahead", () => {
	const dim = () => {
		const { host, node, flash } = boot();
		node.configure(withValues(node.settings, { program: "sunset 30; sunrise 0" }), host.now);
		host.deliver((inputs, now) => inputs.onTime(now, NIGHT));
		vouch({ host, node }, NIGHT);
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		host.run(6.5 * 3_600_000); // one ahead is within the budget after five hours
		expect(node.light.actualAt(host.now)).toBe(30);
		expect(node.journal.flash.isEraseDue).toBe(true);
		expect(logErases(flash)).toBe(1);
		return { host, flash };
	};
	test("until someone comes, for whom it is lit", () => {
		const { host, flash } = dim();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 121_000);
		expect(logErases(flash)).toBe(2);
	});
	test("until it is day", () => {
		const { host, flash } = dim();
		host.deliver((inputs, now) => inputs.onIlluminance(now, 5_000 as Lux));
		host.run(host.now + 2 * 3_600_000);
		expect(logErases(flash)).toBe(2);
	});
});

describe("what must be erased by night, before anybody came", () => {
	const FULL = 4095;
	/**
	 * A lamp that rests at 30 %, its log without room for the longest record and for `left` usual
	 * ones, and each erase with the duty that shone then.
	 */
	const night = (left = 5) => {
		const { host, node, flash } = boot();
		node.configure(withValues(node.settings, { program: "sunset 30; sunrise 0" }), host.now);
		host.deliver((inputs, now) => inputs.onTime(now, NIGHT));
		vouch({ host, node }, NIGHT);
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		host.run(6 * HOUR);
		for (let seq = 0, full = 0; full < 13 - left; seq += 1) {
			node.journal.flash.append({
				life: 1,
				seq,
				type: "fault",
				startEndFlag: undefined,
				severity: "repair",
				uptime: 0,
				utc: NIGHT,
				count: 1,
				attributes: "{}",
			});
			if (node.journal.flash.isShort) full += 1;
		}
		const erased: [at: number, duty: number][] = [];
		const { erase } = flash;
		flash.erase = (sector) => {
			erased.push([host.now, host.duties.at(-1)![1]]);
			return erase.call(flash, sector);
		};
		expect(node.light.actualAt(host.now)).toBe(30);
		const emit = (event: LampEvent) => {
			node.emit(event, host.now);
			node.tick(host.now);
		};
		return { host, node, flash, erased, emit };
	};
	const REPAIR = { type: "storeFailure", attributes: { key: "k", result: "full" } } as const;
	const SAFETY = { type: "lampFailure", startEndFlag: "start", attributes: { inference: true } };

	test("is erased in light that was asked for, which falls again; the event is stored then", () => {
		const { host, node, flash, erased, emit } = night();
		const from = host.now;
		emit(REPAIR);
		expect([erased, node.light.reason]).toEqual([[], "program"]);
		host.run(from + LIGHT_LEAD_TIME - 1);
		expect([erased, node.light.actualAt(host.now)]).toEqual([[], 100]);
		host.run(from + LIGHT_LEAD_TIME);
		expect(erased).toEqual([[from + LIGHT_LEAD_TIME, FULL]]);
		expect(lastOf(flash)).toBe("storeFailure");
		host.run(from + MINUTE);
		expect([node.light.actualAt(host.now), node.light.reason]).toEqual([30, "program"]);
	});
	test.each([
		["finds room that was left for it", 5, 0],
		["has it erased at once where there is none", 0, 1],
	])("what is safety %s, and all before it goes with it", (_how, left, erases) => {
		const { host, flash, erased, emit } = night(left);
		emit(REPAIR);
		expect(erased).toEqual([]);
		emit(SAFETY as LampEvent);
		expect(erased.map(([at]) => at)).toEqual(new Array(erases).fill(host.now));
		expect(lastOf(flash)).toBe("lampFailure");
		host.run(host.now + MINUTE);
		expect(erased).toHaveLength(erases);
	});
	test("is erased at once before a restart", () => {
		const { host, node, flash, emit, erased } = night(0);
		emit(REPAIR);
		node.restart("ordered", host.now);
		expect(erased).toHaveLength(1);
		expect(lastOf(flash)).toBe("storeFailure");
	});
	test("is not, and no light asked for, beyond the budget or with a log that nobody empties", () => {
		const { host, node, erased, emit } = night();
		node.flash.erases();
		node.flash.erases();
		const { length } = host.duties;
		emit(REPAIR);
		host.run(host.now + HOUR);
		expect([erased.length, host.duties.length]).toEqual([0, length]);
	});
	test("of the tally is erased so when its sector ends: no mark has to wait for it", () => {
		const { host, node, flash, erased } = night();
		const { tally } = node.flash;
		while (!tally.isShort) tally.mark(TIME);
		erased.length = 0; // of the first sectors, in the turn of a mark
		host.run(host.now + 2 * MINUTE);
		expect(erased.filter(([, duty]) => duty === FULL)).toHaveLength(erased.length);
		expect(erased.length).toBeGreaterThan(0);
		const { erases } = flash;
		for (let index = 0; index < 64; index += 1) tally.mark(TIME);
		expect([flash.erases, tally.isKept]).toEqual([erases, true]);
		expect(node.light.actualAt(host.now)).toBe(30);
	});
	test("comes at once by day", () => {
		const { host, erased, emit } = night();
		host.deliver((inputs, now) => inputs.onIlluminance(now, 5_000 as Lux));
		host.run(host.now + 10 * MINUTE);
		const at = host.now;
		if (erased.length === 0) emit(REPAIR);
		expect(erased[0]?.[0]).toBeLessThanOrEqual(at);
	});
});

/**
 * Nobody passes, and the log is full of what was delivered: whatever happens, and however often, no
 * sector is erased while the lamp is below its class, but for what is safety.
 */
test("no random night below class has an erase, but for safety (seed 4)", () => {
	const event = fc.record({
		after: fc.integer({ min: 0, max: 10 * MINUTE }), // all of them before the morning
		count: fc.integer({ min: 1, max: 40 }),
		marks: fc.oneof(fc.constant(0), fc.nat(48)),
		severity: fc.constantFrom("info", "repair", "repair", "safety"),
	});
	let asked = 0;
	fc.assert(
		fc.property(fc.array(event, { minLength: 1, maxLength: 30 }), fc.nat(6650), (story, marked) => {
			const flash = new FakeFlash(16);
			const old = new Tally(flash);
			for (let index = 0; index < marked; index += 1) old.mark(TIME);
			const { host, node } = boot(flash);
			node.configure(withValues(node.settings, { program: "sunset 30; sunrise 0" }), host.now);
			host.deliver((inputs, now) => inputs.onTime(now, NIGHT));
			host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
			host.run(10 * MINUTE);
			expect(node.light.actualAt(host.now)).toBe(30);
			let isSafety = false;
			const { erase } = flash;
			flash.erase = (sector) => {
				if (isSafety) return erase.call(flash, sector);
				expect(node.light.actualAt(host.now)).toBe(100);
				asked += 1;
				return erase.call(flash, sector);
			};
			for (const [index, { after, count, marks, severity }] of story.entries()) {
				host.run(host.now + after);
				for (let of = 0; of < marks; of += 1) node.flash.tally.mark(TIME);
				isSafety = severity === "safety";
				for (let of = 0; of < count; of += 1) {
					const id = `${index} ${of}`;
					node.emit({ type: TYPES[severity], attributes: { id } } as LampEvent, host.now);
				}
				node.tick(host.now);
				isSafety = false;
				while (node.journal.waits && index % 3 === 0) {
					node.journal.next();
					node.journal.delivered();
				}
			}
			host.run(host.now + 2 * HOUR); // the last event comes when the hour of a noisy one ends
			expect(node.light.actualAt(host.now)).toBe(30);
		}),
		{ seed: 4, numRuns: 30 },
	);
	expect(asked).toBeGreaterThan(10);
});

test("a log that fails is reported once, and the journal goes on in memory", () => {
	const { host, node, flash } = boot();
	flash.isBroken = true;
	host.run(20 * STORE_AFTER);
	const types = [];
	for (let seq = 1; seq <= node.journal.newest; seq += 1) types.push(node.journal.read(seq)!.type);
	expect(types.filter((type) => type === "storeFailure")).toHaveLength(1);
	expect(node.journal.waits).toBe(true);
	expect(node.journal.next()).toMatchObject({ seq: 1, type: "started" });
});
