/**
 * Subscriptions: the messages of many lamps, read without loss in the broker's queue.
 *
 * A subscription with a wildcard finds a retained message of every lamp at once, and mosquitto drops
 * without a word what the queue of the client does not hold (`max_queued_messages`): at QoS 1 the counts
 * and events behind them too, at QoS 0 even the SUBACK. So retained kinds are read at QoS 0 by exact
 * filters, some hundreds at a time, each answered before the next; RabbitMQ gives retained messages to
 * exact filters only. The names come from the site file; without one they come from one kind of short
 * messages, which alone is read by a wildcard, and from every message that comes later.
 */
import type { MqttClient } from "mqtt";
import { listen } from "./broker.js";
import { placeOf, UNASSIGNED } from "./contract.js";

/** ms from the first message of an unknown lamp until its retained messages are read. */
const FILL_AFTER = 100;
/** ms without a message after which the SUBACK of a wildcard is taken for dropped. */
const DROPPED_AFTER = 5_000;

export interface Reading {
	readonly root: string;
	/** Absent: every site. */
	readonly site?: string | undefined;
	/** Kinds of which each message counts; none is retained. */
	readonly every: readonly string[];
	/** Retained kinds, of which the latest message counts; the first one names the lamps. */
	readonly latest: readonly [string, ...string[]];
	/** Lamps that are known beforehand; undefined: the first kind names them. */
	readonly lamps?: readonly { readonly site: string; readonly node: string }[] | undefined;
}

/**
 * Subscribes by `subscribe` at this connection and at each later one. Resolves after the first time;
 * `fail`: a later time was refused. An end of the connection is no failure, as another one follows.
 */
export function subscribed(
	client: MqttClient,
	subscribe: () => Promise<void>,
	fail: (error: Error) => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const run = () => {
			const { stream } = client;
			subscribe().then(resolve, (error: Error) => {
				if (!client.connected || client.stream !== stream) return;
				reject(error);
				fail(error);
			});
		};
		client.on("connect", run);
		if (client.connected) run();
	});
}

/** Reads the lamps' messages by this client, at this connection and at each later one. */
export function reading(
	client: MqttClient,
	about: Reading,
	fail: (error: Error) => void,
): Promise<void> {
	const reader = new Reader(client, about, fail);
	client.on("message", (topic) => reader.take(topic));
	return subscribed(client, () => reader.read(), fail);
}

class Reader {
	readonly #client: MqttClient;
	readonly #about: Reading;
	readonly #fail: (error: Error) => void;
	/** Names of lamps, `SITE/NODE`; true: its topics are subscribed in this connection. */
	readonly #lamps = new Map<string, boolean>();
	/** Of those the ones whose first kind has come. */
	readonly #named = new Set<string>();
	/** Instant of the latest message, of `performance`. */
	#latestAt = 0;
	#timer: NodeJS.Timeout | undefined;
	#filling: Promise<void> = Promise.resolve();

	constructor(client: MqttClient, about: Reading, fail: (error: Error) => void) {
		this.#client = client;
		this.#about = about;
		this.#fail = fail;
		for (const { site, node } of about.lamps ?? []) this.#lamps.set(`${site}/${node}`, false);
	}

	take(topic: string): void {
		this.#latestAt = performance.now();
		const { root, latest } = this.#about;
		const place = placeOf(root, topic);
		if (!place || place.site === UNASSIGNED) return;
		const name = `${place.site}/${place.node}`;
		if (place.kind === latest[0]) this.#named.add(name);
		if (this.#lamps.has(name)) return;
		this.#lamps.set(name, false);
		this.#timer ??= setTimeout(() => this.#fillLater(), FILL_AFTER).unref();
	}

	async read(): Promise<void> {
		const { every, latest, lamps } = this.#about;
		for (const name of this.#lamps.keys()) this.#lamps.set(name, false);
		this.#named.clear();
		await listen(
			this.#client,
			every.map((kind) => this.#filter(kind)),
			1,
		);
		if (!lamps) await this.#readAll(latest[0]);
		await this.#fill();
	}

	#filter(kind: string): string {
		const { root, site = "+" } = this.#about;
		return `${root}/${site}/+/${kind}`;
	}

	async #readAll(kind: string): Promise<void> {
		this.#latestAt = performance.now();
		let isAnswered = false;
		const answer = listen(this.#client, [this.#filter(kind)], 0).finally(() => {
			isAnswered = true;
		});
		answer.catch(() => {}); // it may come after the race
		const dropped = async () => {
			const left = () => this.#latestAt + DROPPED_AFTER - performance.now();
			while (!isAnswered && left() > 0)
				await new Promise((resolve) => setTimeout(resolve, Math.min(left(), 200)));
		};
		await Promise.race([answer, dropped()]);
	}

	#fillLater(): void {
		this.#timer = undefined;
		const { stream, connected } = this.#client;
		if (!connected) return; // the next connection reads everything
		this.#fill().catch((error) => {
			if (this.#client.connected && this.#client.stream === stream) this.#fail(error);
		});
	}

	/** One filling after the other. */
	#fill(): Promise<void> {
		const filling = this.#filling.then(() => listen(this.#client, this.#missing(), 0));
		this.#filling = filling.catch(() => {}); // the caller has the error
		return filling;
	}

	/** Topics of lamps that are not subscribed yet. */
	#missing(): readonly string[] {
		const { root, latest, lamps } = this.#about;
		const topics: string[] = [];
		for (const [name, isSubscribed] of this.#lamps) {
			if (isSubscribed) continue;
			this.#lamps.set(name, true);
			for (const kind of latest)
				if (lamps || kind !== latest[0] || !this.#named.has(name))
					topics.push(`${root}/${name}/${kind}`);
		}
		return topics;
	}
}
