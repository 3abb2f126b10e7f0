/**
 * Traffic: `npm run traffic`: collects the lamps' counts of road users, and publishes them an hour and
 * a street.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { GrowingFile } from "../../lib/files.js";
import type { Plan } from "../../lib/site/sitetable.js";
import { DAY, HOUR } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, listen, ROOT } from "../broker.js";
import { DATABASE_HELP, DATABASE_OPTIONS, type Database, databaseOf } from "../database.js";
import { inbox, type Letter } from "../inbox.js";
import { DONE, framed, type Station, wholeOf } from "../program.js";
import { readSite } from "../sitefile.js";
import { type Bounds, hoursOf, rowsOf } from "./counts.js";
import { formatsOf } from "./formats.js";
import { forget, KINDS, keep } from "./store.js";

const HELP = `usage: npm run traffic -- collect [OPTION ...]
       npm run traffic -- publish FOLDER [OPTION ...]

  collect   stays at the broker and stores the messages of the lamps in the database
  publish   writes FOLDER/counts.csv, counts.json and counts.geojson from these

${BROKER_HELP}
${DATABASE_HELP}
  --client NAME        client identifier of the kept session (luminode-traffic, then the site)
  --instance NAME      one of several collectors of the same lamps; each has all messages, and the
                       database keeps one of each
  --keep DAYS          messages are removed after this time (400)
  --sites FILE         site file: streets are its groups, places its latitude and longitude;
                       without it streets are the groups that the lamps report
  --k N                counts below N are not published (5)
  --coverage N         per cent of a street's pole-hours; less is a gap (50)
  --licence TEXT       licence of the data, e.g. CC-BY-4.0; needed to publish
  --publisher TEXT     publisher of the data; needed to publish

Exit code: 0 done, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	...DATABASE_OPTIONS,
	client: { type: "string" },
	instance: { type: "string" },
	keep: { type: "string" },
	sites: { type: "string" },
	k: { type: "string" },
	coverage: { type: "string" },
	licence: { type: "string" },
	publisher: { type: "string" },
} as const;
type Values = { readonly [name in keyof typeof OPTIONS]?: string | undefined };

/** Runs the program. @returns its exit code */
export function traffic(args: readonly string[], station: Station): Promise<number> {
	return framed(
		{ command: "traffic", help: HELP, options: OPTIONS },
		args,
		station,
		async ({ values, words: [command = "", folder, more] }) => {
			if (command !== "collect" && command !== "publish")
				throw new Trouble(`"${command}" is neither collect nor publish, e.g. traffic -- collect`);
			const odd = command === "collect" ? folder : more;
			if (odd !== undefined) throw new Trouble(`${odd}: one word too many`);
			if (command === "publish" && folder === undefined)
				throw new Trouble("give a folder, e.g. traffic -- publish out/traffic");
			const work = command === "collect" ? collector(values, station) : publisher(values, folder!);
			const db = await databaseOf(values.database);
			try {
				station.stdout.write(await work(db));
			} finally {
				await db.destroy();
			}
			return DONE;
		},
	);
}

type Work = (db: Database) => Promise<string>;

function collector(values: Values, station: Station): Work {
	const kept = DAY * wholeOf("keep", values.keep, 400, [1, 36_500]);
	const { site, instance } = values;
	const all = values.client ?? ["luminode-traffic", ...(site ? [site] : [])].join("-");
	// the session is kept: messages wait at the broker while the program is down
	const clientId = instance === undefined ? all : `${all}-${instance}`;
	const session = { clientId, clean: false };
	return async (db) => {
		let count = 0;
		let fail: (error: Error) => void = () => {};
		const failed = new Promise<never>((_resolve, reject) => {
			fail = reject;
		});
		failed.catch(() => {}); // it is awaited below, once connected
		const root = values.root ?? ROOT;
		const { client } = await joined(values, station, session, (made) => {
			const store = async (letters: readonly Letter[]) => {
				count += await keep(db, letters, station.now());
			};
			inbox(made, root, store, fail);
		});
		const clean = () => forget(db, station.now() - kept).catch(fail);
		const timer = setInterval(clean, HOUR);
		try {
			await listen(
				client,
				KINDS.map((kind) => `${root}/${site ?? "+"}/+/${kind}`),
			);
			await clean();
			station.stdout.write("collecting; Ctrl-C ends it\n");
			await Promise.race([station.ended, failed]);
		} finally {
			clearInterval(timer);
			await client.endAsync();
		}
		return `messages: ${count}\n`;
	};
}

/** A street, with its poles as `site/node`. */
interface Street {
	readonly name: string;
	readonly poles: readonly (readonly [site: string, node: string])[];
	readonly plans: readonly Plan[];
}

function publisher(values: Values, folder: string): Work {
	const { licence, publisher } = values;
	if (licence === undefined || publisher === undefined)
		throw new Trouble(
			`--${licence === undefined ? "licence" : "publisher"} is missing, e.g. ` +
				'--licence CC-BY-4.0 --publisher "Ville de Liège"',
		);
	const bounds: Bounds = {
		k: wholeOf("k", values.k, 5, [1, 1_000]),
		coverage: wholeOf("coverage", values.coverage, 50, [0, 100]) / 100,
	};
	return async (db) => {
		const { fn } = db;
		const { first, last } = await db
			.selectFrom("messages")
			.select([fn.min("at").as("first"), fn.max("at").as("last")])
			.where("kind", "=", "traffic")
			.executeTakeFirstOrThrow();
		const streets = await streetsOf(db, values);
		if (first === null || last === null || streets.length === 0)
			throw new Trouble("the database has no count of a street yet");
		mkdirSync(folder, { recursive: true });
		const formats = formatsOf({ ...bounds, licence, publisher });
		const files = formats.map(({ name }) => new GrowingFile(join(folder, name)));
		formats.forEach(({ head }, at) => void files[at]!.add(head));
		let hours = 0;
		let gaps = 0;
		for (const [at, { name, poles, plans }] of streets.entries()) {
			const own = [];
			for (const pole of poles) own.push(hoursOf(await messagesOf(db, ...pole)));
			const rows = rowsOf(name, own, bounds, [first - 1, last - 1]);
			formats.forEach((format, n) => void files[n]!.add(format.street(rows, plans, at === 0)));
			hours += rows.length;
			gaps += rows.filter((row) => row.roadUsers === undefined && !row.isBelowK).length;
		}
		formats.forEach(({ end }, at) => void files[at]!.add(end));
		for (const file of files) file.finish();
		return `hours of streets: ${hours}, gaps: ${gaps}\n`;
	};
}

/** Streets of the site file, or those that the lamps report. */
async function streetsOf(db: Database, { sites, site }: Values): Promise<readonly Street[]> {
	const streets = new Map<string, { poles: [string, string][]; plans: Plan[] }>();
	const add = (name: string, pole: [site: string, node: string], plan?: Plan) => {
		const street = streets.get(name) ?? { poles: [], plans: [] };
		streets.set(name, street);
		street.poles.push(pole);
		if (plan) street.plans.push(plan);
	};
	if (sites === undefined) {
		const lamps = db.selectFrom("lamps").select(["site", "node", "group_name"]);
		for (const lamp of await lamps.where("group_name", "!=", "").execute())
			add(lamp.group_name, [lamp.site, lamp.node]);
	} else
		for (const plan of readSite(sites).poles) {
			const { values } = plan;
			const pole: [string, string] = [values.get("site") || (site ?? ""), values.get("node")!];
			add(values.get("group") ?? "", pole, plan);
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
