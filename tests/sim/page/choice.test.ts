/** Choice: the scenario that was chosen last begins, also where the next run is not there yet. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startScenario } from "../../../sim/page/client/state/run.js";
import { model } from "../../../sim/page/client/state/street.js";
import type { Welcome } from "../../../sim/page/messages.js";

const real = globalThis.fetch;
/** Names that a run accepted. */
const accepted: string[] = [];
let isThere: boolean;

beforeEach(() => {
	accepted.length = 0;
	isThere = true;
	globalThis.fetch = async (_, init) => {
		if (!isThere) throw new TypeError("connection refused");
		accepted.push((JSON.parse(String(init!.body)) as { name: string }).name);
		isThere = false; // this run ends
		return new Response(null, { status: 204 });
	};
});
afterEach(() => {
	globalThis.fetch = real;
});

/** The next run is there. */
function begin(name: string): void {
	isThere = true;
	const scenario = name === "" ? null : { name };
	model.onWelcome({ lamps: 1, scenario } as unknown as Welcome);
}

test("one chosen while another starts begins after it", async () => {
	await startScenario("storm");
	expect([accepted, model.starting]).toEqual([["storm"], "storm"]);
	const second = startScenario("cyclist");
	expect(model.starting).toBe("cyclist");
	begin("storm");
	await second;
	expect([accepted, model.starting]).toEqual([["storm", "cyclist"], "cyclist"]);
	begin("cyclist");
	expect(model.starting).toBeUndefined();
});

test("of two that are chosen meanwhile the last begins, the street of the start too", async () => {
	await startScenario("storm");
	const both = [startScenario("cyclist"), startScenario("")];
	begin("storm");
	await Promise.all(both);
	expect(accepted).toEqual(["storm", ""]);
	begin("");
	expect(model.starting).toBeUndefined();
});
