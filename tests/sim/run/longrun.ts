/**
 * Long run: many nights of a few lamps in XS machines, judged by the PWM and by what the CMS receives.
 *
 * No orders, and nobody passes unless asked for: what shines is the program's.
 */
import { DAY } from "../../../lib/spans.js";
import { rehearse } from "../../../sim/files/stage.js";
import type { Summary } from "../../../sim/results/summary.js";
import { Run } from "../../../sim/run/run.js";
import type { Network } from "../../../sim/street/network.js";
import type { Witness } from "../../../sim/street/witness.js";

/** Noon in Liege on a November day. */
export const START = Date.UTC(2026, 10, 2, 11);
const FULL = 4095;

export interface Report {
	readonly at: number;
	readonly topic: string;
	readonly payload: Readonly<Record<string, unknown>>;
}

export interface LongRun {
	readonly summary: Summary;
	/** Changes of the PWM of lamp 1 (at, per cent of full); -1: no power. */
	readonly light: readonly (readonly [at: number, level: number])[];
	readonly reports: readonly Report[];
	/** Live slots and chunk bytes of each lamp at each noon. */
	readonly noons: readonly (readonly number[])[];
	/** Computrons of lamp 1 from noon to noon. */
	readonly work: readonly number[];
	/** What a lamp used in truth, kWh, mean of all. */
	readonly energy_kWh: number;
}

export async function longRun(
	line: string,
	days: number,
	people: boolean,
	lamps = 1,
): Promise<LongRun> {
	const args = `--lamps ${lamps} --duration ${days * 24}h ${line}`.trim().split(" ");
	const stage = await rehearse([...args, "--start", new Date(START).toISOString()]);
	const { options, fleet, network, clock } = stage;
	const scenario = people
		? stage.scenario
		: { ...stage.scenario, timetable: { take: () => undefined } };
	const reports: Report[] = [];
	network.onReport((at, topic, payload) => {
		const text = Buffer.from(payload as Uint8Array).toString();
		if (text !== "") reports.push({ at, topic, payload: JSON.parse(text) });
	});
	const light: [number, number][] = [];
	const noons: number[][] = [];
	const work: number[] = [];
	let worked = 0;
	let noon = DAY;
	const watch: Witness = {
		onDuty: (at, lamp, duty) => void (lamp === 0 && light.push([at, (100 * duty) / FULL])),
		onEnd: (at, lamp) => void (lamp === 0 && light.push([at, -1])),
		advance: (at) => {
			if (at < noon) return;
			noon += DAY;
			const held: number[] = [];
			for (let lamp = 1; lamp <= lamps; lamp += 1) {
				const heap = fleet.statistics(lamp);
				held.push(heap?.slotsLive ?? 0, heap?.chunksLive_bytes ?? 0);
			}
			noons.push(held);
			const computrons = fleet.statistics(1)?.computrons ?? 0;
			work.push(computrons - worked);
			worked = computrons;
		},
	};
	// Without a way to publish there is no desk, whose orders would hide the program.
	const quiet: Network = {
		get published() {
			return network.published;
		},
		onEffect: (...effect) => network.onEffect(...effect),
		nextDue: () => network.nextDue(),
		deliver: (until, post) => network.deliver(until, post),
		quiet: () => network.quiet(),
		close: () => network.close(),
	};
	const run = new Run({ options, scenario, fleet, network: quiet, clock, witnesses: [watch] });
	try {
		const why = await run.go();
		if (why !== undefined) throw new Error(why);
		const summary = run.summary();
		return { summary, light, reports, noons, work, energy_kWh: summary.energy_kWh / lamps };
	} finally {
		await network.close();
		fleet.dispose();
	}
}

/** Minutes by which the steps of the program to `level` (per cent) miss `time` (ms of the UTC day). */
export function missed({ light }: LongRun, level: number, time: number, from: number): number[] {
	const found = new Map<number, number>(); // by night; later ones are returns from a false trigger
	for (const [i, [at, shone]] of light.entries()) {
		const stood = (light[i + 1]?.[0] ?? Infinity) - at; // a fade only passes by
		if (at < from || stood < 60_000 || Math.abs(shone - level) > 0.5) continue;
		const off = ((START + at - time + DAY / 2) % DAY) - DAY / 2;
		const night = Math.floor(at / DAY); // the run begins at noon
		if (!found.has(night)) found.set(night, off / 60_000);
	}
	return [...found.values()];
}

/** Events of the kinds that call for someone, as `type flag`. */
export function alarms({ reports }: LongRun): string[] {
	return reports
		.filter(({ topic, payload }) => topic.endsWith("/event") && payload.severity !== "info")
		.map(({ payload }) => `${payload.type} ${payload.startEndFlag ?? ""}`.trim());
}
