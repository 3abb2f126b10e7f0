/**
 * City bench: a whole street's cost by part, and its growth with the number of lamps.
 */
import { cpus } from "node:os";
import { showProgressOf } from "../../sim/cli/progress.js";
import { Trace } from "../../sim/results/trace.js";
import { Run } from "../../sim/run/run.js";
import { rehearse } from "../../sim/run/stage.js";
import { cpuMs, whole } from "../lamp.js";
import { HELP, readCityOptions } from "./options.js";
import { Parts } from "./parts.js";

const WRONG_INPUT = 2;
const FAILED = 1;
const SEED = "7";
const START = "2026-11-24T16:00:00+01:00";
const HOUR_S = 3600;

const print = (line: string) => void process.stdout.write(`${line}\n`);

interface Cost {
	readonly lamps: number;
	/** CPU seconds of a lamp-hour. */
	readonly each: number;
	readonly passed: boolean;
}

async function measure(lamps: number, hours: number): Promise<Cost> {
	const words = ["--lamps", String(lamps), "--seed", SEED, "--start", START];
	const duration = `${Math.round(hours * HOUR_S)}s`;
	const street = await rehearse([...words, "--duration", duration]);
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
	const hide = showProgressOf(() => run.street.reached, end);
	const why = await run.go();
	hide();
	if (why !== undefined) throw new Error(why);
	trace.finish();
	const [cpu_s, wall_s] = [(cpuMs() - cpu) / 1000, (performance.now() - wall) / 1000];
	const lampHours = lamps * hours;
	const shares = parts.of(lampHours);
	const { checks, deaths, published } = run.summary();
	await network.close();
	let computrons = 0;
	for (let lamp = 1; lamp <= lamps; lamp++) computrons += fleet.statistics(lamp)?.computrons ?? 0;
	const held = fleet.memoryBytes() / lamps / 1024;
	fleet.dispose();
	const { windows, effects, inputs } = parts.counts;
	const per = (count: number) => whole(count / lampHours);
	const speed = whole((lampHours * HOUR_S) / wall_s);
	print(`${whole(lamps)} lamps, ${hours} h: ${wall_s.toFixed(1)} s (${cpu_s.toFixed(1)} s CPU)`);
	print(`  ${speed} lamp-seconds/s; ${held.toFixed(1)} KB held a lamp`);
	print(`  microseconds a lamp-hour: ${shares}`);
	print(
		`  a lamp-hour: ${per(computrons)} computrons, ${per(effects)} effects, ${per(inputs)} inputs, ` +
			`${per(published)} messages; ${whole(windows / hours)} windows an hour`,
	);
	const failed = Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]));
	print(
		`  trace ${per(traced)} bytes a lamp-hour; deaths ${deaths}; checks failed: ${failed.join(", ") || "none"}`,
	);
	return { lamps, each: cpu_s / lampHours, passed: failed.length === 0 };
}

async function main(words: readonly string[]): Promise<number> {
	const options = readCityOptions(words);
	if (typeof options === "string") {
		process.stderr.write(`${options} (--help lists all options)\n`);
		return WRONG_INPUT;
	}
	const { lamps, hours, help } = options;
	if (help) {
		process.stdout.write(HELP);
		return 0;
	}
	const all = cpus();
	print(`Node ${process.version}, ${all.length} cores, ${all[0]?.model}`);
	const costs: Cost[] = [];
	for (const count of lamps) costs.push(await measure(count, hours));
	const [first, ...others] = costs;
	for (const { lamps: count, each } of others)
		print(
			`a lamp-hour with ${whole(count)} lamps costs ${(each / first!.each).toFixed(2)} times ` +
				`that with ${whole(first!.lamps)}`,
		);
	return costs.every(({ passed }) => passed) ? 0 : FAILED;
}

process.exitCode = await main(process.argv.slice(2));
