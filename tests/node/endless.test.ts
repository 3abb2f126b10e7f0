/**
 * Endless: a task that is always due ends the run with its name, on the fake host and in XS.
 */
import { expect, test } from "@jest/globals";
import { HOUR } from "../../lib/spans.js";
import { edited } from "../../sim/checks/edit.js";
import { bootLamp } from "../support/lamp.js";
import { XsLamp } from "../support/xslamp.js";

test("on the fake host it is an error with the name of the task", () => {
	const { host, node } = bootLamp({ until: 60_000 });
	Object.defineProperty(node.sensorHealth, "dueAt", { get: () => 30_000, set() {} });
	node.requestDecision();
	host.alarmAt = 61_000;
	expect(() => host.run(90_000)).toThrow(
		/^no end of turns at one instant: sensorHealth due at 61000 ms$/,
	);
});

test("in XS the machine ends by its watchdog, with the same name, and the fleet goes on", async () => {
	const specifier = "luminode/node/sensors/sensorhealth";
	const edit = {
		file: specifier,
		find: "this.dueAt = Math.min(pir,",
		replace: "this.dueAt = Math.min(now > 0 ? 0 : pir,",
	};
	const replace = { [specifier]: (text: string) => edited(text, edit) };
	const pole = await XsLamp.of({ replace, isAsWritten: true });
	pole.boot();
	pole.run(12 * HOUR);
	expect(pole.deaths[0]).toMatch(/no end of turns at one instant: sensorHealth due at \d+ ms/);
});
