/**
 * Inbox: messages of a session, acknowledged after they are stored, many at a time.
 *
 * A message without its PUBACK comes again on the next connection, so what is stored must be one by
 * a key of its own. MQTT.js gives the next packet after `done`; an error given to it leaves the PUBACK
 * to us. The broker bounds the messages without one (mosquitto: `max_inflight_messages`).
 */
import type { IPublishPacket, MqttClient } from "mqtt";
import { generate } from "mqtt-packet";
import { objectOf, type Place, placeOf } from "./contract.js";

/** A readable message of a lamp. */
export interface Letter extends Place {
	readonly body: Readonly<{ [field: string]: unknown }>;
	readonly isRetained: boolean;
}

/** Letters in memory, until reading waits for the store. */
const WAITING_MAX = 1_000;
const NO_PUBACK_YET = new Error("the PUBACK follows when it is stored");

/**
 * Gives the messages of `client` to `store`, in their order. To be called before CONNECT. A message
 * that is none of the contract is acknowledged and left out. `fail`: the store could not store.
 */
export function inbox(
	client: MqttClient,
	root: string,
	store: (letters: readonly Letter[]) => Promise<void>,
	fail: (error: Error) => void,
): void {
	let waiting: { readonly packet: IPublishPacket; readonly stream: MqttClient["stream"] }[] = [];
	let held: (() => void) | undefined;
	let isBusy = false;
	let hasFailed = false;
	/** The broker keeps what has no PUBACK; reading goes on, or the connection could not be ended. */
	const give = (error: Error): void => {
		hasFailed = true;
		waiting = [];
		held?.();
		fail(error);
	};
	const work = async (): Promise<void> => {
		while (waiting.length > 0) {
			const batch = waiting;
			waiting = [];
			held?.();
			held = undefined;
			const letters = batch.flatMap(({ packet }) => letterOf(root, packet) ?? []);
			if (letters.length > 0) await store(letters);
			const { stream } = client; // another connection gets them again
			const due = batch.filter((entry) => entry.packet.qos === 1 && entry.stream === stream);
			const acks = due.map(({ packet: { messageId = 0 } }) =>
				generate({ cmd: "puback", messageId }),
			);
			if (acks.length > 0 && client.connected) stream.write(Buffer.concat(acks));
		}
	};
	client.handleMessage = (packet, done) => {
		if (hasFailed) return done(NO_PUBACK_YET);
		waiting.push({ packet, stream: client.stream });
		if (waiting.length < WAITING_MAX) done(NO_PUBACK_YET);
		else held = () => done(NO_PUBACK_YET);
		if (isBusy) return;
		isBusy = true;
		// packets that came together are stored together
		setImmediate(() => work().then(() => void (isBusy = false), give));
	};
}

function letterOf(
	root: string,
	{ topic, payload, retain }: Pick<IPublishPacket, "topic" | "payload" | "retain">,
): Letter | undefined {
	const place = placeOf(root, topic);
	const body = objectOf<Letter["body"]>(payload);
	return place && body && { ...place, body, isRetained: retain };
}
