/** Device types and failure status of a driver, by what it answers. */
import { describe, expect, test } from "@jest/globals";
import { COMMAND } from "../../src/dali/frames.js";
import { Kind, kindMembers } from "../../src/dali/kind.js";

/** QueryDeviceType, QueryNextDeviceType, EnableDeviceType(6), QueryFailureStatus of python-dali. */
const [TYPE, NEXT, LED, FAILURE] = [0xff99, 0xffa7, 0xc106, 0xfff1];

/** Asks a driver that gives `answers` in turn; the frames and what is known then. */
function ask(answers: readonly number[], kind = new Kind()) {
	const frames: number[] = [];
	kind.begin(0);
	for (let now = 0; kind.dueAt < Infinity; now += 1000) {
		frames.push(kind.next());
		kind.take(answers[frames.length - 1] ?? -1, now);
	}
	return { frames, members: kindMembers(kind, 0), kind };
}

describe("a driver", () => {
	test.each<[string, number[], number[], string]>([
		["of LED alone", [6, -1, 0], [TYPE, LED, FAILURE], ',"deviceTypes":[6],"failureStatus":[]'],
		[
			"of D4i",
			[255, 6, 49, 50, 254, -1, 0x42],
			[TYPE, NEXT, NEXT, NEXT, NEXT, LED, FAILURE],
			',"deviceTypes":[6,49,50],"failureStatus":["openCircuit","thermalReduction"]',
		],
		["of another type", [5], [TYPE], ',"deviceTypes":[5]'],
		["of none", [254], [TYPE], ',"deviceTypes":[]'],
		[
			"whose row a level broke",
			[255, 6, -1, 255, 6, 49, 254, -1, 1],
			[TYPE, NEXT, NEXT, TYPE, NEXT, NEXT, NEXT, LED, FAILURE],
			',"deviceTypes":[6,49],"failureStatus":["shortCircuit"]',
		],
		["that is silent", [], [TYPE, TYPE, TYPE, TYPE, LED, FAILURE], ""],
		["on a dead bus", [-3], [TYPE], ""],
		["that goes dead", [255, 6, -3], [TYPE, NEXT, NEXT], ""],
	])("%s", (_what, answers, frames, members) => {
		const found = ask(answers);
		expect(found.frames).toEqual(frames);
		expect(found.members).toBe(members);
		expect(found.kind.holds).toBe(false);
	});
	test("that never ends its row is asked for 16 types", () => {
		expect(ask([255, ...new Array(40).fill(6)]).kind.types[0]!.length).toBe(16);
	});
});

test("of two drivers each is asked at its address", () => {
	const kind = new Kind();
	kind.drivers = 2;
	const { frames } = ask([6, -1, 0, 6, -1, 2], kind);
	expect(frames).toEqual([0x0199, LED, 0x01f1, 0x0399, LED, 0x03f1]);
	expect(kindMembers(kind, 1)).toBe(',"deviceTypes":[6],"failureStatus":["openCircuit"]');
	expect(COMMAND).toBe(0xff00);
});
