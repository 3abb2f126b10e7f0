/**
 * Order client: the simulator's own client at an external broker: sends orders and receives all
 * orders.
 *
 * It runs on the wall clock, as the broker does. MQTT.js connects anew when the broker is back,
 * subscribes again and sends the orders that wait.
 */
import { randomUUID } from "node:crypto";
import { connect, type MqttClient } from "mqtt";
import type { PublishOptions } from "../network/broker/broker.js";
import type { Watcher } from "../street/network.js";

/** Pause before the next attempt, ms of wall clock. */
const RETRY = 1_000;
/** Keep-alive, seconds. */
const KEEP_ALIVE = 30;
/** Orders kept while the broker is away; a person at the page gives no more. */
const WAITING_MAX = 100;

/** Broker and account. */
interface Where extends Watcher {
	readonly host: string;
	readonly port: number;
	readonly isSecure: boolean;
}

export class OrderClient {
	readonly #client: MqttClient;
	#waiting = 0; // orders without an acknowledgement

	constructor(
		{ isSecure, user, password, ca, ...where }: Where,
		filters: readonly string[],
		onOrder: (topic: string, payload: Buffer) => void,
	) {
		const clientId = `desk-${randomUUID().slice(0, 13)}`; // a city has several in one process
		const pace = { keepalive: KEEP_ALIVE, reconnectPeriod: RETRY };
		this.#client = connect({
			...where,
			...pace,
			protocol: isSecure ? "mqtts" : "mqtt",
			clientId,
			clean: true,
			...(user === undefined ? {} : { username: user }),
			...(password === undefined ? {} : { password }),
			...(ca === undefined ? {} : { ca }),
		});
		this.#client.on("error", () => {}); // the next attempt follows
		this.#client.on("message", (topic, payload, packet) => {
			if (!packet.retain) onOrder(topic, payload);
		});
		this.#client.subscribe([...filters], { qos: 1 }, () => {});
	}

	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void {
		if (this.#waiting >= WAITING_MAX) return;
		const { qos = 1, retain = false } = options;
		this.#waiting += 1;
		this.#client.publish(topic, Buffer.from(payload as Uint8Array), { qos, retain }, () => {
			this.#waiting -= 1;
		});
	}

	close(): void {
		this.#client.end();
	}
}
