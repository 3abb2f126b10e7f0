/**
 * Controller: a pole controller in memory, that misbehaves as the SDK 8.2.3 and ESP-IDF do.
 *
 * What the modules in `sdk/` do, they do to the one controller that has power. An exception that
 * leaves a callback restarts the real one: here it is written down in `restarts`.
 */

import type { Trust } from "../../../hosts/tls/native.js";

/** At 115,200 baud. */
const BYTES_A_ms = 11;
/** Thresholds of the FIFO's interrupts, in bytes. */
const ALMOST_EMPTY = 10;
const ALMOST_FULL = 96;
/** Of hosts/esp32/manifest.json. */
const QUEUE_LENGTH = 32;

export interface Entry {
	readonly callback: (timer: Entry) => void;
	at: number;
	readonly every: number | undefined;
	isOver: boolean;
}

export class Pin {
	level: 0 | 1 = 0;
	/** Edges find the queue full: the first is lost, and every later one with it, until closed. */
	isSilent = false;
	written: number[] = [];
	onReadable: (() => void) | undefined;
	opened = 0;
}

/** The UART, and what the SDK's serial.c keeps of it: names of its own where they are clear. */
export class Uart {
	static readonly FIFO = 128;
	room = Uart.FIFO;
	out: number[] = [];
	in: number[] = [];
	onReadable: ((count: number) => void) | undefined;
	onWritable: ((count: number) => void) | undefined;
	/** Of the port, in one byte: the object, and each message on its way. At 0 it is freed. */
	useCount = 1;
	isFreed = false;
	isReadable = false;
	isWritable = false;
	/** Bytes came since the last interrupt for them. */
	hasNew = false;
	/** Interrupts that are enabled. */
	receives = true;
	transmits = true;
}

/** The end of a cable, as the SDK's Ethernet and ESP-IDF's DHCP see it. */
export class Cable {
	isPlugged = false;
	isConnecting = false;
	hasAddress = false;
	lease: "none" | "asked" | "held" = "none";
}

/** TLS on a socket, from the test's side. */
export interface Link {
	readonly trust: Trust;
	onNews(): void;
	isClosed: boolean;
}

/** One TCP socket, from the test's side. */
export interface Wire {
	readonly address: string;
	readonly port: number;
	readonly sent: number[];
	readonly received: number[];
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
	isClosed: boolean;
}

export class Controller {
	now = 0;
	/** The 32-bit counter is this much ahead of `now`: it wraps soon. */
	ticksAhead = 0;
	date = 0;
	readonly timers: Entry[] = [];
	readonly restarts: string[] = [];
	readonly order: string[] = [];
	/** Values of the LEDC as fade.c makes them, but full is 2^resolution - 1. */
	readonly duties: number[] = [];
	readonly paths: number[][] = [];
	/** When the interrupt got a beat. */
	readonly beats: number[] = [];
	light = { full: 0, inverted: false, fallsUntil: -1 };
	/** The bus: `answer` of the frame under way, -4: none yet. */
	readonly bus = {
		answer: -4,
		isBusy: false,
		sent: [] as [frame: number, twice: number][],
		armed: [] as number[],
		insisted: [] as number[],
		beats: [] as number[],
	};
	readonly pins = new Map<number, Pin>();
	readonly uart = new Uart();
	/** Messages that wait for XS. One that finds it full is lost. */
	readonly queue: (() => void)[] = [];
	analog: number | undefined = 0;
	/** Answers of the I2C chip; undefined: it does not answer. */
	i2c: Uint8Array | undefined;
	i2cTimeout = 0;
	/** Those that a bus is open to. */
	readonly addresses = new Set<number>();
	/** The light chip has a measurement from then on; undefined: it was not started. */
	measuredAt: number | undefined;
	/** Registers of the DS3231 at 0x68; undefined: none is fitted. */
	clockChip: Uint8Array | undefined;
	/** RTC memory: the level, and the refusals. */
	retained = [Number.NaN, Number.NaN];
	shone = -1;
	wasAsked = 0;
	/** What an end left: a word and its detail, input and room, addresses. */
	ended = "";
	wasAt = -1;
	/** Inputs and rooms at work, by their numbers. */
	works: [input: number, room: number][] = [];
	crash: number[] = [];
	connection = 200;
	canConnect = true;
	joins: unknown[] = [];
	leaves = 0;
	/** Names of the Wi-Fi networks in reach; undefined: no scan is possible. */
	radio: readonly string[] | undefined = [];
	/** Scans under way; each is called at its end. */
	readonly scans: (() => void)[] = [];
	onChanged: ((property: string) => void) | undefined;
	hasInterface = false;
	readonly cable = new Cable();
	readonly names = new Map<string, string>();
	readonly lookups: [name: string, done: (address: string | undefined) => void][] = [];
	readonly wires: Wire[] = [];
	/** TLS on them, in their order. */
	readonly links: Link[] = [];
	/** The next TLS handshakes are refused. */
	refusal = false;
	readonly udp: { port: number | undefined; in: Uint8Array[]; onReadable: (n: number) => void }[] =
		[];
	readonly datagrams: [bytes: Uint8Array, address: string, port: number][] = [];
	readonly nvs = new Map<string, string | number>();
	nvsError: string | undefined;
	readonly journal = new Uint8Array(8192).fill(255);
	hasJournal = true;
	profile = "release";
	slot = 0;
	image: number[] | undefined;
	images: string[] = [];
	/** `esp_ota_img_states_t` of the running image; undefined: it came over the cable, and has none. */
	otaState: number | undefined;
	resetReason = 1;
	chance = 7;
	broken = new Set<string>();

	pin(number: number): Pin {
		const pin = this.pins.get(number) ?? new Pin();
		this.pins.set(number, pin);
		return pin;
	}

	/** What the SDK calls from its loop. */
	call(callback: (() => void) | undefined): void {
		try {
			callback?.();
		} catch (error) {
			this.restarts.push(String(error));
		}
	}

	/** Lets time pass, timers firing in order. */
	pass(milliseconds: number): void {
		const until = this.now + milliseconds;
		for (;;) {
			const due = this.timers
				.filter(({ isOver, at }) => !isOver && at <= until)
				.sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.advance(Math.max(this.now, due.at));
			if (due.every === undefined) due.isOver = true;
			else due.at += due.every;
			this.call(() => due.callback(due));
		}
		this.advance(until);
	}

	private advance(to: number): void {
		this.date += to - this.now;
		this.now = to;
	}

	/** The level of a pin changes. */
	edge(number: number, level: 0 | 1): void {
		const pin = this.pin(number);
		pin.level = level;
		if (!pin.isSilent) this.call(pin.onReadable);
	}

	change(connection: number): void {
		this.connection = connection;
		this.call(() => this.onChanged?.("connection"));
	}

	/** A cable is plugged in or pulled: DHCP begins, or ends. */
	plug(isPlugged: boolean): void {
		const lease = isPlugged ? "asked" : "none";
		Object.assign(this.cable, { isPlugged, lease, hasAddress: false, isConnecting: false });
		this.call(() => this.onChanged?.("connection"));
	}

	/** The DHCP server answers who asked. */
	lease(): void {
		if (this.cable.lease !== "asked") return;
		Object.assign(this.cable, { lease: "held", hasAddress: true });
		this.call(() => this.onChanged?.("connection"));
	}

	/** The resolver answers what was asked. */
	answerNames(): void {
		for (const [name, done] of this.lookups.splice(0)) this.call(() => done(this.names.get(name)));
	}

	type(text: string): void {
		this.receive(Buffer.from(text));
		this.serve();
	}

	/** The FIFO runs empty. */
	drain(): void {
		this.uart.room = Uart.FIFO;
		this.interrupt();
		this.serve();
	}

	/**
	 * Text without a pause, at the speed of the line, while each message keeps XS busy for `busy` ms.
	 * `quick`: what is written leaves at once, as in an emulator. Returns the most messages that waited.
	 */
	flood(text: string, busy: number, quick = false): number {
		const bytes = Buffer.from(text);
		let most = 0;
		let freeAt = this.now;
		for (let at = 0; at < bytes.length && this.restarts.length === 0; at += BYTES_A_ms) {
			this.receive(bytes.subarray(at, at + BYTES_A_ms));
			this.uart.room = quick ? Uart.FIFO : Math.min(Uart.FIFO, this.uart.room + BYTES_A_ms);
			this.interrupt();
			most = Math.max(most, this.queue.length);
			if (this.now >= freeAt && this.queue.length > 0) {
				this.queue.shift()!();
				freeAt = this.now + busy;
			}
			this.pass(1);
		}
		return most;
	}

	private receive(bytes: Uint8Array): void {
		const { uart } = this;
		uart.in.push(...bytes.subarray(0, Uart.FIFO - uart.in.length)); // an overrun is silent
		uart.hasNew = true;
		this.interrupt();
	}

	/** `serial_isr`. */
	interrupt(): void {
		const { uart } = this;
		let isNews = false;
		if (uart.transmits && uart.onWritable && Uart.FIFO - uart.room < ALMOST_EMPTY) {
			isNews = !uart.isWritable;
			uart.isWritable = true;
			uart.transmits = false;
		}
		const isDue = uart.hasNew || uart.in.length >= ALMOST_FULL;
		if (uart.receives && uart.onReadable && isDue && uart.in.length > 0) {
			isNews ||= !uart.isReadable;
			uart.isReadable = true;
			uart.receives = uart.hasNew = false;
		}
		if (!isNews) return;
		uart.useCount = (uart.useCount + 1) & 0xff;
		if (this.queue.length < QUEUE_LENGTH) this.queue.push(() => this.deliver());
	}

	/** `serialDeliver`. */
	private deliver(): void {
		const { uart } = this;
		uart.useCount = (uart.useCount - 1) & 0xff;
		if (uart.useCount === 0) {
			uart.isFreed = true;
			return;
		}
		if (uart.isReadable) {
			uart.isReadable = false;
			this.callBack(uart.onReadable, uart.in.length);
			uart.receives = true;
			this.interrupt();
		}
		if (uart.isWritable) {
			uart.isWritable = false;
			this.callBack(uart.onWritable, uart.room);
		}
	}

	private callBack(callback: ((count: number) => void) | undefined, count: number): void {
		if (this.uart.isFreed) this.restarts.push("call: not a function");
		else if (count > 0) this.call(() => callback?.(count));
	}

	/** Delivers what waits, and what that brings, as far as a test can mean it. */
	private serve(): void {
		for (let index = 0; index < QUEUE_LENGTH && this.queue.length > 0; index += 1)
			this.queue.shift()!();
	}

	/** What the SDK itself throws where something does not work. */
	fail(what: string): void {
		if (this.broken.has(what)) throw new Error(what);
	}
}

/** The one that has power; modules of the SDK have no other state. */
export const power: { on: Controller } = { on: new Controller() };
