/** Power cut inside the journal's writes, in real XS: some of the bytes; all are in tests/slow/soak. */
import { expect, test } from "@jest/globals";
import { cutJournal } from "./journalcut.js";

/** Primes, so that cuts fall anywhere in an erase, a record or a mark. */
const COARSE = 401;
const FINE = 19;

test("no event that was stored is lost, none comes that never was, and the next life goes on", async () => {
	const { cuts, outcomes, uncut, breaches } = await cutJournal(COARSE, FINE);
	expect(breaches).toEqual([]);
	expect(uncut.length).toBeGreaterThanOrEqual(8);
	expect(uncut.map(({ seq }) => seq)).toEqual(uncut.map((_, index) => index + 1));
	expect(cuts).toBeGreaterThan(40);
	expect(outcomes.size).toBeGreaterThanOrEqual(5);
});
