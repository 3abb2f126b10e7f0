/**
 * Fake host: answers every door of `Host` in plain memory, for tests of the node.
 *
 * Time moves only by `run`, which calls `tick` at each alarm. What the node does is written down.
 */
import { createHash, createHmac } from "node:crypto";
import { Carrier, POINT } from "../../hosts/moddable/carrier.js";
import { checkCertificate, checkKey, isPair } from "../../hosts/moddable/certificate.js";
import { verify as ecdsaVerify } from "../../hosts/virtual/fleet/p256.js";
import { dueIn } from "../../hosts/virtual/lamp/due.js";
import type {
	FlashLog,
	Host,
	Inputs,
	NetworkState,
	PowerCause,
	StreamTarget,
} from "../../src/host.js";
import type { Node } from "../../src/node.js";
import { EARLIEST_UTC } from "../../src/time/clock.js";
import type { Duty, Lux, Millis, UtcMillis } from "../../src/units.js";

const ENCODER = new TextEncoder();

/** Turns at one instant: an update takes hundreds of pieces so. */
const MOST_TURNS = 10_000;
/** An identifier that no stream has. */
const NO_STREAM = -1;

export class FakeHost implements Host {
	readonly serial = "fake-0001";
	readonly hardware = "fake/1";
	profile: Host["profile"] = "development";
	powerCause: PowerCause = "powerOn";
	lightSensorRange: Lux | undefined = 54_612 as Lux;
	now: Millis = 0;
	alarmAt: Millis = Infinity;
	alarms = 0;
	wall: UtcMillis | undefined;
	inputs: Inputs | undefined;
	readonly duties: [at: Millis, duty: number][] = [];
	readonly shown: number[][] = [];
	readonly restarts: string[] = [];
	readonly stored = new Map<string, string>();
	storeWrites = 0;
	storeFails = false;
	/** A stream the node asked for, with what it wrote. */
	readonly opened: StreamTarget[] = [];
	/** When the node began handshakes of TLS. */
	readonly handshakes: Millis[] = [];
	written: number[] = [];
	incoming: number[] = [];
	serialOut = "";
	serialIn: number[] = [];

	/** As the simulator's; deleted: as on a pole. */
	earliestDate? = EARLIEST_UTC;
	monotonic = (): Millis => this.now;
	wallClock = (): UtcMillis | undefined => this.wall;
	setWallClock = (utc: UtcMillis): void => {
		this.wall = utc;
	};
	/** What was retained; it is the test that keeps it over a restart, or not. */
	kept: number | undefined;
	keptRefusals: number | undefined;
	readonly retained = {
		level: {
			read: () => this.kept,
			write: (value: number): void => {
				this.kept = value;
			},
		},
		refusals: {
			read: () => this.keptRefusals,
			write: (value: number): void => {
				this.keptRefusals = value;
			},
		},
	};
	alarm = (at: Millis): void => {
		this.alarmAt = at;
		this.alarms += 1;
	};
	restart = (reason: string): void => {
		this.restarts.push(reason);
	};
	/** Fades as they were ordered, and the light as they carry it. */
	readonly fades: [at: Millis, path: number[], from: Duty][] = [];
	readonly carrier = new Carrier();
	readonly dimmer = {
		resolution: 12,
		write: (duty: Duty): void => {
			this.carryTo(this.now);
			this.carrier.write(duty, this.now);
			this.partAt = Infinity;
			this.note(this.now, duty);
		},
		fade: (path: Uint32Array, count: number): void => {
			this.carryTo(this.now);
			const from = this.carrier.dutyAt(this.now);
			this.fades.push([this.now, [...path.subarray(0, count * POINT)], from]);
			this.carrier.fade(path, count, this.now);
			this.partAt = Infinity;
			this.carryTo(this.now);
		},
		stop: (): void => {
			this.carryTo(this.now);
			this.carrier.stop(this.now);
			this.partAt = Infinity;
		},
	};
	/** In so many parts of each segment the light of a fade is noted. */
	parts = 1;
	private partAt: Millis = Infinity;
	/** Receives each duty that is noted. */
	onDuty: (at: Millis, duty: Duty) => void = () => {};
	/** Notes the light of a fade up to `now`, at its corners and parts. */
	carryTo(now: Millis): void {
		const { carrier } = this;
		for (;;) {
			const corner = carrier.nextAt;
			const at = Math.min(corner, this.partAt);
			if (at > now || at === Infinity) return;
			if (at === corner) carrier.advance();
			const left = carrier.pieceUntil - at;
			const part = this.parts > 1 ? Math.max(1, Math.ceil(left / this.parts)) : left;
			this.partAt = carrier.nextAt === Infinity || part >= left ? Infinity : at + part;
			const duty = carrier.dutyAt(at);
			if (this.duty !== duty) this.note(at, duty);
		}
	}
	private note(at: Millis, duty: Duty): void {
		this.duties.push([at, duty]);
		this.onDuty(at, duty);
	}
	/** The duty at the end of the last order to the dimmer. */
	get aim(): number {
		return this.carrier.end;
	}
	relay: Host["relay"] = "notAvailable";
	/** What was written to the relay, once there is one (`fitRelay`). */
	readonly contacts: [at: Millis, closed: boolean][] = [];
	readonly indicator = {
		show: (...state: number[]): void => {
			this.shown.push(state);
		},
	};
	readonly serialPort = {
		write: (bytes: Uint8Array, start: number, count: number): number => {
			this.serialOut += Buffer.from(bytes.subarray(start, start + count)).toString("utf8");
			return count;
		},
		read: (into: Uint8Array): number => take(this.serialIn, into),
	};
	/** Instants at which the node joined its network anew. */
	readonly rejoins: Millis[] = [];
	/** What the node named, as `NAME/PASSWORD`. */
	readonly wifis: string[] = [];
	hasWifi = true;
	readonly network = {
		isWifi: () => this.hasWifi,
		get hasWifi(): boolean {
			return this.isWifi();
		},
		useWifi: (name: string, password: string): void => void this.wifis.push(`${name}/${password}`),
		facts: (): NetworkState => ({}),
		rejoin: (): true => {
			this.rejoins.push(this.now);
			return true;
		},
	};
	readonly streams = {
		open: (target: StreamTarget): number => {
			this.opened.push(target);
			return 0;
		},
		secure: (): void => {
			this.handshakes.push(this.now);
		},
		writable: (): number => 8192,
		write: (_id: number, bytes: Uint8Array, start: number, count: number): boolean => {
			this.written.push(...bytes.subarray(start, start + count));
			return true;
		},
		read: (_id: number, into: Uint8Array): number => take(this.incoming, into),
		close: (): void => {},
	};
	/** Whole datagrams that came, and those that were sent, with when. */
	readonly datagramsIn: Uint8Array[] = [];
	readonly datagramsOut: [at: Millis, bytes: Buffer][] = [];
	boundPort: number | undefined;
	readonly datagrams = {
		bind: (port: number): true | "notAvailable" => {
			if (this.boundPort !== undefined) return "notAvailable";
			this.boundPort = port;
			return true;
		},
		send: (bytes: Uint8Array, count: number): boolean => {
			if (this.boundPort === undefined) return false;
			this.datagramsOut.push([this.now, Buffer.from(bytes.subarray(0, count))]);
			return true;
		},
		read: (into: Uint8Array): number => {
			const bytes = this.datagramsIn.shift()?.subarray(0, into.length);
			if (!bytes) return 0;
			into.set(bytes);
			return bytes.length;
		},
		close: (): void => {
			this.boundPort = undefined;
			this.datagramsIn.length = 0;
		},
	};
	readonly store = {
		read: (key: string): string | undefined => this.stored.get(key),
		write: (key: string, value: string): "ok" | "failed" => {
			if (this.storeFails) return "failed";
			this.storeWrites += 1;
			this.stored.set(key, value);
			return "ok";
		},
		erase: (key: string): "ok" => {
			this.stored.delete(key);
			return "ok";
		},
	};
	/** None, unless a test fits one before the node is made. */
	flashLog: FlashLog = {
		sectors: 0,
		sectorBytes: 4096 as const,
		read: () => false,
		write: () => false,
		erase: () => false,
	};
	/** The other slot as it was written, and how the running image stands. */
	image: number[] | undefined;
	imageBytes = 0;
	isActivated = false;
	imageState: "kept" | "probation" = "kept";
	readonly images: Host["images"] = {
		slot: () => 0,
		state: () => this.imageState,
		begin: (bytes) => {
			if (this.imageState === "probation" || bytes > 1_000_000) return false;
			this.image = [];
			this.imageBytes = bytes;
			this.isActivated = false;
			return true;
		},
		write: (bytes, start, count) => {
			if (!this.image || this.image.length + count > this.imageBytes) return false;
			this.image.push(...bytes.subarray(start, start + count));
			return true;
		},
		activate: () => {
			this.isActivated = this.image !== undefined && this.image.length === this.imageBytes;
			return this.isActivated;
		},
		keep: () => {
			this.imageState = "kept";
			return true;
		},
	};
	private hash = createHash("sha256");
	readonly crypto = {
		sha256: (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest()),
		running: {
			begin: (): void => {
				this.hash = createHash("sha256");
			},
			add: (bytes: Uint8Array, start: number, count: number): void => {
				this.hash.update(bytes.subarray(start, start + count));
			},
			end: () => new Uint8Array(this.hash.digest()),
		},
		hmacSha256: (key: Uint8Array, bytes: Uint8Array) =>
			new Uint8Array(createHmac("sha256", key).update(bytes).digest()),
		ecdsaVerify,
		checkCertificate,
		checkKey,
		isPair,
		random: (into: Uint8Array): void => {
			into.fill(7);
		},
	};
	readonly utf8 = {
		encode: (text: string, into: Uint8Array, at: number): number => {
			const bytes = ENCODER.encode(text);
			if (at + bytes.length > into.length) return -1;
			into.set(bytes, at);
			return bytes.length;
		},
		decode: (bytes: Uint8Array, start: number, count: number): string | undefined => {
			try {
				const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
					bytes.subarray(start, start + count),
				);
				return text.includes("\0") ? undefined : text;
			} catch {
				return undefined;
			}
		},
	};
	readonly machine = { freeBytes: () => 10_000 };

	/** Gives it a relay; before the node is made. */
	fitRelay(): void {
		this.relay = { write: (closed) => this.contacts.push([this.now, closed]) };
	}

	/** Stores sections of settings, in the units outside, as a depot would before power comes. */
	configure(sections: Readonly<Record<string, object>>): void {
		for (const [section, values] of Object.entries(sections))
			this.stored.set(`set.${section}`, JSON.stringify(values));
	}

	/** Lets time pass to `until`, ticking at every alarm. */
	run(until: Millis): void {
		let turns = 0; // at one instant
		while (this.alarmAt <= until) {
			turns = this.alarmAt > this.now ? 0 : turns + 1;
			if (turns > MOST_TURNS) throw new Error(`no end of turns at one instant: ${this.#due()}`);
			this.now = Math.max(this.now, this.alarmAt);
			this.alarmAt = Infinity;
			this.carryTo(this.now);
			this.inputs?.tick(this.now);
		}
		this.now = until;
		this.carryTo(until);
	}

	#due(): string {
		const { inputs, now } = this;
		return inputs && "background" in inputs
			? dueIn(inputs as unknown as Node, now)
			: `at ${now} ms`;
	}

	/** Lets a packet's content reach the lamp: `what` acts, and a stream was readable in that turn. */
	arrive(what: (now: Millis) => void): void {
		this.deliver((inputs, now) => {
			inputs.onStreamWritable(now, NO_STREAM); // after it all is asked
			what(now);
		});
	}

	/** Delivers one input at the present instant and ticks, as a host does. */
	deliver(what: (inputs: Inputs, now: Millis) => void): void {
		if (!this.inputs) throw new Error("no node is attached");
		what(this.inputs, this.now);
		this.inputs.tick(this.now);
	}

	get duty(): number {
		return this.duties.at(-1)?.[1] ?? 0;
	}
}

function take(from: number[], into: Uint8Array): number {
	const bytes = from.splice(0, into.length);
	into.set(bytes);
	return bytes.length;
}
