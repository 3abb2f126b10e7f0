/** Street: the lamps of a bridge, as Home Assistant has them, and its orders to them. */
import type { MqttClient } from "mqtt";
import type { Language } from "../../lib/text/bilingual.js";
import { idOf, ordered, replied } from "../audit.js";
import { orderNow, send } from "../broker.js";
import { objectOf, placeOf, type Reply } from "../contract.js";
import type { Database } from "../database.js";
import { printed, type Station } from "../program.js";
import { discoveryOf, orderOf, ownTopics, stateOf } from "./discovery.js";
import { Fleet, type Lamp } from "./fleet.js";

/** Lamps of a street; a city in one Home Assistant is not usable. */
export const LAMPS_MAX = 200;
/** ms between two orders to one lamp. */
const ORDER_EACH = 3_000;
const VALID_FOR_S = 30;
const VERSION = "1";

interface StreetOptions {
	readonly client: MqttClient;
	readonly db: Database;
	/** Account at the broker. */
	readonly operator: string;
	/** Topics of this bridge begin with it: those of one street, of one site. */
	readonly prefix: string;
	readonly root: string;
	readonly site: string;
	readonly group: string | undefined;
	/** Groups of the site file by node, for lamps whose birth is not known. */
	readonly groups: ReadonlyMap<string, string>;
	readonly minutes: number;
	readonly language: Language;
	readonly station: Station;
}

export class Street {
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
		const { prefix } = this.#options;
		if (topic.startsWith(`${prefix}/`)) {
			const [node = "", kind] = topic.slice(prefix.length + 1).split("/");
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
		const entry = { id, program: "bridge", operator, site, node, task: body.command, content };
		await ordered(db, entry, now);
		await send(
			client,
			`${root}/${site}/${node}/command`,
			orderNow({ id, ...body }, now, VALID_FOR_S),
		);
	}

	#replied(reply: Reply): void {
		const { db, station } = this.#options;
		if (typeof reply.id !== "string" || !reply.id.startsWith("ha-")) return;
		replied(db, reply, station.now()).catch(printed("bridge", station));
	}

	close(): void {
		this.#isClosed = true;
		for (const timer of this.#paused.values()) clearTimeout(timer);
	}

	#show(lamp: Lamp): void {
		const { prefix, group, groups, language, station } = this.#options;
		lamp.group ||= groups.get(lamp.node) ?? "";
		if (!lamp.isSeen || lamp.serial === "" || (group !== undefined && lamp.group !== group)) return;
		const topics = ownTopics(prefix, lamp);
		if (!this.#sent.has(topics.available) && this.#lamps >= LAMPS_MAX) {
			if (!this.#isFull)
				station.stderr.write(`bridge: more than ${LAMPS_MAX} lamps; give --group for one street\n`);
			this.#isFull = true;
			return;
		}
		const { topic, payload } = discoveryOf(lamp, prefix, language, VERSION);
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
		send(client, topic, payload, true).catch(printed("bridge", station));
	}

	/** The first command at once; of those that follow within three seconds the latest. */
	#command(node: string, kind: "set" | "back", payload: string): void {
		const { prefix, groups, minutes, station } = this.#options;
		if (!this.#sent.has(ownTopics(prefix, { node }).available) && !groups.has(node)) return;
		const body = orderOf(kind, payload, station.now(), minutes);
		if (!body) {
			station.stderr.write(`bridge: ${node}: the command ${payload.slice(0, 80)} cannot be read\n`);
			return;
		}
		const act = () => void this.order(node, body).catch(printed("bridge", station));
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
