/**
 * Controller: an image in QEMU's ESP32-C3, with two serial lines, Ethernet by slirp and a monitor.
 *
 * Its flash is a file, written as a chip is. Each life of the process is a loss of power before and
 * after; `reset` is a reset alone. A process is ended by its own id.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";

interface Setup {
	readonly emulator: string;
	/** The file of its flash. */
	readonly flash: string;
	/** A TCP port of this computer for the technician's line. */
	readonly port: number;
	/** A path for the socket of QEMU's monitor. */
	readonly monitor: string;
	/** Time by instructions, of 8 ns each, instead of this computer's clock. */
	readonly counted?: boolean;
	/** A TCP port for a debugger, which is to be attached before the controller starts. */
	readonly debuggerPort?: number | undefined;
	/** Called with the console's text, which is the log. */
	readonly onLog: (text: string) => void;
}

const TRY_AGAIN_ms = 20;
const PATIENCE_ms = 20_000;
const PROMPT = "(qemu) ";

/** Words of QEMU's command line. */
export function wordsFor({ flash, port, monitor, counted, debuggerPort }: Setup): string[] {
	return [
		...(counted ? ["-icount", "shift=3,sleep=off"] : []),
		...(debuggerPort === undefined ? [] : ["-S", "-gdb", `tcp:127.0.0.1:${debuggerPort}`]),
		"-M",
		"esp32c3",
		"-display",
		"none",
		"-monitor",
		`unix:${monitor},server=on,wait=off`,
		"-drive",
		`file=${flash},if=mtd,format=raw`,
		"-nic",
		"user,model=open_eth",
		"-serial",
		"stdio",
		"-serial",
		`tcp:127.0.0.1:${port},server=on,wait=off`,
	];
}

export class Controller {
	/** The console of all lives. */
	log = "";
	/** Milliseconds of this computer at the least delayed line so far, less those of the line. */
	offset = Infinity;
	readonly #setup: Setup;
	#process: ChildProcess | undefined;
	#monitor: Socket | undefined;
	#output = "";
	#errors = "";
	#line = "";

	constructor(setup: Setup) {
		this.#setup = setup;
	}

	/** Power comes. Rejects with QEMU's own words if it does not start. */
	async start(more: Pick<Setup, "counted" | "debuggerPort"> = {}): Promise<void> {
		const setup = { ...this.#setup, ...more };
		rmSync(setup.monitor, { force: true });
		this.#output = "";
		this.offset = Infinity;
		this.#errors = "";
		const child = spawn(setup.emulator, wordsFor(setup), {
			stdio: ["pipe", "pipe", "pipe"],
		});
		this.#process = child;
		child.stdout.on("data", (bytes: Buffer) => this.#onLog(bytes.toString("latin1")));
		child.stderr.on("data", (bytes: Buffer) => (this.#errors += bytes.toString()));
		child.on("error", (error) => (this.#errors += error.message));
		this.#monitor = await this.#reached();
		this.#monitor.on("data", (bytes: Buffer) => (this.#output += bytes.toString()));
	}

	async #reached(): Promise<Socket> {
		for (const until = performance.now() + PATIENCE_ms; performance.now() < until; ) {
			if (this.hasEnded) break;
			const socket = connect(this.#setup.monitor);
			const isOpen = await Promise.race([
				once(socket, "connect").then(() => true),
				once(socket, "error").then(() => false),
			]).catch(() => false);
			if (isOpen) return socket.on("error", () => {});
			await new Promise((later) => setTimeout(later, TRY_AGAIN_ms));
		}
		throw new Error(`the emulator does not start: ${this.#errors.trim()}`);
	}

	get hasEnded(): boolean {
		const { exitCode = null, signalCode = null, pid } = this.#process ?? {};
		return exitCode !== null || signalCode !== null || pid === undefined;
	}

	/** A command of QEMU's monitor; resolves with its answer. */
	async command(text: string): Promise<string> {
		await this.#prompt();
		this.#output = "";
		this.#monitor?.write(`${text}\n`);
		await this.#prompt();
		return this.#output.replace(/\r/g, "").split("\n").slice(1, -1).join("\n");
	}

	async #prompt(): Promise<void> {
		for (const until = performance.now() + PATIENCE_ms; !this.#output.endsWith(PROMPT); ) {
			if (this.hasEnded || performance.now() > until) throw new Error("the monitor is silent");
			await new Promise((later) => setTimeout(later, 1));
		}
	}

	/** The level at a pin; resolves with the instant by the lamp's clock, in ms since reset. */
	async pin(number: number, level: boolean): Promise<number> {
		const at = performance.now() - this.offset;
		await this.command(`qom-set /machine/gpio in${number} ${level}`);
		return at;
	}

	/** The chip alone is reset. */
	async reset(): Promise<void> {
		this.offset = Infinity;
		await this.command("system_reset");
	}

	/** Power goes, at this instant. */
	async cut(): Promise<void> {
		const child = this.#process;
		if (!child || this.hasEnded) return;
		const ended = once(child, "exit");
		child.kill("SIGKILL");
		await ended;
		this.#monitor?.destroy();
	}

	/** Resolves when the process has ended. */
	async ended(): Promise<void> {
		if (this.#process && !this.hasEnded) await once(this.#process, "exit");
	}

	#onLog(text: string): void {
		this.log += text;
		this.#setup.onLog(text);
		const lines = `${this.#line}${text}`.split("\n");
		this.#line = lines.pop()!;
		const now = performance.now();
		for (const line of lines) {
			const [, at] = /^duty (\d+) /.exec(line) ?? [];
			if (at) this.offset = Math.min(this.offset, now - Number(at));
		}
	}
}
