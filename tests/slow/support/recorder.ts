/**
 * Recorder: stands between a lamp and its broker, writes down every packet, and cuts on demand.
 *
 * It parses MQTT's frames only. Each is passed on whole or not at all, so that what the lamp received
 * is exactly what the record says.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import mqtt, { type Packet } from "mqtt-packet";

/** What to do with a packet: `cutBefore` loses it with the connection, `cutAfter` passes it first. */
export type Verdict = "pass" | "withhold" | "cutBefore" | "cutAfter";

export interface Frame {
	readonly from: "lamp" | "broker";
	readonly packet: Packet;
	readonly passed: boolean;
}

/** One connection of the lamp. */
export interface Link {
	readonly frames: Frame[];
}

export class Recorder {
	readonly links: Link[] = [];
	port = 0;
	judge: (packet: Packet, from: Frame["from"]) => Verdict = () => "pass";
	readonly #sockets = new Set<Socket>();
	#lamp: Socket | undefined;
	readonly #server: Server;

	constructor(readonly brokerPort: number) {
		this.#server = createServer((lamp) => this.#accept(lamp));
	}

	listen(): Promise<this> {
		return new Promise((resolve) =>
			this.#server.listen(0, "127.0.0.1", () => {
				this.port = (this.#server.address() as { port: number }).port;
				resolve(this);
			}),
		);
	}

	/** Says something to the lamp in the broker's name. */
	inject(packet: Packet): void {
		this.#lamp?.write(mqtt.generate(packet));
	}

	/** Cuts what is there now. */
	cut(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	close(): Promise<void> {
		this.cut();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	#accept(lamp: Socket): void {
		const link: Link = { frames: [] };
		this.links.push(link);
		this.#lamp = lamp;
		const broker = connect({ host: "127.0.0.1", port: this.brokerPort, noDelay: true });
		lamp.setNoDelay(true);
		this.#pipe(link, "lamp", lamp, broker);
		this.#pipe(link, "broker", broker, lamp);
	}

	#pipe(link: Link, from: Frame["from"], source: Socket, sink: Socket): void {
		this.#sockets.add(source);
		const frames = new Framer();
		const parser = mqtt.parser({ protocolVersion: 4 });
		let packet: Packet | undefined;
		let isCut = false;
		parser.on("packet", (found: Packet) => {
			packet = found;
		});
		source.on("data", (bytes) => {
			for (const frame of frames.take(bytes)) {
				if (isCut) return;
				parser.parse(frame);
				const verdict = sink.writable ? this.judge(packet!, from) : "withhold"; // cut already
				const passed = verdict === "pass" || verdict === "cutAfter";
				link.frames.push({ from, packet: packet!, passed });
				if (verdict === "pass") sink.write(frame);
				else if (verdict !== "withhold") {
					isCut = true;
					if (passed) sink.end(frame);
					else sink.destroy();
					source.destroy();
				}
			}
		});
		source.on("error", () => {}); // `close` follows
		source.on("close", () => {
			this.#sockets.delete(source);
			if (!isCut) sink.end();
		});
	}
}

/** Cuts a stream of bytes into MQTT's control packets (2.2). */
class Framer {
	#rest = Buffer.alloc(0);

	take(bytes: Uint8Array): Buffer[] {
		this.#rest = Buffer.concat([this.#rest, bytes]);
		const frames: Buffer[] = [];
		for (let size = this.#size(); size <= this.#rest.length; size = this.#size()) {
			frames.push(this.#rest.subarray(0, size));
			this.#rest = this.#rest.subarray(size);
		}
		return frames;
	}

	/** Of the first packet; Infinity while its length is not known. */
	#size(): number {
		let remaining = 0;
		for (let at = 1; at < this.#rest.length; at++) {
			remaining += (this.#rest[at]! & 127) * 128 ** (at - 1);
			if (this.#rest[at]! < 128) return at + 1 + remaining;
		}
		return Infinity;
	}
}
