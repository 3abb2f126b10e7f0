/**
 * Sockets: connections to chosen lamps' lines: a TCP port each and, if socat is installed, a device
 * (a pseudo terminal), which any terminal program opens like `/dev/ttyUSB0`.
 *
 * socat waits until the device is opened, connects it to the port, and ends when it is closed;
 * another one replaces it. So output without a terminal is lost, as on a wire.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOOPBACK } from "../ports/ports.js";
import type { SerialPorts } from "./serialports.js";

/** ms within which a device must exist; socat takes some ten. */
const READY_WITHIN = 2_000;
const LOOK_EACH = 20;
/** ms: a socat that ends sooner could not create its device, and the next could not either. */
const TOO_SHORT = 30;
/** s between socat's polls for an opened device. */
const WATCH_EACH = 0.05;

export class Sockets {
	readonly #devices: Device[] = [];
	readonly #folder = mkdtempSync(join(tmpdir(), "luminode-"));

	private constructor() {}

	/** Opens the lines of `lamps` and prints their addresses. */
	static async open(
		lamps: readonly number[],
		lines: SerialPorts,
		print: (line: string) => void,
	): Promise<Sockets> {
		const self = new Sockets();
		for (const lamp of lamps) {
			const port = await lines.openLine(lamp);
			const device = new Device(join(self.#folder, `lamp-${lamp}`), port);
			self.#devices.push(device);
			const path = (await device.isReady()) ? `, ${device.path}` : "";
			print(`serial line of lamp ${lamp}: tcp:${LOOPBACK}:${port}${path}`);
		}
		return self;
	}

	/** Closes all. */
	async close(): Promise<void> {
		await Promise.all(this.#devices.map((device) => device.close()));
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

/** A pseudo terminal connected to a TCP port, kept up by one socat after the other. */
class Device {
	#socat: ChildProcess | undefined;
	#ended: Promise<void> = Promise.resolve();
	#closed = false;

	constructor(
		readonly path: string,
		readonly port: number,
	) {
		this.#start();
	}

	/** Whether there is a device; none without socat. */
	async isReady(): Promise<boolean> {
		for (let waited = 0; waited < READY_WITHIN && this.#socat; waited += LOOK_EACH) {
			if (existsSync(this.path)) return true;
			await new Promise((resolve) => setTimeout(resolve, LOOK_EACH));
		}
		return false;
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#socat?.kill();
		await this.#ended;
	}

	#start(): void {
		const device = `PTY,link=${this.path},raw,echo=0,wait-slave,pty-interval=${WATCH_EACH}`;
		const args = ["-t0", device, `TCP:${LOOPBACK}:${this.port},nodelay`];
		const socat = spawn("socat", args, { stdio: "ignore" });
		const began = performance.now();
		this.#socat = socat;
		this.#ended = new Promise((ended) => {
			socat.on("error", () => this.#end(ended, false));
			socat.on("exit", () => this.#end(ended, performance.now() - began > TOO_SHORT));
		});
	}

	#end(ended: () => void, again: boolean): void {
		this.#socat = undefined;
		if (again && !this.#closed) this.#start();
		ended();
	}
}
