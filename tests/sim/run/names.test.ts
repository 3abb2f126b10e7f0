/** Names: the firmware with short names lights a street exactly as with the names of its sources. */
import { expect, test } from "@jest/globals";
import { readImage } from "../../../hosts/virtual/engine/image.js";
import { scaled } from "../../support/scale.js";
import { recordStreet } from "./recording.js";

/** Movement among neighbours, reports, restarts and an evening's end: most of what is private moves. */
const STREET = `--lamps ${scaled(5, 12)} --duration ${scaled("14m", "16h")} --neighbours`;
const FAULTS = "--fault powerCut@3m+30s/1 --fault pirStuckOn@2m/2 --fault clockLost@4m/3";
const WORDS = `--seed 7 --start 2026-11-24T17:30:00+01:00 ${STREET} ${FAULTS}`.split(" ");

test("light, messages and computrons are those of the names as written", async () => {
	const named = readImage(process.cwd(), { keepsNames: true });
	const short = await recordStreet(WORDS);
	expect(short.lightCount).toBeGreaterThan(scaled(300, 5_000));
	expect(short.messageCount).toBeGreaterThan(50);
	expect(named.modules[0]!.source).toMatch(/this\.decisionPending/); // of src/node.ts
	expect(await recordStreet(WORDS, named)).toEqual(short);
});
