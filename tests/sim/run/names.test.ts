/** Names: the compressed firmware lights a street exactly as its modules do without compression. */
import { expect, test } from "@jest/globals";
import { readImage } from "../../../hosts/virtual/engine/image.js";
import { scaled } from "../../support/scale.js";
import { recordStreet } from "./recording.js";

/** Movement among neighbours, reports, a restart, a sensor in doubt and a lost clock. */
const STREET = `--lamps ${scaled(4, 12)} --duration ${scaled("12m", "16h")} --neighbours`;
const FAULTS = "--fault powerCut@3m+30s/1 --fault pirStuckOn@2m/2 --fault clockLost@4m/3";
const WORDS = `--seed 7 --start 2026-11-24T17:30:00+01:00 ${STREET} ${FAULTS}`.split(" ");

test("light and messages are those of the sources, with fewer computrons", async () => {
	const written = readImage(process.cwd(), { isAsWritten: true });
	expect(written.modules[0]!.source).toMatch(/this\.decisionPending/); // of src/node.ts
	const compressed = await recordStreet(WORDS);
	expect(compressed.lightCount).toBeGreaterThan(scaled(100, 5_000));
	expect(compressed.messageCount).toBeGreaterThan(scaled(30, 50));
	const before = await recordStreet(WORDS, written);
	const { computrons, messages } = before; // a report has the free memory
	expect({ ...compressed, computrons, messages }).toEqual(before);
	expect(compressed.computrons).toBeLessThan(computrons);
});
