/**
 * Luck: each door of the host that fails by chance changes the run, by the seed, and breaks no
 * check.
 *
 * Promise: A call of the host that fails by chance breaks no promise of light.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { digested } from "../../../sim/explore/twin.js";
import { FAULTS } from "../../../sim/faults/faults.js";

const STREET =
	"--lamps 2 --seed 9 --start 2026-11-24T15:30:00Z --duration 80m --neighbours --datagram-loss 0";
const INPUTS = [
	'order@20m:{"command":"override","level":55,"expiration":"+30m"}',
	"type@25m:secret lantern-of-the-quay-7",
	"type@26m:settings",
	'order@30m:{"command":"restart","commandConfirmation":true}',
	'offer@35m:whole.bin {"spread":0}',
];
const streetArgs = (...more: string[]) => [
	...STREET.split(" "),
	...INPUTS.flatMap((input) => ["--input", input]),
	...more,
];
const DOORS = Object.keys(FAULTS).filter((name) => FAULTS[name]!.door !== undefined);

describe("a door that fails by chance", () => {
	let sound: string;
	beforeAll(async () => {
		[, sound] = await digested(streetArgs());
	});
	test("is one of eight", () => expect(DOORS).toHaveLength(8));
	test.each(DOORS)("%s changes the run", async (name) => {
		// a lamp whose alarm is late decides up to 50 ms later than the documents say
		const second = name === "chanceAlarm" ? ["--second", "off"] : [];
		const [outcome, unlucky] = await digested(
			streetArgs("--chance", "40", "--fault", `${name}@1m`, ...second),
		);
		expect(outcome.broken).toEqual([]);
		// the line at the pole comes in other pieces, and the light is the same
		expect(unlucky === sound).toBe(name === "chanceSerial");
	});
	const all = DOORS.flatMap((name) => ["--fault", `${name}@1m`]);
	test("changes it the same way again, all eight together", async () => {
		const unlucky = streetArgs("--chance", "40", ...all);
		const [, first] = await digested(unlucky);
		expect(first).not.toBe(sound);
		expect((await digested(unlucky))[1]).toBe(first);
	});
	test("changes nothing at a chance of 0", async () => {
		expect((await digested(streetArgs("--chance", "0", ...all)))[1]).toBe(sound);
	});
});
