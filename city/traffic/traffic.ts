/**
 * Traffic: `npx luminode traffic`: collects the lamps' counts of road users, and publishes them an hour and
 * a street.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { MqttClient } from "mqtt";
import { GrowingFile } from "../../lib/files.js";
import type { Plan } from "../../lib/site/sitetable.js";
import { Trouble } from "../../lib/text/trouble.js";
import { joined, left, listen } from "../broker.js";
import type { Database } from "../database.js";
import { Gaps } from "../gaps.js";
import { inbox, type Letter } from "../inbox.js";
import { DONE, failure, framed, noMore, type Station, stored } from "../program.js";
import { forgetting, RETENTION_WORDS } from "../retention.js";
import { lampsOf, readSite } from "../sitefile.js";
import { reading, subscribed } from "../subscriptions.js";
import {
	BROKER,
	DATABASE,
	type Frame,
	integer,
	NAME,
	SHARED,
	text,
	type ValuesOf,
} from "../words.js";
import { type Bounds, hoursOf, rowsOf } from "./counts.js";
import { formatsOf } from "./formats.js";
import { COUNTED, keep, latestEvent, NAMED } from "./store.js";

const { sites: SITES } = SHARED;
export const TRAFFIC = {
	command: "traffic",
	usage: `usage: luminode traffic collect [OPTION ...]
       luminode traffic publish FOLDER [OPTION ...]

  collect   stays at the broker and stores the messages of the lamps in the database
  publish   writes FOLDER/counts.csv, counts.json and counts.geojson from these; streets are the
            groups of the site file, or without it those that the lamps report
`,
	exits: "Exit code: 0 done, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		...DATABASE,
		sites: SITES,
		client: text("NAME", "client identifier of the kept session (luminode-traffic, then the site)"),
		instance: text(
			"NAME",
			"one of several collectors of the same lamps; each has all messages, and the database keeps " +
				"one of each",
			{ ...NAME, examples: ["a"] },
		),
		...RETENTION_WORDS,
		k: integer("N", [1, 1_000], 5, "counts below N are not published"),
		coverage: integer("N", [0, 100], 50, "per cent of a street's pole-hours; less is a gap"),
		licence: text("TEXT", "licence of the data, e.g. CC-BY-4.0; needed to publish"),
		publisher: text("TEXT", "publisher of the data; needed to publish"),
	},
} as const satisfies Frame;
type Values = ValuesOf<typeof TRAFFIC.words>;

/** Runs the program. @returns its exit code */
export function traffic(args: readonly string[], station: Station): Promise<number> {
	return framed(TRAFFIC, args, station, async (values, [command = "", folder, more]) => {
		if (command !== "collect" && command !== "publish")
			throw new Trouble(
				`"${command}" is neither collect nor publish, e.g. npx luminode traffic collect`,
			);
		noMore(command === "collect" ? folder : more);
		if (command === "publish" && folder === undefined)
			throw new Trouble("give a folder, e.g. npx luminode traffic publish out/traffic");
		const work = command === "collect" ? collector(values, station) : publisher(values, folder!);
		const db = await stored(values, station);
		try {
			station.stdout.write(await work(db));
		} finally {
			await db.destroy();
		}
		return DONE;
	});
}

type Work = (db: Database) => Promise<string>;

function collector(values: Values, station: Station): Work {
	const { root, site, sites, instance } = values;
	const lamps = sites === undefined ? undefined : lampsOf(sites, site);
	const all = values.client ?? ["luminode-traffic", ...(site ? [site] : [])].join("-");
	// the session is kept: messages wait at the broker while the program is down
	const clientId = instance === undefined ? all : `${all}.${instance}`; // no site has a point;
	return async (db) => {
		let count = 0;
		const { failed, fail } = failure();
		const gaps = new Gaps((line) => void station.stdout.write(`${line}\n`), station.now);
		const store = async (letters: readonly Letter[]) => {
			for (const letter of letters) {
				const { serial } = letter.body;
				if (letter.kind !== "event" || gaps.knows(letter, serial)) continue;
				gaps.begin(letter, serial, await latestEvent(db, letter));
			}
			count += await keep(db, letters, station.now());
			for (const letter of letters) gaps.take(letter, letter.body);
		};
		const summary = () => `messages: ${count}, events missing: ${gaps.missing}\n`;
		const prepare = (made: MqttClient) => inbox(made, root, store, fail);
		const of = (kind: string) => `${root}/${site ?? "+"}/+/${kind}`;
		const stop = await forgetting(db, values, station.now, fail);
		const clients: MqttClient[] = [];
		try {
			const client = await joined(values, station, { clientId, clean: false }, prepare);
			clients.push(client);
			const subscribe = async () => {
				await client.unsubscribeAsync(of(NAMED)); // version 0.1.0 had births in this session
				await listen(client, COUNTED.map(of));
			};
			const counting = subscribed(client, subscribe, fail);
			let isEnded = false;
			const ended = station.ended.then(() => void (isEnded = true));
			await Promise.race([counting, ended]);
			if (isEnded) return summary();
			// by a connection of their own: counts and events are not behind the births of a city
			const births = await joined(values, station, {}, prepare);
			clients.push(births);
			const about = { root, site, every: [], latest: [NAMED] as const, lamps };
			await Promise.race([reading(births, about, fail), station.ended]);
			station.stdout.write("collecting; Ctrl-C ends it\n");
			await Promise.race([station.ended, failed]);
		} finally {
			stop();
			await Promise.all(clients.map(left));
		}
		return summary();
	};
}

interface Street {
	readonly name: string;
	readonly nodes: readonly string[];
	readonly plans: readonly Plan[];
}

function publisher(values: Values, folder: string): Work {
	const { licence, publisher } = values;
	if (licence === undefined || publisher === undefined)
		throw new Trouble(
			`--${licence === undefined ? "licence" : "publisher"} is missing, e.g. ` +
				'--licence CC-BY-4.0 --publisher "Ville de Liège"',
		);
	const bounds: Bounds = { k: values.k, coverage: values.coverage / 100 };
	return async (db) => {
		const { fn } = db;
		const site = await siteOf(db, values);
		const { first, last } = await db
			.selectFrom("messages")
			.select([fn.min("at").as("first"), fn.max("at").as("last")])
			.where("kind", "=", "traffic")
			.where("site", "=", site)
			.executeTakeFirstOrThrow();
		const streets = await streetsOf(db, site, values);
		if (first === null || last === null || streets.length === 0)
			throw new Trouble(`the database has no count of a street${site && ` of ${site}`} yet`);
		mkdirSync(folder, { recursive: true });
		const formats = formatsOf({ ...bounds, licence, publisher });
		const files = formats.map(({ name }) => new GrowingFile(join(folder, name)));
		formats.forEach(({ head }, at) => void files[at]!.add(head));
		let hours = 0;
		let gaps = 0;
		for (const [at, { name, nodes, plans }] of streets.entries()) {
			const poleHours = [];
			for (const node of nodes) poleHours.push(hoursOf(await messagesOf(db, site, node)));
			const rows = rowsOf(name, poleHours, bounds, [first - 1, last - 1]);
			formats.forEach((format, n) => void files[n]!.add(format.street(rows, plans, at === 0)));
			hours += rows.length;
			gaps += rows.filter((row) => row.roadUsers === undefined && !row.isBelowK).length;
		}
		formats.forEach(({ end }, at) => void files[at]!.add(end));
		for (const file of files) file.finish();
		return `hours of streets: ${hours}, gaps: ${gaps}\n`;
	};
}

/** The site whose streets are published: one commune's are no other's. */
async function siteOf(db: Database, { site, sites }: Values): Promise<string> {
	if (site !== undefined) return site;
	const lamps = db.selectFrom("lamps").select("site").distinct();
	const named =
		sites === undefined
			? (await lamps.execute()).map((lamp) => lamp.site)
			: readSite(sites).poles.map(({ values }) => values.get("site") ?? "");
	const all = [...new Set(named)].sort();
	if (all.length > 1)
		throw new Trouble(`lamps of several sites, ${all.join(", ")}: give --site, e.g. ${all[0]}`);
	return all[0] ?? "";
}

/** Streets of the site file, or those that the lamps report. */
async function streetsOf(
	db: Database,
	site: string,
	{ sites }: Values,
): Promise<readonly Street[]> {
	const streets = new Map<string, { nodes: string[]; plans: Plan[] }>();
	const add = (name: string, node: string, plan?: Plan) => {
		const street = streets.get(name) ?? { nodes: [], plans: [] };
		streets.set(name, street);
		street.nodes.push(node);
		if (plan) street.plans.push(plan);
	};
	if (sites === undefined) {
		const lamps = db.selectFrom("lamps").select(["node", "group_name"]).where("site", "=", site);
		for (const { node, group_name } of await lamps.where("group_name", "!=", "").execute())
			add(group_name, node);
	} else
		for (const plan of readSite(sites).poles) {
			const { values } = plan;
			if ((values.get("site") || site) !== site) continue;
			add(values.get("group") ?? "", values.get("node")!, plan);
		}
	return [...streets].map(([name, street]) => ({ name, ...street })).sort(byName);
}

const byName = (a: Street, b: Street) => (a.name < b.name ? -1 : 1);

async function messagesOf(db: Database, site: string, node: string) {
	const rows = await db
		.selectFrom("messages")
		.select(["kind", "body"])
		.where("site", "=", site)
		.where("node", "=", node)
		.where("at", "is not", null)
		.orderBy("at")
		.execute();
	return rows.map(({ kind, body }) => ({ kind, body: JSON.parse(body) }));
}
