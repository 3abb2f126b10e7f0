/**
 * City bench: a whole street's cost by part, and its growth with the number of lamps.
 */
import { cpus } from "node:os";
import { type Hooks, overJobs, servesJobs } from "../../sim/cli/jobs.js";
import { showProgressOf } from "../../sim/cli/progress.js";
import { rehearse } from "../../sim/files/stage.js";
import { Trace } from "../../sim/results/trace.js";
import { Run } from "../../sim/run/run.js";
import { cpuMs, grouped } from "../lamp.js";
import { HELP, readCityOptions } from "./options.js";
import { Parts } from "./parts.js";

const WRONG_INPUT = 2;
const FAILED = 1;
const SEED = "7";
const START = "2026-11-24T16:00:00+01:00";
const HOUR_S = 3600;

const print = (line: string) => void process.stdout.write(`${line}\n`);

interface Task {
	readonly lamps: number;
	readonly hours: number;
}

interface Cost extends Task {
	/** For the person at the terminal. */
	readonly lines: readonly string[];
	/** CPU seconds of a lamp-hour. */
	readonly each: number;
	readonly passed: boolean;
}

async function measure({ lamps, hours }: Task, { report }: Hooks): Promise<Cost> {
	const args = ["--lamps", String(lamps), "--seed", SEED, "--start", START];
	const duration = `${Math.round(hours * HOUR_S)}s`;
	const street = await rehearse([...args, "--duration", duration]);
	const { options, scenario, fleet, network, clock } = street;
	const { end } = scenario;
	const parts = new Parts();
	let traced = 0;
	const trace = new Trace(lamps, scenario.epochUtc, (text) => void (traced += text.length));
	const listeners = [parts.timed("trace", trace.onEffect.bind(trace))];
	const timed = { fleet: parts.fleet(fleet), network: parts.network(network) };
	const run = new Run({ options, scenario, clock, listeners, ...timed });
	for (const check of run.checks) parts.check(check);
	const [cpu, wall] = [cpuMs(), performance.now()];
	report(() => run.street.reached / end);
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	trace.finish();
	const [cpu_s, wall_s] = [(cpuMs() - cpu) / 1000, (performance.now() - wall) / 1000];
	const lampHours = lamps * hours;
	const shares = parts.of(lampHours);
	const { checks, deaths, published, heap } = run.summary();
	const resident = grouped(process.memoryUsage().rss / 2 ** 20);
	await network.close();
	let computrons = 0;
	for (let lamp = 1; lamp <= lamps; lamp++) computrons += fleet.statistics(lamp)?.computrons ?? 0;
	const held = fleet.memoryBytes() / lamps / 1024;
	fleet.dispose();
	const { windows, effects, inputs } = parts.counts;
	const per = (count: number) => grouped(count / lampHours);
	const speed = grouped((lampHours * HOUR_S) / wall_s);
	const failed = Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]));
	const lines = [
		`${grouped(lamps)} lamps, ${hours} h: ${wall_s.toFixed(1)} s (${cpu_s.toFixed(1)} s CPU)`,
		`  ${speed} lamp-seconds/s; ${held.toFixed(1)} KB held a lamp, ${resident} MB resident; largest heap ` +
			`${grouped(heap.slotsPeak)} slots, ${grouped(heap.chunksPeak_bytes)} bytes`,
		`  microseconds a lamp-hour: ${shares}`,
		`  a lamp-hour: ${per(computrons)} computrons, ${per(effects)} effects, ${per(inputs)} inputs, ` +
			`${per(published)} messages; ${grouped(windows / hours)} windows an hour`,
		`  trace ${per(traced)} bytes a lamp-hour; deaths ${deaths}; checks failed: ${failed.join(", ") || "none"}`,
	];
	return { lamps, hours, lines, each: cpu_s / lampHours, passed: failed.length === 0 };
}

async function main(args: readonly string[]): Promise<number> {
	const options = readCityOptions(args);
	if (typeof options === "string") {
		process.stderr.write(`${options} (--help lists all options)\n`);
		return WRONG_INPUT;
	}
	const { lamps, hours, jobs, help } = options;
	if (help) {
		process.stdout.write(HELP);
		return 0;
	}
	const all = cpus();
	print(`Node ${process.version}, ${all.length} cores, ${all[0]?.model}`);
	const tasks = lamps.map((count) => ({ lamps: count, hours }));
	let share = 0;
	const onShare = (of: number) => void (share = of);
	const hide = showProgressOf(() => share * hours * HOUR_S * 1000, hours * HOUR_S * 1000);
	const costs: Cost[] = [];
	for await (const cost of overJobs(tasks, jobs, measure, { onShare })) {
		costs.push(cost);
		for (const line of cost.lines) print(line);
	}
	hide();
	const [first, ...others] = costs;
	for (const { lamps: count, each } of others)
		print(
			`a lamp-hour with ${grouped(count)} lamps costs ${(each / first!.each).toFixed(2)} times ` +
				`that with ${grouped(first!.lamps)}`,
		);
	return costs.every(({ passed }) => passed) ? 0 : FAILED;
}

if (!servesJobs(measure)) process.exitCode = await main(process.argv.slice(2));
