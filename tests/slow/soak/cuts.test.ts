/** Power cut at every byte of flash: a story of the journal, and a revision of settings, in real XS. */
import { expect, test } from "@jest/globals";
import { cutJournal } from "../../hosts/virtual/lamp/journalcut.js";
import { cutSettings } from "../../hosts/virtual/lamp/settingscut.js";

test("every byte of the journal's writes and erases: no event that was stored is lost", async () => {
	const { cuts, breaches } = await cutJournal(1, 1);
	process.stdout.write(`${cuts} cuts in the journal\n`);
	expect(breaches).toEqual([]);
	expect(cuts).toBeGreaterThan(5_000);
});

test("every byte of a revision of two sections: old or new, never neither", async () => {
	const cuts = await cutSettings(1);
	process.stdout.write(`${cuts} cuts in a revision\n`);
	expect(cuts).toBeGreaterThan(400);
});
