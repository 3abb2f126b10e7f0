/** Many retained: the retained messages of a city's lamps, published in bulk at QoS 1. */
import { once } from "node:events";
import { connect } from "node:net";
import mqtt, { type Packet } from "mqtt-packet";

export interface Sent {
	readonly topic: string;
	readonly body: object;
	readonly retain: boolean;
}

const ROOT = "luminode/1/liege";
/** Messages without a PUBACK at a time. */
const WINDOW = 500;
const IDS = 60_000;

export const nodeOf = (n: number) => `pole-${String(n).padStart(5, "0")}`;

/** Status, birth and state of lit lamps, of the sizes that lamps send. */
export function* presentOf(lamps: number): Generator<Sent> {
	for (let n = 1; n <= lamps; n++) {
		const about = { node: nodeOf(n), serial: `L${n}`, life: 3, connection: 1 };
		const state = { actualLightState: 40, reason: "program", dark: true };
		const chain = Array.from({ length: 3 }, () => ({ by: "program", level: 40, source: "00:00" }));
		const limits = "x".repeat(600);
		const bodies = {
			status: { ...about, online: true },
			birth: { ...about, contract: 1, group: "quay", swVersion: "0.1.0", limits, state },
			state: { ...about, ...state, chain },
		};
		for (const [kind, body] of Object.entries(bodies))
			yield { topic: `${ROOT}/${nodeOf(n)}/${kind}`, body, retain: true };
	}
}

/** Events `from` to `until` of as many lamps, each once. */
export function* eventsOf(from: number, until: number): Generator<Sent> {
	for (let n = from; n <= until; n++) {
		const body = { serial: `L${n}`, life: 3, seq: n, type: "clockSet", severity: "info" };
		yield { topic: `${ROOT}/${nodeOf(1 + (n % 10_000))}/event`, body, retain: false };
	}
}

let clients = 0;

/** Resolves when the broker has acknowledged every message. */
export async function published(port: number, messages: Iterable<Sent>): Promise<void> {
	const socket = connect(port, "127.0.0.1").setNoDelay(true);
	const parser = mqtt.parser({ protocolVersion: 4 });
	let open = 1;
	let wake = () => {};
	parser.on("packet", ({ cmd }: Packet) => {
		if (cmd === "puback" || cmd === "connack") open -= 1;
		wake();
	});
	socket.on("data", (bytes) => parser.parse(bytes));
	const until = async (most: number) => {
		while (open > most) await new Promise<void>((resolve) => (wake = resolve));
	};
	const clientId = `many-${process.pid}-${port}-${++clients}`;
	const session = { protocolId: "MQTT", protocolVersion: 4, clientId, clean: true } as const;
	socket.write(mqtt.generate({ cmd: "connect", ...session, keepalive: 600 }));
	await until(0);
	let id = 0;
	for (const { topic, body, retain } of messages) {
		id = (id % IDS) + 1;
		open += 1;
		const payload = JSON.stringify(body);
		socket.write(
			mqtt.generate({ cmd: "publish", topic, payload, qos: 1, retain, dup: false, messageId: id }),
		);
		await until(WINDOW);
	}
	await until(0);
	socket.end(mqtt.generate({ cmd: "disconnect" }));
	await once(socket, "close");
}
