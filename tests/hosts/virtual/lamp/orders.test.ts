/** Orders in real XS: each one over the wire leaves the lamp alive, answered, and with stack to spare. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../../lib/spans.js";
import { ORDERS } from "../../../../src/command/table.js";
import { EPOCH, NODE, publish, XsLamp } from "../../../support/xslamp.js";

/** Of a machine's stack, slots that no order may need: what comes over the wire must never end a lamp. */
const SPARE = 64;
const STACK = 640; // manifest.json, `creation`
/** A night that takes long to read: named programs, a calendar, sensor effects. */
const CALENDAR = {
	program: "sunset 30; 22:00 60 max 80 hold 20; 00:00 40 min 60; 05:30 80; sunrise 0",
	program1: "weekend: sunset 80; 02:00 30; sunrise 0",
	calendar: "Sat,Sun: weekend",
	zone: "CET-1CEST,M3.5.0,M10.5.0/3",
	latitude: 50.6,
	longitude: 5.6,
};

async function night(): Promise<XsLamp> {
	const pole = await XsLamp.of();
	pole.store("calendar", CALENDAR);
	pole.boot().untilOnline();
	pole.run(pole.now + 6 * MINUTE);
	return pole;
}

let orders = 0;

/** Sends it and lets the lamp answer; what came back. */
function send(pole: XsLamp, command: string, fields: object): string | undefined {
	orders += 1;
	const id = `order-${orders}`;
	const issued = new Date(EPOCH + pole.now).toISOString();
	const text = JSON.stringify({ id, command, issued, ...fields });
	const suffix = command === "emergency" ? "emergency" : "command";
	pole.send(publish(text, false, `${NODE}/${suffix}`));
	pole.run(pole.now + MINUTE);
	return pole.reasonOf(id);
}

type Case = [command: keyof typeof ORDERS, fields: object, answer: string];
const at = (minutes: number) => new Date(EPOCH + minutes * MINUTE).toISOString();
const yes = { commandConfirmation: true };
/** One lamp takes all of these, one after the other. */
const stays: Case[] = [
	["override", { level: 50, expiration: at(60) }, "accepted"],
	["clearOverride", {}, "accepted"],
	["emergency", { expiration: at(60) }, "accepted"],
	["report", {}, "done"],
	["explain", {}, "done"],
	["explain", { at: at(3) }, "done"],
	["identify", { duration: 10 }, "accepted"],
	["selfTest", {}, "accepted"],
	["maintenanceMode", { expiration: at(60) }, "accepted"],
	["trafficVolume", { volume: 400, expiration: at(60) }, "accepted"],
	["preview", {}, "done"],
	["preview", { date: "2026-11-28", page: 9 }, "done"],
	["log", {}, "done"],
	["luminaireReplaced", { ledPower_W: 29.5, ...yes }, "accepted"],
];
/** It leaves its topics. */
const moves: Case = ["assign", { site: "namur", node: "pole-9" }, "accepted"];
/** These end the life. */
const ends: Case[] = [
	["nodeReplaced", { life: 17, activeEnergy_kWh: 1234.5, ...yes }, "accepted"],
	["restart", yes, "accepted"],
];

describe("over the wire", () => {
	test("every order is here", () => {
		const remote = Object.entries(ORDERS).filter(([, { via }]) => via[0] !== "console");
		const here = [...stays, moves, ...ends].map(([command]) => command);
		expect([...new Set(here)].sort()).toEqual(remote.map(([command]) => command).sort());
	});
	test.each([
		["one after the other", stays],
		["another name", [moves]],
	])("%s: alive, and with stack to spare", async (_what, cases) => {
		const pole = await night();
		for (const [command, fields, answer] of cases) {
			expect([command, send(pole, command, fields)]).toEqual([command, answer]);
			expect([command, pole.deaths]).toEqual([command, []]);
			const peak = pole.statistics.stackPeak_slots;
			expect([command, peak > STACK - SPARE ? peak : "to spare"]).toEqual([command, "to spare"]);
		}
	});
	test.each(ends)("%s %j: %s, and the lamp starts over", async (command, fields, answer) => {
		const pole = await night();
		expect(send(pole, command, fields)).toBe(answer);
		expect([pole.deaths, pole.fleet.statistics(1)]).toEqual([[], undefined]);
	});
});
