/**
 * Brokers: real ones that can be killed and come back, each on a port of its own.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { pause } from "../../support/until.js";
import type { Mortal } from "./moments.js";
import { freePort, Program } from "./programs.js";

const MOSQUITTO = "/usr/sbin/mosquitto";

export interface Broker extends Mortal {
	/** What it wrote. */
	readonly output: string;
	stop(): Promise<void>;
}

/** Debian's mosquitto; `lines` of its configuration stand before the listener's own. */
export class Mosquitto implements Broker {
	port = 0;
	readonly folder = mkdtempSync(join(tmpdir(), "luminode-"));
	#program: Program | undefined;

	/** `words`: without `-v` it writes no line for each packet. */
	constructor(readonly args: readonly string[] = ["-v"]) {}

	/** The port of a later start; the two after it are free, too. */
	async reserve(): Promise<number> {
		return (this.port ||= await freePort());
	}

	/** `lines`: of the listener. */
	async start(lines: readonly string[]): Promise<this> {
		await this.reserve();
		const userLine = `user ${userInfo().username}`; // started by root it would not read our keys
		const all = [userLine, `listener ${this.port} 127.0.0.1`, ...lines];
		writeFileSync(join(this.folder, "mosquitto.conf"), `${all.join("\n")}\n`);
		await this.revive();
		return this;
	}

	write(name: string, text: string): string {
		const path = join(this.folder, name);
		writeFileSync(path, text, { mode: 0o644 });
		return path;
	}

	get pid(): number | undefined {
		return this.#program?.pid;
	}

	get output(): string {
		return this.#program?.output ?? "";
	}

	kill(): void {
		void this.#program?.stop("SIGKILL");
	}

	/** Ends as a service does, with its sessions on the disk, and comes back. */
	async restart(): Promise<void> {
		await this.#program?.stop();
		await this.revive();
	}

	async revive(): Promise<void> {
		await this.#program?.stop("SIGKILL");
		this.#program = new Program(MOSQUITTO, [
			"-c",
			join(this.folder, "mosquitto.conf"),
			...this.args,
		]);
		await this.#program.says(/mosquitto version .* running/);
	}

	async stop(): Promise<void> {
		await this.#program?.stop();
		rmSync(this.folder, { recursive: true });
	}
}

/** The embedded broker, as it stands behind the simulator's port for people. */
export class Embedded implements Broker {
	port = 0;
	readonly output = "";
	readonly #sockets = new Set<Socket>();
	#server: Server | undefined;
	#broker: Aedes | undefined;

	async start(): Promise<this> {
		this.port = await freePort();
		await this.revive();
		return this;
	}

	kill(): void {
		this.#server?.close();
		for (const socket of this.#sockets) socket.destroy();
	}

	async revive(): Promise<void> {
		await this.stop();
		const broker = await Aedes.createBroker();
		this.#broker = broker;
		const server = createServer((socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			socket.on("close", () => this.#sockets.delete(socket));
			broker.handle(socket);
		});
		this.#server = server;
		await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
	}

	async stop(): Promise<void> {
		this.kill();
		while (this.#sockets.size > 0) await pause(1);
		const broker = this.#broker;
		if (broker) await new Promise<void>((resolve) => broker.close(() => resolve()));
	}
}
