/** Place: `set place KIND` at the console fills in the settings of the kind, all or none. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import type { Node } from "../../../src/node.js";
import { bootLamp } from "../../support/lamp.js";
import { typeAt } from "../../support/technician.js";

/** A lamp at which these lines were typed. */
function typed(...lines: string[]): Node {
	const { host, node } = bootLamp({ until: MINUTE });
	for (const line of lines) typeAt(host, line);
	return node;
}

describe("set place", () => {
	test("takes classes, hold, program and calendar of the kind with apply", () => {
		const { settings } = typed("set installedMean 10", "set place park", "apply");
		expect(settings).toMatchObject({ place: "park", fullClass: "P5", floorClass: "P6" });
		expect(settings).toMatchObject({ hold: 60_000, linger: 60_000 });
		expect(settings.program).toBe("sunset P5; 23:00 P6; 06:00 P5; sunrise 0");
	});
	test("leaves the order of the lines free, and a single setting its own value", () => {
		const { settings } = typed("set place square", "set hold 90", "set installedMean 20", "apply");
		expect(settings).toMatchObject({ place: "square", fullClass: "P2", hold: 90_000 });
		expect(settings.calendar).toBe("Fri,Sat,eve: weekend");
	});
	test("goes from one kind to the other, M classes included", () => {
		const road = typed(
			"set installedMean 20",
			"set place crossing",
			"set place throughRoad",
			"apply",
		);
		expect(road.settings).toMatchObject({
			fullClass: "M4",
			sensorEffect: "none",
			lightProtected: false,
		});
	});
	test("without an installed mean, apply refuses all of it", () => {
		const { settings } = typed("set place park", "apply");
		expect(settings).toMatchObject({ place: "none", fullClass: "percent", hold: 30_000 });
	});
	test("none is a name alone", () => {
		const { settings } = typed("set hold 90", "set place none", "apply");
		expect(settings).toMatchObject({ place: "none", hold: 90_000 });
	});
});
