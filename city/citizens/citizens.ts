/**
 * Citizens: `npx luminode citizens`: residents' reports of lamps by Open311, and a commune's approved events
 * as programs of a group.
 */
import type { FastifyInstance } from "fastify";
import type { MqttClient } from "mqtt";
import { textOfFile } from "../../lib/files.js";
import { DAY } from "../../lib/spans.js";
import { Trouble } from "../../lib/text/trouble.js";
import { Zone } from "../../lib/zone.js";
import { joined, left, orderNow, send } from "../broker.js";
import { type Claim, claim } from "../claim.js";
import type { Database } from "../database.js";
import { Gaps } from "../gaps.js";
import { inbox, type Letter } from "../inbox.js";
import { DONE, failure, framed, noMore, printed, type Station, stored } from "../program.js";
import { forgetting, RETENTION_WORDS } from "../retention.js";
import { serve } from "../server.js";
import { readSite } from "../sitefile.js";
import { reading } from "../subscriptions.js";
import {
	BROKER,
	DATABASE,
	type Frame,
	integer,
	path,
	SHARED,
	text,
	type ValuesOf,
} from "../words.js";
import { events } from "./events.js";
import { FactBook } from "./facts.js";
import { Keys } from "./keys.js";
import { endpoint } from "./open311.js";
import type { Pole } from "./places.js";
import { Requests } from "./requests.js";

const KEYS_VARIABLE = "LUMINODE_OPEN311_KEYS";
const { sites, lang, zone, host } = SHARED;
export const CITIZENS = {
	command: "citizens",
	usage: `usage: luminode citizens serve SITEFILE [OPTION ...]
       luminode citizens events SITEFILE FILE.ics OUT.csv [OPTION ...]

  serve    an Open311 GeoReport v2 endpoint: a report of a lamp becomes a self-test of that lamp,
           its result a paragraph for the resident
  events   approved events become programs: writes a site file for npx luminode desk configure
`,
	exits: "Exit code: 0 done, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		...DATABASE,
		...RETENTION_WORDS,
		sites,
		lang,
		zone,
		port: integer("N", [0, 65_535], 8_311, "port to listen on"),
		host,
		url: text("URL", "public address of the endpoint, for the discovery", {
			pattern: "^https?://[^\\s/]+[^\\s]*$",
			rule: "no address of a server",
			examples: ["https://signaler.example.org/open311"],
		}),
		client: text("NAME", "client identifier of the kept session (luminode-citizens-SITE)"),
		keys: path(
			"keys of the platforms, one a line, each with its rights: report, read, close; or the " +
				`variable ${KEYS_VARIABLE}`,
		),
		agency: text("TEXT", "agency responsible", { default: "lighting" }),
		patience: integer("S", [1, 3_600], 120, "wait for a lamp's answer, seconds"),
		again: integer("S", [0, 86_400], 600, "least time between two tests of one lamp, seconds"),
		level: integer("N", [1, 100], 100, "events: level during an event, per cent"),
		days: integer("N", [1, 3_653], 366, "events: those of the next N days"),
	},
} as const satisfies Frame;
type Values = ValuesOf<typeof CITIZENS.words>;
const VALID_FOR_S = 60;

/** Runs the program. @returns its exit code */
export function citizens(args: readonly string[], station: Station): Promise<number> {
	return framed(CITIZENS, args, station, async (values, [command = "", given, ...more]) => {
		if (command !== "serve" && command !== "events")
			throw new Trouble(
				`"${command}" is neither serve nor events, e.g. npx luminode citizens serve site.csv`,
			);
		const path = given ?? values.sites;
		if (path === undefined)
			throw new Trouble(`give the site file, e.g. npx luminode citizens ${command} site.csv`);
		const { zone, level, days } = values;
		if (command === "events") {
			const from = station.now();
			const span = { from, until: from + days * DAY };
			for (const line of events(path, more, { zone: Zone.of(zone)!, level, span }))
				station.stdout.write(`${line}\n`);
			return DONE;
		}
		noMore(more[0]);
		const keys = keysOf(values.keys, station);
		const { site, poles } = polesOf(path, values.site);
		const { database, "database-password-file": password, lang: language } = values;
		const db = await stored(values, station);
		let siteClaim: Claim | undefined;
		try {
			siteClaim = await claim(database, password, { program: "citizens", site });
			await answering({ db, siteClaim, site, poles, keys, language, zone }, values, station);
		} finally {
			await siteClaim?.release();
			await db.destroy();
		}
		return DONE;
	});
}

interface Service {
	readonly db: Database;
	/** Of this site: it alone orders tests of a lamp. */
	readonly siteClaim: Claim;
	readonly site: string;
	readonly poles: readonly Pole[];
	readonly keys: Keys;
	readonly language: "en" | "fr";
	readonly zone: string;
}

async function answering(service: Service, values: Values, station: Station): Promise<void> {
	const { db, siteClaim, site, poles, zone } = service;
	const { root, agency, url: publicUrl } = values;
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
		patience: 1000 * values.patience,
		again: 1000 * values.again,
		order(node, body) {
			const order = orderNow(body, station.now(), VALID_FOR_S);
			send(client!, `${root}/${site}/${node}/command`, order).catch(printed("citizens", station));
		},
	});
	await requests.load();
	let stop = () => {};
	const { failed, fail } = failure();
	const clientId = values.client ?? `luminode-citizens-${site}`;
	const lamps = poles.map(({ node }) => ({ site, node }));
	const gaps = new Gaps((line) => void station.stdout.write(`${line}\n`), station.now);
	const taken = async (letters: readonly Letter[]) => {
		await requests.take(letters);
		for (const letter of letters) gaps.take(letter, letter.body);
	};
	const joining = joined(values, station, { clientId, clean: false }, (made) => {
		client = made;
		inbox(made, root, (letters) => taken(letters), fail);
		made.on("connect", () => requests.connected());
	});
	let server: FastifyInstance | undefined;
	try {
		await joining;
		// the present is read anew at each connection; of results none is lost meanwhile
		const kinds = { every: ["event", "reply"], latest: ["status", "state"] } as const;
		const read = reading(client!, { root, site, lamps, ...kinds }, fail);
		await Promise.race([read, station.ended, siteClaim.lost]);
		stop = await forgetting(db, { ...values, site }, station.now, fail);
		requests.resume();
		const isHealthy = async () => {
			await db.selectFrom("requests").select("id").limit(1).execute();
			return client!.connected;
		};
		server = await endpoint({ ...service, requests, agency, url: publicUrl, isHealthy });
		const url = await serve(server, values);
		station.stdout.write(`Open311 at ${url}/services.json; Ctrl-C ends it\n`);
		await Promise.race([station.ended, failed, siteClaim.lost]);
	} finally {
		stop();
		await server?.close();
		if (client) await left(client);
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
