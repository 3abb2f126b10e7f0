/**
 * City reader: a client with the account `reader` that notes the lamps of a city and the events of each
 * of their lives.
 */
import { connectAsync, type MqttClient } from "mqtt";
import type { City } from "./city.js";

const SITE = "luminode/1/liege";

let readers = 0;

export class CityReader {
	readonly online = new Set<string>();
	readonly groups = new Set<string>();
	/** Messages whose topic has another name than their body. */
	readonly misnamed: string[] = [];
	/** Connections after the first of a life. */
	repeated = 0;
	messages = 0;
	readonly #events = new Map<string, number[]>();

	private constructor(private readonly client: MqttClient) {
		client.on("message", (topic, payload) => this.#take(topic, String(payload)));
	}

	static async at(url: string, city: City): Promise<CityReader> {
		const client = await connectAsync(url, {
			ca: city.authority.ca,
			username: "reader",
			password: city.password("reader"),
			clientId: `reader-${++readers}`,
			protocolVersion: 4,
		});
		const reader = new CityReader(client);
		const kinds = ["status", "birth", "event", "state", "telemetry"];
		await client.subscribeAsync(
			kinds.map((kind) => `${SITE}/+/${kind}`),
			{ qos: 1 },
		);
		return reader;
	}

	/** Numbers of events that do not follow each other, by node and life; each event once: none. */
	get gaps(): readonly (readonly [string, readonly number[]])[] {
		return [...this.#events].filter(([, list]) => list.some((seq, n) => seq !== list[0]! + n));
	}

	get events(): number {
		return [...this.#events.values()].reduce((sum, { length }) => sum + length, 0);
	}

	/** Lives with an event. */
	get lives(): number {
		return this.#events.size;
	}

	close(): Promise<void> {
		return this.client.endAsync();
	}

	#take(topic: string, payload: string): void {
		const [, , , node = "", kind] = topic.split("/");
		const body = JSON.parse(payload);
		this.messages += 1;
		if (body.node !== node) this.misnamed.push(topic);
		if (kind === "status" && body.online) {
			this.online.add(node);
			if (body.connection > 1) this.repeated += 1;
		} else if (kind === "birth") this.groups.add(body.group);
		else if (kind === "event") {
			const key = `${node} ${body.life}`;
			this.#events.set(key, [...(this.#events.get(key) ?? []), body.seq]);
		}
	}
}

/** A file with the passwords of lamps and desk, for `--password-file`. */
export function passwordsOf({ content: { lamps, roles } }: City): string {
	const lines = lamps.map(({ nodes, settings }) => `${nodes.at(-1)}:${settings?.brokerPassword}\n`);
	return [...lines, `desk:${roles?.desk}\n`].join("");
}
