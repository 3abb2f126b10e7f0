/**
 * Controller: a pole controller in memory, that misbehaves as the SDK 8.2.3 and ESP-IDF do.
 *
 * What the modules in `sdk/` do, they do to the one controller that has power. An exception that
 * leaves a callback restarts the real one: here it is written down in `restarts`.
 */

import type { Trust } from "../../../hosts/tls/native.js";

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

export class Uart {
	static readonly FIFO = 128;
	room = Uart.FIFO;
	out: number[] = [];
	in: number[] = [];
	onReadable: ((count: number) => void) | undefined;
	onWritable: ((count: number) => void) | undefined;
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
		beats: [] as number[],
	};
	readonly pins = new Map<number, Pin>();
	readonly uart = new Uart();
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
	/** Addresses that a crash left. */
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
		const { uart } = this;
		uart.in.push(...Buffer.from(text));
		uart.in.splice(0, Math.max(0, uart.in.length - Uart.FIFO)); // an overrun is silent
		this.call(() => uart.onReadable?.(uart.in.length));
	}

	/** The FIFO runs empty. */
	drain(): void {
		this.uart.room = Uart.FIFO;
		this.call(() => this.uart.onWritable?.(Uart.FIFO));
	}

	/** What the SDK itself throws where something does not work. */
	fail(what: string): void {
		if (this.broken.has(what)) throw new Error(what);
	}
}

/** The one that has power; modules of the SDK have no other state. */
export const power: { on: Controller } = { on: new Controller() };
