/** Runs: a look at the lamps, a campaign that is begun, an operator's decision about one, and the work on it. */
import type { Station } from "../program.js";
import {
	type begun,
	cancel,
	counts,
	type Desk,
	ordersOf,
	run,
	setState,
	TASKS,
} from "./campaigns.js";
import { contentOf, type Lamp } from "./lamps.js";
import { conclude } from "./report.js";
import { rolledBack } from "./rollback.js";
import { inspect, type Offer, type Result, type Work } from "./tasks.js";

const SHOWN = 20;

/** A task of which nothing is sent, wave by wave. @returns the exit code */
export async function look(
	work: Work,
	command: string,
	lamps: readonly Lamp[],
	{ offer, size }: { readonly offer: Offer | undefined; readonly size: number },
	report: string | undefined,
	station: Station,
): Promise<number> {
	const task = command === "status" ? inspect : TASKS[command]!;
	const results: Result[] = [];
	for (let at = 0; at < lamps.length; at += size) {
		results.push(...(await task(work, lamps.slice(at, at + size), offer)));
		station.stdout.write(`${results.length} of ${lamps.length}\n`);
	}
	return conclude(lamps, results, report, "", station);
}

/** A plan for `begun`. */
export function planOf(
	task: string,
	lamps: readonly Lamp[],
	{ offer, ...pace }: { offer: Offer | undefined; size: number; stopAt: number },
): Parameters<typeof begun>[1] {
	const contentsOf = ({ site, node, group, sections }: Lamp) => {
		if (task === "configure") return contentOf(sections);
		return JSON.stringify(task === "update" ? offer : { site, node, group });
	};
	const planned = lamps.map((lamp): [Lamp, string] => [lamp, contentsOf(lamp)]);
	return { task, lamps: planned, ...pace };
}

/** An operator's decision about a campaign. @returns the campaign that runs from now on */
export async function decide(
	desk: Desk,
	command: string,
	id: string,
	offer: Offer | undefined,
	station: Station,
): Promise<string | undefined> {
	if (command === "cancel") await cancel(desk, id);
	if (command === "pause") await setState(desk, id, "paused");
	if (command === "resume") await setState(desk, id, "running");
	if (command === "rollback") {
		const { campaign, unknown } = await rolledBack(desk, id, offer);
		if (unknown.length > 0)
			station.stdout.write(`before is not known: ${unknown.slice(0, SHOWN).join(", ")}\n`);
		return campaign.id;
	}
	if (command === "resume") return id;
	station.stdout.write(`campaign ${id}: ${counts(await ordersOf(desk.db, id))}\n`);
	return undefined;
}

/** Works on a campaign until it has ended, or the program shall. */
export async function working(
	desk: Desk,
	id: string,
	report: string | undefined,
	station: Station,
): Promise<number> {
	let isEnded = false;
	void station.ended.then(() => {
		isEnded = true;
	});
	station.stdout.write(`campaign ${id}\n`);
	const onWave = (results: readonly Result[], left: number) =>
		station.stdout.write(`${results.length} lamps, ${left} left\n`);
	const { state, stop_at } = await run(desk, id, onWave, () => isEnded);
	const rows = await ordersOf(desk.db, id);
	const results = rows
		.filter(({ step }) => step !== "waiting")
		.map(({ node, step, why }) => ({ node, outcome: step, why }));
	const cause: Readonly<{ [state: string]: string }> = {
		stopped: `stopped, as more than ${stop_at} % of a wave were not done`,
		running: "ended",
	};
	const left = rows.length - results.length;
	const end = state === "done" ? "" : `${cause[state] ?? state}; lamps not begun: ${left}\n`;
	return conclude(rows, results, report, end, station);
}
