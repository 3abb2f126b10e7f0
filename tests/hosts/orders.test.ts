/** Orders in real XS: each one over the wire leaves the lamp alive, answered, and with stack to spare. */
import { describe, expect, test } from "@jest/globals";
import { ORDERS } from "../../src/command/table.js";
import { EPOCH, MINUTE, NODE, Pole, publish } from "./pole.js";

/** Of a machine's stack, slots that no order may need: what comes over the wire must never end a lamp. */
const SPARE = 64;
const STACK = 640; // manifest.json, `creation`
/** A night that takes long to read: named programs, a calendar, sensor effects. */
const CALENDAR = {
	program: "sunset 30; 22:00 60 max 80 hold 20; 00:00 40 min 60; 05:30 80; sunrise 0",
	program1: "weekend: sunset 80; 02:00 30; sunrise 0",
	calendar: "Sat,Sun: weekend",
	...{ zone: "CET-1CEST,M3.5.0,M10.5.0/3", latitude: 50.6, longitude: 5.6 },
};

async function night(): Promise<Pole> {
	const pole = await Pole.of();
	pole.store("calendar", CALENDAR);
	pole.boot().untilOnline();
	pole.run(pole.now + 6 * MINUTE);
	return pole;
}

/** Sends it and lets the lamp answer; what came back. */
function send(pole: Pole, suffix: string, fields: object): string | undefined {
	const issued = new Date(EPOCH + pole.now).toISOString();
	const text = JSON.stringify({ id: "one", issued, ...fields });
	pole.send(publish(text, false, `${NODE}/${suffix}`));
	pole.run(pole.now + MINUTE);
	return pole.reasonOf("one");
}

const later = (span: number) => new Date(EPOCH + 15 * MINUTE + span).toISOString();
const yes = { commandConfirmation: true };
const cases: [command: keyof typeof ORDERS, fields: object, answer: string][] = [
	["override", { level: 50, expiration: later(MINUTE) }, "accepted"],
	["clearOverride", {}, "accepted"],
	["emergency", {}, "accepted"],
	["report", {}, "done"],
	["explain", {}, "done"],
	["explain", { at: later(-12 * MINUTE) }, "done"],
	["identify", { duration: 10 }, "accepted"],
	["selfTest", {}, "accepted"],
	["maintenanceMode", { expiration: later(MINUTE) }, "accepted"],
	["preview", {}, "done"],
	["preview", { date: "2026-11-28", page: 9 }, "done"],
	["log", {}, "done"],
	["assign", { site: "namur", node: "pole-9" }, "accepted"],
	["nodeReplaced", { life: 17, activeEnergy_kWh: 1234.5, ...yes }, "accepted"],
	["luminaireReplaced", { ledPower_W: 29.5, ...yes }, "accepted"],
	["restart", yes, "accepted"],
];

describe("over the wire", () => {
	test("every order is here", () => {
		const heard = Object.entries(ORDERS).filter(([, { via }]) => via[0] !== "console");
		expect([...new Set(cases.map(([command]) => command))].sort()).toEqual(
			heard.map(([command]) => command).sort(),
		);
	});
	test.each(cases)("%s %j: %s", async (command, fields, answer) => {
		const pole = await night();
		const suffix = command === "emergency" ? "emergency" : "command";
		expect(send(pole, suffix, { command, ...fields })).toBe(answer);
		expect(pole.deaths).toEqual([]);
		const after = pole.fleet.statistics(1);
		if (command === "restart" || command === "nodeReplaced") expect(after).toBeUndefined();
		else expect(after!.stackPeak_slots).toBeLessThanOrEqual(STACK - SPARE);
	});
});
