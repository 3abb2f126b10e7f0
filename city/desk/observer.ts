/**
 * Observer: the reports of the lamps of one wave, by exact filters, which also get retained messages
 * from a RabbitMQ.
 */
import type { MqttClient } from "mqtt";
import { listen } from "../broker.js";
import { objectOf } from "../contract.js";

/** Messages of one lamp. */
export class Watch {
	readonly #latest = new Map<string, object>();
	readonly #serials = new Set<string>();
	#wake: (() => void)[] = [];

	/** The latest message of that kind; undefined: none came. */
	latest<T extends object>(kind: string): T | undefined {
		return this.#latest.get(kind) as T | undefined;
	}

	/** Serial numbers in births under this name while it is watched. */
	get serials(): ReadonlySet<string> {
		return this.#serials;
	}

	/** Waits until `look` finds something; undefined: time is over. */
	async until<T>(look: () => T | undefined, within: number): Promise<T | undefined> {
		const end = performance.now() + within;
		for (;;) {
			const found = look();
			if (found !== undefined) return found;
			const left = end - performance.now();
			if (left <= 0) return undefined;
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, left);
				this.#wake.push(() => {
					clearTimeout(timer);
					resolve();
				});
			});
		}
	}

	take(kind: string, message: object | undefined): void {
		if (message === undefined) this.#latest.delete(kind);
		else this.#latest.set(kind, message);
		const { serial } = (message ?? {}) as { serial?: unknown };
		if (kind === "birth" && typeof serial === "string") this.#serials.add(serial);
		const waiting = this.#wake;
		this.#wake = [];
		for (const go of waiting) go();
	}
}

/** Topics of a lamp that are watched, each with the name of its message. */
export type Topics = ReadonlyMap<string, string>;

export class Observer {
	readonly #client: MqttClient;
	readonly #watches = new Map<string, readonly (readonly [Watch, string])[]>();
	#heardAt = 0;
	readonly #release: () => void;

	constructor(client: MqttClient) {
		this.#client = client;
		const take = (topic: string, payload: Buffer) => {
			this.#heardAt = performance.now();
			for (const [watch, kind] of this.#watches.get(topic) ?? [])
				watch.take(kind, payload.length === 0 ? undefined : objectOf(payload));
		};
		client.on("message", take);
		this.#release = () => void client.off("message", take);
	}

	/** Waits until no message has come for `settle` ms, `within` ms at most. */
	async quiet(settle: number, within: number): Promise<void> {
		this.#heardAt = performance.now();
		const end = this.#heardAt + within;
		for (let wait = settle; wait > 0 && performance.now() < end; ) {
			await new Promise((resolve) => setTimeout(resolve, wait));
			wait = this.#heardAt + settle - performance.now();
		}
	}

	/** Subscribes to the topics of each lamp. */
	async watch(lamps: readonly Topics[]): Promise<readonly Watch[]> {
		const watches = lamps.map((topics) => {
			const watch = new Watch();
			for (const [topic, kind] of topics) {
				const others = this.#watches.get(topic) ?? [];
				this.#watches.set(topic, [...others, [watch, kind]]);
			}
			return watch;
		});
		await listen(this.#client, [...new Set(lamps.flatMap((topics) => [...topics.keys()]))]);
		return watches;
	}

	async release(): Promise<void> {
		this.#release();
		const filters = [...this.#watches.keys()];
		this.#watches.clear();
		for (let at = 0; at < filters.length; at += AT_ONCE)
			await this.#client.unsubscribeAsync(filters.slice(at, at + AT_ONCE));
	}
}

const AT_ONCE = 200;
