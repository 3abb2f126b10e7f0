/**
 * Metrics: `npx luminode metrics`: the fleet in the text format of Prometheus (prometheus.io, "Exposition
 * formats", 0.0.4). Labels are site, group and version, never a node: 10,000 lamps are some series.
 */
import type { FastifyInstance } from "fastify";
import { joined, left } from "../broker.js";
import { DONE, failure, framed, noMore, type Station } from "../program.js";
import { serve, serverOf } from "../server.js";
import { lampsOf } from "../sitefile.js";
import { reading } from "../subscriptions.js";
import { BROKER, type Frame, integer, SHARED } from "../words.js";
import { EVERY, Fleet, LATEST, type Lamp } from "./fleet.js";

/** A city of 400 groups in two versions. */
const SERIES_MAX = 1_000;
const JOULES_A_KWH = 3_600_000; // Prometheus has base units alone
const { host, sites } = SHARED;
export const METRICS = {
	command: "metrics",
	usage: `usage: luminode metrics [OPTION ...]

Serves metrics of the lamps for Prometheus; city/files/prometheus-rules.yml has alerts.
With the site file its lamps are known at the start, whatever the broker gives to wildcard filters.
`,
	exits: "Exit code: 0 ended, 2 no connection or an invalid option.",
	words: { ...BROKER, sites, port: integer("N", [0, 65_535], 9_311, "port to listen on"), host },
} as const satisfies Frame;

/** Runs the program. @returns its exit code */
export function metrics(args: readonly string[], station: Station): Promise<number> {
	return framed(METRICS, args, station, async (values, [odd]) => {
		noMore(odd);
		const { root, site } = values;
		const lamps = values.sites === undefined ? undefined : lampsOf(values.sites, site);
		const client = await joined(values, station);
		const say = (line: string) => void station.stdout.write(`${line}\n`);
		const fleet = new Fleet(root, station.now, say);
		client.on("message", (topic, payload, { retain }) => void fleet.take(topic, payload, retain));
		const { failed, fail } = failure();
		const kinds = { every: EVERY, latest: LATEST };
		const read = reading(client, { root, site, lamps, ...kinds }, fail);
		const server = await exporter(fleet, () => client.connected);
		try {
			await Promise.race([read, station.ended]);
			const url = await serve(server, values);
			station.stdout.write(`metrics at ${url}/metrics; Ctrl-C ends it\n`);
			await Promise.race([station.ended, failed]);
		} finally {
			await server.close();
			await left(client);
		}
		return DONE;
	});
}

/** The endpoint, before it listens. */
export async function exporter(fleet: Fleet, isConnected: () => boolean): Promise<FastifyInstance> {
	const isHealthy = async () => isConnected();
	const server = await serverOf({ title: "Metrics of street lamps", isHealthy });
	const content = { "text/plain": { schema: { type: "string" } } };
	const schema = { response: { 200: { description: "metrics", content } } };
	server.get("/metrics", { schema }, (_request, reply) =>
		reply.type("text/plain; version=0.0.4; charset=utf-8").send(textOf(fleet, isConnected())),
	);
	return server;
}

type Measure = readonly [name: string, help: string, of: (lamp: Lamp) => number | undefined];

/** Sums over the lamps of a series; undefined: the lamp has not reported it. */
const GAUGES: readonly Measure[] = [
	["luminode_lamps", "Lamps that have reported.", () => 1],
	["luminode_lamps_online", "Lamps that are connected.", ({ isOnline }) => Number(isOnline)],
	["luminode_lamps_faulty", "Lamps with a fault.", ({ faults }) => Number(faults.length > 0)],
	[
		"luminode_lamps_maintained",
		"Lamps in maintenance mode.",
		({ isMaintained }) => Number(isMaintained),
	],
	["luminode_lamps_ordered", "Lamps with an order in force.", ({ isOrdered }) => Number(isOrdered)],
	[
		"luminode_lamps_lit",
		"Connected lamps with light.",
		({ isOnline, level }) => Number(isOnline && (level ?? 0) > 0),
	],
	[
		"luminode_lamps_dark_unlit",
		"Connected lamps without light while it is dark.",
		({ isOnline, isDark, level }) => Number(isOnline && isDark === true && level === 0),
	],
	[
		"luminode_light_full_lamps",
		"Light of connected lamps, as the number of lamps at full light.",
		({ isOnline, level }) => (isOnline ? (level ?? 0) / 100 : 0),
	],
	[
		"luminode_lamps_metered",
		"Connected lamps whose power of the moment is known: telemetry came, and comes often.",
		({ isOnline, power }) => Number(isOnline && power !== undefined),
	],
	[
		"luminode_active_power_watts",
		"Modelled power of the metered lamps.",
		({ isOnline, power }) => (isOnline ? power : undefined),
	],
	[
		"luminode_active_energy_joules",
		"Modelled energy, as the lamps count it.",
		({ energy }) => energy && energy * JOULES_A_KWH,
	],
	[
		"luminode_energy_saved_joules",
		"Modelled energy saved.",
		({ saved }) => saved && saved * JOULES_A_KWH,
	],
];

/** The whole page. A sum that no lamp has reported is left out: it is not nought. */
export function textOf(fleet: Fleet, isConnected: boolean): string {
	const series = new Map<string, (number | undefined)[]>();
	for (const lamp of fleet.lamps.values()) {
		const labels = labelsOf(lamp, series);
		const sums = series.get(labels) ?? GAUGES.map(() => undefined);
		series.set(labels, sums);
		for (const [at, [, , of]] of GAUGES.entries()) {
			const value = of(lamp);
			if (value !== undefined) sums[at] = (sums[at] ?? 0) + value;
		}
	}
	const lines: string[] = [];
	const head = (name: string, help: string, type: string) =>
		lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
	for (const [at, [name, help]] of GAUGES.entries()) {
		head(name, help, "gauge");
		for (const [labels, sums] of series)
			if (sums[at] !== undefined) lines.push(`${name}${labels} ${sums[at]}`);
	}
	head("luminode_events_total", "Events of lamps since the start.", "counter");
	for (const [severity, count] of fleet.events)
		lines.push(`luminode_events_total{severity="${severity}"} ${count}`);
	for (const [name, help, type, value] of [
		[
			"events_missing_total",
			"Events of lamps that did not come, by their numbers, since the start.",
			"counter",
			fleet.gaps.missing,
		],
		["messages_total", "Messages of lamps since the start.", "counter", fleet.messages],
		[
			"last_message_timestamp_seconds",
			"Instant of the latest message.",
			"gauge",
			fleet.latest / 1000,
		],
		["broker_connected", "1 while the broker is connected.", "gauge", Number(isConnected)],
	] as const) {
		head(`luminode_${name}`, help, type);
		lines.push(`luminode_${name} ${value}`);
	}
	return `${lines.join("\n")}\n`;
}

/** Groups and versions are words of lamps: those beyond a number are one series. */
function labelsOf({ site, group, version }: Lamp, series: ReadonlyMap<string, unknown>): string {
	const labels = `{site="${quoted(site)}",group="${quoted(group)}",version="${quoted(version)}"}`;
	if (series.has(labels) || series.size < SERIES_MAX) return labels;
	return '{site="other",group="other",version="other"}';
}

function quoted(text: string): string {
	return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
