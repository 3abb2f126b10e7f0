/**
 * Bridge: `npx luminode bridge`: one street in Home Assistant, as devices with light, reason, energy and a
 * button back to the program.
 *
 * All state that it needs is retained at the broker; its orders are in the audit log. Commands of one
 * lamp are sent at most each three seconds, the latest of them: 20 of the 30 a minute that a lamp
 * accepts from all senders. The bridge that is started last owns its street, so that two do not double
 * an order.
 */
import { randomBytes } from "node:crypto";
import type { MqttClient } from "mqtt";
import type { Plan } from "../../lib/site/sitetable.js";
import { Trouble } from "../../lib/text/trouble.js";
import { joined, left, listen, send } from "../broker.js";
import type { Database } from "../database.js";
import {
	DONE,
	FAILED,
	failure,
	framed,
	noMore,
	printed,
	type Station,
	stored,
} from "../program.js";
import { readSite } from "../sitefile.js";
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
import { LATEST } from "./fleet.js";
import { LAMPS_MAX, Street } from "./street.js";

const PREFIX = "luminode-bridge";
/** Lamps a second that are asked for a report at the start. */
const REPORTS_A_SECOND = 10;
const { lang, sites } = SHARED;
export const BRIDGE = {
	command: "bridge",
	usage: `usage: luminode bridge --site SITE [OPTION ...]

Shows the lamps of one street in Home Assistant (MQTT discovery by device). On and brightness are an
override of --minutes; off, and the button, go back to the program. Lamps of the site file are asked
for a report at the start, for a broker that gives no retained messages to wildcard filters.
`,
	exits: `Home Assistant is connected to the same broker. Exit code: 0 ended, 1 another bridge took
this street, 2 no connection or an invalid option.`,
	words: {
		...BROKER,
		...DATABASE,
		sites,
		lang,
		group: text("GROUP", `lamps of this group alone; a street has ${LAMPS_MAX} lamps at most`, {
			...NAME,
			examples: ["quay"],
		}),
		minutes: integer("N", [1, 1_440], 15, "duration of an override"),
	},
} as const satisfies Frame;

/** Runs the program. @returns its exit code */
export function bridge(args: readonly string[], station: Station): Promise<number> {
	return framed(BRIDGE, args, station, async (values, [odd]) => {
		noMore(odd);
		const { site } = values;
		if (site === undefined) throw new Trouble("--site is missing, e.g. --site liege");
		const asked = values.sites === undefined ? [] : readSite(values.sites).poles;
		const db = await stored(values, station);
		try {
			return await shown({ db, site, asked }, values, station);
		} finally {
			await db.destroy();
		}
	});
}

interface Shown {
	readonly db: Database;
	readonly site: string;
	/** Lamps that are asked for a report. */
	readonly asked: readonly Plan[];
}

async function shown(
	{ db, site, asked }: Shown,
	values: ValuesOf<typeof BRIDGE.words>,
	station: Station,
): Promise<number> {
	const { root, group, minutes, lang: language, user: operator = "anonymous" } = values;
	const prefix = `${PREFIX}/${group === undefined ? site : `${site}:${group}`}`;
	const available = `${prefix}/available`;
	const owner = `${prefix}/owner`;
	const id = `${station.now().toString(36)}-${randomBytes(4).toString("hex")}`;
	const will = { topic: available, payload: Buffer.from("offline"), qos: 1 as const };
	const groups = new Map(asked.map((plan) => [nodeOf(plan), plan.values.get("group") ?? ""]));
	const ours = asked.filter(
		({ values: planValues }) => group === undefined || planValues.get("group") === group,
	);
	let street: Street | undefined;
	let isOwner = false; // once its own name has come back
	let lose: () => void = () => {};
	const lost = new Promise<void>((resolve) => {
		lose = resolve;
	});
	const show = (client: MqttClient) =>
		send(client, available, "online", true).catch(printed("bridge", station));
	const prepare = (client: MqttClient) =>
		client
			.on("connect", () => void show(client)) // its will was sent when it was cut
			.on("message", (topic, payload, { retain }) => {
				if (topic === owner) {
					if (String(payload) === id) isOwner = true;
					else if (isOwner) lose();
				} else if (topic === available) {
					if (String(payload) === "offline" && !retain) void show(client); // another's will
				} else street?.take(topic, payload, retain);
			});
	const session = { will: { ...will, retain: true } };
	const client = await joined(values, station, session, prepare);
	const about = { db, operator, root, site, group, groups, minutes, language, station };
	street = new Street({ client, prefix, ...about });
	const { failed, fail } = failure();
	const topics = [
		owner,
		available,
		`${prefix}/+/set`,
		`${prefix}/+/program`,
		"homeassistant/status",
	];
	const named = ours.map((plan) => ({ site, node: nodeOf(plan) }));
	const lamps = named.length === 0 ? undefined : named;
	const kinds = { every: ["telemetry", "reply"], latest: LATEST };
	let isEnded = false;
	let isLost = false;
	const over = Promise.race([station.ended, lost.then(() => (isLost = true)), failed]);
	const ended = over.finally(() => (isEnded = true));
	ended.catch(() => {}); // awaited below
	try {
		await Promise.race([subscribed(client, () => listen(client, topics), fail), ended]);
		await send(client, owner, id, true);
		await Promise.race([reading(client, { root, site, lamps, ...kinds }, fail), ended]);
		station.stdout.write(`bridge for ${site}${group ? `/${group}` : ""}; Ctrl-C ends it\n`);
		for (const plan of ours) {
			if (isEnded) break;
			await street.order(nodeOf(plan), { command: "report" });
			await Promise.race([ended, new Promise((go) => setTimeout(go, 1000 / REPORTS_A_SECOND))]);
		}
		await ended;
	} finally {
		street.close();
		client.removeAllListeners("message");
		if (!isLost && client.connected) await send(client, available, "offline", true);
		await left(client);
	}
	if (!isLost) return DONE;
	station.stderr.write("bridge: another bridge has taken this street\n");
	return FAILED;
}

const nodeOf = ({ values }: Plan) => values.get("node")!;
