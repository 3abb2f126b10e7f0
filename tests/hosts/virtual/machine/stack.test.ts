import { describe, expect, test } from "@jest/globals";
import { DEATH, INPUT } from "../../../../hosts/virtual/protocol.js";
import { deaths, imageOf, logs, Street } from "../../../support/xsstreet.js";

/** Calls itself so often as the illuminance says, and reports what it holds from turn to turn. */
const PROGRAM = `
	export default function () {
		let sum = 0, promise = Promise.resolve(0);
		function dive(n) { return n === 0 ? 0 : 1 + dive(n - 1); }
		return (kind, now, value) => {
			if (kind !== ${INPUT.illuminance}) return;
			sum += dive(value);
			promise = promise.then((n) => { native.log(sum + " " + n); return n + 1; });
		};
	}`;

/** Slots of one call of \`dive\`: the frame, its argument and what the sum waits for. */
const FEW = 3;
const MANY = 20;

describe("the engine's stack is shared and each lamp's own", () => {
	const street = Street.of(imageOf(PROGRAM), { lamps: 3 });

	test("its depth is counted for the lamp that went there, and stays its greatest", async () => {
		const { fleet, run } = bound(await street);
		(await street).bootAll();
		run(0);
		for (const lamp of [0, 1, 2]) fleet.post(lamp, 1, INPUT.illuminance, FEW);
		run(1);
		const depths = () => [0, 1, 2].map((lamp) => fleet.statistics(lamp)!.stackPeak_slots);
		const [shallow = 0] = depths();
		expect(depths()).toEqual([shallow, shallow, shallow]);
		fleet.post(1, 2, INPUT.illuminance, MANY);
		run(2);
		const [first, deep = 0, last] = depths();
		const each = (deep - shallow) / (MANY - FEW);
		expect([first, last, Number.isInteger(each), each > 5]).toEqual([shallow, shallow, true, true]);
		for (const lamp of [0, 1, 2]) fleet.post(lamp, 3, INPUT.illuminance, FEW);
		run(3);
		expect(depths()).toEqual([shallow, deep, shallow]);
	});

	test("what a lamp keeps from turn to turn survives the turns of others", async () => {
		const { fleet, run } = bound(await street);
		const linesByLamp: string[][] = [[], [], []];
		for (let at = 10; at < 40; at++) {
			const lamp = at % 3;
			fleet.post(lamp, at, INPUT.illuminance, lamp === 1 ? MANY : 1);
			linesByLamp[lamp]!.push(...logs(run(at), lamp));
		}
		const counts = linesByLamp.map((lines) => lines.map((line) => Number(line.split(" ")[1])));
		for (const count of counts)
			expect(count).toEqual(Array.from({ length: 10 }, (_, i) => count[0]! + i));
	});

	test("a lamp that overflows it dies alone, and the next has the whole stack", async () => {
		const { fleet, run } = bound(await street);
		fleet.post(0, 50, INPUT.illuminance, 10_000);
		fleet.post(1, 50, INPUT.illuminance, MANY);
		const before = fleet.statistics(1)!.stackPeak_slots;
		const seen = run(50);
		expect(deaths(seen)).toEqual([[DEATH[1], "stack overflow"]]);
		expect(logs(seen, 1)).toHaveLength(1);
		expect(fleet.statistics(1)!.stackPeak_slots).toBe(before);
		fleet.boot(0, 60, "crash");
		fleet.post(0, 61, INPUT.illuminance, MANY);
		expect(logs(run(61))).toEqual([`${MANY} 0`]);
		expect(fleet.statistics(0)!.stackPeak_slots).toBe(before);
	});
});

const bound = (street: Street) => ({ fleet: street.fleet, run: street.run.bind(street) });
