/** Monitor: the whole lamp on a host in plain memory, with a light that answers its steps, or not. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import type { JournalEntry } from "../../../src/journal/journal.js";
import type { Node } from "../../../src/node.js";
import { withValues } from "../../../src/settings/table.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { FakeFlash } from "../../support/flash.js";
import { bootLamp } from "../../support/lamp.js";

const MIDNIGHT = Date.parse("2026-11-24T23:10:00Z") as UtcMillis;
const RESPONSE = 8;
const FULL = 4095;

type Light = "sound" | "dead" | "stuckFull";

/** A lamp at night that someone passes every three minutes, and its sensor. */
class Street {
	readonly host = new FakeHost();
	node!: Node;
	light: Light = "sound";
	isDay = false;
	/** Light of others by night, lx. */
	sky = 0.2;
	answersTime = true;
	private reported = Number.NaN;
	private orders = 0;

	constructor(sections: Record<string, object> = {}) {
		const all: Record<string, object> = {
			sensing: { lampResponse: RESPONSE },
			calendar: { program: "sunset 30; sunrise 0" },
			light: { floorLevel: 20 },
			...sections,
		};
		this.host.flashLog = new FakeFlash(16);
		this.host.configure(all);
		this.boot();
	}

	boot(cause: FakeHost["powerCause"] = "powerOn"): void {
		this.host.now = 0;
		this.reported = Number.NaN;
		this.host.wall = undefined;
		this.host.alarmAt = Infinity;
		this.host.powerCause = cause;
		const utc = this.answersTime ? MIDNIGHT : undefined;
		this.node = bootLamp({ host: this.host, ...(utc && { utc }) }).node;
		this.see();
	}

	/** Lets `span` pass, someone passing each three minutes, the sensor looking each second. */
	run(span: number): this {
		const until = this.host.now + span;
		while (this.host.now < until) {
			const { now } = this.host;
			this.host.run(now + 1000);
			const phase = now % (3 * MINUTE);
			if (phase === 0 && !this.isDay) this.host.deliver((inputs, at) => inputs.onMovement(at));
			if (phase === 5000 && !this.isDay) this.host.deliver((inputs, at) => inputs.onStillness(at));
			this.see();
		}
		return this;
	}

	order(fields: string): void {
		this.orders += 1;
		const envelope = { via: "console", retained: false, toMany: false } as const;
		this.host.deliver((_inputs, now) => {
			const text = `{"id":"o${this.orders}",${fields}}`;
			expect(this.node.takeOrder(text, envelope, now).status).toBe("accepted");
		});
	}

	private see(): void {
		const share =
			this.light === "dead" ? 0 : this.light === "stuckFull" ? 1 : this.host.duty / FULL;
		const lux = (this.isDay ? 5000 : this.sky) + RESPONSE * share;
		if (Math.abs(lux - this.reported) < Math.max(0.5, this.reported / 10)) return;
		this.reported = lux;
		this.host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
	}

	get events(): string[] {
		const { journal } = this.node;
		const types = [
			"supplyLoss",
			"cyclingFailure",
			"lampFailure",
			"dimmingFailure",
			"lampUnexpectedOn",
			"clockFailure",
			"heapLow",
		];
		return Array.from({ length: journal.newest }, (_, i) => journal.read(i + 1))
			.filter((entry) => entry && types.includes(entry.type))
			.map((entry) => `${entry!.type} ${entry!.startEndFlag ?? ""} ${entry!.attributes}`);
	}
}

/** A long twilight at that hour, the sun above -3 degrees: day and night are both possible. */
const TWILIGHT = { latitude: 65, longitude: -150 };
const isLampFailure = (entry: JournalEntry | undefined) => entry?.type === "lampFailure";
const INFERRED = '{"inference":true}';

describe("the light's answer", () => {
	test("a sound lamp: nothing in a night", () => {
		const street = new Street().run(4 * HOUR);
		expect(street.events).toEqual([]);
		expect(street.node.view.monitor.standing).toEqual([]);
	});
	test("a boot in twilight, whose dead band hides the steps: nothing", () => {
		const street = new Street();
		street.sky = 150;
		expect(street.run(30 * MINUTE).node.view.sensing.dark).toBe(true);
		expect(street.events).toEqual([]);
	});
	test("a dead lamp is found within half an hour of traffic, and forgotten when it shines", () => {
		const street = new Street().run(20 * MINUTE);
		street.light = "dead";
		street.run(30 * MINUTE);
		expect(street.events).toEqual([`lampFailure start ${INFERRED}`]);
		expect(street.node.view.monitor.standing).toEqual(["lampFailure"]);
		street.light = "sound";
		street.run(20 * MINUTE);
		expect(street.events.at(-1)).toBe(`lampFailure end ${INFERRED}`);
		expect(street.events).toHaveLength(2);
	});
	test("a dead lamp that is steadily full is found after three minutes, without a step", () => {
		const street = new Street({ calendar: { program: "sunset 100; sunrise 0" } }).run(20 * MINUTE);
		street.light = "dead";
		street.run(1000);
		street.boot("watchdog");
		street.run(10 * MINUTE);
		expect(street.events).toEqual([`lampFailure start ${INFERRED}`]);
		const { journal } = street.node;
		const found = [1, 2, 3, 4, 5].map((seq) => journal.read(seq)).find(isLampFailure);
		expect(found!.uptime).toBe(3 * MINUTE); // the level stands since the boot
	});
	test("a driver stuck at full: dimming fails, and by day it is a day burner", () => {
		const calendar = { program: "sunset 30; sunrise 0", ...TWILIGHT };
		const street = new Street({ calendar }).run(20 * MINUTE);
		street.light = "stuckFull";
		street.run(40 * MINUTE);
		expect(street.events).toEqual([`dimmingFailure start ${INFERRED}`]);
		street.isDay = true;
		street.run(10 * MINUTE);
		expect(street.host.duty).toBe(0);
		expect(street.events.slice(1)).toEqual([`lampUnexpectedOn start ${INFERRED}`]);
		expect(street.node.view.monitor.standing).toEqual(["dimmingFailure", "lampUnexpectedOn"]);
		street.isDay = false;
		street.light = "sound";
		street.run(30 * MINUTE);
		expect(street.events.slice(2).sort()).toEqual([
			`dimmingFailure end ${INFERRED}`,
			`lampUnexpectedOn end ${INFERRED}`,
		]);
	});
	test.each([[0], [3.9]])(
		"a response of %f lx is not enough to conclude anything",
		(lampResponse) => {
			const street = new Street({ sensing: { lampResponse } });
			street.light = "dead";
			street.run(2 * HOUR);
			expect(street.events).toEqual([]);
		},
	);
	test("while someone works on the lamp nothing is found, and afterwards it is", () => {
		const street = new Street().run(20 * MINUTE);
		street.order('"command":"maintenanceMode","duration":3600');
		street.light = "dead";
		street.run(59 * MINUTE);
		expect(street.events).toEqual([]);
		street.run(31 * MINUTE);
		expect(street.events).toEqual([`lampFailure start ${INFERRED}`]);
	});
	describe("a fault that was reported before the work", () => {
		const WORK = '"command":"maintenanceMode","duration":3600';
		const dead = () => {
			const street = new Street().run(20 * MINUTE);
			street.light = "dead";
			street.run(30 * MINUTE);
			expect(street.events).toEqual([`lampFailure start ${INFERRED}`]);
			return street;
		};
		test("ends after it, if the lamp was mended", () => {
			const street = dead();
			street.order(WORK);
			street.run(30 * MINUTE);
			street.light = "sound";
			street.run(29 * MINUTE);
			expect(street.events).toHaveLength(1);
			expect(street.node.view.monitor.standing).toEqual(["lampFailure"]);
			street.run(31 * MINUTE);
			expect(street.events.slice(1)).toEqual([`lampFailure end ${INFERRED}`]);
			expect(street.node.view.monitor.standing).toEqual([]);
		});
		test("stands on, and is not reported twice, if it was not", () => {
			const street = dead();
			street.order(WORK);
			street.run(2 * HOUR);
			expect(street.events).toHaveLength(1);
			expect(street.node.view.monitor.standing).toEqual(["lampFailure"]);
		});
		test.each([
			["in it", true],
			["without it", false],
		])("ends with the settings that infer nothing any more, %s", (_when, isWorked) => {
			const street = dead();
			if (isWorked) street.order(WORK);
			const { node, host } = street;
			host.deliver((_inputs, now) =>
				node.configure(withValues(node.settings, { lampResponse: 0 }), now),
			);
			street.run(2 * HOUR);
			expect(street.events.slice(1)).toEqual([`lampFailure end ${INFERRED}`]);
			expect(street.node.view.monitor.standing).toEqual([]);
		});
	});
	test("work that is done early: it looks on at once", () => {
		const street = new Street().run(20 * MINUTE);
		street.order('"command":"maintenanceMode","duration":36000');
		street.light = "dead";
		street.run(20 * MINUTE);
		street.order('"command":"maintenanceMode","enabled":false');
		expect(street.events).toEqual([]);
		street.run(31 * MINUTE);
		expect(street.events).toEqual([`lampFailure start ${INFERRED}`]);
	});
});

test("a level that the heat holds down is looked at seldom", () => {
	const street = new Street({
		sensing: { lampResponse: RESPONSE, pirFitted: false },
		calendar: { program: "sunset 100; sunrise 0" },
	});
	street.run(MINUTE);
	street.host.deliver((inputs, now) => inputs.onTemperature(now, 100));
	const { node, host } = street;
	host.run(host.now + 5 * MINUTE);
	let wakes = 0;
	const tick = node.tick.bind(node);
	node.tick = (now) => {
		wakes += 1;
		tick(now);
	};
	host.run(host.now + HOUR);
	expect(wakes).toBeLessThan(120); // broker and clock have their own
	expect(node.view.light.actual).toBe(50);
	expect(street.events).toEqual([]);
});

describe("supply", () => {
	test("each loss of power is reported when it is back, the first boot is none", () => {
		const street = new Street().run(11 * MINUTE);
		expect(street.events).toEqual([]);
		street.boot();
		expect(street.events).toEqual(['supplyLoss  {"supplyLossCount":1}']);
		street.run(11 * MINUTE).boot("brownout");
		expect(street.events).toEqual(['supplyLoss  {"supplyLossCount":2}']);
		street.run(11 * MINUTE).boot("watchdog");
		expect(street.events).toEqual([]);
		expect(street.node.view.monitor.supplyLossCount).toBe(2);
	});
	test("power cut by who works on the lamp is no loss", () => {
		const street = new Street().run(11 * MINUTE);
		street.order('"command":"maintenanceMode","duration":3600');
		for (let life = 0; life < 6; life += 1) street.run(MINUTE).boot();
		expect(street.node.view.monitor.isMaintained).toBe(true);
		expect(street.events).toEqual([]);
		expect(street.node.view.monitor.supplyLossCount).toBe(0);
	});
	test("four short lives in a row are cycling, until one lasts", () => {
		const street = new Street();
		for (let life = 0; life < 4; life += 1) street.run(2 * MINUTE).boot();
		expect(street.events.at(-1)).toBe('cyclingFailure start {"what":"supply"}');
		expect(street.node.view.monitor.standing).toEqual(["cyclingFailure"]);
		street.run(11 * MINUTE);
		expect(street.events.at(-1)).toBe('cyclingFailure end {"what":"supply"}');
		street.boot();
		expect(street.events).toHaveLength(1);
	});
	test.each([
		["the fourth life that ends within ten minutes is", 4, 10 * MINUTE - 1, ["cyclingFailure"]],
		["the third is not", 3, 10 * MINUTE - 1, []],
		["lives that end after ten minutes are not", 4, 10 * MINUTE, []],
	])("cycling: %s", (_which, lives, length, standing) => {
		const street = new Street();
		for (let life = 0; life < lives; life += 1) {
			street.host.run(length);
			street.boot();
		}
		expect(street.node.view.monitor.standing).toEqual(standing);
	});
	test("on a switched feeder the morning is no loss, and dusks are no cycling", () => {
		const street = new Street({ power: { supply: "switched" } });
		for (let night = 0; night < 6; night += 1) street.run(5 * MINUTE).boot();
		expect(street.events).toEqual([]);
		expect(street.node.view.monitor.supplyLossCount).toBe(0);
	});
});

describe("clock", () => {
	test("a day without an answer is reported, and its end", () => {
		const street = new Street({ sensing: { pirFitted: false } });
		street.host.run(23 * HOUR);
		expect(street.events).toEqual([]);
		street.host.run(26 * HOUR);
		expect(street.events).toEqual(['clockFailure start {"source":"holdover"}']);
		street.host.deliver((inputs, now) => inputs.onTime(now, (MIDNIGHT + now) as UtcMillis));
		street.host.run(28 * HOUR);
		expect(street.events.at(-1)).toBe('clockFailure end {"source":"holdover"}');
	});
	test("on a switched feeder four hours are enough", () => {
		const street = new Street({ power: { supply: "switched" } });
		street.answersTime = false;
		street.boot();
		street.host.run(3.9 * HOUR);
		expect(street.events).toEqual([]);
		street.host.run(5.1 * HOUR);
		expect(street.events).toEqual(['clockFailure start {"source":"none"}']);
	});
});

test("why a life ended is reported by the next one, once", () => {
	const street = new Street();
	for (let fault = 0; fault < 20; fault += 1)
		street.node.onFault(street.host.now, new Error("planted"));
	expect(street.host.restarts).toEqual(["tooManyFaults"]);
	street.boot("restart");
	expect(street.node.journal.read(1)).toMatchObject({
		type: "restarted",
		attributes: '{"cause":"restart","reason":"tooManyFaults","shortLives":1}',
	});
	street.boot("watchdog");
	expect(street.node.journal.read(1)!.attributes).toBe('{"cause":"watchdog","shortLives":2}');
});

test("a photocell that cycles is reported, once, and when it is over", () => {
	const sensing = { pirFitted: false, offDelay: 1, onDelay: 1 };
	const street = new Street({ sensing, calendar: TWILIGHT });
	for (let turn = 0; turn < 12; turn += 1) {
		street.isDay = !street.isDay;
		street.run(2 * MINUTE);
	}
	expect(street.events).toEqual(['cyclingFailure start {"what":"lamp"}']);
	street.host.run(street.host.now + 4 * HOUR);
	expect(street.events.at(-1)).toBe('cyclingFailure end {"what":"lamp"}');
});
