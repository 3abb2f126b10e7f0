/**
 * Typed date: a date typed at the pole, from the keys on the serial line to the light, the preview and
 * the next life.
 *
 * The oracle is the default program (22:00 60; 00:00 40; 05:30 100) on the wall clock of Central
 * Europe, an hour ahead of UTC in winter.
 */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import { TIME_EXAMPLE } from "../../../src/console/ordercommands.js";
import { REST, RUNS_MAX } from "../../../src/console/session.js";
import type { PowerCause } from "../../../src/host.js";
import { Node } from "../../../src/node.js";
import type { UtcMillis } from "../../../src/units.js";
import { SW_DATE } from "../../../src/version.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";

const SECOND = 1000;
/** Of one night: 21:00, 23:00 and 03:00 on the wall, and what the program asks then. */
const NINE = "2026-12-02T20:00:00Z";
const ELEVEN = "2026-12-02T22:00:00Z";
const THREE = "2026-12-03T02:00:00Z";
const FALSE = "2031-06-01T00:00:00Z";
/** In the format of the answers. */
const printed = (instant: string | number) => new Date(instant).toISOString();
/** For people: the local time of a winter in Brussels. */
const local = (instant: string | number) =>
	printed((typeof instant === "string" ? Date.parse(instant) : instant) + HOUR).replace(
		".000Z",
		"+01:00",
	);
const at = (instant: string, later = 0) => (Date.parse(instant) + later) as UtcMillis;

/** A lamp that nobody passes, and a technician logged in on its line. */
class Pole {
	host = new FakeHost();
	node!: Node;

	/** `isPole`: no recordings of past years are played. */
	constructor(
		language = "en",
		private readonly isPole = false,
	) {
		this.host.stored.set(KEPT_AS, KEPT);
		this.host.configure({ sensing: { pirFitted: false }, console: { language } });
		this.boot();
	}

	/** The next life, with the store of the one before and the date of the clock that ran on. */
	restart(wall: number | undefined, cause: PowerCause = "restart"): void {
		const { stored } = this.host;
		this.host = new FakeHost();
		for (const [key, value] of stored) this.host.stored.set(key, value);
		this.host.powerCause = cause;
		this.host.wall = wall as UtcMillis | undefined;
		this.boot();
	}

	private boot(): void {
		if (this.isPole) delete this.host.earliestDate;
		this.node = bootLamp({ host: this.host }).node;
		this.login();
	}

	login(): void {
		this.type("plain");
		this.type(`login ${SECRET}`);
	}

	/** Types lines in one take of the port; what is answered in that turn, and in those for the rest. */
	type(...lines: string[]): string[] {
		const { host } = this;
		const before = host.serialOut.length;
		const bytes = Buffer.from(lines.map((line) => `${line}\r`).join(""));
		host.serialIn.push(...bytes);
		host.deliver((inputs, now) => inputs.onSerialReadable(now, bytes.length));
		if (lines.length > RUNS_MAX) host.run(host.now + REST);
		return host.serialOut.slice(before).split("\r\n").slice(0, -1);
	}

	pass(span: number): void {
		this.host.run(this.host.now + span);
	}

	answer(utc: number): void {
		this.host.deliver((inputs, now) => inputs.onTime(now, utc as UtcMillis));
	}

	get level(): number {
		return this.node.view.light.feedback;
	}

	get time() {
		return this.node.view.time;
	}

	/** The bound that the store holds. */
	get bound(): number {
		return Number(this.host.stored.get("time")?.split(" ")[0]);
	}

	failures(): string[] {
		const { journal } = this.node;
		return Array.from({ length: journal.newest }, (_, index) => journal.read(index + 1))
			.filter((entry) => entry?.type === "storeFailure")
			.map((entry) => entry!.attributes);
	}
}

describe("a typed date reaches the light in the turn in which it is typed", () => {
	test.each([
		[NINE, 100],
		[ELEVEN, 60],
		[THREE, 40],
	])("%s: %d %%", (instant, level) => {
		const pole = new Pole();
		pole.pass(5 * MINUTE);
		expect([pole.level, pole.time.clockSource]).toEqual([100, "none"]);
		expect(pole.type(`time ${instant}`)).toEqual([`ok ${local(instant)} (kept, +-120000 ms)`]);
		expect([pole.level, pole.time.clockSource]).toEqual([level, "kept"]);
		expect(pole.type("tonight").at(-1)).toBe("ok");
	});
	test("and so does the right one after a wrong one, forward and back, at any distance", () => {
		const pole = new Pole();
		const levels = [ELEVEN, THREE, NINE, THREE, FALSE, ELEVEN, "2026-12-09T02:00:00Z"].map(
			(instant) => {
				pole.type(`time ${instant}`);
				const { level } = pole;
				pole.pass(3 * MINUTE);
				expect(pole.level).toBe(level);
				return level;
			},
		);
		// in June it is still dark at 2:00
		expect(levels).toEqual([60, 40, 100, 40, 40, 60, 40]);
	});
	test.each([
		["a date", [`time ${THREE}`, "tonight"], 1],
		["settings", ["set program sunset 70", "apply", "tonight"], 2],
	])("%s and a forecast typed in one go: the night that it makes", (_what, lines, done) => {
		const pole = new Pole();
		if (done === 2) pole.type(`time ${ELEVEN}`);
		const answers = pole.type(...lines);
		expect(answers.slice(done).join()).toMatch(/sunset 16:\d\d, .*ok$/);
	});
	test("the light sensor is judged anew by it", () => {
		const pole = new Pole();
		pole.pass(HOUR);
		const { dueAt } = pole.node.sensorHealth;
		expect(dueAt).toBeGreaterThan(pole.host.now);
		pole.node.takeDate(at(THREE), false, pole.host.now);
		expect(pole.node.sensorHealth.dueAt).toBe(pole.host.now);
	});
	test("the flight recorder has it", () => {
		const pole = new Pole();
		pole.type(`time ${THREE}`);
		expect(pole.type("record").join()).toContain('"input":"date"');
	});
});

describe("a synchronised clock", () => {
	const texts = {
		en: "the clock is set by time servers: 2026-12-02T23:00:00+01:00 (synchronised, +-500 ms). To replace it all the same: time 2026-12-03T02:00:00Z confirm",
		fr: "l'horloge est réglée par des serveurs de temps : 2026-12-02T23:00:00+01:00 (synchronisée, +-500 ms). Pour la remplacer quand même : time 2026-12-03T02:00:00Z confirm",
	};
	test.each(["en", "fr"] as const)(
		"is replaced by another date only if it is meant: %s",
		(language) => {
			const pole = new Pole(language);
			pole.answer(at(ELEVEN));
			expect(pole.type(`time ${THREE}`)).toEqual([`error unconfirmed ${texts[language]}`]);
			expect([pole.level, pole.time.clockSource, pole.time.utc]).toEqual([
				60,
				"synchronised",
				at(ELEVEN),
			]);
			expect(pole.type(`time ${THREE} confirm`)).toEqual([
				`ok ${local(THREE)} (${language === "fr" ? "conservée" : "kept"}, +-120000 ms)`,
			]);
			expect([pole.level, pole.time.clockSource, pole.time.utc]).toEqual([40, "kept", at(THREE)]);
		},
	);
	test.each([
		["two minutes late, as a watch may be", 120_500, "synchronised"],
		["two minutes early", -120_500, "synchronised"],
		["more than both clocks explain", 120_501, "asked"],
		["likewise back", -120_501, "asked"],
	])("%s", (_how, by, outcome) => {
		const pole = new Pole();
		pole.answer(at(ELEVEN));
		const [answer] = pole.type(`time ${printed(at(ELEVEN, by))}`);
		const kept = `ok ${local(ELEVEN)} (synchronised, +-500 ms)`;
		if (outcome === "asked") expect(answer).toMatch(/^error unconfirmed /);
		else expect(answer).toBe(kept);
		expect(pole.time).toMatchObject({ utc: at(ELEVEN), clockSource: "synchronised" });
	});
	test("one whose last answer is a day old is replaced without a question", () => {
		const pole = new Pole();
		pole.answer(at(ELEVEN));
		pole.pass(25 * HOUR);
		pole.login();
		expect(pole.time.clockSource).toBe("holdover");
		expect(pole.type(`time ${THREE}`)[0]).toMatch(/^ok /);
	});
});

describe("refusals", () => {
	const first = printed(SW_DATE);
	const last = "2069-12-31T23:59:59.000Z";
	test.each([
		[
			"en",
			"yesterday",
			"usage yesterday is not a date with time of day and zone (Z is UTC); for example: time 2026-11-24T20:00:00Z",
		],
		[
			"fr",
			"hier",
			"usage hier n'est pas une date avec heure et fuseau (Z est l'heure UTC) ; par exemple : time 2026-11-24T20:00:00Z",
		],
		[
			"en",
			"2026-11-23T23:59:59Z",
			`notDone 2026-11-23T23:59:59Z is too early; the earliest date accepted: time ${first}`,
		],
		[
			"fr",
			"2026-11-23T23:59:59Z",
			`notDone 2026-11-23T23:59:59Z est trop tôt ; première date acceptée : time ${first}`,
		],
		[
			"en",
			"2070-01-01T00:00:00Z",
			`notDone 2070-01-01T00:00:00Z is too late; the latest date accepted: time ${last}`,
		],
		[
			"fr",
			"2070-01-01T00:00:00Z",
			`notDone 2070-01-01T00:00:00Z est trop tard ; dernière date acceptée : time ${last}`,
		],
	])("%s: time %s", (language, typed, answer) => {
		const pole = new Pole(language, true);
		expect(pole.type(`time ${typed}`)).toEqual([`error ${answer}`]);
		expect(pole.time.utc).toBeUndefined();
		for (const example of [TIME_EXAMPLE, `time ${first}`, `time ${last}`])
			expect(pole.type(example)[0]).toMatch(/^ok /);
	});
	test("where recordings of past years are played, their dates are taken", () => {
		const pole = new Pole();
		expect(pole.type("time 2024-03-01T02:00:00Z")[0]).toMatch(/^ok 2024-03-01T03:00:00\+01:00/);
		expect(pole.level).toBe(40);
	});
});

test.each([
	["no clock", undefined, "unknown: no trusted clock (none)", { clockSource: "none" }],
	[
		"a time server's",
		0,
		`${local(ELEVEN)} (synchronised, +-500 ms)`,
		{ time: printed(ELEVEN), clockSource: "synchronised", uncertainty_ms: 500 },
	],
	[
		"one of a day ago",
		26 * HOUR,
		`${local(at(ELEVEN, 26 * HOUR))} (holdover, +-9860 ms)`,
		{ time: printed(at(ELEVEN, 26 * HOUR)), clockSource: "holdover", uncertainty_ms: 9860 },
	],
])("`time` alone: %s", (_what, age, text, json) => {
	const pole = new Pole();
	if (age !== undefined) pole.answer(at(ELEVEN));
	pole.pass(age ?? 0);
	pole.login();
	const [body, end] = pole.type("time");
	expect(JSON.parse(body!)).toEqual({ part: "time", uptime_ms: age ?? 0, ...json });
	expect(end).toBe("ok");
	pole.type("interactive");
	expect(pole.type("time")).toContain(text);
});

describe("the next life", () => {
	test.each<[PowerCause, string]>([
		["restart", "kept"],
		["powerOn", "clockChip"],
	])("after %s reckons a typed date as uncertain as it was", (cause, source) => {
		const pole = new Pole();
		pole.type(`time ${THREE}`);
		pole.pass(HOUR);
		pole.restart(at(THREE, HOUR), cause);
		expect(pole.time.clockSource).toBe(source);
		expect(pole.time.uncertainty).toBeGreaterThanOrEqual(120_000);
		expect(pole.time.uncertainty).toBeLessThan(121_000);
		pole.pass(HOUR);
		pole.restart(at(THREE, 2 * HOUR), cause); // and the one after it
		expect(pole.time.uncertainty).toBeGreaterThanOrEqual(120_000);
	});
	test("that a server's answer has confirmed goes by the server's error", () => {
		const pole = new Pole();
		pole.type(`time ${THREE}`);
		pole.pass(HOUR);
		pole.answer(at(THREE, HOUR + MINUTE));
		pole.pass(MINUTE);
		pole.restart(at(THREE, HOUR + 2 * MINUTE));
		expect(pole.time.uncertainty).toBeLessThan(600);
	});
	test("takes no date before the firmware, though the bound of a typed date lies there", () => {
		const pole = new Pole();
		pole.type(`time ${printed(SW_DATE + DAY)}`);
		expect(pole.bound).toBeLessThan(SW_DATE);
		const { stored } = pole.host;
		for (const wall of [SW_DATE - 1, SW_DATE]) {
			const host = new FakeHost();
			delete host.earliestDate;
			for (const [key, value] of stored) host.stored.set(key, value);
			host.powerCause = "restart";
			host.wall = wall as UtcMillis;
			const node = new Node(host);
			expect(node.view.time.utc).toBe(wall < SW_DATE ? undefined : wall);
			host.wall = undefined;
			const other = new Node(host);
			other.onTime(0, wall as UtcMillis);
			expect(other.view.time.utc).toBe(wall < SW_DATE ? undefined : wall);
		}
	});
});

describe("a wrong date that was corrected leaves no trace", () => {
	/** A wrong date is stored; the store fails while the right one is typed. */
	function corrected(): Pole {
		const pole = new Pole();
		pole.type(`time ${FALSE}`);
		pole.pass(MINUTE);
		expect(pole.bound).toBeGreaterThan(at(THREE));
		pole.host.storeFails = true;
		pole.type(`time ${THREE}`);
		pole.pass(MINUTE);
		return pole;
	}
	test("though the store refused once: it is reported, and tried again", () => {
		const pole = corrected();
		expect(pole.failures()).toEqual(['{"key":"time","result":"failed"}']);
		pole.host.storeFails = false;
		pole.pass(10 * MINUTE);
		expect(pole.bound).toBeLessThan(at(THREE));
		pole.restart(at(THREE, 11 * MINUTE));
		expect(pole.time).toMatchObject({ utc: at(THREE, 11 * MINUTE), clockSource: "kept" });
		expect(pole.level).toBe(40);
	});
	test("nor in the start of the count of road users", () => {
		const pole = new Pole();
		const since = () => pole.node.view.traffic.accumulatedSince;
		pole.type(`time ${FALSE}`);
		expect(since()).toBe(at(FALSE));
		pole.type(`time ${THREE}`);
		expect(since()).toBe(at(THREE));
		pole.pass(HOUR);
		pole.login();
		pole.type(`time ${ELEVEN}`, `time ${THREE}`); // back by hours, and on again
		expect(since()).toBe(at(ELEVEN));
	});
	test("nor if the lamp restarts before that", () => {
		const pole = corrected();
		pole.host.storeFails = false;
		pole.type("restart");
		pole.pass(10 * SECOND);
		expect(pole.host.restarts).toEqual(["ordered"]);
		pole.restart(at(THREE, MINUTE));
		expect(pole.time.clockSource).toBe("kept");
	});
	test("nor if no credit of the flash was left to store it", () => {
		const pole = new Pole();
		pole.pass(DAY);
		pole.login();
		for (let index = 0; index < 40; index += 1) pole.node.flash.writes(); // whatever else was stored
		for (const wrong of [FALSE, "2032-06-01T00:00:00Z"]) {
			pole.type(`time ${wrong}`);
			pole.pass(SECOND);
		}
		expect(pole.bound).toBeNaN(); // waits: it does no harm
		pole.pass(10 * DAY);
		expect(pole.bound).toBeGreaterThan(at(THREE));
		pole.login();
		for (let index = 0; index < 30; index += 1) pole.node.flash.writes();
		pole.type(`time ${THREE}`);
		pole.pass(SECOND);
		expect(pole.bound).toBeLessThan(at(THREE));
	});
});

test("a typed date stands for a day against servers that agree on an earlier one", () => {
	const pole = new Pole();
	pole.type(`time ${THREE}`);
	for (let hour = 1; hour < 24; hour += 1) {
		pole.pass(HOUR);
		pole.answer(at(THREE, hour * HOUR - 2 * DAY));
		expect(pole.time.utc).toBe(at(THREE, hour * HOUR));
	}
});

test("an order that was typed ahead begins when it runs, not when the port was full", () => {
	const pole = new Pole();
	const { serialPort } = pole.host;
	const { write } = serialPort;
	Object.assign(serialPort, { write: () => 0 });
	pole.type("help", "show", "override 40 10");
	pole.pass(5 * MINUTE);
	Object.assign(serialPort, { write });
	for (let index = 0; index < 50; index += 1)
		pole.host.deliver((inputs, now) => inputs.onSerialWritable(now));
	expect(pole.node.orders.standing.override?.endsAt).toBe(pole.host.now + 10 * MINUTE);
});
