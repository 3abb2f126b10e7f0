/**
 * Citizens: `npm run citizens`: residents' reports of lamps by Open311, and a commune's approved events
 * as programs of a group.
 */
import type { FastifyInstance } from "fastify";
import type { MqttClient } from "mqtt";
import { textOfFile } from "../../lib/files.js";
import { DAY } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, listen, orderNow, ROOT, send } from "../broker.js";
import { DATABASE_HELP, DATABASE_OPTIONS, type Database, databaseOf } from "../database.js";
import { inbox } from "../inbox.js";
import { DONE, framed, languageOf, type Station, wholeOf } from "../program.js";
import { SERVER_OPTIONS, serve } from "../server.js";
import { readSite } from "../sitefile.js";
import { events } from "./events.js";
import { FactBook } from "./facts.js";
import { Keys } from "./keys.js";
import { endpoint, type Pole } from "./open311.js";
import { Requests } from "./requests.js";

const PORT = 8311;
const KEYS_VARIABLE = "LUMINODE_OPEN311_KEYS";
const HELP = `usage: npm run citizens -- serve SITEFILE [OPTION ...]
       npm run citizens -- events SITEFILE FILE.ics OUT.csv [OPTION ...]

  serve    an Open311 GeoReport v2 endpoint: a report of a lamp becomes a self-test of that lamp,
           its result a paragraph for the resident
  events   approved events become programs: writes a site file for npm run desk -- configure

${BROKER_HELP}
${DATABASE_HELP}
  --client NAME        client identifier of the kept session (luminode-citizens-SITE)
  --port N             port of the endpoint on --host (${PORT})
  --host ADDRESS       address to listen on (127.0.0.1)
  --keys FILE          keys of the platforms, one a line, each with its rights: report, read, close;
                       or the variable ${KEYS_VARIABLE}
  --lang en|fr         language of texts (en)
  --agency TEXT        agency responsible (lighting)
  --zone TZ            time zone of texts and events (Europe/Brussels)
  --patience S         wait for a lamp's answer, seconds (120)
  --again S            least time between two tests of one lamp, seconds (600)
  --level N            events: level during an event, per cent (100)
  --days N             events: those of the next N days (366)

Exit code: 0 done, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	...DATABASE_OPTIONS,
	client: { type: "string" },
	...SERVER_OPTIONS,
	keys: { type: "string" },
	lang: { type: "string" },
	agency: { type: "string" },
	zone: { type: "string" },
	patience: { type: "string" },
	again: { type: "string" },
	level: { type: "string" },
	days: { type: "string" },
} as const;
type Values = { readonly [name in keyof typeof OPTIONS]?: string | undefined };
const VALID_FOR_S = 60;

/** Runs the program. @returns its exit code */
export function citizens(args: readonly string[], station: Station): Promise<number> {
	return framed(
		{ command: "citizens", help: HELP, options: OPTIONS },
		args,
		station,
		async (read) => {
			const { values, words } = read;
			const [command = "", path, ...more] = words;
			if (command !== "serve" && command !== "events")
				throw new Trouble(
					`"${command}" is neither serve nor events, e.g. citizens -- serve site.csv`,
				);
			if (path === undefined)
				throw new Trouble(`give the site file, e.g. citizens -- ${command} site.csv`);
			const zone = values.zone ?? "Europe/Brussels";
			if (command === "events") {
				const level = wholeOf("level", values.level, 100, [1, 100]);
				const days = wholeOf("days", values.days, 366, [1, 3_653]);
				const from = station.now();
				const span = { from, until: from + days * DAY };
				for (const line of events(path, more, { zone, level, span }))
					station.stdout.write(`${line}\n`);
				return DONE;
			}
			if (more[0] !== undefined) throw new Trouble(`${more[0]}: one word too many`);
			const language = languageOf(values.lang);
			const keys = keysOf(values.keys, station);
			const { site, poles } = polesOf(path, values.site);
			const db = await databaseOf(values.database);
			try {
				await answering({ db, site, poles, keys, language, zone }, values, station);
			} finally {
				await db.destroy();
			}
			return DONE;
		},
	);
}

interface Service {
	readonly db: Database;
	readonly site: string;
	readonly poles: readonly Pole[];
	readonly keys: Keys;
	readonly language: "en" | "fr";
	readonly zone: string;
}

async function answering(service: Service, values: Values, station: Station): Promise<void> {
	const { db, site, poles, zone } = service;
	const root = values.root ?? ROOT;
	let client: MqttClient | undefined;
	const requests = new Requests({
		db,
		site,
		zone,
		facts: new FactBook(
			poles.map(({ node }) => node),
			station.now,
		),
		now: station.now,
		patience: 1000 * wholeOf("patience", values.patience, 120, [1, 3_600]),
		again: 1000 * wholeOf("again", values.again, 600, [0, 86_400]),
		order(node, body) {
			const order = orderNow(body, station.now(), VALID_FOR_S);
			send(client!, `${root}/${site}/${node}/command`, order).catch((error: Error) =>
				station.stderr.write(`citizens: ${error.message}\n`),
			);
		},
	});
	await requests.load();
	let fail: (error: Error) => void = () => {};
	const failed = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	failed.catch(() => {}); // awaited below
	const clientId = values.client ?? `luminode-citizens-${site}`;
	const topics = (...kinds: string[]) => kinds.map((kind) => `${root}/${site}/+/${kind}`);
	const joining = joined(values, station, { clientId, clean: false }, (made) => {
		client = made;
		inbox(made, root, (letters) => requests.take(letters), fail);
		// the present is given anew at each connection; of results none is lost meanwhile
		made.on("connect", () => void listen(made, topics("status", "state"), 0).catch(fail));
	});
	let server: FastifyInstance | undefined;
	try {
		await joining;
		await listen(client!, topics("event", "reply"));
		requests.resume();
		const isHealthy = async () => {
			await db.selectFrom("requests").select("id").limit(1).execute();
			return client!.connected;
		};
		const agency = values.agency ?? "lighting";
		server = await endpoint({ ...service, requests, agency, isHealthy });
		const url = await serve(server, values, PORT);
		station.stdout.write(`Open311 at ${url}/services.json; Ctrl-C ends it\n`);
		await Promise.race([station.ended, failed]);
	} finally {
		await server?.close();
		await client?.endAsync();
		await requests.close();
	}
}

function keysOf(path: string | undefined, { environment }: Station): Keys {
	if (path !== undefined) return new Keys(textOfFile(path), path);
	return new Keys((environment[KEYS_VARIABLE] ?? "").replaceAll(",", "\n"), KEYS_VARIABLE);
}

function polesOf(
	path: string,
	given: string | undefined,
): { site: string; poles: readonly Pole[] } {
	const plans = readSite(path).poles;
	const site = given ?? plans.map(({ values }) => values.get("site")).find(Boolean);
	if (!site) throw new Trouble(`${path}: has no column site; give --site NAME`);
	const degrees = (text: string | undefined) => (text ? Number(text) : undefined);
	const poles = plans.map(({ pole, values }) => ({
		node: values.get("node")!,
		lamp: pole,
		lat: degrees(values.get("latitude")),
		long: degrees(values.get("longitude")),
	}));
	return { site, poles };
}
