/** Run: the acts of a person on the run: speed, pause, step, jumps and scenarios. */
import { ask } from "./requests.js";
import { model, whileChoosing } from "./street.js";

/** Speed before the pause. */
let before: number | null = 10;

/** Sets the speed; undefined: goes on as before the pause. */
export async function go(speed: number | null | undefined): Promise<void> {
	const { update } = model;
	if (speed === 0 && update && update.speed !== 0) before = update.speed;
	const next = speed === undefined ? before : speed;
	if (update) {
		model.update = { ...update, speed: next, goal: null };
		model.changed();
	}
	await whileChoosing(() => ask("/speed", { speed: next }));
}

/** One second further. */
export async function step(): Promise<void> {
	await ask("/jump", { ms: 1_000 });
}

type Where = "dusk" | "22" | "02" | "dawn";

/** Runs to the next such instant, as fast as possible. */
export async function jumpTo(where: Where): Promise<void> {
	await ask("/jump", { where });
}

/** Between two tries while the next run is not there yet, ms; and tries until it is given up. */
const AGAIN = 250;
const TRIES = 240;
let choices = 0;

/**
 * Ends this run and begins the scenario of that name; the empty one is the street of the start.
 * A choice that arrives between two runs is lost, so it is sent again until a run accepts it, or until
 * another scenario is chosen.
 */
export async function startScenario(name: string): Promise<void> {
	const choice = ++choices;
	model.onChoice(name);
	for (let n = 0; n < TRIES && choice === choices && model.starting === name; n++) {
		if (await ask("/scenario", { name })) return;
		await new Promise((resolve) => setTimeout(resolve, AGAIN));
	}
	if (choice === choices) model.onChoice(undefined);
}
