/**
 * Citizens: `npm run citizens`: residents' reports of lamps by Open311, and a commune's approved events
 * as programs of a group.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { textOfFile } from "../../lib/files.js";
import { Trouble } from "../../lib/text/trouble.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, listen, orderNow, send } from "../broker.js";
import { DONE, framed, languageOf, type Station, wholeOf } from "../program.js";
import { SERVER_OPTIONS, serve } from "../server.js";
import { readSite } from "../sitefile.js";
import { events } from "./events.js";
import { FactBook } from "./facts.js";
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
  --folder DIR         requests of residents (out/citizens)
  --port N             port of the endpoint on --host (${PORT})
  --host ADDRESS       address to listen on (127.0.0.1)
  --keys FILE          keys of the platforms, one a line; or the variable ${KEYS_VARIABLE}
  --lang en|fr         language of texts (en)
  --agency TEXT        agency responsible (lighting)
  --zone TZ            time zone of texts and events (Europe/Brussels)
  --patience S         wait for a lamp's answer, seconds (120)
  --level N            events: level during an event, per cent (100)

Exit code: 0 done, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	folder: { type: "string" },
	...SERVER_OPTIONS,
	keys: { type: "string" },
	lang: { type: "string" },
	agency: { type: "string" },
	zone: { type: "string" },
	patience: { type: "string" },
	level: { type: "string" },
} as const;
const KINDS = ["status", "birth", "state", "event", "reply"];
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
				for (const line of events(path, more, { zone, level })) station.stdout.write(`${line}\n`);
				return DONE;
			}
			if (more[0] !== undefined) throw new Trouble(`${more[0]}: one word too many`);
			const language = languageOf(values.lang);
			const keys = keysOf(values.keys, station);
			const { site, poles } = polesOf(path, values.site);
			const folder = values.folder ?? "out/citizens";
			mkdirSync(folder, { recursive: true });
			const { client, root } = await joined(values, station);
			const facts = new FactBook(root, station.now);
			client.on("message", (topic, payload, { retain }) => facts.take(topic, payload, retain));
			const requests = new Requests({
				path: join(folder, "requests.jsonl"),
				facts,
				zone,
				now: station.now,
				patience: 1000 * wholeOf("patience", values.patience, 120, [1, 3_600]),
				orders: {
					send: (node, body) => {
						const order = orderNow(body, station.now(), VALID_FOR_S);
						return send(client, `${root}/${site}/${node}/command`, order);
					},
				},
			});
			await listen(
				client,
				KINDS.map((kind) => `${root}/${site}/+/${kind}`),
			);
			await requests.resume();
			const agency = values.agency ?? "lighting";
			const server = endpoint({ requests, poles, keys, language, agency });
			const { url, close } = await serve(server, values, PORT);
			station.stdout.write(`Open311 at ${url}/services.json; Ctrl-C ends it\n`);
			await station.ended;
			requests.close();
			await close();
			await client.endAsync();
			return DONE;
		},
	);
}

function keysOf(path: string | undefined, { environment }: Station): readonly string[] {
	const text = path === undefined ? (environment[KEYS_VARIABLE] ?? "") : textOfFile(path);
	const keys = text.split(/[\s,]+/).filter(Boolean);
	if (keys.length === 0)
		throw new Trouble(
			`no key of a platform: give --keys FILE or ${KEYS_VARIABLE}, e.g. 32 random letters`,
		);
	return keys;
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
