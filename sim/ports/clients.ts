/**
 * TCP clients: programs that connect to the embedded broker over TCP, on the wall clock.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { Client } from "aedes";
import { type Guests, PATIENCE } from "../network/broker/guests.js";
import { LOOPBACK, listenNear } from "./ports.js";

/** A connection without a CONNECT by then is closed, ms of wall clock. */
const CONNECT_TIMEOUT = 30_000;
/** A client that reads at all takes megabytes a second over the loopback interface. */
const LEAST_BYTES = 65_536;

/** How long the street has waited for a client, and the bytes it had taken at the beginning. */
interface Wait {
	waited: number;
	readonly taken: number;
}

export class TcpClients implements Guests {
	readonly #sockets = new Map<Socket, Client>();
	readonly #waits = new WeakMap<Socket, Wait>();
	#server: Server | undefined;
	admitted = true;
	url: string | undefined;

	/** Listens on `port` or the next free one; `say` prints a line. */
	constructor(
		readonly port: number,
		readonly say: (line: string) => void,
	) {}

	async listen(handle: (socket: Socket) => Client): Promise<void> {
		this.#server = createServer((socket) => this.#admit(socket, handle));
		this.url = `mqtt://${LOOPBACK}:${await listenNear(this.#server, this.port)}`;
	}

	get present(): boolean {
		return this.#sockets.size > 0;
	}

	areBehind(step: number): boolean {
		let isBehind = false;
		for (const [socket, client] of this.#sockets) {
			if (!socket.writableNeedDrain || socket.destroyed) continue;
			isBehind = true;
			const taken = socket.bytesWritten - socket.writableLength;
			let wait = this.#waits.get(socket);
			if (!wait || taken - wait.taken >= LEAST_BYTES)
				this.#waits.set(socket, (wait = { waited: 0, taken }));
			wait.waited += step;
			if (wait.waited > PATIENCE) this.#dropStalled(socket, client);
		}
		return isBehind;
	}

	drop(): void {
		for (const socket of this.#sockets.keys()) socket.destroy();
	}

	#dropStalled(socket: Socket, client: Client): void {
		const from = `${socket.remoteAddress}:${socket.remotePort}`;
		this.say(
			`broker: client ${client.id} (${from}) is disconnected: it has not read for ${PATIENCE / 1000} s`,
		);
		socket.destroy();
	}

	async close(): Promise<void> {
		this.drop();
		await new Promise<void>((done) => (this.#server ? this.#server.close(() => done()) : done()));
	}

	#admit(socket: Socket, handle: (socket: Socket) => Client): void {
		if (!this.admitted) {
			socket.destroy();
			return;
		}
		socket.setNoDelay(true);
		const client = handle(socket);
		this.#sockets.set(socket, client);
		const late = setTimeout(() => client.connected || socket.destroy(), CONNECT_TIMEOUT);
		socket.on("close", () => {
			clearTimeout(late);
			this.#sockets.delete(socket);
		});
	}
}
