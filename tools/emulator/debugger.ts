/**
 * Debugger: QEMU's gdb server, as far as it takes to hold a controller at the nth call of functions.
 *
 * Remote serial protocol of GDB: packets `$TEXT#SUM`. A breakpoint at the present address would stop
 * again at once, so it is removed for one step.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const TRIES = 100;
const TRY_AGAIN_ms = 20;
const WIDTH = 2; // RISC-V: the shortest instruction

export class Debugger {
	readonly #socket: Socket;
	readonly #places: readonly number[];
	#text = "";
	#wake: (() => void) | undefined;

	private constructor(socket: Socket, places: readonly number[]) {
		this.#socket = socket;
		this.#places = places;
		socket.on("error", () => {});
		socket.on("data", (bytes: Buffer) => {
			this.#text += bytes.toString("latin1");
			this.#wake?.();
		});
		socket.on("close", () => this.#wake?.());
	}

	/** Attaches, which holds the controller, and sets breakpoints at these addresses. */
	static async attach(port: number, places: readonly number[]): Promise<Debugger> {
		const socket = await reached(port);
		const it = new Debugger(socket, places);
		await it.#ask("QStartNoAckMode");
		await it.#ask("qXfer:features:read:target.xml:0,ffb"); // before it QEMU refuses `p` and `P`
		await it.#set("Z");
		return it;
	}

	/** Runs on until a breakpoint is reached. */
	async next(): Promise<void> {
		await this.#set("z");
		await this.#ask("s");
		await this.#set("Z");
		await this.#ask("c");
	}

	/** Runs to the first breakpoint. */
	async first(): Promise<void> {
		await this.#ask("c");
	}

	/** Writes into RAM while it is held. */
	async write(at: number, bytes: Uint8Array): Promise<void> {
		const text = Buffer.from(bytes).toString("hex");
		const answer = await this.#ask(`M${at.toString(16)},${bytes.length.toString(16)}:${text}`);
		if (answer !== "OK") throw new Error(`the debugger refuses to write: ${answer}`);
	}

	/** A register, by its number in RISC-V; 32 is the program counter. */
	async register(number: number): Promise<number> {
		return wordOf(await this.#ask(`p${number.toString(16)}`));
	}

	async setRegister(number: number, value: number): Promise<void> {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32LE(value >>> 0);
		const answer = await this.#ask(`P${number.toString(16)}=${bytes.toString("hex")}`);
		if (answer !== "OK") throw new Error(`the debugger refuses register ${number}: ${answer}`);
	}

	/** Takes all breakpoints away. */
	async clear(): Promise<void> {
		await this.#set("z");
	}

	/** Lets it run, without an answer. */
	release(): void {
		this.#socket.write(packetOf("c"));
	}

	close(): void {
		this.#socket.destroy();
	}

	async #set(kind: "Z" | "z"): Promise<void> {
		for (const place of this.#places) await this.#ask(`${kind}0,${place.toString(16)},${WIDTH}`);
	}

	/** Sends a packet; resolves with the text of the answer. */
	async #ask(text: string): Promise<string> {
		this.#socket.write(packetOf(text));
		for (;;) {
			const found = /\$([^#]*)#[\da-f]{2}/.exec(this.#text);
			if (found) {
				this.#text = this.#text.slice(found.index + found[0].length);
				return found[1]!;
			}
			if (this.#socket.destroyed) throw new Error("the debugger's connection ended");
			await new Promise<void>((go) => {
				this.#wake = go;
			});
		}
	}
}

function wordOf(answer: string): number {
	if (!/^[\da-f]{8}$/.test(answer)) throw new Error(`the debugger gives no word: ${answer}`);
	return Buffer.from(answer, "hex").readUInt32LE();
}

function packetOf(text: string): string {
	const sum = [...text].reduce((total, sign) => total + sign.charCodeAt(0), 0) % 256;
	return `$${text}#${sum.toString(16).padStart(2, "0")}`;
}

/** QEMU listens for its debugger somewhat later than for its monitor. */
async function reached(port: number): Promise<Socket> {
	for (let left = TRIES; ; left -= 1) {
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		try {
			await once(socket, "connect");
			return socket;
		} catch (error) {
			if (left === 0) throw error;
			await new Promise((later) => setTimeout(later, TRY_AGAIN_ms));
		}
	}
}

/** Addresses of functions in a program of ELF (32 bits, little-endian). Throws for a missing name. */
export function addressesIn(elf: Buffer, names: readonly string[]): number[] {
	const [headers, size, count] = [elf.readUInt32LE(32), elf.readUInt16LE(46), elf.readUInt16LE(48)];
	const section = (index: number) => {
		const at = headers + index * size;
		return {
			type: elf.readUInt32LE(at + 4),
			offset: elf.readUInt32LE(at + 16),
			bytes: elf.readUInt32LE(at + 20),
			link: elf.readUInt32LE(at + 24),
		};
	};
	const found = new Map<string, number>();
	for (let index = 0; index < count; index += 1) {
		const { type, offset, bytes, link } = section(index);
		if (type !== 2) continue; // SHT_SYMTAB
		const texts = section(link).offset;
		for (let at = offset; at < offset + bytes; at += 16) {
			const begin = texts + elf.readUInt32LE(at);
			const name = elf.toString("latin1", begin, elf.indexOf(0, begin));
			if (names.includes(name)) found.set(name, elf.readUInt32LE(at + 4));
		}
	}
	return names.map((name) => {
		const address = found.get(name);
		if (address === undefined) throw new Error(`the program has no ${name}`);
		return address;
	});
}
