/** Doubts that need no site: a lamp whose image can never be replaced. */
import { expect, test } from "@jest/globals";
import { doubtsOf, type Known } from "../../../../tools/laptop/site/doubts.js";

test.each<[what: string, lamp: Partial<Known>, isDoubted: boolean]>([
	["of release without a key", { profile: "release", updateKeys: [] }, true],
	["of release whose key it cannot read", { profile: "release", updateKeys: ["?"] }, true],
	["of release with a key", { profile: "release", updateKeys: ["?", "0a1b2c3d"] }, false],
	["of development without a key", { profile: "development", updateKeys: [] }, false],
	["that names neither, before its login", {}, false],
])("a lamp %s", (_what, lamp, isDoubted) => {
	const plan = { pole: "Q7", serial: undefined, values: new Map() } as never;
	const records = { vault: { lamps: [] }, protocol: [], isReplacing: false } as never;
	const doubts = doubtsOf({ serial: "fake-7", node: "", ...lamp }, plan, records);
	const [en, fr] = [/no update key/, /aucune clé de mise à jour/].map((each) =>
		expect.stringMatching(each),
	);
	expect(doubts).toEqual(isDoubted ? [{ en, fr }] : []);
});
