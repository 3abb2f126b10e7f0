/**
 * Observer: the reports of the lamps of one wave, by exact filters, which also get retained messages
 * from a RabbitMQ.
 *
 * They are complete once each lamp has sent all that it can have, or once a message that the observer
 * sent to itself after its subscriptions has come back: a broker gives a client its messages in their
 * order.
 */
import { randomBytes } from "node:crypto";
import type { MqttClient } from "mqtt";
import { Trouble } from "../../lib/text/trouble.js";
import { listen, send } from "../broker.js";
import { objectOf } from "../contract.js";

/** ms after which a wait asks again whether its campaign is cancelled. */
const CANCELLED_EACH = 1_000;

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

	/** Waits until `look` finds something; undefined: time is over, or `isCancelled`. */
	async until<T>(
		look: () => T | undefined,
		within: number,
		isCancelled: () => boolean,
	): Promise<T | undefined> {
		const end = performance.now() + within;
		for (;;) {
			const found = look();
			if (found !== undefined) return found;
			const left = end - performance.now();
			if (left <= 0 || isCancelled()) return undefined;
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, Math.min(left, CANCELLED_EACH));
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
	/** Topics without a message yet. */
	readonly #missing = new Set<string>();
	#echo = "";
	#isBack = false;
	#wake: () => void = () => {};
	readonly #release: () => void;

	constructor(client: MqttClient) {
		this.#client = client;
		const take = (topic: string, payload: Buffer) => {
			if (topic === this.#echo) this.#isBack = true;
			this.#missing.delete(topic);
			for (const [watch, kind] of this.#watches.get(topic) ?? [])
				watch.take(kind, payload.length === 0 ? undefined : objectOf(payload));
			this.#wake();
		};
		const again = () => void this.#subscribe().catch(() => {}); // the next connection follows
		client.on("message", take).on("connect", again);
		this.#release = () => void client.off("message", take).off("connect", again);
	}

	/**
	 * Waits until the retained messages have come; after the echo `settle` ms more without a message, for
	 * a broker that does not keep the order (aedes). The echo's topic is one of `site` that no lamp has.
	 */
	async complete(root: string, site: string, settle: number): Promise<void> {
		this.#echo = `${root}/${site}/all/settings/desired/echo-${randomBytes(6).toString("hex")}`;
		await listen(this.#client, [this.#echo], 0);
		await send(this.#client, this.#echo, "");
		while (this.#missing.size > 0) {
			const isBack = this.#isBack;
			if (await this.#next(isBack ? settle : ECHO_WITHIN)) continue;
			if (isBack) return;
			throw new Trouble(`the broker does not return ${this.#echo}; may this account read it?`);
		}
	}

	/** Waits for the next message. @returns whether one came within that time */
	#next(within: number): Promise<boolean> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(false), within);
			this.#wake = () => {
				clearTimeout(timer);
				resolve(true);
			};
		});
	}

	/** Subscribes to the topics of each lamp. */
	async watch(lamps: readonly Topics[]): Promise<readonly Watch[]> {
		const watches = lamps.map((topics) => {
			const watch = new Watch();
			for (const [topic, kind] of topics) {
				const others = this.#watches.get(topic) ?? [];
				this.#watches.set(topic, [...others, [watch, kind]]);
				this.#missing.add(topic);
			}
			return watch;
		});
		await this.#subscribe();
		return watches;
	}

	/** Retained kinds at QoS 0: those of a large wave would overflow the broker's queue. */
	async #subscribe(): Promise<void> {
		const topics = [...this.#watches.keys()];
		const passing = topics.filter((topic) => PASSING.test(topic));
		await listen(this.#client, passing, 1);
		const retained = topics.filter((topic) => !PASSING.test(topic));
		await listen(this.#client, this.#echo === "" ? retained : [...retained, this.#echo], 0);
	}

	async release(): Promise<void> {
		this.#release();
		const filters = [...this.#watches.keys(), this.#echo];
		this.#watches.clear();
		for (let at = 0; at < filters.length; at += AT_ONCE)
			await this.#client.unsubscribeAsync(filters.slice(at, at + AT_ONCE));
	}
}

/** Topics of messages that are not retained. */
const PASSING = /\/(event|reply)$/;
const AT_ONCE = 200;
/** ms without any message until the echo is taken for lost. */
const ECHO_WITHIN = 60_000;
