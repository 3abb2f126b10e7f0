/**
 * Lamp: the connected lamp: its plain mode for the page, or its screen in the terminal.
 */
import { Terminal } from "../../../lib/terminal.js";
import { type Answer, Plain } from "../../laptop/line/plain.js";
import type { Line } from "../../laptop/line/serial.js";
import { openPort, type Port } from "./serialline.js";

export class Lamp {
	readonly talk: Plain;
	/** The screen while the terminal is open. */
	screen: Terminal | undefined;
	readonly #line: Line;

	private constructor(talk: Plain, line: Line) {
		this.talk = talk;
		this.#line = line;
	}

	/** Opens the port and finds the lamp. `onScreen`: its screen changed; `onGone`: unplugged. */
	static async open(port: Port, onScreen: () => void, onGone: () => void): Promise<Lamp> {
		const decoder = new TextDecoder();
		let lamp: Lamp | undefined;
		let line: Line | undefined;
		const onBytes = (bytes: Uint8Array) => {
			if (!lamp?.screen) return;
			lamp.screen.write(decoder.decode(bytes, { stream: true }));
			onScreen();
		};
		const talk = await Plain.open("serial", async (_name, ears) => {
			line = await openPort(
				port,
				{
					onBytes: (bytes) => ears.onBytes(bytes),
					onGone: () => {
						ears.onGone();
						onGone();
					},
				},
				onBytes,
			);
			return line;
		});
		lamp = new Lamp(talk, line!);
		return lamp;
	}

	close(): Promise<void> {
		return this.talk.close();
	}

	/** The lines of a command as people read them. */
	async lines(command: string): Promise<string[]> {
		const { body } = await this.talk.do(command);
		return body.map((line) => (JSON.parse(line) as { text?: string }).text ?? line);
	}

	/** All settings as texts; the edited values where there are any. */
	async settings(): Promise<Map<string, string>> {
		const { body } = await this.talk.do("show");
		const values = new Map<string, string>();
		for (const line of body) {
			const { name, value, candidate = value } = JSON.parse(line);
			if (value !== undefined) values.set(name, String(candidate));
		}
		return values;
	}

	ask(command: string, name = command): Promise<Answer> {
		return this.talk.ask(command, name);
	}

	/** Shows the console as a terminal does. */
	async openTerminal(): Promise<void> {
		this.screen = new Terminal();
		this.#line.write("interactive\r\r");
	}

	type(text: string): void {
		this.#line.write(text);
	}

	async closeTerminal(): Promise<void> {
		this.screen = undefined;
		await this.talk.greet();
	}
}
