/** Lamp line: a lamp's serial line as a TCP port, and a person's keyboard and screen, for tests. */
import { createServer, type Server, type Socket } from "node:net";
import { PassThrough, Writable } from "node:stream";
import type { Seat } from "../../../lib/vault/ask.js";

/** A port that a test unplugs, and on which it plays the lamp. */
export class LampLine {
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	received = "";
	port = 0;

	constructor(onBytes: (text: string, say: (text: string) => void) => void = () => {}) {
		this.#server = createServer((socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
			socket.on("data", (bytes) => {
				this.received += bytes.toString("latin1");
				onBytes(bytes.toString("latin1"), (text) => socket.write(text));
			});
		});
	}

	get name(): string {
		return `tcp:127.0.0.1:${this.port}`;
	}

	/** Puts the plug in; the same port again after `unplug`. */
	async plug(): Promise<this> {
		await new Promise<void>((ready) => this.#server.listen(this.port, "127.0.0.1", ready));
		this.port = (this.#server.address() as { port: number }).port;
		return this;
	}

	async unplug(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		if (this.#server.listening)
			await new Promise<void>((closed) => this.#server.close(() => closed()));
	}

	say(text: string): void {
		for (const socket of this.#sockets) socket.write(text);
	}
}

/** A seat whose keys a test presses and whose screens it reads. */
export class TestSeat implements Seat {
	readonly keys = new PassThrough();
	readonly stdin: Seat["stdin"];
	readonly stdout = new Screen();
	readonly stderr = new Screen();
	/** Whether the keyboard was raw, each time it was set. */
	readonly raw: boolean[] = [];

	constructor() {
		this.stdin = Object.assign(this.keys, {
			isTTY: true,
			setRawMode: (isRaw: boolean) => this.raw.push(isRaw),
		});
	}

	now(): Date {
		return new Date(Date.UTC(2026, 10, 24, 21));
	}
}

class Screen extends Writable {
	text = "";

	override _write(chunk: Buffer, _encoding: string, done: () => void): void {
		this.text += chunk.toString("utf8");
		done();
	}
}
