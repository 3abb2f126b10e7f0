/**
 * Controller: an image in QEMU's ESP32-C3, with two serial lines, Ethernet by slirp and a monitor.
 *
 * Its time is a count of instructions, 8 ns each; while it waits, time passes as on this computer. So a
 * busy computer makes it slow, and changes nothing that it does by its own clock.
 *
 * Its flash is a file, written as a chip is. Each life of the process is a loss of power before and
 * after; `reset` is a reset alone. A process is ended by its own id.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { Qmp } from "./qmp.js";

interface Setup {
	readonly emulator: string;
	/** The file of its flash. */
	readonly flash: string;
	/** A TCP port of this computer for the technician's line. */
	readonly port: number;
	/** A path for the socket of QEMU's monitor. */
	readonly monitor: string;
	/** While it waits, time passes at once; for a controller to which nothing here speaks. */
	readonly fast?: boolean;
	/** A TCP port for a debugger, which is to be attached before the controller starts. */
	readonly debuggerPort?: number | undefined;
	/** Called with the console's text, which is the log. */
	readonly onLog: (text: string) => void;
}

const TRY_AGAIN_ms = 20;
/** Only ends what hangs: a busy computer makes all slow. */
const PATIENCE_ms = 600_000;

/** Words of QEMU's command line. */
export function wordsFor({ flash, port, monitor, fast, debuggerPort }: Setup): string[] {
	return [
		"-icount",
		`shift=3,sleep=${fast ? "off" : "on"}`,
		...(debuggerPort === undefined ? [] : ["-S", "-gdb", `tcp:127.0.0.1:${debuggerPort}`]),
		"-M",
		"esp32c3",
		"-display",
		"none",
		"-monitor",
		"none",
		"-qmp",
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
	readonly #setup: Setup;
	#process: ChildProcess | undefined;
	#monitor: Qmp | undefined;
	#errors = "";

	constructor(setup: Setup) {
		this.#setup = setup;
	}

	/** Power comes. Rejects with QEMU's own words if it does not start. */
	async start(more: Pick<Setup, "fast" | "debuggerPort"> = {}): Promise<void> {
		const setup = { ...this.#setup, ...more };
		rmSync(setup.monitor, { force: true });
		this.#errors = "";
		const child = spawn(setup.emulator, wordsFor(setup), {
			stdio: ["pipe", "pipe", "pipe"],
		});
		this.#process = child;
		child.stdout.on("data", (bytes: Buffer) => {
			const text = bytes.toString("latin1");
			this.log += text;
			this.#setup.onLog(text);
		});
		child.stderr.on("data", (bytes: Buffer) => (this.#errors += bytes.toString()));
		child.on("error", (error) => (this.#errors += error.message));
		this.#monitor = await this.#reached();
	}

	async #reached(): Promise<Qmp> {
		for (const until = performance.now() + PATIENCE_ms; performance.now() < until; ) {
			if (this.hasEnded) break;
			const found = await Qmp.open(this.#setup.monitor).catch(() => undefined);
			if (found) return found;
			await pause();
		}
		throw new Error(`the emulator does not start: ${this.#errors.trim()}`);
	}

	get hasEnded(): boolean {
		const { exitCode = null, signalCode = null, pid } = this.#process ?? {};
		return exitCode !== null || signalCode !== null || pid === undefined;
	}

	/** A command of QEMU's monitor for persons; resolves with its answer. */
	async command(text: string): Promise<string> {
		const answer = await this.#execute("human-monitor-command", { "command-line": text });
		return String(answer).replace(/\r/g, "").trimEnd();
	}

	async #execute(command: string, given?: Readonly<Record<string, unknown>>): Promise<unknown> {
		if (!this.#monitor) throw new Error("the emulator has not started");
		return this.#monitor.execute(command, given);
	}

	/** The level at a pin. */
	async level(number: number, level: boolean): Promise<void> {
		const property = `in${number}`;
		await this.#execute("qom-set", { path: "/machine/gpio", property, value: level });
	}

	/** Another level at a pin that has an interrupt; resolves with the instant by the lamp's clock, ms since reset. */
	async edge(number: number, level: boolean): Promise<number> {
		const from = this.log.length;
		await this.level(number, level);
		for (const until = performance.now() + PATIENCE_ms; performance.now() < until; ) {
			const [, at] = /^edge (\d+)\r?\n/m.exec(this.log.slice(from)) ?? [];
			if (at) return Number(at);
			if (this.hasEnded) break;
			await pause();
		}
		throw new Error(`the lamp has no edge at pin ${number}`);
	}

	/** The chip alone is reset. */
	async reset(): Promise<void> {
		await this.#execute("system_reset");
	}

	/** Power goes, at this instant. */
	async cut(): Promise<void> {
		const child = this.#process;
		if (!child || this.hasEnded) return;
		const ended = once(child, "exit");
		child.kill("SIGKILL");
		await ended;
		this.#monitor?.close();
	}

	/** Resolves when the process has ended. */
	async ended(): Promise<void> {
		if (this.#process && !this.hasEnded) await once(this.#process, "exit");
	}
}

const pause = (): Promise<void> => new Promise((later) => setTimeout(later, TRY_AGAIN_ms));
