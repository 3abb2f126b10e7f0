/**
 * Forged time: a time server that answers as it likes, and a lamp under a true sky. No answer darkens
 * it below its floor, and none makes it refuse an emergency.
 *
 * The oracle is the true sun: below -4 degrees the street is dark, whatever the server says.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import type { PowerCause } from "../../../src/host.js";
import type { OrderReply } from "../../../src/node/orders/intake.js";
import type { Node } from "../../../src/node.js";
import { elevationAt } from "../../../src/time/sun.js";
import type { Lux, Millis, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp, vouch } from "../../support/lamp.js";
import { scaled } from "../../support/scale.js";

const LIEGE = { latitude: 50.645, longitude: 5.573 };
const START = Date.parse("2026-12-14T12:00:00Z");
const FLOOR = 20;
const PROGRAM = "sunset 60; 22:00 40; 00:00 10; 05:30 60; sunrise 0";
/** Midnight and half past five on the wall are 23:00 and 4:30 UTC. */
const LIGHTS_OUT = "sunset 60; 00:00 out; 05:30 60; sunrise 0";
const TEN_YEARS = 3652 * DAY;

interface Settings {
	readonly photocell?: boolean;
	readonly pirFitted?: boolean;
	readonly supply?: "always" | "switched";
	readonly program?: string;
}

class Street {
	utc = START;
	host = new FakeHost();
	node!: Node;
	/** Minutes of the true night in which the light was below the floor. */
	readonly below: string[] = [];
	/** Added to the truth by the server; undefined: it does not answer. */
	error: number | undefined = 0;
	/** Light on the sensor beside the sky's, lux. */
	foreign = 0;
	private bootedAt = START;
	private orders = 0;

	/** `sees`: its light sensor gives readings. */
	constructor(
		private readonly settings: Settings = {},
		private readonly sees = settings.photocell !== false,
	) {
		this.boot();
	}

	boot(cause: PowerCause = "powerOn"): void {
		const { photocell = true, pirFitted = false, supply = "always", program } = this.settings;
		const { stored } = this.host;
		this.host = new FakeHost();
		this.host.powerCause = cause;
		for (const [key, value] of stored) this.host.stored.set(key, value);
		this.host.configure({
			light: { floorLevel: FLOOR },
			sensing: { photocell, pirFitted },
			power: { supply },
			calendar: { program: program ?? PROGRAM, ...LIEGE },
		});
		this.bootedAt = this.utc;
		this.node = bootLamp({ host: this.host }).node;
	}

	get now(): Millis {
		return this.utc - this.bootedAt;
	}

	get level(): number {
		return this.node.view.light.feedback;
	}

	get isNight(): boolean {
		return elevationAt(LIEGE, this.utc as UtcMillis) < -4;
	}

	answer(): void {
		const utc = (this.utc + this.error!) as UtcMillis;
		this.host.deliver((inputs, now) => inputs.onTime(now, utc));
	}

	/** To a date, in minutes; the server answers each `every`. */
	run(until: string | number, every: Millis = MINUTE): void {
		const end = typeof until === "string" ? Date.parse(until) : until;
		while (this.utc < end) {
			this.utc += MINUTE;
			this.host.run(this.now);
			if (this.sees) this.see();
			if (this.error !== undefined && this.utc % every === 0) this.answer();
			if (this.isNight && this.level < FLOOR)
				this.below.push(`${new Date(this.utc).toISOString()} ${this.level} %`);
		}
	}

	order(fields: Record<string, unknown>, age: Millis = 0, span: Millis = HOUR): OrderReply {
		const issued = new Date(this.utc - age).toISOString();
		const expiration = new Date(this.utc - age + span).toISOString();
		this.orders += 1;
		const id = `order-${this.orders}`;
		const text = JSON.stringify({ id, issued, expiration, ...fields });
		const via = fields.command === "emergency" ? "emergency" : "node";
		let reply: OrderReply | undefined;
		this.host.deliver((_inputs, now) => {
			reply = this.node.takeOrder(text, { via, retained: false, toMany: false, spread: 0 }, now);
		});
		return reply!;
	}

	emergency(age: Millis = 0, span: Millis = HOUR): string {
		const { status, reason } = this.order({ command: "emergency" }, age, span);
		return reason ?? status;
	}

	/** The city vouches for the true date. */
	vouch(): void {
		vouch({ host: this.host, node: this.node }, this.utc);
	}

	/** The light once a fade is over. */
	get light(): number {
		this.host.run(this.host.now + 20_000);
		return this.node.view.light.actual;
	}

	private see(): void {
		const elevation = elevationAt(LIEGE, this.utc as UtcMillis);
		const sky = Math.min(9000, 60 * 2 ** (3 * (elevation + 2.5)));
		const lux = (sky + this.foreign) as Lux;
		this.host.deliver((inputs, now) => inputs.onIlluminance(now, lux));
	}
}

/** What a server may answer, and from when on. */
const FORGED: readonly [string, (street: Street) => void][] = [
	["twelve hours ahead", (street) => void (street.error = 12 * HOUR)],
	["six hours ahead", (street) => void (street.error = 6 * HOUR)],
	["nine hours behind", (street) => void (street.error = -9 * HOUR)],
	["a day ahead", (street) => void (street.error = DAY)],
	["three days behind", (street) => void (street.error = -3 * DAY)],
	["ten years ahead", (street) => void (street.error = TEN_YEARS)],
	["half a year ahead", (street) => void (street.error = 182 * DAY)],
	["fourteen minutes more with each answer", (street) => void (street.error! += 14 * MINUTE)],
	["fourteen minutes less", (street) => void (street.error! -= 14 * MINUTE)],
];

describe.each([
	["with a photocell", true, PROGRAM],
	["without one", false, PROGRAM],
	["without one whose commune has the lights out", false, LIGHTS_OUT],
])("a lamp %s", (_which, photocell, program) => {
	/** Twelve hours of forged answers from 19:00 UTC on, the first ones each minute. */
	const night = (forge: (street: Street) => void, each: (street: Street) => void) => {
		const street = new Street({ photocell, program });
		street.run("2026-12-14T19:00:00Z");
		for (let step = 1; step <= 48; step += 1) {
			forge(street);
			street.run(street.utc + 15 * MINUTE, step < 3 ? MINUTE : 15 * MINUTE);
			each(street);
		}
		return street;
	};
	test.each(FORGED)("%s: never below its floor", (_what, forge) => {
		expect(night(forge, () => {}).below).toEqual([]);
	});
	test.each(FORGED)("%s: obeys each emergency, to its end", (_what, forge) => {
		night(forge, (street) => {
			expect(street.emergency(0, 10 * MINUTE)).toBe("accepted");
			street.run(street.utc + 9 * MINUTE);
			expect(street.level).toBe(100);
			street.run(street.utc + 2 * MINUTE);
			expect(street.node.orders.standing.emergency).toBeUndefined();
		});
	});
	test.each(FORGED)("%s: from the boot on, and in a night that power cuts", (_what, forge) => {
		const street = new Street({ photocell, program });
		street.run("2026-12-14T14:00:00Z", DAY);
		for (let hour = 0; hour < 18; hour += 1) {
			forge(street);
			street.run(street.utc + HOUR, hour < 2 ? MINUTE : 10 * MINUTE);
			expect(street.emergency(0, MINUTE)).toBe("accepted");
			if (hour === 8) street.boot();
		}
		expect(street.below).toEqual([]);
	});
});

describe("the two cases that were found", () => {
	test("twelve hours ahead at 19:00 UTC without a photocell", () => {
		const street = new Street({ photocell: false });
		street.run("2026-12-14T19:00:00Z");
		street.error = 12 * HOUR;
		street.run("2026-12-14T19:02:00Z");
		expect(street.level).toBe(60);
		street.run("2026-12-14T20:00:00Z");
		expect(street.level).toBe(FLOOR);
		street.run("2026-12-14T21:00:00Z");
		expect(street.emergency()).toBe("accepted");
	});
	test("with one", () => {
		const street = new Street();
		street.run("2026-12-14T19:00:00Z");
		street.error = 12 * HOUR;
		street.run("2026-12-14T23:30:00Z");
		expect(street.below).toEqual([]);
		expect(street.emergency()).toBe("accepted");
	});
});

test("a person under a forged noon has the light of a presence", () => {
	const street = new Street({ photocell: false, pirFitted: true });
	street.run("2026-12-14T19:00:00Z");
	street.error = 16 * HOUR;
	street.run("2026-12-14T19:30:00Z");
	expect(street.light).toBe(FLOOR);
	street.host.deliver((inputs, now) => inputs.onMovement(now));
	expect(street.light).toBe(100);
});

describe("lights out", () => {
	const out = (settings: Settings) => {
		const street = new Street({ program: LIGHTS_OUT, ...settings });
		street.run("2026-12-14T23:30:00Z", HOUR);
		return street;
	};
	test("by a date that the photocell's dusk agrees with", () => {
		expect(out({}).level).toBe(0);
	});
	test("not by one that nobody vouches for, until the city does", () => {
		const street = out({ photocell: false });
		expect(street.level).toBe(FLOOR);
		street.vouch();
		expect(street.level).toBe(0);
		street.error = 4 * HOUR;
		street.run("2026-12-15T01:00:00Z");
		expect(street.level).toBe(0);
	});
	test("not by a clock that has left the photocell's dusk by fourteen minutes an answer", () => {
		const street = out({});
		for (let answer = 1; answer <= 6; answer += 1) {
			street.error! -= 14 * MINUTE;
			street.run(street.utc + 10 * MINUTE, 10 * MINUTE);
		}
		expect(street.level).toBe(FLOOR);
		expect(street.node.time.isCorroborated(street.now)).toBe(false);
	});
	test("not by a midnight that was learnt, for the date may be another one", () => {
		const street = new Street({ program: LIGHTS_OUT });
		street.run("2026-12-18T13:00:00Z", HOUR);
		street.boot();
		street.error = undefined;
		street.run("2026-12-19T00:30:00Z");
		expect(street.node.view.time.clockSource).toBe("midnight");
		expect(street.level).toBe(FLOOR);
	});
});

test("the city learns that a clock follows a date that nobody vouches for, and when it is cured", () => {
	const street = new Street({ photocell: false });
	street.run("2026-12-14T12:30:00Z");
	street.error = 12 * HOUR;
	street.run("2026-12-14T12:33:00Z");
	street.vouch();
	const { journal } = street.node;
	const jumps = Array.from({ length: journal.newest }, (_, index) => journal.read(index + 1)!)
		.filter(({ type }) => type === "clockJump")
		.map(({ attributes }) => JSON.parse(attributes));
	const by_ms = 12 * HOUR;
	expect(jumps).toEqual([
		{ by_ms, taken: false },
		{ by_ms, taken: true, corroborated: false },
		{ by_ms: -by_ms, taken: true },
	]);
});

describe("by day", () => {
	test.each([
		["a photocell puts the lamp out, whatever the date", {}, false, 0],
		["without one the floor shines", { photocell: false }, false, FLOOR],
		[
			"the same with a program that has no end in the morning",
			{ photocell: false, program: "17:00 60; 06:00 90" },
			false,
			FLOOR,
		],
		["without one, and a date of the city: out", { photocell: false }, true, 0],
		[
			"on a switched feeder that is fed by day: the floor",
			{ photocell: false, supply: "switched" as const },
			false,
			FLOOR,
		],
	])("%s", (_what, settings, isVouched, level) => {
		const street = new Street(settings);
		street.run("2026-12-15T10:00:00Z", HOUR);
		if (isVouched) street.vouch();
		street.run("2026-12-15T10:30:00Z", HOUR);
		expect(street.level).toBe(level);
	});
	test("a date that the city vouched for stays right under forged answers", () => {
		const street = new Street({ photocell: false });
		street.run("2026-12-14T12:30:00Z");
		street.vouch();
		street.error = 9 * HOUR;
		street.run("2026-12-14T14:00:00Z");
		expect(street.level).toBe(0);
		street.run("2026-12-15T12:00:00Z", 10 * MINUTE);
		expect([street.level, street.below]).toEqual([0, []]);
	});
});

describe("a boot by day", () => {
	test.each<[string, number | undefined, boolean, number]>([
		["with a date and daylight on the photocell: out at once", 0, true, 0],
		["without a date: lit for the photocell's delay", undefined, true, 100],
		["with a date of midnight: lit", 12 * HOUR, true, FLOOR],
		["with a date and no light on the photocell: lit", 0, false, FLOOR],
	])("%s", (_what, error, sees, level) => {
		const street = new Street({}, sees);
		street.error = error;
		street.run(START + MINUTE);
		expect(street.level).toBe(level);
	});
	test("by night no forged noon puts it out, under light that lamps give", () => {
		for (const foreign of [0, 300, 900]) {
			const street = new Street();
			street.utc = Date.parse("2026-12-14T20:00:00Z");
			street.foreign = foreign;
			street.boot();
			street.error = 16 * HOUR;
			street.run(street.utc + 2 * MINUTE);
			expect(street.level).toBeGreaterThanOrEqual(FLOOR);
		}
	});
});

describe("a light sensor is not accused by a forged date once it has vouched for the right one", () => {
	test.each([12 * HOUR, -10 * HOUR])("%i ms off, for a night and a day", (error) => {
		const street = new Street();
		street.run("2026-12-14T17:00:00Z");
		street.error = error;
		street.run("2026-12-15T14:00:00Z", 10 * MINUTE);
		expect(street.node.sensorHealth.light.doubt).toBeUndefined();
	});
});

describe("an emergency that was late", () => {
	const settings = { photocell: true };
	test("of yesterday evening does not light the town at noon: by photocell and by city", () => {
		for (const isVouched of [false, true]) {
			const street = new Street(settings);
			street.run("2026-12-15T11:00:00Z", HOUR);
			if (isVouched) street.vouch();
			street.run("2026-12-15T12:00:00Z", HOUR);
			expect(street.emergency(16 * HOUR)).toMatch(/stale|notYet/);
			expect(street.emergency(2 * HOUR)).toBe("stale");
			expect(street.level).toBe(0);
		}
	});
	test("of a day ago is stale by the city alone, and ends when the city has spoken", () => {
		const street = new Street(settings);
		street.run("2026-12-15T12:00:00Z", HOUR);
		expect(street.emergency(DAY, 2 * HOUR)).toBe("accepted");
		expect(street.light).toBe(100);
		street.vouch();
		expect(street.light).toBe(0);
		expect(street.emergency(DAY, 2 * HOUR)).toBe("stale");
	});
	test("to a lamp whose date nobody vouches for shines for its span", () => {
		const street = new Street({ photocell: false });
		street.run("2026-12-14T13:00:00Z", HOUR);
		expect(street.emergency(16 * HOUR, 2 * HOUR)).toBe("accepted");
		street.run("2026-12-14T14:59:00Z");
		expect(street.level).toBe(100);
		street.run("2026-12-14T15:01:00Z");
		expect(street.level).toBe(FLOOR);
	});
});

describe("an order that stands", () => {
	test.each(FORGED)("%s: an emergency lasts through a restart", (_what, forge) => {
		const street = new Street({ photocell: false });
		street.run("2026-12-14T19:00:00Z");
		street.emergency(0, 5 * HOUR);
		for (let step = 0; step < 3; step += 1) {
			forge(street);
			street.run(street.utc + HOUR, 10 * MINUTE);
			expect(street.level).toBe(100);
			street.boot("restart");
		}
	});
	test("one below the floor ends by any clock after a restart, and one that looks old is refused", () => {
		const street = new Street();
		street.run("2026-12-14T19:00:00Z");
		const dark = { command: "override", level: 0, belowFloor: true };
		expect(street.order(dark, 0, 5 * HOUR).status).toBe("accepted");
		expect(street.light).toBe(0);
		street.boot();
		street.error = 6 * HOUR;
		street.run("2026-12-14T19:05:00Z");
		expect(street.level).toBeGreaterThanOrEqual(FLOOR);
		expect(street.order(dark, 0).reason).toBe("stale");
		expect(street.order({ command: "override", level: 50 }).status).toBe("accepted");
	});
});

test("no row of answers darkens a street or mutes it (property)", () => {
	const error = fc.oneof(
		fc.integer({ min: -14, max: 14 }).map((minutes) => minutes * MINUTE),
		fc.integer({ min: -14 * 60, max: 14 * 60 }).map((minutes) => minutes * MINUTE),
		fc.constantFrom(DAY, -DAY, 30 * DAY, TEN_YEARS),
	);
	const answers = fc.array(fc.record({ error, adds: fc.boolean() }), {
		minLength: 30,
		maxLength: 30,
	});
	fc.assert(
		fc.property(answers, fc.boolean(), fc.boolean(), (row, photocell, hasOut) => {
			const street = new Street({ photocell, ...(hasOut ? { program: LIGHTS_OUT } : {}) });
			street.run("2026-12-14T15:00:00Z", HOUR);
			for (const answer of row) {
				street.error = (answer.adds ? street.error! : 0) + answer.error;
				street.run(street.utc + 30 * MINUTE, 10 * MINUTE);
				expect(street.emergency(0, MINUTE)).toBe("accepted");
			}
			// a photocell vouches to an hour: lights out may be so early or late
			const out = /T2[234]:|T0[0-5]:/;
			expect(street.below.filter((text) => !(photocell && hasOut && out.test(text)))).toEqual([]);
		}),
		{ seed: 48, numRuns: scaled(6, 200) },
	);
});
