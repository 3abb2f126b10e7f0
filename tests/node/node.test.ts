/**
 * Node: the whole lamp on a host in plain memory: what shines, when, and why.
 */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import type { LampEvent } from "../../src/journal/events.js";
import { Node } from "../../src/node.js";
import type { Lux, Millis, UtcMillis } from "../../src/units.js";
import { dutyOf } from "../properties/eye.js";
import { FakeHost } from "../support/fakehost.js";
import { FakeFlash, SECTOR } from "../support/flash.js";
import { bootLamp, vouch } from "../support/lamp.js";
import { typeAt } from "../support/technician.js";

const FULL = 4095;
const CLOCK_JUMP: LampEvent = { type: "clockJump", attributes: { jump_ms: 1 } } as never;
const EVENING = Date.parse("2026-11-24T23:30:00Z") as UtcMillis; // the program asks 40 % from 00:00
const NOON = Date.parse("2026-11-24T11:30:00Z") as UtcMillis;
const SETTLED: Millis = 31_000;

/** A lamp in the deep of the night, its PIR settled, resting on its program. */
function atNight(settings: Record<string, object> = {}) {
	return bootLamp({ settings, lux: 0, utc: EVENING, until: 200_000 });
}

describe("node at boot", () => {
	test("shines before anything is known", () => {
		const { host } = bootLamp();
		expect(host.duties).toEqual([[0, FULL]]);
	});
	test("stays lit for as long as it has neither light nor time", () => {
		const { host, node } = bootLamp();
		host.run(48 * 3_600_000);
		expect(host.duty).toBe(FULL);
		expect(node.view.light.chain.at(0)).toEqual({ by: "default", level: 100 });
		expect(node.view.sensing.darkBecause).toBe("doubt");
	});
	test("a settling PIR counts as occupied, and then no more", () => {
		const { host, node } = bootLamp({ settings: { light: { settleTime: 30 } } });
		host.deliver((inputs, now) => inputs.onTime(now, EVENING));
		host.run(29_999);
		expect(node.view.light.reason).toBe("sensor");
		host.run(SETTLED);
		expect(node.view.light.reason).toBe("program");
	});
	test("the first turn decides the light; the journal's sectors are read in the second", () => {
		const host = new FakeHost();
		host.flashLog = new FakeFlash(16);
		const log = 14 * SECTOR; // the last two are the tally's
		const places: number[] = [];
		const { read } = FakeFlash.prototype;
		Object.assign(host.flashLog, {
			read(offset: number, into: Uint8Array): boolean {
				places.push(offset);
				return read.call(this, offset, into);
			},
		});
		const node = new Node(host);
		node.tick(0);
		expect([host.duty, host.kept, host.alarmAt]).toEqual([FULL, 100, 0]);
		expect(places.filter((offset) => offset < log)).toEqual([]);
		expect(node.journal.newest).toBe(0);
		node.tick(0);
		expect(places.filter((offset) => offset < log).length).toBeGreaterThanOrEqual(14);
		expect(node.journal.read(1)?.type).toBe("started");
	});
	test.each([
		["an event of the first turn", (node: Node) => node.emit(CLOCK_JUMP, 0), "clockJump"],
		["an exception of it", (node: Node) => node.onFault(0, new Error("no")), "fault"],
		["a restart in it", (node: Node) => node.restart("ordered", 0), undefined],
	])("%s comes after the first events of the life", (_what, happens, next) => {
		const host = new FakeHost();
		const node = new Node(host);
		happens(node);
		host.inputs = node;
		host.run(0);
		const types = [1, 2].map((seq) => node.journal.read(seq)?.type);
		expect(types).toEqual(["started", next]);
	});
	test("numbers its life, and the next one", () => {
		const { host, node } = bootLamp();
		expect(node.view.identity.life).toBe(1);
		const next = new Node(host);
		expect(next.view.identity.life).toBe(2);
	});
	test("broken settings light by defaults and are reported", () => {
		const { host, node } = bootLamp({ stored: [["set.light", "{nonsense"]], until: 0 });
		expect(host.duty).toBe(FULL);
		const types = [1, 2].map((seq) => node.journal.read(seq)?.type);
		expect(types).toEqual(["started", "settingsInvalid"]);
	});
});

test.each<[lux: number, range: number | undefined, isSaturated: boolean]>([
	[299, 300, false],
	[300, 300, true],
	[300, 54_612, false],
	[54_612, undefined, false],
])("a reading of %d lx on a host whose range ends at %s lx: saturated %s", (lux, range, shown) => {
	const host = new FakeHost();
	host.lightSensorRange = range as Lux | undefined;
	const { node } = bootLamp({ host, lux });
	expect(node.view.sensing.lightSaturated).toBe(shown);
});

describe("node by night", () => {
	test("a fade is one order, and needs no turn before its end", () => {
		const { host, node } = atNight();
		const { fades } = host;
		const before = fades.length;
		host.deliver((inputs, now) => inputs.onMovement(now));
		const turns: number[] = [];
		const tick = node.tick.bind(node);
		node.tick = (now) => {
			turns.push(now);
			tick(now);
		};
		const edge = host.now;
		host.run(edge + 2_000);
		expect([host.duty, fades.length]).toEqual([FULL, before + 1]);
		expect(turns).toEqual([edge + fades.at(-1)![1].at(-2)!]);
	});
	test("rests on its program, without an alarm of its own for an hour", () => {
		const { host, node } = atNight();
		expect(node.view.light.feedback).toBe(40);
		host.run(700_000); // ten minutes: no short life (monitor/supply.ts)
		const alarms = host.alarms;
		host.run(1_500_000);
		expect(host.alarms - alarms).toBe(0);
	});
	test("answers the edge in the same turn, and is full within a second", () => {
		const { host } = atNight();
		const before = host.duty;
		const edge = host.now;
		host.deliver((inputs, now) => inputs.onMovement(now));
		expect([host.fades.at(-1)![0], host.aim]).toEqual([edge, FULL]);
		host.run(edge + 5);
		expect(host.carrier.dutyAt(host.now)).toBeGreaterThan(before);
		host.run(edge + 1000);
		expect(host.duty).toBe(FULL);
	});
	test("is lit while work blocks its inputs, however often it is announced, and no longer", () => {
		const { host, node } = atNight();
		const setBlocking = (work: "update" | "handshake", isExpected: boolean) => {
			host.deliver(() => node.askForLight(work, isExpected ? Infinity : 0));
			return node.view.light.feedback;
		};
		expect(setBlocking("update", true)).toBe(100);
		expect(setBlocking("handshake", true)).toBe(100);
		expect(setBlocking("handshake", true)).toBe(100);
		expect(setBlocking("update", false)).toBe(100);
		expect(setBlocking("handshake", false)).toBe(40);
		expect(setBlocking("handshake", false)).toBe(40);
		expect(setBlocking("update", true)).toBe(100);
	});
	test("falls slowly, in two steps, and never rises on its way down", () => {
		const { host, node } = atNight();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 5000);
		host.deliver((inputs, now) => inputs.onStillness(now));
		const from = host.duties.length;
		host.run(host.now + 30_000 + 11_000);
		expect(node.view.light.actual).toBe(60); // lingers
		host.run(host.now + 60_000);
		expect(node.view.light.actual).toBe(40);
		const duties = host.duties.slice(from).map(([, duty]) => duty);
		expect(duties).toEqual([...duties].sort((a, b) => b - a));
		expect(new Set(duties).size).toBe(duties.length); // none written twice
	});
	test("is dark at noon, whoever walks by", () => {
		const { host } = bootLamp();
		host.deliver((inputs, now) => inputs.onIlluminance(now, 9000 as Lux));
		host.deliver((inputs, now) => inputs.onTime(now, NOON));
		host.run(300_000);
		expect(host.duty).toBe(0);
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(400_000);
		expect(host.duty).toBe(0);
	});
});

describe("node against a slow order", () => {
	const slowly = (level: number) =>
		JSON.stringify({ id: "s1", command: "override", level, duration: 600, rampToLevelTime: 60 });
	const console = { via: "console", retained: false, toMany: false } as const;

	test("every road user while an order rises in a minute has light within a second", () => {
		const { host, node } = atNight();
		host.deliver((_inputs, now) => void node.takeOrder(slowly(100), console, now));
		host.run(host.now + 5000);
		expect(host.duty).toBeLessThan(FULL);
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
		expect(host.duty).toBe(FULL);
	});
	test("a boot below the floor does not rise to it in a minute", () => {
		const { host, node } = atNight({ light: { settleTime: 0 } });
		host.deliver((_inputs, now) => void node.takeOrder(slowly(30), console, now));
		const { node: next } = bootLamp({ host });
		host.run(host.now + 1000);
		expect(next.view.light.actual).toBeGreaterThanOrEqual(20);
	});
});

describe("node after a restart by night", () => {
	test("trusts a dark sensor at once, whatever its clock says of the sun", () => {
		const { host, node } = bootLamp({ utc: NOON, isVouched: true, until: 60_000 });
		expect(host.duty).toBe(0);
		host.deliver((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		expect(node.view.sensing.darkBecause).toBe("photocell");
		host.run(host.now + 1000);
		expect(host.duty).toBeGreaterThan(0);
	});
});

describe("node under fault", () => {
	test("a dimmer that threw once is tried again, lit, and the fault is in the journal", () => {
		const { host, node } = atNight();
		host.dimmer.fade = () => {
			throw new Error("no channel");
		};
		try {
			host.deliver((inputs, now) => inputs.onMovement(now));
		} catch (error) {
			node.onFault(host.now, error);
		}
		expect(host.duty).toBe(FULL);
		expect(node.view.light.reason).toBe("systemFailure");
		host.run(host.now + 2000);
		expect(node.view.light.reason).toBe("sensor");
		expect(node.journal.read(node.journal.newest)?.type).toBe("fault");
	});
	test("a fault in the middle of a fall ends it: the lamp stands at systemFailureLevel", () => {
		const { host, node } = atNight({ light: { systemFailureLevel: 80 } });
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 10_000);
		host.deliver((inputs, now) => inputs.onStillness(now));
		while (node.light.actualAt(host.now) > 70) host.run(host.now + 500);
		node.light.decide = () => {
			throw new Error("always");
		};
		try {
			host.deliver((inputs, now) => inputs.onMovement(now));
		} catch (error) {
			node.onFault(host.now, error);
		}
		node.light.settleAt(host.now + 30_000); // long after the end of the fall
		expect([node.view.light.reason, node.light.actualAt(host.now)]).toEqual(["systemFailure", 80]);
		expect(host.duty).toBe(dutyOf(80));
	});
	test("a fault of the light leaves a protected lamp its full class", () => {
		const light = { lightProtected: true, fullLevel: 80, systemFailureLevel: 30 };
		const { host, node } = atNight({ light });
		node.light.decide = () => {
			throw new Error("always");
		};
		for (let tries = 0; tries < 3; tries += 1) {
			try {
				host.deliver((inputs, now) => inputs.onMovement(now));
			} catch (error) {
				node.onFault(host.now, error);
			}
			expect(node.view.light.reason).toBe("systemFailure");
			expect(host.duty).toBeGreaterThanOrEqual(0.8 * FULL);
			host.now += 5000;
		}
	});
	test("a link that throws at every turn is left alone for longer and longer; the lamp goes on", () => {
		const { host, node } = atNight();
		let tries = 0;
		node.link.tick = () => {
			tries += 1;
			throw new Error("always");
		};
		const from = host.duties.length;
		for (let minute = 1; minute <= 120; minute += 1) {
			host.run(host.now + 30_000);
			host.deliver((inputs, now) => inputs.onMovement(now));
			host.run(host.now + 5000);
			host.deliver((inputs, now) => inputs.onStillness(now));
		}
		expect(host.restarts).toEqual([]);
		expect(tries).toBeGreaterThan(5);
		expect(tries).toBeLessThan(20);
		expect(host.duties.length).toBeGreaterThan(from);
		expect(node.faults.count).toBe(tries);
	});
	test("each input has its entry in the recorder", () => {
		const { host, node } = bootLamp();
		const before = node.recorder.count;
		host.deliver((inputs, now) => inputs.onStreamReached(now, 7));
		host.deliver((inputs, now) => inputs.onStreamOpen(now, 7));
		host.deliver((inputs, now) => inputs.onStreamClosed(now, 7, "closedByPeer"));
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.deliver((inputs, now) => inputs.onStillness(now));
		const { recorder } = node;
		const kinds = Array.from({ length: recorder.held }, (_, index) => recorder.read(index, 0).kind);
		expect(kinds.slice(before)).toEqual([
			"streamReached",
			"streamOpen",
			"streamClosed",
			"movement",
			"stillness",
		]);
	});
	test("edges that share a turn are all recorded", () => {
		const { host, node } = bootLamp();
		const before = node.recorder.count;
		host.deliver((inputs, now) => {
			inputs.onMovement(now);
			inputs.onStillness(now);
			inputs.onMovement(now);
		});
		const { recorder } = node;
		const kinds = Array.from({ length: recorder.held }, (_, index) => recorder.read(index, 0).kind);
		expect(kinds.slice(before)).toEqual(["movement", "stillness", "movement"]);
	});
	test.each([
		["of the light", true],
		["of an input", false],
	])("the turn after a fault %s follows a second later, not at once", (_whose, isOfLight) => {
		const { host, node } = atNight();
		if (isOfLight)
			node.light.decide = () => {
				throw new Error("once");
			};
		try {
			host.deliver((inputs, now) => inputs.onMovement(now));
			throw new Error("an input");
		} catch (error) {
			node.onFault(host.now, error);
		}
		expect(host.alarmAt).toBe(host.now + 1000);
	});
	test("a fault of an input changes no light, and the event says where it was", () => {
		const { host, node } = atNight();
		host.run(700_000);
		const { length } = host.duties;
		host.deliver((inputs, now) => inputs.onFault(now, new Error("an input")));
		host.run(host.now + 60_000);
		expect([node.view.light.feedback, host.duties.length]).toEqual([40, length]);
		const { attributes } = node.journal.read(node.journal.newest)!;
		expect(attributes).toBe('{"where":"input","message":"an input"}');
	});
	test("a store that takes nothing changes no light", () => {
		const host = new FakeHost();
		host.storeFails = true;
		bootLamp({ host });
		host.run(3_600_001);
		expect(host.duty).toBe(FULL);
	});
	test("a reason that flash does not erase is reported by one life alone", () => {
		const host = new FakeHost();
		host.stored.set("reason", "ordered");
		Object.assign(host.store, { erase: () => "failed" });
		const reasons = ["restart", "crash"].map((powerCause) => {
			Object.assign(host, { powerCause });
			return bootLamp({ host, until: 0 }).node.journal.read(1)?.attributes;
		});
		expect(reasons).toEqual(['{"cause":"restart","reason":"ordered"}', '{"cause":"crash"}']);
	});
	test("the twentieth fault in an hour restarts the lamp, with the reason", () => {
		const { host, node } = bootLamp();
		for (let i = 0; i < 20; i += 1) node.onFault(1000 * i, new Error("again"));
		expect(host.restarts).toEqual(["tooManyFaults"]);
	});
});

describe("node and a light sensor that reports nonsense", () => {
	const NONSENSE = [Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	test.each(NONSENSE)(
		"%s each minute for a day and a night: silent, and the sun decides",
		(lux) => {
			const { host, node } = bootLamp();
			host.deliver((inputs, now) => inputs.onIlluminance(now, 9000 as Lux));
			host.deliver((inputs, now) => inputs.onTime(now, NOON));
			vouch({ host, node }, NOON);
			for (let minute = 1; minute <= 24 * 60 + 1; minute += 1) {
				host.run(60_000 * minute);
				host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
				assert.ok(Number.isFinite(host.duty));
			}
			expect(node.sensorHealth.light.doubt).toBe("silent");
			expect(node.view.sensing.darkBecause).toBe("sun");
			expect(node.view.sensing.lightLevel).toBeUndefined();
		},
	);
	test.each(NONSENSE)("%s at a boot on a switched feeder says neither day nor night", (lux) => {
		const { host, node } = bootLamp({ settings: { power: { supply: "switched" } } });
		host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
		host.run(200_000);
		expect(node.view.sensing.photocell).toBe("unknown");
		expect(host.duty).toBe(FULL);
	});
});

describe("node and its orders", () => {
	test("an override over the console moves the light, is kept, and ends by itself", () => {
		const { host, node } = atNight();
		typeAt(host, "override 80 10");
		host.run(host.now + 1000);
		expect(node.view.light.actual).toBe(80);
		expect(host.stored.get("twin")).toContain('"level":80');
		const { node: again } = bootLamp({ stored: host.stored });
		expect(again.view.light.target).toBe(80);
		host.run(host.now + 10 * 60_000 + 11_000);
		expect(node.view.light.actual).toBe(40);
		expect(node.journal.read(node.journal.newest)?.attributes).toContain("expired");
	});
	test("a setting confirmed at the pole is in force and survives the restart", () => {
		const { host, node } = atNight();
		typeAt(host, "set floorLevel 50\rapply\rconfirm");
		host.run(host.now + 1000);
		expect(host.serialOut).toContain("50");
		expect(node.view.light.feedback).toBe(50);
		expect(new Node(host).settings.floorLevel).toBe(50);
	});
});

describe("node and its clock", () => {
	const eventsOf = (node: Node) =>
		Array.from({ length: node.journal.newest }, (_, i) => {
			const entry = node.journal.read(i + 1)!;
			return [entry.type, entry.attributes];
		}).slice(1); // after `started`

	test("reports when it learns the date, when it is moved, and what it would not accept", () => {
		const { host, node } = bootLamp();
		host.run(1000);
		host.deliver((inputs, now) => inputs.onTime(now, 0 as UtcMillis));
		host.deliver((inputs, now) => inputs.onTime(now, EVENING));
		host.deliver((inputs, now) => inputs.onTime(now, (EVENING + 1) as UtcMillis));
		host.deliver((inputs, now) => inputs.onTime(now, (EVENING + 3_600_000) as UtcMillis));
		host.run(61_000);
		host.deliver((inputs, now) => inputs.onTime(now, (EVENING + 3_660_000) as UtcMillis));
		expect(eventsOf(node)).toEqual([
			["clockJump", '{"by_ms":0,"taken":false}'],
			["clockSet", '{"source":"network"}'],
			["clockJump", '{"by_ms":3599999,"taken":false}'],
			["clockJump", '{"by_ms":3599999,"taken":true,"corroborated":false}'],
		]);
		expect(node.journal.read(1)?.utc).toBe(EVENING - 1000); // dated afterwards
	});
	test("a clock moved over a switch point changes the program's level at once", () => {
		const { host, node } = atNight();
		expect(node.view.light.feedback).toBe(40);
		const later = EVENING + 6 * 3_600_000 - host.now;
		host.deliver((inputs, now) => inputs.onTime(now, (later + now) as UtcMillis));
		expect(node.view.light.feedback).toBe(40); // until a second answer agrees
		host.run(host.now + 60_000);
		host.deliver((inputs, now) => inputs.onTime(now, (later + now) as UtcMillis));
		expect(node.view.light.feedback).toBe(100); // 05:30 has passed
	});
});

describe("node and its broker", () => {
	test("connects within the spread of the network's coming, though nothing else is due", () => {
		const link = { brokerHost: "broker", brokerTls: false, reconnectSpread: 10 };
		const { host } = atNight({ link });
		host.run(700_000); // ten minutes: no short life (monitor/supply.ts)
		host.deliver((inputs, now) => inputs.onNetwork(now, true));
		host.run(host.now + 10_000);
		expect(host.opened).toMatchObject([{ host: "broker" }]);
	});
	test("reports when it has been away for too long, once, and that it is lit meanwhile", () => {
		const { host, node } = bootLamp({
			settings: { link: { brokerHost: "broker", brokerTls: false, reconnectSpread: 10 } },
		});
		host.deliver((inputs, now) => inputs.onNetwork(now, true));
		for (let s = 1; s < 600; s += 1) {
			host.run(1000 * s);
			if (node.link.state === "connecting")
				host.deliver((inputs, now) => inputs.onStreamClosed(now, 0, "unreachable"));
		}
		const types = Array.from({ length: node.journal.newest }, (_, i) => node.journal.read(i + 1)!);
		const failures = types.filter(({ type }) => type === "communicationFailure");
		expect(failures.map(({ startEndFlag, attributes }) => [startEndFlag, attributes])).toEqual([
			["start", '{"why":"unreachable"}'],
		]);
		expect(host.duty).toBe(FULL);
	});
});

describe("node on a street in classes", () => {
	const P4 = { installedMean: 10, fullClass: "P4", floorClass: "P6" }; // 50 % and 20 %
	const walk = (host: FakeHost) => {
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
	};
	test("presence brings the full class, not all that the luminaire has", () => {
		const { host, node } = atNight({ light: P4, calendar: { program: "sunset 0; sunrise 0" } });
		expect(node.view.light.actual).toBe(20);
		walk(host);
		expect(node.view.light.actual).toBe(50);
	});
	test("on an M class the PIR counts and changes no light", () => {
		const light = { installedMean: 1, fullClass: "M3", floorClass: "M5", sensorEffect: "none" };
		const { host, node } = atNight({ light });
		const lit = host.duties.length;
		walk(host);
		expect([node.view.light.actual, host.duties.length]).toEqual([50, lit]);
		expect(node.view.traffic.accumulatedRoadUserNumber).toBe(1);
	});
	test("a crossing keeps its class all night", () => {
		const { node } = atNight({ light: { ...P4, lightProtected: true } });
		expect(node.view.light.chain.map(({ by }) => by)).toEqual(["program", "protected"]);
		expect(node.view.light.actual).toBe(50);
	});
});
