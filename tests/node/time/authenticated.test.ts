/** Authenticated time: what the city's date does to the clock, to the answers of servers and to the store. */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import type { JournalReader } from "../../../src/journal/journal.js";
import type { Timekeeper } from "../../../src/node/time/timekeeper.js";
import { uncertaintyAt } from "../../../src/time/clock.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

const UTC = Date.UTC(2026, 11, 2, 20);
const TEN_YEARS = 3652 * DAY;

/** A lamp whose time server is so wrong. */
class Pole {
	readonly host: FakeHost;
	readonly time: Timekeeper;
	readonly #journal: JournalReader;
	constructor(stored: Iterable<readonly [string, string]> = []) {
		const { host, node } = bootLamp({ stored });
		this.host = host;
		this.time = node.time;
		this.#journal = node.journal;
	}
	/** Types of the events of this life. */
	get events(): (string | undefined)[] {
		const seqs = Array.from({ length: this.#journal.newest }, (_, index) => index + 1);
		return seqs.map((seq) => this.#journal.read(seq)?.type);
	}
	answer(error = 0): void {
		const utc = UTC + this.host.now + error;
		this.host.deliver((inputs, now) => inputs.onTime(now, utc as UtcMillis));
	}
	city(error = 0, within = 200): string | undefined {
		const { now } = this.host;
		return this.time.onAuthenticatedTime((UTC + now + error) as UtcMillis, within, now);
	}
	pass(span: number): void {
		this.host.run(this.host.now + span);
	}
	/** Of the clock's date, ms. */
	get error(): number {
		const { clock } = this.time;
		return clock.kind === "none" ? Number.NaN : clock.offset - UTC;
	}
	/** Of the date that is vouched for, ms; Infinity: none is, or it is not the clock's. */
	get doubt(): number {
		const { time, host } = this;
		return time.isCorroborated(host.now) ? time.errorAt(host.now) : Infinity;
	}
}

test("a first answer of a time server is not corroborated, the city's date is", () => {
	const pole = new Pole();
	pole.answer();
	expect(pole.doubt).toBe(Infinity);
	expect(pole.city()).toBeUndefined();
	expect(pole.doubt).toBe(200);
	expect(pole.time.clock).toEqual({ kind: "synchronised", offset: UTC, since: 0 });
});

test.each([
	["as late as a handshake blocks", -1_200, false],
	["by an hour", -HOUR, true],
])("the city's date corrects an answer that was wrong %s", (_what, error, isJump) => {
	const pole = new Pole();
	pole.answer(error);
	expect(pole.city(0, 50)).toBeUndefined();
	expect(pole.error).toBe(0);
	pole.pass(1_000);
	const types = pole.events;
	expect([types.includes("clockSet"), types.includes("clockJump")]).toEqual([true, isJump]);
});

test("the city's date sets a clock that there is none of, with its own error", () => {
	const pole = new Pole();
	expect(pole.city(0, 3000)).toBeUndefined();
	expect([pole.error, pole.doubt]).toEqual([0, 3000]);
	expect(pole.time.sourceAt(pole.host.now)).toBe("synchronised");
});

describe("a forged date", () => {
	test.each<[string, number]>([
		["twelve hours ahead", 12 * HOUR],
		["a day ahead", DAY],
		["ten years ahead", TEN_YEARS],
		["a day behind", -DAY],
	])("%s is cured by the city's date, once and for the whole life", (_what, error) => {
		const pole = new Pole();
		for (let minute = 0; minute < 5; minute += 1) {
			pole.answer(error);
			pole.pass(MINUTE);
		}
		expect([pole.error, pole.doubt]).toEqual([error, Infinity]);
		expect(pole.city()).toBeUndefined();
		expect([pole.error, pole.doubt]).toEqual([0, 200]);
		for (let hour = 0; hour < 30; hour += 1) {
			pole.pass(HOUR);
			pole.answer(error);
		}
		expect(pole.error).toBe(0);
		expect(pole.time.authenticatedAt).toBe(-Infinity); // the lamp asks again
		expect(pole.doubt).toBeLessThan(11_100);
	});

	test("leaves no bound in the store, from before or after the city's date", () => {
		const pole = new Pole();
		for (let hour = 0; hour < 5; hour += 1) {
			pole.answer(TEN_YEARS);
			pole.pass(HOUR);
		}
		expect(pole.time.stored.earliest).toBeUndefined();
		expect(pole.time.notBefore(pole.host.now)).toBeLessThan(UTC + DAY);
		const next = new Pole(pole.host.stored);
		expect(next.time.notBefore(0)).toBeLessThan(UTC + DAY);
	});

	test("fourteen minutes an answer walk no clock that the city has set", () => {
		const pole = new Pole();
		pole.city();
		for (let hour = 1; hour <= 48; hour += 1) {
			pole.pass(HOUR);
			pole.answer(hour * 14 * MINUTE);
			expect(pole.error).toBe(0);
		}
	});
});

test("the city's date is a bound for the next life, and replaces a false one", () => {
	const pole = new Pole([["time", `${UTC + TEN_YEARS} 0 0 0`]]);
	expect(pole.time.stored.earliest).toBe(UTC + TEN_YEARS);
	pole.city();
	pole.pass(MINUTE);
	expect(pole.time.notBefore(pole.host.now)).toBe(UTC + MINUTE - 206);
	expect(new Pole(pole.host.stored).time.notBefore(0)).toBe(UTC - 200);
});

test.each<[string, number, string]>([
	["before every date that there can be", -100 * 365 * DAY, "tooEarly"],
	["after them", 100 * 365 * DAY, "tooLate"],
	["no date", Number.NaN, "tooEarly"],
])("the city's date %s is refused and vouches for nothing", (_what, error, why) => {
	const pole = new Pole();
	pole.answer();
	expect(pole.city(error)).toBe(why);
	expect([pole.error, pole.doubt]).toEqual([0, Infinity]);
});

describe("a clock that runs on over a restart", () => {
	/** The pole's next life, whose controller's clock ran on for a minute. */
	const nextLife = ({ host }: Pole) => {
		const next = new FakeHost();
		for (const [key, text] of host.stored) next.stored.set(key, text);
		next.wall = (host.wall! + MINUTE) as UtcMillis;
		next.powerCause = "restart";
		return { time: bootLamp({ host: next }).node.time, host: next };
	};

	test("keeps the date of the time server where the city's, less exact, agrees with it", () => {
		const pole = new Pole();
		pole.answer();
		expect(pole.city(-3_000, 3_000)).toBeUndefined();
		expect([pole.error, pole.host.wall! - UTC]).toEqual([0, 0]);
	});

	test.each([
		["one of a fast network", 200],
		["one of a slow one", 15_000],
	])("knows the error of the city's date: %s", (_what, within) => {
		const pole = new Pole();
		expect(pole.city(-within, within)).toBeUndefined();
		pole.pass(MINUTE);
		const { time, host } = nextLife(pole);
		expect(time.sourceAt(host.now)).toBe("kept");
		const error = uncertaintyAt(time.clock, host.now);
		expect(error).toBeGreaterThanOrEqual(within);
		expect(error).toBeLessThan(within + 1_000);
	});
});

test("a typed date vouches for the clock until answers move it away", () => {
	const pole = new Pole();
	pole.time.onManualTime((UTC + MINUTE) as UtcMillis, false, 0);
	expect(pole.doubt).toBe(2 * MINUTE);
	pole.pass(HOUR);
	pole.answer();
	expect(pole.doubt).toBe(2 * MINUTE + 360);
	for (let minute = 0; minute < 3; minute += 1) {
		pole.pass(2 * MINUTE);
		pole.answer(12 * HOUR);
	}
	expect([pole.error, pole.doubt]).toEqual([12 * HOUR, Infinity]);
});
