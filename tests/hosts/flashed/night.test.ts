/** A night of a street whose lamps run a board's module, compressed and as it is written: the same light. */
import { expect, test } from "@jest/globals";
import { recordStreet } from "../../sim/run/recording.js";
import { BOARDS, flashedImage } from "../../support/flashed/image.js";
import { scaled } from "../../support/scale.js";

const STREET = `--lamps ${scaled(3, 6)} --duration ${scaled("20m", "16h")} --neighbours`;
const FAULTS = "--fault powerCut@5m+30s/1 --fault pirStuckOn@2m/2 --fault clockLost@9m/3";
const WORDS = `--seed 11 --start 2026-11-24T17:30:00+01:00 ${STREET} ${FAULTS}`.split(" ");

test.each(BOARDS)("light and messages of %s are those of its sources", async (board) => {
	const compressed = await recordStreet(WORDS, await flashedImage(board));
	const written = await recordStreet(WORDS, await flashedImage(board, { isAsWritten: true }));
	expect(compressed.deaths).toBe(0);
	expect(compressed.lightCount).toBeGreaterThan(scaled(8, 400));
	expect(compressed.messageCount).toBeGreaterThan(scaled(20, 50));
	const { light, lightCount, content, messageCount } = written;
	expect(compressed).toMatchObject({ light, lightCount, content, messageCount });
	expect(compressed.computrons).toBeLessThan(written.computrons);
});
