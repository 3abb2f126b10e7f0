/**
 * TCP clients: programs that connect to the embedded broker over TCP, on the wall clock.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { Client } from "aedes";
import { listenNear } from "../../util/ports.js";

/** A connection without a CONNECT by then is closed, ms of wall clock. */
const CONNECT_TIMEOUT = 30_000;

export class TcpClients {
	readonly #sockets = new Set<Socket>();
	#server: Server | undefined;
	/** False while the broker is down: connections are refused. */
	admitted = true;

	/** `handle` gives a connection to the broker. */
	constructor(readonly handle: (socket: Socket) => Client) {}

	/** Listens on `port` or the next free one. @returns the port it got */
	async listen(port: number): Promise<number> {
		this.#server = createServer((socket) => this.#admit(socket));
		return listenNear(this.#server, port);
	}

	/** A client is connected. */
	get present(): boolean {
		return this.#sockets.size > 0;
	}

	/** A client reads more slowly than the broker writes. */
	areBehind(): boolean {
		for (const socket of this.#sockets) if (socket.writableNeedDrain) return true;
		return false;
	}

	drop(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	async close(): Promise<void> {
		this.drop();
		await new Promise<void>((done) => (this.#server ? this.#server.close(() => done()) : done()));
	}

	#admit(socket: Socket): void {
		if (!this.admitted) {
			socket.destroy();
			return;
		}
		socket.setNoDelay(true);
		this.#sockets.add(socket);
		const client = this.handle(socket);
		const late = setTimeout(() => client.connected || socket.destroy(), CONNECT_TIMEOUT);
		socket.on("close", () => {
			clearTimeout(late);
			this.#sockets.delete(socket);
		});
	}
}
