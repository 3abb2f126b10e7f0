/** Boot level: what shines first, by the cause of the boot and what memory retained. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../../lib/spans.js";
import type { PowerCause } from "../../../src/host.js";
import { bootLevel, refusalsIn, retainedOf } from "../../../src/node/light/bootlevel.js";
import { Node } from "../../../src/node.js";
import { percent } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { XsLamp } from "../../support/xslamp.js";

describe("the level that shines first", () => {
	const cases: [why: string, cause: PowerCause, kept: number | undefined, level: number][] = [
		["power came: powerOnLevel", "powerOn", 40, 90],
		["a brownout may have spoilt the memory", "brownout", 40, 90],
		["a restart resumes", "restart", 40, 40],
		["so do a watchdog", "watchdog", 40, 40],
		["a crash", "crash", 40, 40],
		["and an update", "update", 40, 40],
		["off is a level, too", "restart", 0, 0],
		["nothing was kept", "restart", undefined, 90],
		["what was kept is no level", "crash", 101, 90],
		["nor is this", "crash", -1, 90],
		["nor what is no number", "crash", Number.NaN, 90],
		["nor without bounds", "crash", Number.POSITIVE_INFINITY, 90],
	];
	test.each(cases)("%s", (_why, powerCause, kept, level) => {
		const host = new FakeHost();
		Object.assign(host, { powerCause, kept });
		expect(bootLevel(host, { powerOnLevel: percent(90), maxLevel: percent(100) })).toBe(level);
		expect(host.kept).toBe(-1); // taken once
	});
	test("refusals by the broker stay in it, unless power was lost", () => {
		const left = (powerCause: PowerCause, kept: number) => {
			const host = new FakeHost();
			Object.assign(host, { powerCause, kept });
			return [bootLevel(host, { powerOnLevel: percent(90), maxLevel: percent(100) }), host.kept];
		};
		expect(left("restart", 3040)).toEqual([40, 2999]);
		expect(left("watchdog", 2999)).toEqual([90, 2999]); // a life that ended as it began
		expect(left("powerOn", 3040)).toEqual([90, -1]);
		expect(left("brownout", 3040)).toEqual([90, -1]);
	});
	test("level and refusals are one number; firmware that retained the level alone finds none in it", () => {
		const level = fc.integer({ min: -1, max: 100 });
		const both = (level: number, refusals: number): void => {
			const value = retainedOf(level, refusals);
			expect(refusalsIn(value)).toBe(Math.min(refusals, 32));
			expect(value - retainedOf(0, refusals)).toBe(level);
			if (refusals > 0) expect(value).toBeGreaterThan(100);
			else expect(value).toBe(level);
		};
		fc.assert(fc.property(level, fc.nat({ max: 100 }), both), { seed: 7 });
		const others = fc.double().filter((value) => !(value >= -1 && value < 33_000));
		fc.assert(
			fc.property(others, (value) => expect(refusalsIn(value)).toBe(0)),
			{ seed: 7 },
		);
	});
	test("a host without such memory boots at powerOnLevel", () => {
		const host = { powerCause: "restart", retained: "notAvailable" } as const;
		expect(bootLevel(host, { powerOnLevel: percent(90), maxLevel: percent(100) })).toBe(90);
	});
	test("a life that ends before its first decision leaves nothing to resume: lit", () => {
		const host = new FakeHost();
		Object.assign(host, { powerCause: "crash", kept: 0 });
		new Node(host);
		expect(host.duties).toEqual([]);
		const next = new Node(host);
		expect(host.duties.length).toBe(1);
		next.tick(0);
		expect(host.kept).toBe(next.view.light.feedback);
	});
});

describe("in a virtual machine", () => {
	const first = (pole: XsLamp, from: number) => pole.light[from]?.split(" ")[1];
	test("a restart resumes the program's 30 %, a loss of power does not", async () => {
		const pole = (await XsLamp.of()).boot();
		const at = 31 * MINUTE + 30_000; // nobody near
		pole.run(at);
		expect(pole.light.at(-1)).toMatch(/ 1229$/);
		let from = pole.light.length;
		pole.fleet.boot(1, at + 1, "restart");
		pole.run(at + 1);
		expect(first(pole, from)).toBe("1229");
		from = pole.light.length;
		pole.fleet.cut(1, at + 2);
		pole.fleet.boot(1, at + 3, "powerOn");
		pole.run(at + 3);
		expect(first(pole, from)).toBe("4095");
	});
});

test("power-on does not light above the greatest level that is set", () => {
	const host = { powerCause: "powerOn", retained: "notAvailable" } as const;
	expect(bootLevel(host, { powerOnLevel: percent(90), maxLevel: percent(32) })).toBe(32);
});
