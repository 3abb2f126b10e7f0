/** A feeding that ended early, by its usual duration: an hour less, or half, whichever is longer. */
import { expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { isCutShort } from "../../src/time/midnight.js";

const rows: [what: string, fed: number, usual: number, isCut: boolean][] = [
	["a winter's night less an hour", 14 * HOUR, 15 * HOUR, false],
	["a winter's night less an hour and a minute", 14 * HOUR - MINUTE, 15 * HOUR, true],
	["half of an hour and a half", 45 * MINUTE, 90 * MINUTE, false],
	["a minute less than half of it", 44 * MINUTE, 90 * MINUTE, true],
	["as usual", 9 * HOUR, 9 * HOUR, false],
];
test.each(rows)("%s", (_what, fed, usual, isCut) => expect(isCutShort(fed, usual)).toBe(isCut));
