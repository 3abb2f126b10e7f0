/**
 * Lines: the lamps' serial lines, and a TCP port for the technician.
 *
 * 115200 8N1: a byte takes 10 bits, 86.8 us of virtual time, each way. A line without a terminal is
 * sent all the same. One port serves the whole street: the first line chooses, `lamp 3`; from there
 * on the connection is that lamp's line, byte for byte. A lamp may have a port of its own, too
 * (sockets.ts), which is its line from the first byte.
 */
import { createServer, type Server, type Socket } from "node:net";
import { INPUT, SERIAL_FIFO_BYTES } from "../../hosts/virtual/protocol.js";
import { LOOKAHEAD, type Post, SHORT_LOOKAHEAD } from "../street/network.js";
import { listenNear } from "../util/ports.js";
import { TimedQueue } from "../util/timedqueue.js";
import { fromTerminal } from "./stranger.js";

const BYTES_PER_MS = 115_200 / 10 / 1_000;
/** Bytes delivered to the lamp at a time: half its FIFO, the UART driver's threshold. */
const TAKE_BYTES = SERIAL_FIFO_BYTES / 2;
/**
 * Pasted text waits here for the line; bytes beyond it are lost, as on a wire without handshake.
 */
const PASTE_MAX_BYTES = 16_384;
/** A terminal that reads more slowly than its lamp writes loses bytes beyond this. */
const UNREAD_MAX_BYTES = 1 << 20;
/** `lamp 12345` and some blanks. */
const SELECTOR_MAX_BYTES = 64;
/**
 * A lamp logs out ten minutes of its time after the last byte, which at 600x is a second. A page at
 * the line sends NUL this often, ms: the lamp's editor ignores it.
 */
const ATTEND_EVERY = 5 * 60_000;
const NUL = new Uint8Array(1);

interface Arrival {
	readonly at: number;
	readonly lamp: number;
	/** Bytes for the lamp; absent: a number of bytes that left its FIFO. */
	readonly bytes: Uint8Array | undefined;
	readonly count: number;
	/** A NUL, sent again and again while a page is at the line. */
	readonly isKept?: boolean;
}

interface Line {
	/** Instants until which the wire is busy, each way. */
	outBusy: number;
	inBusy: number;
	inWaiting: number;
	readonly listeners: Set<(bytes: Uint8Array) => void>;
	/** Pages at the line, and whether a NUL is on its way. */
	pages: number;
	isAttended: boolean;
}

export class SerialLines {
	readonly #lines = new Map<number, Line>();
	readonly #queue = new TimedQueue<Arrival>();
	readonly #plugged = new Set<Socket>();
	readonly #servers: Server[] = [];
	#terminals = 0; // listeners of all lines
	/** Last instant of the window that the street is in. */
	#windowEnd = -1;

	constructor(
		readonly lamps: number,
		readonly now: () => number,
	) {}

	/** The longest window, ms: a terminal shall not wait for the FIFO's room. */
	get lookahead(): number {
		return this.#terminals > 0 ? SHORT_LOOKAHEAD : LOOKAHEAD;
	}

	/** The lamp wrote `bytes` into its FIFO at `at`; they leave one by one. */
	onWrite(lamp: number, at: number, bytes: Uint8Array): void {
		const line = this.#line(lamp);
		line.outBusy = Math.max(line.outBusy, at) + bytes.length / BYTES_PER_MS;
		// a terminal plugged in during a window shortens the next one, not the one under way
		const soonest = Math.max(at + this.lookahead, this.#windowEnd) + 1;
		const left = Math.ceil(Math.max(line.outBusy, soonest));
		this.#queue.push({ at: left, lamp, bytes: undefined, count: bytes.length });
		if (line.listeners.size === 0) return;
		const copy = Uint8Array.from(bytes);
		for (const listener of line.listeners) listener(copy);
	}

	/** Types `bytes` at lamp `lamp`. */
	type(lamp: number, bytes: Uint8Array): void {
		const line = this.#line(lamp);
		for (let start = 0; start < bytes.length; start += TAKE_BYTES) {
			const take = Uint8Array.from(bytes.subarray(start, start + TAKE_BYTES));
			if (line.inWaiting + take.length > PASTE_MAX_BYTES) return;
			line.inWaiting += take.length;
			line.inBusy = Math.max(line.inBusy, this.now()) + take.length / BYTES_PER_MS;
			this.#queue.push({ at: Math.ceil(line.inBusy), lamp, bytes: take, count: take.length });
		}
	}

	/** Calls back with all output of lamp `lamp` from now on. @returns ends the calls */
	listen(lamp: number, listener: (bytes: Uint8Array) => void): () => void {
		const { listeners } = this.#line(lamp);
		listeners.add(listener);
		this.#terminals++;
		return () => {
			if (listeners.delete(listener)) this.#terminals--;
		};
	}

	/** Likewise for a page, which keeps the session open while it is at the line. */
	attend(lamp: number, listener: (bytes: Uint8Array) => void): () => void {
		const line = this.#line(lamp);
		const unplug = this.listen(lamp, listener);
		let isThere = true;
		line.pages++;
		if (!line.isAttended) this.#keep(lamp, line, this.now());
		return () => {
			unplug();
			if (isThere) line.pages--;
			isThere = false;
		};
	}

	/** The next NUL, after `at`. */
	#keep(lamp: number, line: Line, at: number): void {
		line.isAttended = true;
		const due = Math.ceil(at + ATTEND_EVERY);
		this.#queue.push({ at: due, lamp, bytes: NUL, count: 1, isKept: true });
	}

	nextDue(): number {
		return this.#queue.nextDue();
	}

	deliver(until: number, post: Post): void {
		this.#windowEnd = until;
		for (let due = this.#queue.take(until); due; due = this.#queue.take(until)) {
			const { at, lamp, bytes, count, isKept } = due;
			const line = this.#line(lamp);
			if (isKept) {
				line.isAttended = false;
				if (line.pages === 0) continue;
				this.#keep(lamp, line, at);
			} else if (bytes) line.inWaiting -= count;
			post(lamp, at, bytes ? INPUT.serialReadable : INPUT.serialWritable, count, 0, bytes);
		}
	}

	/** Opens the technician's port. @returns the port it got */
	async open(port: number): Promise<number> {
		return this.#listenOn(port, (socket) => this.#ask(socket));
	}

	/** Opens a port that is the line of lamp `lamp` alone. @returns the port it got */
	async openLine(lamp: number): Promise<number> {
		return this.#listenOn(0, (socket) => {
			fromTerminal(socket, this.#connect(socket, lamp));
		});
	}

	async close(): Promise<void> {
		for (const socket of this.#plugged) socket.destroy();
		const closed = this.#servers.map(
			(server) => new Promise<void>((done) => server.close(() => done())),
		);
		await Promise.all(closed);
	}

	#listenOn(port: number, serve: (socket: Socket) => void): Promise<number> {
		const server = createServer((socket) => {
			this.#plugged.add(socket);
			socket.setNoDelay(true);
			socket.on("error", () => {}); // `close` follows
			socket.on("close", () => this.#plugged.delete(socket));
			serve(socket);
		});
		server.on("error", () => {}); // of one refused connection; it still listens
		this.#servers.push(server);
		return listenNear(server, port);
	}

	#line(lamp: number): Line {
		let line = this.#lines.get(lamp);
		if (!line) {
			line = {
				outBusy: 0,
				inBusy: 0,
				inWaiting: 0,
				listeners: new Set(),
				pages: 0,
				isAttended: false,
			};
			this.#lines.set(lamp, line);
		}
		return line;
	}

	#ask(socket: Socket): void {
		socket.write(`Lamps 1 to ${this.lamps}. Which one? (lamp N)\r\n`);
		let typed = "";
		const choose = (bytes: Buffer) => {
			typed += bytes.toString("latin1");
			const end = typed.search(/[\r\n]/);
			if (end < 0) {
				if (typed.length > SELECTOR_MAX_BYTES) socket.end("No such lamp.\r\n");
				return;
			}
			const lamp = Number(/^\s*(?:lamp\s+)?(\d{1,7})\s*$/i.exec(typed.slice(0, end))?.[1]);
			const rest = typed.slice(end).replace(/^\r?\n|^\r/, "");
			typed = "";
			if (!(lamp >= 1 && lamp <= this.lamps)) {
				socket.write(`No such lamp. Lamps 1 to ${this.lamps}: lamp N\r\n`);
				return;
			}
			socket.off("data", choose);
			socket.write(`Serial line of lamp ${lamp}.\r\n`);
			socket.on("data", this.#connect(socket, lamp));
			this.type(lamp, Buffer.from(rest || "\r", "latin1")); // a Return wakes the prompt
		};
		fromTerminal(socket, choose);
	}

	/** Sends the lamp's output to the socket. @returns types at the lamp */
	#connect(socket: Socket, lamp: number): (bytes: Buffer) => void {
		const unplug = this.listen(lamp, (bytes) => {
			if (socket.writable && socket.writableLength < UNREAD_MAX_BYTES) socket.write(bytes);
		});
		socket.on("close", unplug);
		return (bytes) => this.type(lamp, bytes);
	}
}
