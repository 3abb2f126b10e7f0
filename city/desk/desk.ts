/**
 * Desk: `npx luminode desk`: brings the lamps of a site file to their poles, their settings and their
 * version, in waves, over the public contract alone.
 */
import { existsSync } from "node:fs";
import { GrowingFile, textOfFile } from "../../lib/files.js";
import { DAY } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import { auditOf } from "../audit.js";
import { joined, left } from "../broker.js";
import { objectOf } from "../contract.js";
import type { Database } from "../database.js";
import { DONE, framed, noMore, type Station, stored } from "../program.js";
import { readSite } from "../sitefile.js";
import { BROKER, DATABASE, type Frame, integer, SHARED, text, type ValuesOf } from "../words.js";
import { begun, type Desk, listOf } from "./campaigns.js";
import { type Lamp, lampOf } from "./lamps.js";
import { decide, look, planOf, working } from "./runs.js";
import type { Offer, Work } from "./tasks.js";
import { vigil } from "./vigil.js";

const { sites } = SHARED;
/** A word of the command line with a text. */
const once = (value: string, description: string) => text(value, description, { isOnce: true });
export const DESK = {
	command: "desk",
	usage: `usage: luminode desk COMMAND SITEFILE [OPTION ...]
       luminode desk pause|resume|cancel|rollback CAMPAIGN [OPTION ...]
       luminode desk campaigns
       luminode desk audit FILE.csv [--days N]

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
  audit         writes when each order was sent, by which account, to which lamp, with its result
`,
	exits:
		"Exit code: 0 all done, 1 lamps failed or stayed silent, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		...DATABASE,
		sites,
		wave: integer("N", [1, 10_000], 50, "lamps at a time"),
		"stop-at": integer("N", [0, 100], 10, "per cent of a wave that may fail or stay silent"),
		patience: integer("S", [1, 1_000_000], 60, "wait for the answer of a lamp, seconds"),
		settle: integer(
			"MS",
			[0, 60_000],
			200,
			"wait more for retained messages, for a broker that gives them out of order",
		),
		days: integer("N", [1, 36_500], 90, "audit: of the last N days"),
		only: {
			type: "array",
			value: "NODE",
			isOnce: true,
			description: "this lamp alone; may be repeated",
		},
		group: once("GROUP", "lamps of this group alone"),
		offer: once("FILE", "JSON: id, version, url, header, notBefore ... (docs/update.md)"),
		"dry-run": {
			type: "boolean",
			isOnce: true,
			description: "prints the changes without sending them",
		},
		report: once("FILE", "CSV: node, serial, outcome, reason"),
	},
} as const satisfies Frame;
type Values = ValuesOf<typeof DESK.words>;
const OF_SITE = ["assign", "configure", "update", "retire", "status", "watch"];
const OF_CAMPAIGN = ["pause", "resume", "cancel", "rollback"];
const COMMANDS = [...OF_SITE, ...OF_CAMPAIGN, "campaigns", "audit"];

/** Seconds for a download and its probation. */
const PROBATION = 1_200;

/** Runs the program. @returns its exit code */
export function desk(args: readonly string[], station: Station): Promise<number> {
	return framed(DESK, args, station, async (values, [command = "", given, more]) => {
		if (!COMMANDS.includes(command))
			throw new Trouble(
				`"${command}" is none of ${COMMANDS.join(", ")}, e.g. npx luminode desk status site.csv`,
			);
		const isNamed = command !== "campaigns";
		noMore(isNamed ? more : given);
		const isOfSite = OF_SITE.includes(command);
		const name = given ?? (isOfSite ? values.sites : undefined);
		const needed = isOfSite
			? `the site file, e.g. npx luminode desk ${command} site.csv`
			: `a name, e.g. npx luminode desk ${command === "audit" ? "audit audit.csv" : `${command} 2026-11-24-1f3a`}`;
		if (isNamed && name === undefined) throw new Trouble(`give ${needed}`);
		const lamps = isOfSite ? lampsOf(name!, values) : [];
		if (command === "retire" && values.only === undefined && values.group === undefined)
			throw new Trouble("retire needs the lamps: --only NODE, or --group GROUP");
		const needsOffer = command === "update" || values.offer !== undefined;
		const offer = needsOffer ? offerOf(values.offer, values.patience) : undefined;
		const isDry = values["dry-run"] === true;
		if (isDry && (!isOfSite || command === "watch"))
			throw new Trouble(`${command} has no --dry-run`);
		const isLook = command === "status" || isDry;
		const db = isLook ? undefined : await stored(values, station);
		try {
			if (db && (command === "campaigns" || command === "audit")) {
				await (command === "audit" ? audit(db, name!, values, station) : list(db, values, station));
				return DONE;
			}
			return await atBroker({ command, name, lamps, offer, db }, values, station);
		} finally {
			await db?.destroy();
		}
	});
}

interface Task {
	readonly command: string;
	readonly name: string | undefined;
	readonly lamps: readonly Lamp[];
	readonly offer: Offer | undefined;
	/** Absent: nothing is sent. */
	readonly db: Database | undefined;
}

async function atBroker(
	{ command, name, lamps, offer, db }: Task,
	values: Values,
	station: Station,
): Promise<number> {
	const { root, settle, wave: size, "stop-at": stopAt, report } = values;
	const client = await joined(values, station);
	const work: Work = { client, root, settle, patience: 1000 * values.patience, now: station.now };
	try {
		if (!db) return await look(work, command, lamps, { offer, size }, report, station);
		const operatorDesk: Desk = { db, operator: values.user ?? "anonymous", work };
		if (command === "watch") return await vigil(operatorDesk, lamps, station);
		const id = OF_CAMPAIGN.includes(command)
			? await decide(operatorDesk, command, name!, offer, station)
			: (await begun(operatorDesk, planOf(command, lamps, { offer, size, stopAt }))).id;
		return id === undefined ? DONE : await working(operatorDesk, id, report, station);
	} finally {
		await left(client);
	}
}

async function list(db: Database, { site }: Values, { stdout }: Station): Promise<void> {
	for (const line of await listOf(db, site)) stdout.write(`${line}\n`);
}

async function audit(
	db: Database,
	path: string,
	{ days, site }: Values,
	station: Station,
): Promise<void> {
	const now = station.now();
	const file = new GrowingFile(path);
	for await (const part of auditOf(db, [now - days * DAY, now + 1], site)) file.add(part);
	file.finish();
}

function lampsOf(path: string, { root, site = "", ...choice }: Values): readonly Lamp[] {
	const { poles } = readSite(path);
	const lamps = poles.map((plan) => lampOf(plan, root, site));
	const odd = lamps.findIndex((lamp) => lamp.site === "");
	if (odd >= 0)
		throw new Trouble(
			`${path}:${poles[odd]!.line}: site is empty; give a column site, or --site NAME`,
		);
	return chosen(lamps, choice);
}

function chosen(
	lamps: readonly Lamp[],
	{ only, group }: Pick<Values, "only" | "group">,
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

/** The offer of a file. `patience`: seconds for the answer of a lamp. */
function offerOf(path: string | undefined, patience: number): Offer {
	const example =
		'{"id": "u7", "version": "1.2.0", "url": "https://...", "header": "...", "notBefore": "..."}';
	if (path === undefined) throw new Trouble(`--offer FILE is missing: ${example}`);
	if (!existsSync(path)) throw new Trouble(`--offer ${path}: no such file`);
	const { id, version, ...body } = objectOf<{ [field: string]: unknown }>(textOfFile(path)) ?? {};
	if (typeof id !== "string" || typeof version !== "string" || typeof body.url !== "string")
		throw new Trouble(`--offer ${path}: has not all of id, version and url, e.g. ${example}`);
	const { spread } = body;
	if (typeof spread === "number" && spread > patience)
		throw new Trouble(
			`--offer ${path}: "spread" of ${spread} s is longer than --patience ${patience}, after which ` +
				`lamps count as silent: give "spread": 0, or --patience ${spread + PROBATION}`,
		);
	return { id, version, body };
}
