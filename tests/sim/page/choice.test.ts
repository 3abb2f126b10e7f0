/** Choice: the scenario that was chosen last begins, also where the next run is not there yet. */
import { beforeEach, expect, test } from "@jest/globals";
import type { Channel } from "../../../sim/page/channel.js";
import { use } from "../../../sim/page/client/state/requests.js";
import { startScenario } from "../../../sim/page/client/state/run.js";
import { model } from "../../../sim/page/client/state/street.js";
import type { Welcome } from "../../../sim/page/messages.js";

/** Names that a run accepted. */
const accepted: string[] = [];
let isThere: boolean;

beforeEach(() => {
	accepted.length = 0;
	isThere = true;
	const act = async (_path: string, fields: object) => {
		if (!isThere) return undefined;
		accepted.push((fields as { name: string }).name);
		isThere = false; // this run ends
		return true;
	};
	use({ act } as unknown as Channel);
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
