/** The driver of the simulated world: golden frames, one table a subject. */
import { describe, expect, test } from "@jest/globals";
import { BANKS, bankTable } from "../../../../lib/dali/banks.js";
import { random } from "../../../../lib/random.js";
import { BROKEN, type BusFault, NO_BUS, SILENCE } from "../../../../sim/world/driver/bus.js";
import { gearOf, PHYSICAL_MINIMUM, Rig, SEED } from "./rig.js";

const YES = 255;
const NO = SILENCE;
const HOUR = 3_600_000;

describe("questions after power came", () => {
	// settings of the factory: reset state, no short address, lit, a power cycle
	test.each<[string, string, number]>([
		["status", "ff 90", 0x80 | 0x40 | 0x20 | 0x04],
		["control gear present", "ff 91", YES],
		["lamp failure", "ff 92", NO],
		["lamp on", "ff 93", YES],
		["limit error", "ff 94", NO],
		["reset state", "ff 95", YES],
		["missing short address", "ff 96", YES],
		["version number", "ff 97", 9],
		["device type: several", "ff 99", 255],
		["physical minimum", "ff 9a", PHYSICAL_MINIMUM],
		["power failure", "ff 9b", YES],
		["actual level", "ff a0", 254],
		["max level", "ff a1", 254],
		["min level", "ff a2", PHYSICAL_MINIMUM],
		["power on level", "ff a3", 254],
		["system failure level", "ff a4", 254],
		["fade time and rate", "ff a5", 0x07],
		["extended fade time", "ff a8", 0],
		["gear failure", "ff aa", NO],
		["an opcode that is none", "ff e9", NO],
		["another's short address", "07 91", NO],
		["a group", "81 91", NO],
		["those without a short address", "fd 91", YES],
	])("%s: %s is %d", (_name, frame, answer) => {
		expect(new Rig().run(frame)).toEqual([answer]);
	});
});

describe("levels", () => {
	test.each<[string, string[], level: number, percent: number]>([
		["254 is full", ["fe fe"], 254, 100],
		["229 is half, by the public table", ["fe e5"], 229, 50.53],
		["170 is a tenth", ["fe aa"], 170, 10],
		["85 is a hundredth", ["fe 55"], 85, 1],
		["below the lowest is the lowest", ["fe 01"], 85, 1],
		["0 is off", ["fe 00"], 0, 0],
		["255 changes nothing", ["fe aa", "fe ff"], 170, 10],
		["off", ["fe aa", "ff 00"], 0, 0],
		["step up", ["fe a9", "ff 03"], 170, 10],
		["step up lights nothing", ["fe 00", "ff 03"], 0, 0],
		["step down", ["fe ab", "ff 04"], 170, 10],
		["step down ends at the lowest", ["fe 55", "ff 04"], 85, 1],
		["recall max", ["fe 00", "ff 05"], 254, 100],
		["recall min", ["fe fe", "ff 06"], 85, 1],
		["step down and off", ["fe 55", "ff 07"], 0, 0],
		["on and step up", ["fe 00", "ff 08"], 85, 1],
		["go to the last active level", ["fe aa", "fe 00", "ff 0a"], 170, 10],
	])("%s", (_name, frames, level, percent) => {
		const rig = new Rig();
		rig.run(...frames);
		expect(rig.run("ff a0")).toEqual([level]);
		expect(Math.abs(rig.light - percent)).toBeLessThanOrEqual(percent / 50);
	});
	test("a level ends the mark of the power cycle and sets the limit error", () => {
		const rig = new Rig();
		rig.run("fe 01");
		expect(rig.run("ff 9b", "ff 94")).toEqual([NO, YES]);
		expect(rig.run("fe aa", "ff 94")).toEqual([SILENCE, NO]);
	});
	test("UP goes 9 levels in 200 ms at the rate of the factory", () => {
		const rig = new Rig();
		rig.run("fe 96", "ff 01");
		rig.wait(200);
		expect(rig.run("ff a0")).toEqual([159]);
	});
});

describe("configuration", () => {
	test.each<[string, string[], question: string, answer: number]>([
		["power on level", ["a3 64", "ff 2d x2"], "ff a3", 100],
		["system failure level", ["a3 00", "ff 2c x2"], "ff a4", 0],
		["max level", ["a3 c8", "ff 2a x2"], "ff a1", 200],
		["min level", ["a3 78", "ff 2b x2"], "ff a2", 120],
		["min level below the hardware's", ["a3 01", "ff 2b x2"], "ff a2", 85],
		["fade time 5 keeps the rate", ["a3 05", "ff 2e x2"], "ff a5", 0x57],
		["fade time above 15", ["a3 c8", "ff 2e x2"], "ff a5", 0xf7],
		["fade rate 0 is 1", ["a3 00", "ff 2f x2"], "ff a5", 0x01],
		["extended fade time", ["a3 23", "ff 30 x2"], "ff a8", 0x23],
		["extended fade time above 0x4f", ["a3 50", "ff 30 x2"], "ff a8", 0],
		["short address", ["a3 07", "ff 80 x2"], "07 91", YES],
		["short address of even form", ["a3 06", "ff 80 x2"], "ff 96", YES],
		["actual level into DTR0", ["fe aa", "ff 21 x2"], "ff 98", 170],
		["once is never", ["a3 64", "ff 2d"], "ff a3", 254],
		["a frame in between", ["a3 64", "ff 2d", "ff 90", "ff 2d"], "ff a3", 254],
		["DTR1", ["c3 2a"], "ff 9c", 0x2a],
		["DTR2", ["c5 2b"], "ff 9d", 0x2b],
	])("%s", (_name, frames, question, answer) => {
		const rig = new Rig();
		rig.run(...frames);
		expect(rig.run(question)).toEqual([answer]);
	});
	test.each([
		[99, 100],
		[101, 254],
	])("the second frame ends %d ms after the first: the level is %d", (span, level) => {
		const rig = new Rig();
		rig.run("a3 64");
		const first = rig.bus.send(rig.now, 0xff2d, false);
		rig.bus.receive(first.at);
		const second = rig.bus.send(first.at + span - 15.83, 0xff2d, false);
		rig.now = rig.bus.receive(second.at).at;
		expect(rig.run("ff a3")).toEqual([level]);
	});
	test("settings survive the mains, registers do not", () => {
		const rig = new Rig();
		rig.run("a3 64", "ff 2d x2");
		rig.bus.power(rig.now, false);
		expect([rig.light, ...rig.run("ff 91")]).toEqual([0, NO_BUS]);
		rig.wait(60_000);
		rig.bus.power(rig.now, true);
		expect(rig.run("ff a0", "ff 98", "ff 9b")).toEqual([100, 0, YES]);
	});
	test("a power on level of 255 is the last one", () => {
		const rig = new Rig({ variables: { powerOnLevel: 255 } });
		rig.run("fe aa");
		rig.bus.power(rig.now, false);
		rig.bus.power(rig.now + 1000, true);
		rig.wait(1000);
		expect(rig.run("ff a0")).toEqual([170]);
	});
	test("RESET lights fully, forgets the settings and misses frames for 300 ms", () => {
		const rig = new Rig();
		rig.run("a3 64", "ff 2d x2", "a3 05", "ff 2e x2", "fe 55", "ff 20 x2");
		expect(rig.run("ff 91")).toEqual([NO]);
		rig.wait(300);
		expect(rig.run("ff a0", "ff a3", "ff a5", "ff 95")).toEqual([254, 254, 0x07, YES]);
	});
});

describe("device types", () => {
	const next = "ff a7";
	test("several: those of a D4i driver one by one, then no more, then silence", () => {
		const answers = new Rig().run("ff 99", ...new Array<string>(7).fill(next));
		expect(answers).toEqual([255, 6, 49, 50, 51, 52, 254, -1]);
	});
	test("another frame in between ends the list", () => {
		expect(new Rig().run("ff 99", next, "ff 90", next).at(-1)).toBe(-1);
		expect(new Rig().run(next)).toEqual([-1]);
	});
	test.each([
		["sound", 0],
		["shorted", 1],
		["open", 2],
	] as const)("the failure status of a light source that is %s is %d", (source, status) => {
		const rig = new Rig();
		rig.gear.setSource(rig.now, source);
		expect(rig.run("c1 06", "ff f1")).toEqual([-1, status]);
	});
});

describe("the dimming curve of LED drivers", () => {
	const linear = ["a3 01", "c1 06", "ff e3 x2"] as const;
	test.each([
		["set and asked, each behind its device type", [...linear, "c1 06", "ff ee"], 1],
		["asked without a device type", ["ff ee"], -1],
		["asked behind another type", ["c1 08", "ff ee"], -1],
		["asked with a level in between", ["c1 06", "fe 80", "ff ee"], -1],
		["set without a device type", ["a3 01", "ff e3 x2", "c1 06", "ff ee"], 0],
		["set once", ["a3 01", "c1 06", "ff e3", "c1 06", "ff ee"], 0],
		["a curve that is none", ["a3 02", "c1 06", "ff e3 x2", "c1 06", "ff ee"], 0],
		["after RESET", [...linear, "ff 20 x2"], -1],
	] as const)("%s", (_, frames, answer) => {
		expect(new Rig().run(...frames).at(-1)).toBe(answer);
	});
	test("a linear level 206 is 81 % of the light, a standard one 27 %; its energy is the light's", () => {
		const rig = new Rig();
		rig.run("fe ce");
		rig.wait(1000);
		expect(rig.light).toBeCloseTo(27, 0);
		rig.run(...linear);
		expect(rig.light).toBeCloseTo(81, 0);
		rig.gear.settle(rig.now);
		const before = rig.gear.usage.load;
		rig.wait(3_600_000);
		rig.gear.settle(rig.now);
		const { full, overhead } = rig.gear.usage.rating;
		expect(rig.gear.usage.load - before).toBeCloseTo(((full - overhead) * 206) / 254, 3);
	});
});

describe("fades", () => {
	const FADE_1 = ["a3 01", "ff 2e x2"];
	test("fade time 1 is 707 ms, evenly in levels", () => {
		const rig = new Rig();
		rig.run("fe 55", ...FADE_1);
		const { at } = rig.bus.send(rig.now, 0xfefe, false);
		rig.bus.receive(at);
		expect(rig.gear.levelAt(at)).toBe(85);
		expect(rig.gear.levelAt(at + 707 / 2)).toBeCloseTo((85 + 254) / 2, 9);
		expect(rig.gear.fadeEnd(at)).toBeCloseTo(at + 707, 6);
		expect(rig.gear.levelAt(at + 707)).toBe(254);
	});
	test("the status states the fade", () => {
		const rig = new Rig();
		rig.run("a3 0f", "ff 2e x2", "fe 55");
		expect(rig.run("ff 90")[0]! & 0x10).toBe(0x10);
		rig.wait(90_500);
		expect(rig.run("ff 90")[0]! & 0x10).toBe(0);
	});
	test("to off it goes by the lowest level", () => {
		const rig = new Rig();
		rig.run(...FADE_1);
		const { at } = rig.bus.send(rig.now, 0xfe00, false);
		rig.bus.receive(at);
		expect(rig.gear.levelAt(at + 706)).toBeCloseTo(85, 0);
		expect(rig.gear.levelAt(at + 708)).toBe(0);
	});
	test("a fade of the extended time: base 4 times 100 ms", () => {
		const rig = new Rig();
		rig.run("fe 55", "a3 13", "ff 30 x2");
		const { at } = rig.bus.send(rig.now, 0xfefe, false);
		rig.bus.receive(at);
		expect(rig.gear.fadeEnd(at)).toBeCloseTo(at + 400, 6);
	});
});

describe("memory", () => {
	test.each([0, 1, 202, 203, 204, 205, 206])("bank %d has its last address at 0", (bank) => {
		expect(new Rig().read(bank, 0, 1)).toEqual([bankTable(bank).last]);
	});
	test("behind the last address and in a bank that is none is silence", () => {
		const rig = new Rig();
		expect(rig.read(202, 0x0f, 2)).toEqual([400 % 256, SILENCE]); // 40.0 W
		expect(rig.read(2, 0, 2)).toEqual([SILENCE, SILENCE]);
		expect(rig.run("ff 98")).toEqual([0]); // nothing was read: DTR0 stays
	});
	test("type and serial number differ between lamps", () => {
		const serials = [1, 2].map((seed) => gearOf(seed).memory.read(0, 0x0b, 0));
		expect(serials[0]).not.toBe(serials[1]);
	});
	test("an hour at full is 40 Wh; then off is the standby", () => {
		const rig = new Rig();
		rig.wait(HOUR - rig.now);
		expect(rig.value(202, 0x05, 6)).toBe(40);
		expect(rig.value(202, 0x0c, 4)).toBe(400); // 0.1 W
		rig.run("fe 00");
		expect(rig.value(202, 0x0c, 4)).toBe(9);
		rig.wait(10 * HOUR);
		expect(rig.value(202, 0x05, 6)).toBe(49);
	});
	test("hours and starts", () => {
		const rig = new Rig();
		rig.wait(HOUR);
		rig.run("fe 00");
		rig.wait(HOUR);
		rig.run("fe aa");
		expect(rig.value(205, 0x04, 4)).toBeGreaterThanOrEqual(7200);
		expect(rig.value(205, 0x08, 3)).toBe(1);
		expect(rig.value(206, 0x07, 3)).toBe(2);
		const lit = rig.value(206, 0x0e, 4);
		expect([lit >= 3600, lit < 3602]).toEqual([true, true]);
		expect(rig.read(205, 0x1b, 2)).toEqual([60 + 15, 10]); // degrees, per cent
	});
	test("a latch keeps all bytes of one instant", () => {
		const rig = new Rig();
		expect(rig.write(202, 2, 0xaa)).toBe(0xaa);
		const before = rig.value(202, 0x05, 6);
		rig.wait(100 * HOUR);
		expect(rig.value(202, 0x05, 6)).toBe(before);
		rig.write(202, 2, 0xff);
		expect(rig.value(202, 0x05, 6)).toBe(before + 4000);
	});
	test("writing needs permission, and the lock byte of the bank", () => {
		const rig = new Rig();
		rig.run("c3 01", "a3 15");
		expect(rig.run("c7 12")).toEqual([SILENCE]);
		expect(rig.write(1, 0x15, 0x12)).toBe(SILENCE);
		expect(rig.write(1, 2, 0x55)).toBe(0x55);
		expect(rig.write(1, 0x15, 0x12)).toBe(0x12);
		expect(rig.read(1, 0x15, 2)).toEqual([0x12, 40]);
		expect(rig.write(0, 3, 1)).toBe(SILENCE);
		expect(rig.write(202, 5, 1)).toBe(SILENCE);
	});
	test("another command ends the permission", () => {
		const rig = new Rig();
		rig.run("c3 01", "ff 81 x2", "a3 02", "ff 90");
		expect(rig.run("c7 55")).toEqual([SILENCE]);
	});
	test("the counter of starts can be set back, the other one cannot", () => {
		const rig = new Rig();
		rig.write(206, 0x06, 0);
		expect([rig.value(206, 0x04, 3), rig.value(206, 0x07, 3)]).toEqual([0, 1]);
		expect(rig.write(206, 0x09, 0)).toBe(SILENCE);
	});
	test("a driver without bank 203 has none", () => {
		const rig = new Rig({ banks: BANKS.filter(({ bank }) => bank !== 203) });
		expect(rig.read(203, 5, 1)).toEqual([SILENCE]);
	});
});

describe("faults", () => {
	function faulty(fault: BusFault): Rig {
		const rig = new Rig();
		rig.run("fe aa");
		rig.bus.setFault(rig.now, fault, true);
		return rig;
	}
	test("a shorted bus: no frame passes, and after 550 ms the light is full", () => {
		const rig = faulty("shorted");
		const since = rig.now;
		expect(rig.run("fe 00", "ff 91")).toEqual([NO_BUS, NO_BUS]);
		expect(rig.bus.failsAt).toBe(since + 550);
		rig.bus.fail(since + 549);
		expect(rig.light).toBeCloseTo(10.09, 2);
		rig.now = since + 550;
		rig.bus.fail(rig.now);
		expect(rig.light).toBe(100);
		rig.bus.setFault(rig.now, "shorted", false);
		expect(rig.run("ff a0")).toEqual([254]);
	});
	test("a short circuit of less than 550 ms changes nothing", () => {
		const rig = faulty("shorted");
		rig.bus.setFault(rig.now + 500, "shorted", false);
		expect(rig.bus.failsAt).toBe(Infinity);
	});
	test("a system failure level of 255 changes nothing", () => {
		const rig = new Rig({ variables: { systemFailureLevel: 255 } });
		rig.run("fe aa");
		rig.bus.setFault(rig.now, "shorted", true);
		rig.bus.fail(rig.now + 550);
		expect(rig.light).toBeCloseTo(10.09, 2);
	});
	test.each<[BusFault, level: number]>([
		["mute", 85],
		["deaf", 170],
	])("a %s driver never answers; its level is %d", (fault, level) => {
		const rig = faulty(fault);
		expect(rig.run("fe 55", "ff 90", "ff 91")).toEqual([SILENCE, SILENCE, SILENCE]);
		expect(rig.gear.levelAt(rig.now)).toBe(level);
	});
	test("a slow driver obeys, and some of its answers come after their window", () => {
		const rig = faulty("slow");
		const answers = Array.from({ length: 60 }, () => rig.run("ff 91")[0]!);
		expect(new Set(answers)).toEqual(new Set([YES, SILENCE]));
	});
	test("two drivers obey both; their answers break each other", () => {
		const rig = new Rig();
		const other = gearOf(SEED + 1);
		rig.bus.add(other);
		rig.bus.power(0, true);
		other.power(rig.now, true);
		expect(rig.run("ff 91", "fe aa", "ff a0")).toEqual([BROKEN, SILENCE, BROKEN]);
		expect([rig.gear, other].map((gear) => gear.levelAt(rig.now))).toEqual([170, 170]);
		rig.bus.remove();
		expect(rig.run("ff a0")).toEqual([170]);
	});
	test("a dead light source is dark, is reported and answers no level", () => {
		const rig = new Rig();
		rig.gear.setSource(rig.now, "weak");
		expect([rig.light, ...rig.run("ff 92")]).toEqual([50, NO]);
		rig.gear.setSource(rig.now, "open");
		expect([rig.light, ...rig.run("ff 92", "ff 93", "ff a0")]).toEqual([0, YES, NO, 255]);
		expect(rig.read(206, 0x16, 6)).toEqual([1, 1, 0, 0, 1, 1]);
		rig.gear.setSource(rig.now, "sound");
		expect([rig.light, ...rig.run("ff 92")]).toEqual([100, NO]);
	});
	test("memory of another maker: any byte at any address but the identity", () => {
		const rig = new Rig();
		const identity = rig.read(0, 3, 16);
		rig.gear.setForeign(random(SEED, "foreign"));
		expect(rig.read(0, 3, 16)).toEqual(identity);
		const bytes = rig.read(202, 0, 64);
		expect(Math.min(...bytes)).toBeGreaterThanOrEqual(0);
		expect(new Set(bytes).size).toBeGreaterThan(20);
		expect(rig.read(77, 200, 1)[0]).toBeGreaterThanOrEqual(0);
		expect(rig.read(202, 255, 1)).toEqual([SILENCE]);
	});
});

describe("time on the bus", () => {
	test("a question takes 15.8 ms, an answer within its window, and 13.5 ms to the next frame", () => {
		const rig = new Rig();
		const first = rig.bus.send(1000, 0xff91, false);
		expect(first.at).toBeCloseTo(1015.83, 2);
		const { at } = rig.bus.receive(first.at);
		expect([at >= first.at + 5.5 + 9.17, at <= first.at + 10.5 + 9.17]).toEqual([true, true]);
		expect(rig.bus.send(at, 0xff91, false).at).toBeCloseTo(at + 13.5 + 15.83, 2);
	});
	test("a frame twice takes 45 ms", () => {
		expect(new Rig().bus.send(1000, 0xff20, true).at).toBeCloseTo(1000 + 2 * 15.83 + 13.5, 2);
	});
	test("silence is certain when the window is over", () => {
		const rig = new Rig();
		const { at } = rig.bus.send(1000, 0xff92, false);
		expect(rig.bus.receive(at)).toEqual({ at: at + 10.5, answer: SILENCE });
	});
});
