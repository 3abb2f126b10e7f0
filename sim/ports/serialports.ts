/**
 * Serial ports: the lamps' serial lines over TCP, for the technician.
 *
 * One port serves the whole street: the first line chooses, `lamp 3`; from there on the connection is
 * that lamp's line, byte for byte. A lamp may have a port of its own, too (sockets.ts), which is its line
 * from the first byte.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { SerialLines } from "../serial/lines.js";
import { listenNear } from "./ports.js";
import { fromTerminal } from "./stranger.js";

/** A terminal that reads more slowly than its lamp writes loses bytes beyond this. */
const UNREAD_MAX_BYTES = 1 << 20;
/** `lamp 12345` and some blanks. */
const SELECTOR_MAX_BYTES = 64;

export class SerialPorts {
	readonly #plugged = new Set<Socket>();
	readonly #servers: Server[] = [];

	constructor(readonly lines: SerialLines) {}

	/** Opens the technician's port. @returns the port it got */
	async open(port: number): Promise<number> {
		return this.#listenOn(port, (socket) => this.#ask(socket));
	}

	/** Opens a port that is the line of lamp `lamp` alone. @returns the port it got */
	async openLine(lamp: number): Promise<number> {
		return this.#listenOn(0, (socket) => {
			fromTerminal(socket, this.#connect(socket, lamp));
		});
	}

	async close(): Promise<void> {
		for (const socket of this.#plugged) socket.destroy();
		const closed = this.#servers.map(
			(server) => new Promise<void>((done) => server.close(() => done())),
		);
		await Promise.all(closed);
	}

	#listenOn(port: number, serve: (socket: Socket) => void): Promise<number> {
		const server = createServer((socket) => {
			this.#plugged.add(socket);
			socket.setNoDelay(true);
			socket.on("error", () => {}); // `close` follows
			socket.on("close", () => this.#plugged.delete(socket));
			serve(socket);
		});
		server.on("error", () => {}); // of one refused connection; it still listens
		this.#servers.push(server);
		return listenNear(server, port);
	}

	#ask(socket: Socket): void {
		socket.write(`Lamps 1 to ${this.lines.lamps}. Which one? (lamp N)\r\n`);
		let typed = "";
		const choose = (bytes: Buffer) => {
			typed += bytes.toString("latin1");
			const end = typed.search(/[\r\n]/);
			if (end < 0) {
				if (typed.length > SELECTOR_MAX_BYTES) socket.end("No such lamp.\r\n");
				return;
			}
			const lamp = Number(/^\s*(?:lamp\s+)?(\d{1,7})\s*$/i.exec(typed.slice(0, end))?.[1]);
			const rest = typed.slice(end).replace(/^\r?\n|^\r/, "");
			typed = "";
			if (!(lamp >= 1 && lamp <= this.lines.lamps)) {
				socket.write(`No such lamp. Lamps 1 to ${this.lines.lamps}: lamp N\r\n`);
				return;
			}
			socket.off("data", choose);
			socket.write(`Serial line of lamp ${lamp}.\r\n`);
			socket.on("data", this.#connect(socket, lamp));
			this.lines.type(lamp, Buffer.from(rest || "\r", "latin1")); // a Return wakes the prompt
		};
		fromTerminal(socket, choose);
	}

	/** Sends the lamp's output to the socket. @returns types at the lamp */
	#connect(socket: Socket, lamp: number): (bytes: Buffer) => void {
		const unplug = this.lines.listen(lamp, (bytes) => {
			if (socket.writable && socket.writableLength < UNREAD_MAX_BYTES) socket.write(bytes);
		});
		socket.on("close", unplug);
		return (bytes) => this.lines.type(lamp, bytes);
	}
}
