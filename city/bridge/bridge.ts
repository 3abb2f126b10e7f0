/**
 * Bridge: `npm run bridge`: one street in Home Assistant, as devices with light, reason, energy and a
 * button back to the program.
 *
 * All state that it needs is retained at the broker; its orders are in the audit log. Commands of one lamp are sent at most
 * each three seconds, the latest of them: 20 of the 30 a minute that a lamp accepts from all senders. The
 * bridge that is started last owns its street, so that two do not double an order.
 */
import { randomBytes } from "node:crypto";
import type { MqttClient } from "mqtt";
import type { Language } from "../../lib/text/bilingual.js";
import { Trouble } from "../../lib/text/trouble.js";
import { idOf, ordered, replied } from "../audit.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, listen, orderNow, send } from "../broker.js";
import { objectOf, placeOf, type Reply } from "../contract.js";
import { DATABASE_HELP, DATABASE_OPTIONS, type Database, databaseOf } from "../database.js";
import { DONE, FAILED, framed, languageOf, type Station, wholeOf } from "../program.js";
import { readSite } from "../sitefile.js";
import { discoveryOf, orderOf, ownTopics, stateOf } from "./discovery.js";
import { Fleet, KINDS, type Lamp } from "./fleet.js";

const PREFIX = "luminode-bridge";
/** Lamps of a street; a city in one Home Assistant is not usable. */
const LAMPS_MAX = 200;
/** ms between two orders to one lamp. */
const ORDER_EACH = 3_000;
const VALID_FOR_S = 30;
/** Lamps a second that are asked for a report at the start. */
const REPORTS_A_SECOND = 10;
const VERSION = "1";
const HELP = `usage: npm run bridge -- --site SITE [OPTION ...]

Shows the lamps of one street in Home Assistant (MQTT discovery by device). On and brightness are an
override of --minutes; off, and the button, go back to the program.

${BROKER_HELP}
${DATABASE_HELP}
  --group GROUP        lamps of this group alone; a street has ${LAMPS_MAX} lamps at most
  --sites FILE         site file: its lamps are asked for a report at the start, for a broker that
                       gives no retained messages to wildcard filters
  --minutes N          duration of an override (15)
  --lang en|fr         language of names (en)

Home Assistant is connected to the same broker. Exit code: 0 ended, 1 another bridge took
this street, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	...DATABASE_OPTIONS,
	group: { type: "string" },
	sites: { type: "string" },
	minutes: { type: "string" },
	lang: { type: "string" },
} as const;

/** Runs the program. @returns its exit code */
export function bridge(args: readonly string[], station: Station): Promise<number> {
	return framed(
		{ command: "bridge", help: HELP, options: OPTIONS },
		args,
		station,
		async (read) => {
			const { values, words } = read;
			if (words[0] !== undefined) throw new Trouble(`${words[0]}: one word too many`);
			const { site, group, lang } = values;
			if (site === undefined) throw new Trouble("--site is missing, e.g. --site liege");
			const language = languageOf(lang);
			const minutes = wholeOf("minutes", values.minutes, 15, [1, 1_440]);
			const asked = values.sites === undefined ? [] : readSite(values.sites).poles;
			const own = `${PREFIX}/${group === undefined ? site : `${site}:${group}`}`;
			const available = `${own}/available`;
			const owner = `${own}/owner`;
			const id = `${station.now().toString(36)}-${randomBytes(4).toString("hex")}`;
			const will = { topic: available, payload: Buffer.from("offline"), qos: 1 as const };
			const groups = new Map(
				asked.map(({ values: one }) => [one.get("node")!, one.get("group") ?? ""]),
			);
			let street: Street | undefined;
			let isOwner = false; // once its own name has come back
			let lose: () => void = () => {};
			const lost = new Promise<void>((resolve) => {
				lose = resolve;
			});
			const show = (client: MqttClient) =>
				send(client, available, "online", true).catch(({ message }: Error) =>
					station.stderr.write(`bridge: ${message}\n`),
				);
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
			const db = await databaseOf(values.database);
			const session = { will: { ...will, retain: true } };
			const { client, root } = await joined(values, station, session, prepare);
			const operator = values.user ?? "anonymous";
			const about = { db, operator, root, site, group, groups, minutes, language, station };
			street = new Street({ client, own, ...about });
			await listen(client, [owner, available]);
			await send(client, owner, id, true);
			await listen(client, [
				...KINDS.filter((kind) => kind !== "event").map((kind) => `${root}/${site}/+/${kind}`),
				`${root}/${site}/+/reply`,
				`${own}/+/set`,
				`${own}/+/program`,
				"homeassistant/status",
			]);
			station.stdout.write(`bridge for ${site}${group ? `/${group}` : ""}; Ctrl-C ends it\n`);
			let isEnded = false;
			let isLost = false;
			const ended = Promise.race([station.ended, lost.then(() => (isLost = true))]).then(() => {
				isEnded = true;
			});
			for (const { values: one } of asked) {
				if (isEnded || (group !== undefined && one.get("group") !== group)) continue;
				await street.order(one.get("node")!, { command: "report" });
				await Promise.race([ended, new Promise((go) => setTimeout(go, 1000 / REPORTS_A_SECOND))]);
			}
			await ended;
			street.close();
			client.removeAllListeners("message");
			if (!isLost) await send(client, available, "offline", true);
			await client.endAsync();
			await db.destroy();
			if (!isLost) return DONE;
			station.stderr.write("bridge: another bridge has taken this street\n");
			return FAILED;
		},
	);
}

interface StreetOptions {
	readonly client: MqttClient;
	readonly db: Database;
	/** Account at the broker. */
	readonly operator: string;
	/** Topics of this bridge begin with it: those of one street, of one site. */
	readonly own: string;
	readonly root: string;
	readonly site: string;
	readonly group: string | undefined;
	/** Groups of the site file by node, for lamps whose birth is not known. */
	readonly groups: ReadonlyMap<string, string>;
	readonly minutes: number;
	readonly language: Language;
	readonly station: Station;
}

class Street {
	readonly #options: StreetOptions;
	readonly #fleet: Fleet;
	/** Messages that Home Assistant has, by topic: none is sent twice. */
	readonly #sent = new Map<string, string>();
	readonly #waiting = new Map<string, () => void>();
	readonly #paused = new Map<string, NodeJS.Timeout>();
	#isClosed = false;
	#isFull = false;

	constructor(options: StreetOptions) {
		this.#options = options;
		this.#fleet = new Fleet(options.root, options.station.now);
	}

	take(topic: string, payload: Buffer, isRetained: boolean): void {
		if (this.#isClosed) return;
		if (topic === "homeassistant/status") {
			if (String(payload) === "online") this.#again();
			return;
		}
		const { own } = this.#options;
		if (topic.startsWith(`${own}/`)) {
			const [node = "", kind] = topic.slice(own.length + 1).split("/");
			if (!isRetained && (kind === "set" || kind === "program"))
				this.#command(node, kind === "set" ? "set" : "back", String(payload));
			return;
		}
		if (placeOf(this.#options.root, topic)?.kind === "reply") {
			this.#replied(objectOf<Reply>(payload) ?? {});
			return;
		}
		const lamp = this.#fleet.take(topic, payload, isRetained);
		if (lamp) this.#show(lamp);
	}

	/** Sends an order to a lamp. */
	async order(node: string, body: { readonly command: string }): Promise<void> {
		const { client, db, operator, root, site, station } = this.#options;
		const now = station.now();
		const id = `ha-${idOf(now)}`;
		const content = JSON.stringify(body);
		const own = { id, program: "bridge", operator, site, node, task: body.command, content };
		await ordered(db, own, now);
		await send(
			client,
			`${root}/${site}/${node}/command`,
			orderNow({ id, ...body }, now, VALID_FOR_S),
		);
	}

	#replied(reply: Reply): void {
		const { db, station } = this.#options;
		if (typeof reply.id !== "string" || !reply.id.startsWith("ha-")) return;
		replied(db, reply, station.now()).catch(({ message }: Error) =>
			station.stderr.write(`bridge: ${message}\n`),
		);
	}

	close(): void {
		this.#isClosed = true;
		for (const timer of this.#paused.values()) clearTimeout(timer);
	}

	#show(lamp: Lamp): void {
		const { own, group, groups, language, station } = this.#options;
		lamp.group ||= groups.get(lamp.node) ?? "";
		if (!lamp.isSeen || lamp.serial === "" || (group !== undefined && lamp.group !== group)) return;
		const topics = ownTopics(own, lamp);
		if (!this.#sent.has(topics.available) && this.#lamps >= LAMPS_MAX) {
			if (!this.#isFull)
				station.stderr.write(`bridge: more than ${LAMPS_MAX} lamps; give --group for one street\n`);
			this.#isFull = true;
			return;
		}
		const { topic, payload } = discoveryOf(lamp, own, language, VERSION);
		this.#send(topic, JSON.stringify(payload));
		this.#send(topics.state, JSON.stringify(stateOf(lamp)));
		this.#send(topics.available, lamp.isOnline ? "online" : "offline");
	}

	get #lamps(): number {
		return this.#sent.size / 3;
	}

	#send(topic: string, payload: string): void {
		if (this.#sent.get(topic) === payload) return;
		this.#sent.set(topic, payload);
		this.#publish(topic, payload);
	}

	/** Home Assistant has started. */
	#again(): void {
		for (const [topic, payload] of this.#sent) this.#publish(topic, payload);
	}

	#publish(topic: string, payload: string): void {
		const { client, station } = this.#options;
		send(client, topic, payload, true).catch(({ message }: Error) =>
			station.stderr.write(`bridge: ${message}\n`),
		);
	}

	/** The first command at once; of those that follow within three seconds the latest. */
	#command(node: string, kind: "set" | "back", payload: string): void {
		const { own, groups, minutes, station } = this.#options;
		if (!this.#sent.has(ownTopics(own, { node }).available) && !groups.has(node)) return;
		const body = orderOf(kind, payload, station.now(), minutes);
		if (!body) {
			station.stderr.write(`bridge: ${node}: the command ${payload.slice(0, 80)} cannot be read\n`);
			return;
		}
		const act = () => {
			this.order(node, body).catch(({ message }: Error) =>
				station.stderr.write(`bridge: ${message}\n`),
			);
		};
		if (this.#paused.has(node)) {
			this.#waiting.set(node, act);
			return;
		}
		act();
		this.#pause(node);
	}

	#pause(node: string): void {
		const timer = setTimeout(() => {
			this.#paused.delete(node);
			const act = this.#waiting.get(node);
			this.#waiting.delete(node);
			if (!act) return;
			act();
			this.#pause(node);
		}, ORDER_EACH);
		this.#paused.set(node, timer);
	}
}
