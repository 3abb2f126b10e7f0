/** Aedes broker: an MQTT broker inside the test, without accounts. */
import { createServer, type Server, type Socket } from "node:net";
import { Aedes } from "aedes";

interface Store {
	createRetainedStream(filter: string): AsyncIterable<{ topic: string; payload: Uint8Array }>;
}
/** What a broker of that kind keeps; its types name it not. */
export const storeOf = (broker: Aedes) => (broker as unknown as { persistence: Store }).persistence;

export class AedesBroker {
	port = 0;
	#server!: Server;
	#aedes!: Aedes;
	readonly #sockets = new Set<Socket>();

	async start(port = 0): Promise<this> {
		this.#aedes = await Aedes.createBroker({ queueLimit: 100_000 });
		this.#server = createServer((socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
			this.#aedes.handle(socket);
		});
		await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
		this.port = (this.#server.address() as { port: number }).port;
		return this;
	}

	get url(): string {
		return `mqtt://127.0.0.1:${this.port}`;
	}

	/** Retained messages of a filter, at this instant. */
	async retained(filter: string): Promise<readonly { topic: string; payload: Uint8Array }[]> {
		const found = [];
		for await (const packet of storeOf(this.#aedes).createRetainedStream(filter))
			found.push(packet);
		return found;
	}

	/** Cuts every connection. */
	cut(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	async stop(): Promise<void> {
		this.cut();
		await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}
}
