/**
 * Qmp: QEMU's monitor for programs (QMP), one command at a time.
 *
 * Each answer and event is a line of JSON. It has a thread of its own in QEMU, so it answers while the
 * controller computes; the monitor for persons may not.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

interface Answer {
	readonly return?: unknown;
	readonly error?: { readonly desc: string };
}

export class Qmp {
	readonly #socket: Socket;
	#text = "";
	#waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined;

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.setEncoding("utf8");
		socket.on("data", (text: string) => this.#take(text));
		socket.on("error", () => {});
		socket.on("close", () => this.#waiting?.reject(new Error("the emulator's monitor has closed")));
	}

	/** Connects at a path. Rejects where nothing listens yet. */
	static async open(path: string): Promise<Qmp> {
		const socket = connect(path);
		await once(socket, "connect");
		const qmp = new Qmp(socket);
		await qmp.execute("qmp_capabilities");
		return qmp;
	}

	/** Resolves with the command's result; rejects with QEMU's own words. */
	execute(command: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		if (this.#socket.destroyed)
			return Promise.reject(new Error("the emulator's monitor has closed"));
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#socket.write(`${JSON.stringify({ execute: command, arguments: given })}\n`);
		});
	}

	close(): void {
		this.#socket.destroy();
	}

	#take(text: string): void {
		const lines = `${this.#text}${text}`.split("\n");
		this.#text = lines.pop()!;
		for (const line of lines) {
			const answer = JSON.parse(line) as Answer; // a greeting and an event have neither
			if (answer.error) this.#waiting?.reject(new Error(answer.error.desc));
			else if ("return" in answer) this.#waiting?.resolve(answer.return);
		}
	}
}
