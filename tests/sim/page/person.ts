/**
 * Person: someone at the page who chooses one lamp after another, as fast as a hand does.
 *
 * The street is the simulator's own: firmware, broker, server and clock. Requests come over HTTP while
 * the street waits for the clock; the wall is a fake one, so the run does not depend on this machine.
 */
import type { Fleet } from "../../../hosts/virtual/fleet/fleet.js";
import { readOptions } from "../../../sim/cli/words.js";
import { stageOf } from "../../../sim/files/stage.js";
import { startServer } from "../../../sim/page/http/server.js";
import { Desk } from "../../../sim/page/server/desk.js";
import { viewOf } from "../../../sim/page/server/view.js";
import type { Summary } from "../../../sim/results/summary.js";
import { Acts } from "../../../sim/run/acts.js";
import { observed } from "../../../sim/run/observation.js";
import { prepare } from "../../../sim/run/scenario.js";
import { Clock } from "../../../sim/street/clock.js";
import { FakeWall } from "../street/fakewall.js";
import { pageParts } from "./pageparts.js";

/** ms of wall clock from one lamp to the next. */
const PACE = 1_500;
/** So long the machine is busy with a request, ms of wall clock. */
const REQUEST_COST = 15;
/** Microtasks from the end of a pause to the next. */
const TURNS = 8;
/** All lamps are connected by then, ms of the street's time. */
const ONLINE = 120_000;
/** So long a street of this machine takes for a window, ms of wall clock: 600x is more than it can do. */
const WINDOW_COST = 3;

export interface Sitting {
	readonly asked: number;
	/** HTTP status of each answer. */
	readonly statuses: readonly number[];
	readonly summary: Summary;
}

/** Sits at the page for `seconds` of wall clock, at `speed`. Rejects when the run fails. */
export async function sit(speed: number, seconds: number, lamps = 3): Promise<Sitting> {
	const line = `--headless --lamps ${lamps} --seed 7 --start 2026-11-24T22:30:00+01:00 --duration 8000h`;
	const answer = readOptions(line.split(" "));
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const wall = new FakeWall();
	const stage = await stageOf(options, scenario, { clock: new Clock(Infinity, wall) });
	const { clock, network } = stage;
	const fleet = costly(stage.fleet, wall);
	const parts = { ...stage, fleet };
	const { run, observation } = observed(parts, network);
	let arrived = 0;
	const watched = countingPublishes(network, () => arrived++);
	const about = { observation, command: "", scenario: null, settings: {} };
	const acts = new Acts(run, watched);
	const view = viewOf({ parts, run, acts, ...about });
	const desk = new Desk({ ...pageParts(view), view, network: watched });
	const server = await startServer(desk, new Map(), 0);
	const post = async (path: string, body: unknown): Promise<number> => {
		const headers = { "Content-Type": "application/json" };
		const init = { method: "POST", headers, body: JSON.stringify(body) };
		const response = await fetch(new URL(path, server.url), init);
		await response.arrayBuffer();
		return response.status;
	};
	const answers: Promise<number>[] = [];
	let asked = 0;
	const choose = async (lamp: number) => {
		await post("/serial", { lamp, text: "\r" });
		for (const path of ["/explain", "/preview"]) {
			const before = arrived;
			answers.push(post(path, { lamp }));
			while (arrived === before) await breath();
			wall.at += REQUEST_COST; // meanwhile what was due is late
			for (let pause = 0; pause <= asked % 7; pause++) await goOn(wall);
		}
	};
	let ended = false;
	const life = run.go().finally(() => {
		ended = true;
	});
	life.catch(() => {}); // awaited below
	while (!ended && clock.now() < ONLINE) await goOn(wall);
	clock.setSpeed(speed);
	let next = wall.at + PACE;
	const end = wall.at + seconds * 1000;
	while (!ended && wall.at < end) {
		if (wall.at >= next) {
			await choose(1 + (asked++ % lamps));
			next += PACE;
		}
		await goOn(wall);
	}
	while (!ended && (await pending(answers))) await goOn(wall); // the last are on their way
	run.street.stop();
	while (!ended) await goOn(wall);
	try {
		await life;
		return { asked, statuses: await Promise.all(answers), summary: run.summary() };
	} finally {
		desk.close();
		await server.close();
		await network.close();
		fleet.dispose();
	}
}

/** Lets the street run to its next pause; where it waits for its broker, input and output have a turn. */
async function goOn(wall: FakeWall): Promise<void> {
	if (!wall.step()) await breath();
	else for (let turn = 0; turn < TURNS; turn++) await undefined;
}

/** No immediate: the broker takes that for work of its own. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function pending(answers: readonly Promise<number>[]): Promise<boolean> {
	const all = Promise.all(answers).then(() => false);
	return Promise.race([all, breath().then(() => true)]);
}

/** Each window takes its time by the wall. */
function costly(fleet: Fleet, wall: FakeWall): Fleet {
	const run = fleet.run.bind(fleet);
	fleet.run = (until) => {
		wall.at += WINDOW_COST;
		run(until);
	};
	return fleet;
}

function countingPublishes<T extends { publish(...args: never[]): void }>(
	network: T,
	count: () => void,
): T {
	const publish = network.publish.bind(network);
	network.publish = (...args) => {
		count();
		publish(...args);
	};
	return network;
}
