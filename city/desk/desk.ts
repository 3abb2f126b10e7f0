/**
 * Desk: `npm run desk`: brings the lamps of a site file to their poles, their settings and their
 * version, in waves, over the public contract alone.
 */
import { existsSync } from "node:fs";
import type { MqttClient } from "mqtt";
import { rowOf } from "../../lib/csv.js";
import { replaceFile, textOfFile } from "../../lib/files.js";
import { Trouble } from "../../lib/text/trouble.js";
import { joined } from "../broker.js";
import { objectOf } from "../contract.js";
import { DONE, FAILED, framed, noMore, type Station } from "../program.js";
import { readSite } from "../sitefile.js";
import { BROKER, type Frame, path, SHARED, type ValuesOf, whole } from "../words.js";
import { type Lamp, lampOf } from "./lamps.js";
import { Record } from "./record.js";
import { retire } from "./retire.js";
import { assign, configure, inspect, type Offer, stopOffer, update, type Work } from "./tasks.js";
import { vigil } from "./vigil.js";
import { inWaves, type Result, type Tally } from "./waves.js";

const { sites } = SHARED;
export const DESK = {
	command: "desk",
	usage: `usage: npm run desk -- COMMAND SITEFILE [OPTION ...]

  assign        binds each serial number to its pole
  configure     sends the settings that differ from the site file, as one revision a lamp
  update        offers a signed image (--offer FILE), and waits until it is kept
  status        compares every lamp with the site file; sends nothing
  retire        removes the retained messages of lamps that are gone (--only, or --group)
  watch         stays, and sends settings again to a lamp whose birth has an older revision
`,
	exits:
		"Exit code: 0 all done, 1 lamps failed or stayed silent, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		sites,
		record: path("progress, by which a run that was ended goes on (SITEFILE.record)"),
		wave: whole("N", [1, 10_000], 50, "lamps at a time"),
		"stop-at": whole("N", [0, 100], 10, "per cent of a wave that may fail or stay silent"),
		patience: whole("S", [1, 1_000_000], 60, "wait for the answer of a lamp, seconds"),
		settle: whole(
			"MS",
			[0, 60_000],
			1_000,
			"retained messages are there once none has come for this time",
		),
		only: {
			type: "array",
			value: "NODE",
			isOnce: true,
			description: "this lamp alone; may be repeated",
		},
		group: {
			type: "string",
			value: "GROUP",
			isOnce: true,
			description: "lamps of this group alone",
		},
		offer: {
			type: "string",
			value: "FILE",
			isOnce: true,
			description: "JSON: id, version, url, header, notBefore ... (docs/broker.md, update)",
		},
		"dry-run": {
			type: "boolean",
			isOnce: true,
			description: "prints the changes without sending them",
		},
		report: {
			type: "string",
			value: "FILE",
			isOnce: true,
			description: "CSV: node, serial, outcome, reason",
		},
	},
} as const satisfies Frame;
const COMMANDS = ["assign", "configure", "update", "status", "retire", "watch"];
const SHOWN = 20;

/** Runs the program. @returns its exit code */
export function desk(args: readonly string[], station: Station): Promise<number> {
	return framed(DESK, args, station, async (values, [command = "", given, more]) => {
		const path = given ?? values.sites;
		if (!COMMANDS.includes(command))
			throw new Trouble(
				`"${command}" is none of ${COMMANDS.join(", ")}, e.g. desk -- status site.csv`,
			);
		if (path === undefined)
			throw new Trouble(`give the site file, e.g. desk -- ${command} site.csv`);
		noMore(more);
		const { root, settle } = values;
		const file = readSite(path);
		const lamps = chosen(
			file.poles.map((plan) => lampOf(plan, root, values.site ?? "")),
			values,
		);
		for (const { plan, site } of lamps)
			if (site === "")
				throw new Trouble(
					`${path}:${plan.line}: site is empty; give a column site, or --site NAME`,
				);
		if (command === "retire" && values.only === undefined && values.group === undefined)
			throw new Trouble("retire needs the lamps: --only NODE, or --group GROUP");
		const offer = command === "update" ? offerOf(values.offer) : undefined;
		const pace = { size: values.wave, stopAt: values["stop-at"] };
		const patience = 1000 * values.patience;
		const record = new Record(values.record ?? `${path}.record`);
		const client = await joined(values, station);
		let isEnded = false;
		void station.ended.then(() => {
			isEnded = true;
		});
		const isDry = values["dry-run"] ?? false;
		const work: Work = { client, root, record, patience, settle, isDry, now: station.now };
		try {
			if (command === "watch") return await vigil(work, lamps, station);
			const tasks: Readonly<{
				[name: string]: (wave: readonly Lamp[]) => Promise<readonly Result[]>;
			}> = {
				assign: (wave) => assign(work, wave),
				configure: (wave) => configure(work, wave),
				update: (wave) => update(work, wave, offer!),
				status: (wave) => inspect(work, wave),
				retire: (wave) => retire(work, wave),
			};
			const pacing = command === "status" ? { ...pace, stopAt: 100 } : pace;
			const onWave = (results: readonly Result[], done: number) =>
				station.stdout.write(`${done} of ${lamps.length}: ${counts(results)}\n`);
			const tally = await inWaves(lamps, pacing, tasks[command]!, onWave, () => isEnded);
			if (offer && tally.isStopped && !isDry) await takeBack(work, lamps, tally, offer);
			if (values.report !== undefined) replaceFile(values.report, csvOf(lamps, tally));
			station.stdout.write(summary(tally, pace.stopAt, isEnded));
			const isGood = tally.results.every(({ outcome }) => outcome === "done") && tally.left === 0;
			return isGood ? DONE : FAILED;
		} finally {
			await close(client);
		}
	});
}

function chosen(
	lamps: readonly Lamp[],
	{ only, group }: ValuesOf<typeof DESK.words>,
): readonly Lamp[] {
	for (const name of only ?? [])
		if (!lamps.some(({ node }) => node === name))
			throw new Trouble(`--only ${name}: the site file has no such node`);
	const some = lamps.filter(
		(lamp) =>
			(only === undefined || only.includes(lamp.node)) &&
			(group === undefined || lamp.group === group),
	);
	if (some.length === 0) throw new Trouble(`--group ${group}: the site file has no lamp of it`);
	return some;
}

function offerOf(path: string | undefined): Offer {
	const example =
		'{"id": "u7", "version": "1.2.0", "url": "https://...", "header": "...", "notBefore": "..."}';
	if (path === undefined) throw new Trouble(`--offer FILE is missing: ${example}`);
	if (!existsSync(path)) throw new Trouble(`--offer ${path}: no such file`);
	const { id, version, ...body } = objectOf<{ [field: string]: unknown }>(textOfFile(path)) ?? {};
	if (typeof id !== "string" || typeof version !== "string" || typeof body.url !== "string")
		throw new Trouble(`--offer ${path}: has not all of id, version and url, e.g. ${example}`);
	return { id, version, body };
}

/** Lamps that have not begun keep their image. */
async function takeBack(work: Work, lamps: readonly Lamp[], { results }: Tally, offer: Offer) {
	const isDone = new Set(
		results.filter(({ outcome }) => outcome === "done").map(({ node }) => node),
	);
	const begun = new Set(results.map(({ node }) => node));
	const open = lamps.filter(({ node }) => begun.has(node) && !isDone.has(node));
	await stopOffer(work, open, offer);
}

function counts(results: readonly Result[]): string {
	const of = (one: string) => results.filter(({ outcome }) => outcome === one).length;
	return `${of("done")} done, ${of("failed")} failed, ${of("silent")} silent`;
}

/** Totals, then the lamps that are not done, by their reason. */
function summary({ results, left, isStopped }: Tally, stopAt: number, isEnded: boolean): string {
	const reasons = new Map<string, string[]>();
	for (const { node, outcome, why } of results) {
		if (outcome === "done") continue;
		const key = `${outcome}: ${why}`;
		reasons.set(key, [...(reasons.get(key) ?? []), node]);
	}
	const lines = [...reasons].map(([why, nodes]) => {
		const shown = nodes.slice(0, SHOWN).join(", ");
		const rest = nodes.length > SHOWN ? ` and ${nodes.length - SHOWN} more` : "";
		return `  ${nodes.length} ${why} (${shown}${rest})`;
	});
	const cause = isEnded ? "it was ended" : `more than ${stopAt} % of a wave were not done`;
	const stop = isStopped ? [`stopped, as ${cause}; lamps not begun: ${left}`] : [];
	return `${[`in all: ${counts(results)}`, ...lines, ...stop].join("\n")}\n`;
}

function csvOf(lamps: readonly Lamp[], { results }: Tally): string {
	const by = new Map(results.map((result) => [result.node, result]));
	const rows = lamps.map(({ node, serial = "" }) => {
		const { outcome, why } = by.get(node) ?? { outcome: "not begun", why: "" };
		return rowOf([node, serial, outcome, why]);
	});
	return `${["node,serial,outcome,reason", ...rows].join("\n")}\n`;
}

async function close(client: MqttClient): Promise<void> {
	await client.endAsync();
}
