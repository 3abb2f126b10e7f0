/**
 * Acts: what a person does at a run while it goes on.
 *
 * Promise: What a person does at the page is repeated by its options, to the byte of the trace.
 */
import { expect, test } from "@jest/globals";
import { type Random, random } from "../../../lib/random.js";
import { SOURCES } from "../../../sim/cli/words.js";
import { integer, pick } from "../../../sim/explore/chance.js";
import { stageOf } from "../../../sim/files/stage.js";
import { optionsOf } from "../../../sim/options/options.js";
import type { Values } from "../../../sim/options/values.js";
import { Acts } from "../../../sim/run/acts.js";
import { runOf } from "../../../sim/run/made.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import { seed } from "../../support/seed.js";
import { FakeWall } from "../street/fakewall.js";
import { differenceOf, SHELF, traceInNode } from "./trace.js";

const LAMPS = 4;
const OWN: Values = {
	...{ seed: "7", lamps: `${LAMPS}`, duration: "40m", neighbours: true },
	...{ start: "2026-11-24T21:30:00+01:00", headless: true, person: ["car@3m"] },
};
/** Acts of a person, and ms of wall clock from one to the next, at 600 times the clock's speed. */
const COUNT = 40;
const PACE = [0, 150] as const;

/** The act with this number: each kind in turn. */
function act(chance: Random, acts: Acts, count: number, seconds: number): void {
	const lamp = integer(chance, 1, LAMPS);
	const topic = (suffix: string) => `luminode/1/liege/pole-0000${lamp}/${suffix}`;
	const issued = new Date(Date.parse(`${OWN.start}`) + 1000 * seconds).toISOString();
	const order = pick(chance, [
		{ command: "override", level: integer(chance, 0, 100), expiration: "2026-11-24T21:55:00Z" },
		{ command: "identify", duration: 5 },
		{ command: "clearOverride" },
	]);
	const settings = { hold: integer(chance, 5, 90) };
	const id = `page-${seconds}-${lamp}`;
	const kinds = [
		() => acts.publish(topic("command"), JSON.stringify({ ...order, id, issued, validFor: 600 })),
		() =>
			acts.publish(
				topic("settings/desired/light"),
				JSON.stringify({ revision: 1 + seconds, count: 1, settings }),
				true,
			),
		() => acts.type(lamp, "\r"),
		() => acts.type(lamp, `secret lantern-of-the-quay-${lamp}\r`),
		() => acts.type(lamp, pick(chance, ["status\r", `set hold ${settings.hold}\r`, "apply\r"])),
		() => acts.put(pick(chance, ["pedestrian", "car"]), 100 * chance.next() - 10, lamp < 3),
		() => acts.beginFault(pick(chance, ["pirStuckOn", "powerCut", "luxStuck"]), lamp),
		() => acts.endFault(integer(chance, 1, 1 + Math.floor(count / 8))),
	];
	kinds[count % kinds.length]!();
}

test("drawn acts of a person, some of them while the street stands", async () => {
	const chance = random(seed(52), "acts");
	const wall = new FakeWall();
	const options = optionsOf(OWN, SOURCES);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const clock = new Clock(600, wall);
	const stage = await stageOf(options, scenario, { clock });
	const pieces: string[] = [];
	const { run } = runOf(stage, SHELF, (piece) => pieces.push(piece));
	const acts = new Acts(run, stage.network);
	let ended = false;
	const life = run.go().finally(() => {
		ended = true;
	});
	for (let next = 300, count = 0; !ended; ) {
		if (wall.at >= next && count < COUNT) {
			act(chance, acts, count++, Math.round(clock.now() / 1000));
			clock.setPaused(count % 8 < 2 && count < COUNT);
			next = wall.at + integer(chance, ...PACE);
		}
		if (wall.step()) for (let turn = 0; turn < 8; turn++) await undefined;
		else await new Promise((resolve) => setTimeout(resolve, 0));
	}
	expect(await life).toBeUndefined();
	await stage.network.close();
	stage.fleet.dispose();
	const values = acts.addedTo(OWN);
	expect(acts.count).toBeGreaterThanOrEqual(COUNT);
	expect(values.person).toContain("car@3m");
	expect(differenceOf(pieces.join(""), (await traceInNode(values)).text)).toBeUndefined();
});
