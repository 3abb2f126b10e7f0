/**
 * Names: the compressed firmware lights a street exactly as its modules do without compression.
 *
 * Promise: The compressed firmware is the same firmware.
 */
import { expect, test } from "@jest/globals";
import { readImage } from "../../../hosts/virtual/engine/image.js";
import { scaled } from "../../support/scale.js";
import { recordStreet } from "./recording.js";

/** Movement among neighbours, reports, a restart, a sensor in doubt and a lost clock. */
const STREET = `--lamps ${scaled(4, 12)} --duration ${scaled("12m", "16h")} --neighbours`;
const FAULTS = "--fault powerCut@3m+30s/1 --fault pirStuckOn@2m/2 --fault clockLost@4m/3";
const START = "--seed 7 --start 2026-11-24T";

test.each<[what: string, line: string, light: number, messages: number]>([
	["a street", `${START}17:30:00+01:00 ${STREET} ${FAULTS}`, scaled(10, 1_000), scaled(30, 50)],
	["a night of one lamp", `${START}16:00:00+01:00 --lamps 1 --duration 16h`, 300, 100],
])(
	"light and messages of %s are those of the sources, with fewer computrons",
	async (_what, line, light, messages) => {
		const args = line.split(" ");
		const written = readImage(process.cwd(), { isAsWritten: true });
		expect(written.modules[0]!.source).toMatch(/this\.decisionPending/); // of src/node.ts
		const compressed = await recordStreet(args);
		expect(compressed.lightCount).toBeGreaterThan(light);
		expect(compressed.messageCount).toBeGreaterThan(messages);
		const before = await recordStreet(args, written);
		const { computrons, messages: messagesBefore } = before; // a report has the free memory
		expect({ ...compressed, computrons, messages: messagesBefore }).toEqual(before);
		expect(compressed.computrons).toBeLessThan(computrons);
	},
);
