/** Recorder: what was noted is read as it was, and inputs played again make the same light. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { random } from "../../lib/random.js";
import { DAY, MINUTE } from "../../lib/spans.js";
import { RECORDED, Recorder } from "../../src/journal/recorder.js";
import type { Node } from "../../src/node.js";
import type { Lux, Percent, UtcMillis } from "../../src/units.js";
import type { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { KEPT, KEPT_AS, SECRET } from "../support/technician.js";

const SEED = 20_261_124;
/** Two numbers of 32 bits. */
const ENTRY_BYTES = 8;
/** An override that asks for nothing else. */
const PLAIN = {
	until: undefined,
	rampToLevelTime: undefined,
	inhibitSensors: false,
	belowFloor: false,
} as const;

function readAll(recorder: Recorder): [at: number, kind: string, value: number][] {
	const read: [number, string, number][] = [];
	for (let index = 0, before = 0; index < recorder.held; index += 1) {
		const { at, kind, value } = recorder.read(index, before);
		read.push([at, kind, value]);
		before = at;
	}
	return read;
}

describe("the ring", () => {
	test("gives back each input with its instant and its value", () => {
		const recorder = new Recorder(0);
		recorder.edge(true, 5);
		recorder.illuminance(5, 2.3);
		recorder.temperature(90_000, -7.25);
		recorder.time(90_001, 1_795_000_000_123);
		recorder.network(90_002, true);
		recorder.order(90_003, {
			kind: "override",
			id: "1",
			level: 40 as Percent,
			duration: 60_000,
			...PLAIN,
		});
		recorder.asked(90_003, "neighbours", 120_003);
		recorder.asked(90_003, "erase", Infinity);
		recorder.asked(90_003, "erase", 0);
		recorder.login(90_004, false);
		expect(readAll(recorder)).toEqual([
			[5, "movement", 0],
			[5, "illuminance", 2300],
			[90_000, "temperature", -7250],
			[90_001, "time", 1_795_000_000],
			[90_001, "date", 123],
			[90_002, "network", 1],
			[90_003, "order", 400 << 7],
			[90_003, "duration", 60_000],
			[90_003, "asked", 30_000 << 3],
			[90_003, "asked", 3 | (0xfffffff << 3)],
			[90_003, "asked", 3],
			[90_004, "login", 0],
		]);
	});
	test(`keeps instants over any silence, and the latest of any number (seed ${SEED})`, () => {
		const waits = fc.array(fc.oneof(fc.nat(5000), fc.nat(20 * DAY)), { maxLength: 3 * RECORDED });
		fc.assert(
			fc.property(fc.nat(400 * DAY), waits, (start, spans) => {
				const recorder = new Recorder(start);
				const instants: number[] = [];
				let now = start;
				for (const span of spans) {
					now += span;
					instants.push(now);
					recorder.edge(span % 2 === 0, now);
				}
				const inputs = readAll(recorder).filter(([, kind]) => kind !== "gap");
				expect(inputs.map(([at]) => at)).toEqual(instants.slice(instants.length - inputs.length));
				expect(recorder.held).toBe(Math.min(recorder.count, RECORDED));
			}),
			{ seed: SEED, numRuns: 200 },
		);
	});
});

/** A lamp by night, whose inputs come by chance. */
class Lamp {
	readonly host: FakeHost;
	readonly node: Node;

	constructor() {
		const settings = { calendar: { program: "sunset 30; sunrise 0" } };
		({ host: this.host, node: this.node } = bootLamp({ stored: [[KEPT_AS, KEPT]], settings }));
	}

	ask(line: string): string[] {
		this.host.serialOut = "";
		this.host.serialIn.push(...Buffer.from(`${line}\r`));
		this.host.deliver((inputs, now) => inputs.onSerialReadable(now, line.length + 1));
		return this.host.serialOut.split("\r\n").slice(0, -1);
	}

	/** The body of `record`. */
	record(): Record<string, unknown>[] {
		this.ask("\u0003plain");
		this.ask(`login ${SECRET}`);
		return this.ask("record")
			.slice(0, -1)
			.map((line) => JSON.parse(line))
			.filter((entry) => entry.record || entry.input);
	}
}

function aNight(seed: number): Lamp {
	const chance = random(seed, "recorder");
	const lamp = new Lamp();
	const { host } = lamp;
	let utc = Date.UTC(2026, 10, 24, 18);
	let active = false;
	for (let index = 0; index < 180; index += 1) {
		host.run(host.now + Math.floor(chance.next() * 4 * MINUTE));
		const dice = chance.next();
		if (index === 3 || dice < 0.03) {
			utc += Math.floor(chance.next() * 100);
			host.deliver((inputs, now) => inputs.onTime(now, (utc + now) as UtcMillis));
		} else if (dice < 0.2) {
			const lux = Math.floor(chance.next() * 30_000) / 1000;
			host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
		} else if (dice < 0.25) {
			const celsius = Math.floor(chance.next() * 100_000) / 1000;
			host.deliver((inputs, now) => inputs.onTemperature(now, celsius));
		} else {
			active = !active;
			if (active) host.deliver((inputs, now) => inputs.onMovement(now));
			else host.deliver((inputs, now) => inputs.onStillness(now));
		}
		if (index % 50 === 49) {
			lamp.ask("\u0003plain");
			lamp.ask(`login ${SECRET}`);
			expect(lamp.ask("override 73 5")).toEqual(["ok accepted"]);
			lamp.ask("logout");
		}
	}
	return lamp;
}

/** Plays a record to another lamp with the same settings. */
function play(inputs: readonly Record<string, unknown>[], until: number): Lamp {
	const lamp = new Lamp();
	const { host, node } = lamp;
	inputs.forEach((each, index) => {
		const { at_ms, input, value } = each as { at_ms: number; input: string; value: number };
		host.run(at_ms);
		const following = inputs[index + 1]?.value as number;
		const deliver = (what: () => void) => host.deliver(() => what());
		if (input === "movement") deliver(() => node.onMovement(at_ms));
		else if (input === "stillness") deliver(() => node.onStillness(at_ms));
		else if (input === "illuminance") deliver(() => node.onIlluminance(at_ms, value as Lux));
		else if (input === "temperature") deliver(() => node.onTemperature(at_ms, value));
		else if (input === "time")
			deliver(() => node.onTime(at_ms, (1000 * value + following) as UtcMillis));
		else if (input === "order") {
			const order = { id: `again.${index}`, command: each.name, level: value };
			const text = JSON.stringify({ ...order, duration: following / 1000 });
			const envelope = { via: "console", retained: false, toMany: false } as const;
			deliver(() => node.takeOrder(text, envelope, at_ms));
		}
	});
	host.run(until);
	return lamp;
}

describe("a night that was recorded", () => {
	test.each([1, 2, 3])(
		"makes the same changes of the PWM when it is played again (seed %i)",
		(seed) => {
			const lamp = aNight(seed);
			const until = lamp.host.now;
			const before = lamp.host.duties.length;
			const [head, ...inputs] = lamp.record();
			expect(head).toMatchObject({ record: 1, life: 1, before: 0 });
			expect(before).toBeGreaterThan(200);
			const again = play(inputs, until);
			expect(again.host.duties.slice(0, before)).toEqual(lamp.host.duties.slice(0, before));
			const without = play(
				inputs.filter(({ input }) => input !== "movement"),
				until,
			);
			expect(without.host.duties).not.toEqual(again.host.duties); // it hangs on each of them
		},
	);
	test("takes 16 bytes an input at most, whatever came", () => {
		const [, ...inputs] = aNight(4).record();
		const mainInputs = inputs.filter(({ input }) => input !== "date" && input !== "duration");
		expect((ENTRY_BYTES * inputs.length) / mainInputs.length).toBeLessThan(9);
	});
	test("people see it, too, with the instants of the life", () => {
		const lamp = aNight(5);
		lamp.host.serialIn.push(...Buffer.from(`${SECRET}\rrecord\r`));
		lamp.host.serialOut = "";
		lamp.host.deliver((inputs, now) => inputs.onSerialReadable(now, 1));
		expect(lamp.host.serialOut).toMatch(
			/\r\nrecord 1, life 1, \d+ inputs, 0 before\r\n00:0\d:\d\d\.\d{3} /,
		);
	});
});
