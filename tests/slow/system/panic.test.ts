/** What the next life reads of an end that ESP-IDF noticed: a word, a detail, and addresses if any. */
import { afterAll, describe, expect, test } from "@jest/globals";
import { CProgram } from "../support/fadeprogram.js";

const program = new CProgram("luminode/panic");
afterAll(() => program.remove());

describe("an end", () => {
	test.each([
		["full main", "stackOverflow main;"],
		["full Tmr Svc", "stackOverflow Tmr Svc;"],
		["guard Stack protection fault", "stackOverflow now; 42000100 42000200"],
		["fault Load access fault", "badAccess Load access fault; 42000100 42000200"],
		["interrupts Interrupt wdt timeout on CPU0", "interruptsOff; 42000100 42000200"],
		["task", "hung tls; 42000100 42000200"],
		["aborted Stack smashing protect failure!", "stackSmashed; 42000100 42000200"],
		["aborted assert failed: f a.c:1 (x)", "assertFailed; 42000100 42000200"],
		["aborted Mem alloc fail. size 8", "heapFull; 42000100 42000200"],
		["aborted abort() was called at PC 0x42000100", "abort; 42000100 42000200"],
	])("%s: %s", (given, left) => {
		expect(program.answers(`${given}\n`)).toEqual([left]);
	});
});
