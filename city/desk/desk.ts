/**
 * Desk: `npm run desk`: brings the lamps of a site file to their poles, their settings and their
 * version, in waves, over the public contract alone.
 */
import { existsSync } from "node:fs";
import { GrowingFile, textOfFile } from "../../lib/files.js";
import { DAY } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import { auditOf } from "../audit.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, ROOT } from "../broker.js";
import { objectOf } from "../contract.js";
import { DATABASE_HELP, DATABASE_OPTIONS, databaseOf } from "../database.js";
import { DONE, framed, type Station, wholeOf } from "../program.js";
import { readSite } from "../sitefile.js";
import { begun, cancel, counts, type Desk, listOf, ordersOf, run, setState } from "./campaigns.js";
import { contentOf, type Lamp, lampOf } from "./lamps.js";
import { conclude } from "./report.js";
import { retire } from "./retire.js";
import { rolledBack } from "./rollback.js";
import { assign, configure, inspect, type Offer, type Result, update, type Work } from "./tasks.js";
import { vigil } from "./vigil.js";

const HELP = `usage: npm run desk -- COMMAND SITEFILE [OPTION ...]
       npm run desk -- pause|resume|cancel|rollback CAMPAIGN [OPTION ...]
       npm run desk -- campaigns
       npm run desk -- audit FILE.csv [--days N]

  assign        binds each serial number to its pole
  configure     sends the settings that differ from the site file, as one revision a lamp
  update        offers a signed image (--offer FILE), and waits until it is kept
  retire        removes the retained messages of lamps that are gone (--only, or --group)
  status        compares every lamp with the site file; sends nothing
  watch         stays, and sends settings again to a lamp whose birth has an older revision
  campaigns     lists the runs of assign, configure, update and retire, with their state
  pause         ends a campaign after the wave that runs; resume goes on, after a kill, too
  cancel        begins no further lamp, and takes back what waits for lamps
  rollback      brings the lamps of a campaign back to the settings or the image before
  audit         writes who ordered what, when, to which lamp, with its result

${BROKER_HELP}
${DATABASE_HELP}
  --wave N             lamps at a time (50)
  --stop-at N          per cent of a wave that may fail or stay silent (10)
  --patience S         wait for the answer of a lamp, seconds (60)
  --settle MS          wait more for retained messages, for a broker that gives them out of order (200)
  --only NODE          this lamp alone; may be repeated
  --group GROUP        lamps of this group alone
  --offer FILE         JSON: id, version, url, header, notBefore ... (docs/broker.md, update)
  --dry-run            prints the changes without sending them
  --report FILE        CSV: node, serial, outcome, reason
  --days N             audit: of the last N days (90)

Exit code: 0 all done, 1 lamps failed or stayed silent, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	...DATABASE_OPTIONS,
	wave: { type: "string" },
	"stop-at": { type: "string" },
	patience: { type: "string" },
	settle: { type: "string" },
	only: { type: "string", multiple: true },
	group: { type: "string" },
	offer: { type: "string" },
	"dry-run": { type: "boolean" },
	report: { type: "string" },
	days: { type: "string" },
} as const;
type Tasks = Readonly<{ [name: string]: (wave: readonly Lamp[]) => Promise<readonly Result[]> }>;
const OF_SITE = ["assign", "configure", "update", "retire", "status", "watch"];
const OF_CAMPAIGN = ["pause", "resume", "cancel", "rollback"];
const COMMANDS = [...OF_SITE, ...OF_CAMPAIGN, "campaigns", "audit"];
const SHOWN = 20;

/** Runs the program. @returns its exit code */
export function desk(args: readonly string[], station: Station): Promise<number> {
	return framed({ command: "desk", help: HELP, options: OPTIONS }, args, station, async (read) => {
		const { values, words } = read;
		const [command = "", name, more] = words;
		if (!COMMANDS.includes(command))
			throw new Trouble(
				`"${command}" is none of ${COMMANDS.join(", ")}, e.g. desk -- status site.csv`,
			);
		const isNamed = command !== "campaigns";
		const needed = OF_SITE.includes(command)
			? "the site file, e.g. desk -- status site.csv"
			: `a name, e.g. desk -- ${command === "audit" ? "audit audit.csv" : "pause 2026-11-24-1f3a"}`;
		if (isNamed && name === undefined) throw new Trouble(`give ${needed}`);
		const odd = isNamed ? more : name;
		if (odd !== undefined) throw new Trouble(`${odd}: one word too many`);
		const root = values.root ?? ROOT;
		const lamps = OF_SITE.includes(command) ? lampsOf(name!, root, values) : [];
		if (command === "retire" && values.only === undefined && values.group === undefined)
			throw new Trouble("retire needs the lamps: --only NODE, or --group GROUP");
		const needsOffer = command === "update" || values.offer !== undefined;
		const offer = needsOffer ? offerOf(values.offer) : undefined;
		const size = wholeOf("wave", values.wave, 50, [1, 10_000]);
		const stopAt = wholeOf("stop-at", values["stop-at"], 10, [0, 100]);
		const patience = 1000 * wholeOf("patience", values.patience, 60, [1, 1_000_000]);
		const settle = wholeOf("settle", values.settle, 200, [0, 60_000]);
		const days = wholeOf("days", values.days, 90, [1, 36_500]);
		const isDry = values["dry-run"] ?? false;
		const isLook = command === "status" || isDry;
		const db = isLook ? undefined : await databaseOf(values.database);
		try {
			if (db && command === "campaigns") {
				for (const line of await listOf(db)) station.stdout.write(`${line}\n`);
				return DONE;
			}
			if (db && command === "audit") {
				const now = station.now();
				const file = new GrowingFile(name!);
				for await (const part of auditOf(db, [now - days * DAY, now + 1])) file.add(part);
				file.finish();
				return DONE;
			}
			const { client } = await joined(values, station);
			const work: Work = { client, root, patience, settle, now: station.now };
			try {
				if (!db) return await look(work, command, lamps, { offer, size }, values.report, station);
				const own: Desk = { db, operator: values.user ?? "anonymous", work };
				if (command === "watch") return await vigil(own, lamps, station);
				const id = OF_CAMPAIGN.includes(command)
					? await decide(own, command, name!, offer, station)
					: (await begun(own, planOf(command, lamps, { offer, size, stopAt }))).id;
				return id === undefined ? DONE : await working(own, id, values.report, station);
			} finally {
				await client.endAsync();
			}
		} finally {
			await db?.destroy();
		}
	});
}

/** A task of which nothing is sent, wave by wave. @returns the exit code */
async function look(
	work: Work,
	command: string,
	lamps: readonly Lamp[],
	{ offer, size }: { readonly offer: Offer | undefined; readonly size: number },
	report: string | undefined,
	station: Station,
): Promise<number> {
	const tasks: Tasks = {
		assign: (wave) => assign(work, wave),
		configure: (wave) => configure(work, wave),
		update: (wave) => update(work, wave, offer),
		status: (wave) => inspect(work, wave),
		retire: (wave) => retire(work, wave),
	};
	const results: Result[] = [];
	for (let at = 0; at < lamps.length; at += size) {
		results.push(...(await tasks[command]!(lamps.slice(at, at + size))));
		station.stdout.write(`${results.length} of ${lamps.length}\n`);
	}
	return conclude(lamps, results, report, "", station);
}

/** A plan for `begun`. */
function planOf(
	task: string,
	lamps: readonly Lamp[],
	{ offer, ...pace }: { offer: Offer | undefined; size: number; stopAt: number },
): Parameters<typeof begun>[1] {
	const contentsOf = ({ site, node, group, sections }: Lamp) => {
		if (task === "configure") return contentOf(sections);
		return JSON.stringify(task === "update" ? offer : { site, node, group });
	};
	const own = lamps.map((lamp): [Lamp, string] => [lamp, contentsOf(lamp)]);
	return { task, lamps: own, ...pace };
}

/** An operator's decision about a campaign. @returns the campaign that runs from now on */
async function decide(
	own: Desk,
	command: string,
	id: string,
	offer: Offer | undefined,
	station: Station,
): Promise<string | undefined> {
	if (command === "cancel") await cancel(own, id);
	if (command === "pause") await setState(own, id, "paused");
	if (command === "resume") await setState(own, id, "running");
	if (command === "rollback") {
		const { campaign, unknown } = await rolledBack(own, id, offer);
		if (unknown.length > 0)
			station.stdout.write(`before is not known: ${unknown.slice(0, SHOWN).join(", ")}\n`);
		return campaign.id;
	}
	if (command === "resume") return id;
	station.stdout.write(`campaign ${id}: ${counts(await ordersOf(own.db, id))}\n`);
	return undefined;
}

/** Works on a campaign until it has ended, or the program shall. */
async function working(
	own: Desk,
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
	const { state, stop_at } = await run(own, id, onWave, () => isEnded);
	const rows = await ordersOf(own.db, id);
	const lamps = rows.map(({ node, serial }) => ({ node, serial }));
	const results = rows
		.filter(({ step }) => step !== "waiting")
		.map(({ node, step, why }) => ({ node, outcome: step, why }));
	const cause: Readonly<{ [state: string]: string }> = {
		stopped: `stopped, as more than ${stop_at} % of a wave were not done`,
		running: "ended",
	};
	const left = rows.length - results.length;
	const end = state === "done" ? "" : `${cause[state] ?? state}; lamps not begun: ${left}\n`;
	return conclude(lamps, results, report, end, station);
}

function lampsOf(
	path: string,
	root: string,
	values: Choice & { readonly site?: string | undefined },
) {
	const { poles } = readSite(path);
	const lamps = poles.map((plan) => lampOf(plan, root, values.site ?? ""));
	const odd = lamps.findIndex(({ site }) => site === "");
	if (odd >= 0)
		throw new Trouble(
			`${path}:${poles[odd]!.line}: site is empty; give a column site, or --site NAME`,
		);
	return chosen(lamps, values);
}

interface Choice {
	readonly only?: string[] | undefined;
	readonly group?: string | undefined;
}

function chosen(lamps: readonly Lamp[], { only, group }: Choice): readonly Lamp[] {
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
