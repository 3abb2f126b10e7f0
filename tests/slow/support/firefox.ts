/**
 * Firefox: Debian's, without a screen, driven by WebDriver BiDi (W3C): as much of it as it takes to open a
 * page and to ask it for a value.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { Program } from "./programs.js";

const FIREFOX = "/usr/bin/firefox-esr";

interface Answer {
	readonly id?: number;
	readonly type: string;
	readonly message?: string;
	readonly result?: unknown;
}

export class Firefox {
	#last = 0;
	readonly #waiting = new Map<number, (answer: Answer) => void>();
	#tab = "";

	private constructor(
		private readonly program: Program,
		private readonly socket: WebSocket,
		private readonly profile: string,
	) {
		socket.on("message", (data) => {
			const answer = JSON.parse(String(data)) as Answer;
			this.#waiting.get(answer.id ?? 0)?.(answer);
		});
	}

	static async open(): Promise<Firefox> {
		const profile = mkdtempSync(join(tmpdir(), "luminode-firefox-"));
		// nobody beyond this machine can be asked
		const proxy = { type: 1, http: '"127.0.0.1"', http_port: 9, ssl: '"127.0.0.1"', ssl_port: 9 };
		const lines = Object.entries(proxy).map(
			([name, value]) => `user_pref("network.proxy.${name}", ${value});`,
		);
		writeFileSync(join(profile, "user.js"), lines.join("\n"));
		const words = ["--headless", "--profile", profile, "--remote-debugging-port", "0"];
		const program = new Program(FIREFOX, words);
		const [, address] = await program.says(/WebDriver BiDi listening on (ws:\S+)/);
		const socket = new WebSocket(`${address}/session`);
		await new Promise((opened, failed) => socket.on("open", opened).on("error", failed));
		const firefox = new Firefox(program, socket, profile);
		await firefox.#ask("session.new", { capabilities: {} });
		const { contexts } = (await firefox.#ask("browsingContext.getTree", {})) as {
			contexts: { context: string }[];
		};
		firefox.#tab = contexts[0]!.context;
		return firefox;
	}

	async goto(url: string): Promise<void> {
		await this.#ask("browsingContext.navigate", { context: this.#tab, url, wait: "complete" });
	}

	/** A value of the page that JSON can say; awaited, if it is a promise. Rejects if it throws. */
	async value<T>(expression: string): Promise<T> {
		const answer = (await this.#ask("script.evaluate", {
			expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
			target: { context: this.#tab },
			awaitPromise: true,
		})) as { result?: { value: string }; exceptionDetails?: { text: string } };
		if (!answer.result) throw new Error(answer.exceptionDetails?.text);
		return JSON.parse(answer.result.value) as T;
	}

	async close(): Promise<void> {
		this.socket.terminate();
		await this.program.stop();
		rmSync(this.profile, { recursive: true, force: true });
	}

	#ask(method: string, params: object): Promise<unknown> {
		const id = ++this.#last;
		this.socket.send(JSON.stringify({ id, method, params }));
		return new Promise((resolve, reject) =>
			this.#waiting.set(id, ({ type, message, result }) => {
				this.#waiting.delete(id);
				if (type === "error") reject(new Error(`${method}: ${message}`));
				else resolve(result);
			}),
		);
	}
}
