/** Boot level: what shines first, by the cause of the boot and what memory retained. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import type { PowerCause } from "../../../src/host.js";
import { bootLevel } from "../../../src/node/light/bootlevel.js";
import { Node } from "../../../src/node.js";
import { FakeHost } from "../../support/fakehost.js";
import { percent } from "../../support/percent.js";
import { XsLamp } from "../../support/xslamp.js";

const MOST = { maxLevel: percent(90) };

describe("the level that shines first", () => {
	const cases: [why: string, cause: PowerCause, kept: number | undefined, level: number][] = [
		["power came: the most that is set", "powerOn", 40, 90],
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
	// security: 5.9-1, 5.9-2
	test.each(cases)("%s", (_why, powerCause, kept, level) => {
		const host = new FakeHost();
		Object.assign(host, { powerCause, kept });
		expect(bootLevel(host, MOST)).toBe(level);
		expect(host.kept).toBe(-1); // taken once
	});
	test("refusals by the broker stay, unless power was lost", () => {
		const left = (powerCause: PowerCause, kept: number) => {
			const host = new FakeHost();
			Object.assign(host, { powerCause, kept, keptRefusals: 3 });
			return [bootLevel(host, MOST), host.kept, host.keptRefusals];
		};
		expect(left("restart", 40)).toEqual([40, -1, 3]);
		expect(left("watchdog", -1)).toEqual([90, -1, 3]); // a life that ended as it began
		expect(left("powerOn", 40)).toEqual([90, -1, 0]);
		expect(left("brownout", 40)).toEqual([90, -1, 0]);
	});
	test("a host without such memory boots at the most that is set", () => {
		const host = { powerCause: "restart", retained: "notAvailable" } as const;
		expect(bootLevel(host, MOST)).toBe(90);
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
	// security: 5.9-1, 5.9-2
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
