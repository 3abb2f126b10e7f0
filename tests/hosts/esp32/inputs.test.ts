/** The esp32 host's sensors, serial line, clock and turns on a controller that misbehaves. */
import { describe, expect, test } from "@jest/globals";
import { board as emulator } from "../../../hosts/esp32/boards/emulator/pins.js";
import { board as c3 } from "../../../hosts/esp32/boards/esp32-c3/pins.js";
import { board as devkit } from "../../../hosts/esp32/boards/esp32-devkit/pins.js";
import { board as wt32 } from "../../../hosts/esp32/boards/wt32-eth01/pins.js";
import main from "../../../hosts/esp32/main.js";
import { MOST_LOSSES, PAUSE } from "../../../hosts/moddable/turn.js";
import type { Duty } from "../../../src/units.js";
import { breachesOf } from "../contract.js";
import { Controller, power } from "./controller.js";
import { type Rig, rigOf } from "./rig.js";

const PIR = 27;

describe("a boot", () => {
	// security: `setup/network` waits
	test("asks why, lights, and only then reads what is stored and joins the network", () => {
		power.on = new Controller();
		power.on.nvs.set("set.link", '{"wifiName":"city"}');
		main();
		expect(power.on.order).toEqual([
			"reset reason",
			"pwm",
			"nvs",
			"wifi",
			"country FR 0",
			"power save 0",
		]);
		expect(power.on.joins).toEqual([{ SSID: "city" }]);
		expect(power.on.duties[0]).toBe(0); // inverted: full
		expect(power.on.restarts).toEqual([]);
	});

	test("shines for a minute, then starts over, where the lamp could not be made", () => {
		power.on = new Controller();
		power.on.broken.add("chip");
		main();
		power.on.pass(59_999);
		expect([power.on.duties, power.on.restarts]).toEqual([[0, 0], []]);
		power.on.pass(1);
		expect(power.on.restarts).toEqual(["asked"]);
	});

	/** Duties, inverted: 0 is full light, 4095 none. */
	const before: [what: string, controller: Partial<Controller>, first: number][] = [
		["after a restart by software", { resetReason: 3 }, 2867],
		["after a watchdog", { resetReason: 6 }, 2867],
		["whatever the refusals are", { resetReason: 3, retained: [30, Number.NaN] }, 2867],
		["dark, as it was", { resetReason: 3, retained: [0, 0], shone: 0 }, 4095],
		["after a loss of power: full light", { resetReason: 1 }, 0],
		["after a brownout: full light", { resetReason: 9 }, 0],
		["where no level is whole: full light", { resetReason: 3, retained: [Number.NaN, 2] }, 0],
		["where the life before decided nothing: full light", { resetReason: 3, retained: [-1, 0] }, 0],
		["where no duty is whole: full light", { resetReason: 3, shone: -1 }, 0],
		["where the duty is of a finer dimmer: full light", { resetReason: 3, shone: 4096 }, 0],
	];
	test.each(before)("shows the duty of before %s", (_what, state, first) => {
		power.on = Object.assign(new Controller(), { retained: [30, 0], shone: 1228 }, state);
		main();
		expect(power.on.duties[0]).toBe(first);
	});

	test("shows the duty of before at once, and the retained level after it: no flash", () => {
		power.on = new Controller();
		main();
		const [level, duty] = [30, Math.round(0.3 * 4095)];
		const { nvs, date } = power.on;
		power.on = Object.assign(new Controller(), { nvs, date, resetReason: 6 });
		Object.assign(power.on, { retained: [level, 0], shone: duty });
		main();
		expect(power.on.duties.slice(0, 2)).toEqual([4095 - duty, 4095 - duty]);
	});

	test("uses a duty once: lives that end before they light anew do not stay dimmed", () => {
		const start = (last: Partial<Controller>) => {
			power.on = Object.assign(new Controller(), { resetReason: 6 }, last);
			power.on.broken.add("chip");
			main();
			const { retained, shone } = power.on;
			return { first: power.on.duties[0], last: { retained, shone } };
		};
		const firstLife = start({ retained: [30, 0], shone: 1228 });
		expect([firstLife.first, start({ ...firstLife.last, shone: -1 }).first]).toEqual([2867, 0]);
	});

	const causes: [reason: number, cause: string][] = [
		[0, "crash"],
		[1, "powerOn"],
		[2, "powerOn"],
		[3, "crash"], // XS ended: nobody asked for it
		[4, "crash"],
		[5, "watchdog"],
		[6, "watchdog"],
		[7, "watchdog"],
		[8, "powerOn"],
		[9, "brownout"],
		[10, "powerOn"],
		[11, "powerOn"],
		[12, "powerOn"],
		[13, "brownout"],
		[14, "brownout"],
		[15, "watchdog"],
		[16, "crash"],
		[99, "crash"],
	];
	test.each(causes)("of reset reason %d is reported as %s", (reason, cause) => {
		const { pole } = rigOf((controller) => void (controller.resetReason = reason));
		expect(pole.powerCause).toBe(cause);
	});

	test("in safe mode opens all but its network, and that later", () => {
		const { pole, controller } = rigOf();
		const before = controller.order.length;
		pole.listen(600_000);
		expect(controller.order.slice(before).join()).not.toMatch(/country|noise/);
		controller.pass(599_000);
		expect(controller.order.slice(before).join()).not.toMatch(/country|noise/);
		controller.pass(1_000);
		expect(controller.order.slice(before).join()).toMatch(/country/);
	});

	// security: XS that ends resets by software
	test("after a restart that was asked for is reported as one, once", () => {
		const { pole, controller } = rigOf();
		pole.restart("settings");
		const causes = [1, 2].map(() => {
			const next = rigOf((it) =>
				Object.assign(it, { resetReason: 3, wasAsked: controller.wasAsked }),
			);
			controller.wasAsked = next.controller.wasAsked;
			return next.pole.powerCause;
		});
		expect([controller.restarts, causes]).toEqual([["asked"], ["restart", "crash"]]);
	});

	test.each(["digital", "analog", "serial", "wifi"])(
		"goes on without %s, and reports the fault or nothing",
		(what) => {
			const rig = rigOf((controller) => void controller.broken.add(what));
			rig.controller.pass(20_000);
			expect(rig.controller.restarts).toEqual([]);
			expect(rig.lamp.ticks).toBeGreaterThan(0);
			if (what !== "analog") expect(rig.received().join()).toContain(`fault Error: ${what}`);
		},
	);

	test("keeps the contract of every host", () => {
		const rig = rigOf();
		rig.received();
		expect(breachesOf(rig.pole)).toEqual([]);
		expect(rig.received()).toEqual([]); // nothing is called back before a door returns
	});

	// security: 5.4-2
	test("is named by its chip, or by the factory", () => {
		expect(rigOf().pole.serial).toBe("esp32-240ac4000102");
		expect(rigOf(({ nvs }) => void nvs.set("serial", "L-17")).pole.serial).toBe("L-17");
	});
});

describe("movement", () => {
	test("is reported at both edges, once", () => {
		const rig = rigOf();
		rig.controller.edge(PIR, 1);
		rig.controller.edge(PIR, 1);
		rig.controller.edge(PIR, 0);
		expect(rig.received()).toEqual(["movement", "stillness"]);
	});

	// security: a full queue silences a pin
	test("of a pin that a full queue silenced is read within a second, and reports again", () => {
		const rig = rigOf();
		rig.controller.pin(PIR).isSilent = true;
		rig.controller.edge(PIR, 1);
		expect(rig.received()).toEqual([]);
		rig.controller.pass(1000);
		expect(rig.received()).toContain("movement");
		expect(rig.controller.pin(PIR).opened).toBe(2);
		rig.controller.edge(PIR, 0);
		expect(rig.received()).toContain("stillness");
	});

	test("that was there at the boot is reported", () => {
		const rig = rigOf((controller) => void (controller.pin(PIR).level = 1));
		expect(rig.received()).toEqual(["movement"]);
	});
});

describe("light", () => {
	const readings: [
		what: string,
		from: number | undefined,
		to: number | undefined,
		count: number,
	][] = [
		["at once", 410, 410, 1],
		["no more within 10 %", 410, 440, 1],
		["again beyond 10 %", 410, 460, 2],
		["no more in a dark that the converter is blind to", 0, 280, 1],
		["again out of that dark", 280, 290, 2],
		["never of a converter without an answer", undefined, undefined, 0],
		["no more while the converter is silent", 410, undefined, 1],
	];
	test.each(readings)("is reported %s", (_what, from, to, count) => {
		const rig = rigOf((controller) => void (controller.analog = from));
		rig.controller.pass(250);
		rig.controller.analog = to;
		rig.controller.pass(60_000);
		expect(rig.received().filter((word) => word.startsWith("illuminance"))).toHaveLength(count);
	});

	const chips: [kind: "veml7700" | "bh1750", bytes: number[], lux: number][] = [
		["veml7700", [0xe8, 0x03], 67.2], // 1,000 counts, low byte first
		["bh1750", [0x01, 0x90], 400 / 1.2], // 400 counts, high byte first
		["veml7700", [0xff, 0xff], 4403.952], // saturated: bright day
	];
	test.each(chips)("of a %s that answers %j is %d lx", (kind, bytes, lux) => {
		const address = kind === "veml7700" ? 0x10 : 0x23;
		const light = { kind, data: 21, clock: 22, address, transmission: 0.5 };
		const rig = rigOf((controller) => void (controller.i2c = Uint8Array.from(bytes)), {
			hardware: "bench/1",
			lamp: { pin: 25, hz: 1000, resolution: 12, inverted: false },
			movement: { pin: PIR, activeLow: false, pull: "down" },
			light,
			technician: { port: 1, receive: 16, transmit: 17 },
		});
		rig.controller.pass(0);
		expect(rig.received()).toEqual([]); // it has measured nothing yet: that is no darkness
		rig.controller.pass(250);
		const [, reading] = rig.received()[0]!.split(" ");
		expect(Number(reading)).toBeCloseTo(lux / 0.5, 6);
		expect(rig.controller.i2cTimeout).toBeLessThanOrEqual(20); // the SDK's own would hold an edge
		rig.controller.i2c = undefined; // torn off
		rig.controller.pass(60_000);
		rig.controller.i2c = Uint8Array.of(0, 0);
		rig.controller.pass(10_000);
		expect(rig.received()).toEqual(["illuminance 0"]);
		expect(rig.controller.restarts).toEqual([]);
	});

	/** By the data sheets, behind a housing that passes nine tenths. */
	const ranges: [name: string, board: typeof c3, lux: number][] = [
		["esp32-devkit", devkit, 300],
		["esp32-c3", c3, 65_535 / 1.2 / 0.9],
		["wt32-eth01", wt32, (65_535 * 0.0672) / 0.9],
	];
	test.each(ranges)("of %s ends where the host says that its range ends", (_name, board, lux) => {
		const rig = rigOf((controller) => {
			controller.analog = 4095;
			controller.i2c = Uint8Array.of(0xff, 0xff);
		}, board);
		rig.controller.pass(250);
		expect(rig.pole.lightSensorRange).toBeCloseTo(lux, 6);
		expect(rig.received()).toContain(`illuminance ${rig.pole.lightSensorRange}`);
	});

	test("has no range on a board without a sensor", () => {
		expect(rigOf(undefined, emulator).pole.lightSensorRange).toBeUndefined();
	});

	test("of a chip that did not answer at the boot is reported when it does", () => {
		const rig = rigOf(() => {}, wt32);
		rig.controller.pass(60_000);
		rig.controller.i2c = Uint8Array.of(0xe8, 0x03);
		rig.controller.pass(10_000);
		expect(rig.received().join()).toMatch(/illuminance 74\.6/); // 67.2 lx, of which the housing took a tenth
	});

	test.each([
		[24, 1],
		[30, 2],
	])("of a VEML7700 from 20 counts to %d is reported %d times: 0.5 lx is no news", (to, count) => {
		const rig = rigOf((controller) => void (controller.i2c = Uint8Array.of(20, 0)), wt32);
		rig.controller.pass(250);
		rig.controller.i2c = Uint8Array.of(to, 0);
		rig.controller.pass(10_000);
		const lux = rig.received().filter((word) => word.startsWith("illuminance"));
		expect(lux).toHaveLength(count);
	});
});

describe("the serial line", () => {
	// security: a write beyond the UART's
	test("takes no more than its FIFO has room for, and the rest as the line carries it away", () => {
		const { controller, pole, received } = rigOf();
		const line = new Uint8Array(300).fill(46);
		expect(pole.serialPort.write(line, 0, 300)).toBe(128);
		expect(pole.serialPort.write(line, 128, 172)).toBe(0);
		controller.uart.room += 115; // 10 ms at 11.52 bytes a millisecond
		controller.pass(10);
		expect(received()).toContain("serialWritable");
		expect(pole.serialPort.write(line, 128, 172)).toBe(110);
		expect(controller.uart.out).toHaveLength(238);
		expect(controller.restarts).toEqual([]);
	});

	test("takes no more than one FIFO in a turn, however long it lasts", () => {
		const { controller, pole, lamp } = rigOf();
		let taken = 0;
		lamp.tick = () => {
			for (let index = 0; index < 1000; index += 1) {
				controller.now += 1; // the line carries on meanwhile
				controller.uart.room = 128;
				taken += pole.serialPort.write(new Uint8Array(30), 0, 30);
			}
		};
		controller.edge(PIR, 1);
		expect(taken).toBe(128);
	});

	test("never writes more than has left, at whatever instants it is asked", () => {
		const { controller, pole, lamp } = rigOf();
		const line = new Uint8Array(300);
		let carried = 0; // in hundredths of a byte
		const carry = (ms: number): void => {
			carried += ms * 1152;
			const bytes = Math.min(Math.floor(carried / 100), 128 - controller.uart.room);
			controller.uart.room += bytes;
			carried = controller.uart.room === 128 ? 0 : carried - 100 * bytes;
		};
		for (let index = 0; index < 2000; index += 1) {
			const wait = (index * 7919) % 23;
			controller.pass(wait);
			carry(wait);
			const late = (index * 31) % 17; // in the turn
			const before = controller.uart.out.length;
			let [taken, room] = [0, 0];
			lamp.tick = () => {
				controller.now += late;
				carry(late);
				room = controller.uart.room;
				taken = pole.serialPort.write(line, 0, 1 + ((index * 104_729) % 300));
			};
			controller.edge(PIR, index % 2 === 0 ? 1 : 0);
			lamp.tick = () => {};
			expect([taken <= room, controller.uart.out.length - before]).toEqual([true, taken]);
		}
	});

	test("carries a long answer at nine tenths of its speed", () => {
		const { controller, pole, lamp } = rigOf(({ broken }) => void broken.add("analog"));
		const write = () => void pole.serialPort.write(new Uint8Array(500), 0, 500);
		lamp.onSerialWritable = write;
		write();
		for (let index = 0; index < 1000; index += 1) {
			controller.uart.room = Math.min(128, controller.uart.room + 11 + (index % 2));
			controller.pass(1);
		}
		expect(controller.uart.out.length).toBeGreaterThan(0.9 * 11_520);
	});

	test("whose FIFO is fuller than it said takes nothing, and does not throw", () => {
		const { controller, pole } = rigOf();
		controller.uart.room = 5;
		expect(pole.serialPort.write(new Uint8Array(10), 0, 10)).toBe(0);
	});

	test("whose FIFO was full has lost what came next, and reports it behind its contents", () => {
		const { controller, pole, received } = rigOf();
		controller.type("x".repeat(128));
		controller.pass(5);
		expect(received()).toEqual(["serialReadable 128"]);
		const into = new Uint8Array(100);
		expect([1, 2, 3, 4].map(() => pole.serialPort.read(into))).toEqual([100, 28, -1, 0]);
		controller.type("x".repeat(127));
		expect([1, 2, 3].map(() => pole.serialPort.read(into))).toEqual([100, 27, 0]);
		controller.type("x".repeat(128));
		const fullBuffer = new Uint8Array(128);
		expect([1, 2, 3].map(() => pole.serialPort.read(fullBuffer))).toEqual([128, -1, 0]);
	});

	test("holds two FIFOs for a lamp that does not read, and loses bytes that come behind", () => {
		const { controller, pole, received } = rigOf();
		const typed = ["abc", "d".repeat(120), "e".repeat(120), "fghijklmnopqrst", "uvw"];
		for (const text of typed) {
			controller.type(text);
			controller.pass(5);
		}
		const counts = [3, 123, 243, 256, 256].map((count) => `serialReadable ${count}`);
		expect(received().filter((word) => word.startsWith("serial"))).toEqual(counts);
		expect([controller.uart.in, controller.queue]).toEqual([[], []]); // nothing interrupts again
		const into = new Uint8Array(300);
		expect([1, 2, 3].map(() => pole.serialPort.read(into))).toEqual([256, -1, 0]);
		expect(Buffer.from(into.subarray(0, 256)).toString()).toBe(typed.join("").slice(0, 256));
		controller.type("xy");
		expect(pole.serialPort.read(into)).toBe(2);
	});

	test("calls the lamp once for all that comes within 5 ms, and not sooner", () => {
		const { controller, received } = rigOf();
		for (const text of ["a", "b", "c"]) controller.type(text);
		controller.pass(4);
		expect(received()).toEqual([]);
		controller.pass(1);
		expect(received().filter((word) => word.startsWith("serial"))).toEqual(["serialReadable 3"]);
	});

	test("gives what came, in parts", () => {
		const { controller, pole, received } = rigOf();
		controller.type("status\r");
		const into = new Uint8Array(4);
		controller.pass(5);
		expect(received()).toEqual(["serialReadable 7"]);
		expect([1, 2, 3].map(() => pole.serialPort.read(into))).toEqual([4, 3, 0]);
	});
});

/** Typed without a pause, by anybody. */
const floods: [what: string, text: string][] = [
	["status", "status\r"],
	["show", "show\r"],
	["a wrong secret", "login x\r"],
	["one letter", "A"],
	["zeros", "\0"],
	["escapes", "\u001b"],
	["returns", "\r"],
	["the up key", "\u001b[A"],
	["broken UTF-8", "\u00f8"],
	["Ctrl-C", "\u0003"],
	["logout", "logout\r"],
	["plain", "plain\r"],
	["help, and keys that turn its page", "help\r q"],
	["an import", "import\r{}\r"],
];
/** What the line carries until it is silent. */
function heard(controller: Controller): string {
	const { uart } = controller;
	for (let before = -1; before < uart.out.length; ) {
		before = uart.out.length;
		for (let index = 0; index < 50; index += 1) {
			controller.drain();
			controller.pass(10);
		}
	}
	return Buffer.from(uart.out).toString();
}

/** With turns of so many ms; `quick`: as in an emulator, whose line takes no time. */
const speeds = (
	[
		[0, false],
		[3, true],
		[12, false],
		[40, true],
	] as const
).flatMap(([busy, quick]) => floods.map(([what, text]) => [what, busy, quick, text] as const));
describe.each(["before a login", "after it"])("60 KB typed without a pause, %s", (when) => {
	// security: the SDK's serial port, given both callbacks
	test.each(speeds)("of %s, with turns of %d ms, restart nothing", (_what, busy, quick, text) => {
		const controller = new Controller();
		power.on = controller;
		main();
		controller.pass(2000);
		if (when === "after it") controller.type("secret correct-horse-battery-9\r");
		controller.pass(2000);
		controller.uart.out.length = 0;
		const most = controller.flood(text.repeat(Math.ceil(60_000 / text.length)), busy, quick);
		expect(controller.restarts).toEqual([]);
		expect(most).toBeLessThan(8); // edges find room in the queue
		heard(controller); // the rest of what was typed
		controller.uart.out.length = 0;
		controller.type("\u0003\rplain z\r");
		expect(heard(controller)).toMatch(/plain \d+ \w+ .*z/);
	});
});

describe("a turn", () => {
	// security: an exception that leaves a callback of the SDK
	test("that throws is reported as a fault, and the controller lives", () => {
		const rig = rigOf();
		rig.lamp.breaks = "movement";
		rig.controller.edge(PIR, 1);
		expect(rig.received()).toEqual(["movement", "fault Error: no movement"]);
		rig.controller.edge(PIR, 0);
		expect(rig.received()).toEqual(["stillness"]);
		expect(rig.controller.restarts).toEqual([]);
	});

	/** Every way from the SDK into the lamp. */
	const ways: [what: string, happens: (rig: Rig) => void][] = [
		["an edge", ({ controller }) => controller.edge(PIR, 1)],
		[
			"typed bytes",
			({ controller }) => {
				controller.type("status\r");
				controller.pass(5);
			},
		],
		[
			"room on the serial line",
			({ controller, pole }) => {
				pole.serialPort.write(new Uint8Array(200), 0, 200);
				controller.pass(10);
			},
		],
		[
			"an alarm",
			({ controller, pole }) => {
				pole.alarm(pole.monotonic() + 5);
				controller.pass(5);
			},
		],
		[
			"an input that waited",
			({ controller, turn }) => {
				turn.postLater("movement", (lamp, now) => lamp.onMovement(now));
				controller.pass(0);
			},
		],
		["a fault of the host", ({ turn }) => turn.fault(new Error("no host"))],
		[
			"a callback that throws",
			({ controller, turn }) =>
				controller.call(
					turn.guarded(() => {
						throw new Error("no callback");
					}),
				),
		],
	];
	// security: an exception that leaves a callback of the SDK
	test.each(ways)(
		"begun by %s, in which the lamp and its report of that throw, ends at full light",
		(_what, happens) => {
			const rig = rigOf(({ pins }) => void pins);
			rig.pole.dimmer.write(1000 as Duty);
			const ticks = rig.lamp.ticks;
			rig.lamp.tick = rig.lamp.onFault = () => {
				rig.lamp.ticks += 1;
				throw new Error("no light");
			};
			happens(rig);
			expect(rig.controller.duties.at(-1)).toBe(0); // inverted: full
			expect(rig.controller.restarts).toEqual([]);
			Reflect.deleteProperty(rig.lamp, "tick");
			rig.lamp.tick = () => void (rig.lamp.ticks = -1);
			rig.controller.pass(PAUSE);
			expect([ticks, rig.lamp.ticks]).toEqual([expect.any(Number), -1]); // it decides anew
		},
	);

	test("whose full light fails, too, is followed by another", () => {
		const rig = rigOf();
		const fail = (): never => {
			throw new Error("nothing works");
		};
		rig.lamp.tick = rig.lamp.onFault = fail;
		rig.pole.dimmer.write = fail;
		rig.controller.edge(PIR, 1);
		rig.lamp.tick = () => void (rig.lamp.ticks = -1);
		rig.controller.pass(PAUSE);
		expect([rig.lamp.ticks, rig.controller.restarts]).toEqual([-1, []]);
	});

	// security: an exception that leaves a callback of the SDK
	test("fails so for as long as it likes while inputs begin it; without one, a restart follows", () => {
		const rig = rigOf(({ broken }) => void broken.add("analog"));
		rig.lamp.tick = rig.lamp.onFault = () => {
			throw new Error("no light");
		};
		for (let index = 0; index < 10 * MOST_LOSSES; index += 1) {
			rig.controller.type("x");
			rig.controller.pass(5);
		}
		expect(rig.controller.restarts).toEqual([]);
		rig.controller.pass((MOST_LOSSES - 1) * PAUSE);
		expect(rig.controller.restarts).toEqual([]);
		rig.controller.pass(PAUSE);
		expect(rig.controller.restarts).toEqual(["rescue"]);
	});

	test("that healed in between is not restarted", () => {
		const rig = rigOf(({ broken }) => void broken.add("analog"));
		const fail = (): never => {
			throw new Error("no light");
		};
		rig.lamp.onFault = fail;
		for (let index = 0; index < 2 * MOST_LOSSES; index += 1) {
			rig.lamp.tick =
				index % MOST_LOSSES === 1 ? () => rig.pole.alarm(rig.pole.monotonic() + 1) : fail;
			rig.controller.pass(PAUSE);
		}
		expect(rig.controller.restarts).toEqual([]);
	});

	test("for whose alarm or input there was no memory comes within ten seconds", () => {
		const rig = rigOf(({ broken }) => void broken.add("analog"));
		rig.received();
		rig.controller.broken.add("timer");
		rig.pole.alarm(rig.pole.monotonic() + 5);
		rig.controller.call(() => rig.turn.postLater("movement", (lamp, now) => lamp.onMovement(now)));
		const { ticks } = rig.lamp;
		rig.controller.pass(10_000);
		expect(rig.controller.restarts).toEqual([]);
		expect([rig.received(), rig.lamp.ticks > ticks]).toEqual([["movement"], true]);
	});

	// security: the ticks' sign turns
	test("comes when the alarm is due, not before, also after the counter's sign has turned", () => {
		const rig = rigOf((controller) => void (controller.ticksAhead = 2 ** 31 - 500));
		const before = rig.lamp.ticks;
		rig.pole.alarm(rig.pole.monotonic() + 1000);
		rig.controller.pass(999);
		expect(rig.lamp.ticks - before).toBe(1); // the first reading of light
		rig.controller.pass(1);
		expect(rig.lamp.ticks - before).toBe(2);
		expect(rig.pole.monotonic()).toBe(1000);
	});

	test("a month away is not lost on the way", () => {
		const rig = rigOf((controller) => void controller.broken.add("digital"));
		const month = 30 * 86_400_000;
		rig.controller.timers.length = 0; // only the alarm
		rig.lamp.ticks = 0;
		rig.pole.alarm(month);
		rig.controller.pass(month - 1);
		expect(rig.lamp.ticks).toBe(0);
		rig.controller.pass(1);
		expect(rig.lamp.ticks).toBe(1);
	});
});
