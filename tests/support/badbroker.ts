/**
 * Bad broker: stands before a good one and breaks one rule of MQTT or of the ACL, packet by packet.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import mqtt, { type IConnectPacket, type IPublishPacket, type Packet } from "mqtt-packet";

/** Changes packets: those given back are passed on, instead. */
export interface Defect {
	readonly name: string;
	/** Part of the name of the check that must name it. */
	readonly namedBy: string;
	fromClient?(packet: Packet, wire: Wire): readonly Packet[];
	fromBroker?(packet: Packet, wire: Wire): readonly Packet[];
}

/** State of one connection, for a defect. */
export interface Wire {
	held: Packet[];
	count: number;
	/** Sends to the client, past the defect. */
	answer(packet: Packet): void;
}

const isPublish = (packet: Packet): packet is IPublishPacket => packet.cmd === "publish";
const isConnect = (packet: Packet): packet is IConnectPacket => packet.cmd === "connect";
const greeting = (change: (packet: IConnectPacket) => IConnectPacket) => (packet: Packet) => [
	isConnect(packet) ? change(packet) : packet,
];

let renamed = 0;

export const DEFECTS: readonly Defect[] = [
	{
		name: "drops retained messages",
		namedBy: "an exact filter",
		fromBroker: (packet) => (isPublish(packet) && packet.retain ? [] : [packet]),
	},
	{
		name: "leaves RETAIN set in live messages",
		namedBy: "RETAIN is off",
		fromBroker: (packet) => [isPublish(packet) ? { ...packet, retain: true } : packet],
	},
	{
		name: "does not remove a retained message",
		namedBy: "an empty message removes it",
		fromClient: (packet, { answer }) => {
			const isEmpty = isPublish(packet) && packet.retain && packet.payload.length === 0;
			if (isEmpty) answer({ cmd: "puback", messageId: packet.messageId! });
			return isEmpty ? [] : [packet];
		},
	},
	{
		name: "doubles messages without DUP",
		namedBy: "order: messages",
		fromBroker: (packet, wire) =>
			isPublish(packet) && ++wire.count % 50 === 0
				? [packet, { ...packet, messageId: 60_000 + (wire.count % 1000) }]
				: [packet],
		fromClient: (packet) =>
			packet.cmd === "puback" && packet.messageId! >= 60_000 ? [] : [packet],
	},
	{
		name: "clears DUP in a repeat",
		namedBy: "repeat: an order",
		fromBroker: (packet) => [isPublish(packet) ? { ...packet, dup: false } : packet],
	},
	{
		name: "reorders messages",
		namedBy: "order: messages",
		fromBroker: (packet, wire) => {
			if (!isPublish(packet)) return [packet];
			if (++wire.count % 20 === 1 && wire.count > 20 && wire.held.length === 0) {
				wire.held.push(packet);
				return [];
			}
			return [packet, ...wire.held.splice(0)];
		},
	},
	{
		name: "acknowledges and loses messages",
		namedBy: "order: messages",
		fromClient: (packet, wire) => {
			const isLost = isPublish(packet) && ++wire.count % 60 === 0;
			if (isLost) wire.answer({ cmd: "puback", messageId: packet.messageId! });
			return isLost ? [] : [packet];
		},
	},
	{
		name: "drops wills",
		namedBy: "will: published",
		fromClient: greeting(({ will: _, ...packet }) => packet),
	},
	{
		name: "publishes the will after DISCONNECT",
		namedBy: "will: not published",
		fromClient: (packet) => (packet.cmd === "disconnect" ? [] : [packet]),
	},
	{
		name: "keeps no session",
		namedBy: "kept session",
		fromClient: greeting((packet) => ({ ...packet, clean: true })),
	},
	{
		name: "keeps every session",
		namedBy: "clean session: nothing is kept",
		fromClient: greeting((packet) => ({ ...packet, clean: false })),
	},
	{
		name: "ignores the keep-alive",
		namedBy: "keep-alive: a silent",
		fromClient: greeting((packet) => ({ ...packet, keepalive: 600 })),
	},
	{
		name: "refuses a keep-alive above ten minutes",
		namedBy: "a keep-alive of 29 min",
		fromClient: (packet, wire) => {
			if (!isConnect(packet) || packet.keepalive! <= 600) return [packet];
			wire.answer({ cmd: "connack", returnCode: 2, sessionPresent: false });
			return [];
		},
	},
	{
		name: "lets two clients have one identifier",
		namedBy: "takeover",
		fromClient: greeting((packet) => ({
			...packet,
			clientId: `${packet.clientId}-${++renamed}`,
		})),
	},
	{
		name: "one return code for all filters",
		namedBy: "SUBACK",
		fromBroker: (packet) => [
			packet.cmd === "suback"
				? { ...packet, granted: packet.granted.slice(0, 1) as number[] }
				: packet,
		],
	},
	{
		name: "grants QoS 0 alone",
		namedBy: "SUBACK",
		fromBroker: (packet) => [
			packet.cmd === "suback" ? { ...packet, granted: packet.granted.map(() => 0) } : packet,
		],
	},
	{
		name: "drops payloads over 1,024 bytes",
		namedBy: "sizes",
		fromBroker: (packet) => (isPublish(packet) && packet.payload.length > 1024 ? [] : [packet]),
	},
	{
		name: "drops an emergency in a flood",
		namedBy: "an emergency beside a flood",
		fromBroker: (packet, wire) => {
			if (isPublish(packet)) wire.count++;
			const isLost = isPublish(packet) && wire.count > 20 && packet.topic.endsWith("/emergency");
			return isLost ? [] : [packet];
		},
	},
	{
		name: "forgets orders beyond a short queue",
		namedBy: "queue: a flood",
		fromBroker: (packet, wire) => (isPublish(packet) && ++wire.count > 30 ? [] : [packet]),
	},
	{
		name: "ignores the ACL",
		namedBy: "rights: a lamp reports",
		fromClient: greeting((packet) => asSuperuser(packet)),
	},
	{
		name: "lets everybody answer for the clock",
		namedBy: "answers for the clock",
		fromClient: greeting((packet) => asSuperuser(packet)),
	},
	{
		name: "lets the operator raise an emergency",
		namedBy: "the operator raises no emergency",
		fromClient: greeting((packet) => (packet.username === "desk" ? asSuperuser(packet) : packet)),
	},
	{
		name: "lets strangers in",
		namedBy: "strangers",
		fromClient: greeting((packet) => asSuperuser(packet)),
	},
];

/** An account of the good broker with every right. */
export const SUPERUSER = { user: "superuser", password: "may do all" };

function asSuperuser(packet: IConnectPacket): IConnectPacket {
	return { ...packet, username: SUPERUSER.user, password: Buffer.from(SUPERUSER.password) };
}

export class BadBroker {
	port = 0;
	defect: Defect | undefined;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	constructor(readonly brokerPort: number) {
		this.#server = createServer((client) => this.#accept(client));
	}

	listen(): Promise<this> {
		return new Promise((resolve) =>
			this.#server.listen(0, "127.0.0.1", () => {
				this.port = (this.#server.address() as { port: number }).port;
				resolve(this);
			}),
		);
	}

	close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	#accept(client: Socket): void {
		const { defect } = this;
		const broker = connect({ host: "127.0.0.1", port: this.brokerPort, noDelay: true });
		client.setNoDelay(true);
		const write = (socket: Socket, packet: Packet) => {
			if (!socket.destroyed) socket.write(mqtt.generate(packet));
		};
		const wire: Wire = { held: [], count: 0, answer: (packet) => write(client, packet) };
		const ways: [Socket, Socket, Defect["fromClient"]][] = [
			[client, broker, defect?.fromClient],
			[broker, client, defect?.fromBroker],
		];
		for (const [source, sink, change] of ways) {
			this.#sockets.add(source);
			const parser = mqtt.parser({ protocolVersion: 4 });
			parser.on("packet", (packet: Packet) => {
				for (const forwarded of change?.(packet, wire) ?? [packet]) write(sink, forwarded);
			});
			parser.on("error", () => source.destroy());
			source.on("data", (bytes) => parser.parse(bytes));
			source.on("error", () => {}); // `close` follows
			source.on("close", () => {
				this.#sockets.delete(source);
				if (source.destroyed && !source.readableEnded) sink.destroy();
				else sink.end();
			});
		}
	}
}
