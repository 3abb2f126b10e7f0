/**
 * Host: the interface between the firmware and its platform. Types only.
 *
 * The ESP32, a program on the desktop, a virtual machine of the simulator and a fake in a test
 * implement it, by translation only: every decision is in `src/`. Two rules hold for all doors, the
 * functions of the host: none calls an input before it has returned, and none throws. A door
 * without counterpart on the platform returns `"notAvailable"`; a failure outside is an input
 * (`onStreamClosed`), never an exception.
 */
import type { Duty, Lux, Millis, UtcMillis } from "./units.js";

/** Returned by a door whose function the platform lacks. */
export type NotAvailable = "notAvailable";

/** How the running image was built (docs/security.md). */
export type Profile = "bring-up" | "development" | "release";

/** The cause of this boot (esp_reset_reason of the ESP32, in the field's words). */
export type PowerCause = "powerOn" | "restart" | "watchdog" | "crash" | "brownout" | "update";

/** The cause of a stream's end. */
export type StreamEnd =
	| "closedByPeer"
	| "unreachable"
	| "nameUnknown"
	| "timedOut"
	| "tlsRefused"
	| "noNetwork";

/**
 * The inputs of the node, called by the host. Inputs of one turn are only noted; then the host
 * calls `tick` once. When the alarm is due, it calls `tick` alone. `now` (ms, monotonic) never
 * decreases.
 */
export interface Inputs {
	/** Decides and acts on the noted inputs. */
	tick(now: Millis): void;
	/** The PIR went active, or is so at the boot: a warm body moves in its cone. */
	onMovement(now: Millis): void;
	/** The PIR went inactive. */
	onStillness(now: Millis): void;
	/** Illuminance left the host's dead band around the last value passed (10 % or 0.5 lx). */
	onIlluminance(now: Millis, lux: Lux): void;
	/** The temperature of the housing, degrees Celsius, left a dead band of 1 K. */
	onTemperature(now: Millis, celsius: number): void;
	/** A time server answered: the date at `now`. The time room checks its plausibility. */
	onTime(now: Millis, utc: UtcMillis): void;
	/**
	 * The network came up or went down; it counts as down until the first call. `why`: the reason
	 * of the last failure to join, when it becomes known, also while the network stays down.
	 */
	onNetwork(now: Millis, up: boolean, why?: JoinRefusal): void;
	/** The peer of a TLS stream was reached; the handshake waits for `streams.secure`. */
	onStreamReached(now: Millis, id: StreamId): void;
	/** A stream of `streams.open` is connected, and over TLS verified. */
	onStreamOpen(now: Millis, id: StreamId): void;
	/** `count` further bytes can be read. */
	onStreamReadable(now: Millis, id: StreamId, count: number): void;
	/** `streams.writable(id)` rose. */
	onStreamWritable(now: Millis, id: StreamId): void;
	/** The stream ended and its id is free again. Not called after the firmware's own `close`. */
	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void;
	/** `count` further bytes arrived on the technician's serial line. */
	onSerialReadable(now: Millis, count: number): void;
	/** The serial line accepts bytes again. */
	onSerialWritable(now: Millis): void;
	/** A datagram waits for `datagrams.read`. */
	onDatagram(now: Millis): void;
	/**
	 * One of the calls above threw, by a bug of the firmware. The host catches at each call,
	 * because an exception that leaves a callback restarts the controller. After an exception of
	 * `onFault` itself it shows full light, and calls `tick` after a pause.
	 */
	onFault(now: Millis, error: unknown): void;
}

/**
 * The LED driver's control input: PWM, or 0-10 V made of it. The firmware decides where the light
 * goes and by when; the host carries it there.
 */
export interface Dimmer {
	/** Bits, 12 or more; the largest duty is 2^resolution - 1. */
	readonly resolution: number;
	/** Takes effect at once and is held; a fade ends. Never the duty that is held already. */
	write(duty: Duty): void;
	/**
	 * Carries the duty along `path` from now on, without a turn of the firmware, and holds its last
	 * duty: `count` points of two numbers, ms from now (0 to 3,600,000, never falling) and duty.
	 * Between two points the duty moves linearly, to the first one from the present duty; two points
	 * of one instant are a jump. The host copies the path. If the firmware's event loop ends or hangs
	 * while the light falls, a host that outlives it raises the light to where it fell from.
	 */
	fade(path: Uint32Array, count: number): void;
	/** A fade ends, and the duty of this instant is held. */
	stop(): void;
}

/** The contact between mains and driver. It needs power to open, so it is closed at boot. */
export interface Relay {
	/** `true`: the driver has power. */
	write(closed: boolean): void;
}

/** Answers below 0: none came; several came, or a broken frame; the bus is shorted or has no power. */
export type BusAnswer = -1 | -2 | -3;

/**
 * A DALI bus (IEC 62386-101) whose only application controller is this lamp. Forward frames have
 * 16 bits, or 24 if the number is above 0xffff, address byte first. The host keeps settling times and repeats.
 */
export interface Bus {
	/**
	 * Sends a forward frame and awaits its answer: `onBusAnswered`. False while one is awaited.
	 * `twice`: a configuration command, which the host sends twice within 100 ms.
	 */
	send(frame: number, twice: boolean): boolean;
	/**
	 * From now on the host sends `frame` by itself, once, if the firmware's event loop ends or hangs
	 * and the host outlives it. Below 0: none.
	 */
	arm(frame: number): void;
}

/** Of a lamp on a bus. */
export interface BusInputs extends Inputs {
	/**
	 * Exactly once after each frame that `Bus.send` accepted. `answer`: the byte of a backward frame,
	 * or one of BusAnswer.
	 */
	onBusAnswered(now: Millis, answer: number): void;
}

/**
 * A number in memory that survives a restart, a crash, a watchdog reset and an update, but no
 * loss of power (RTC memory of the ESP32). Writing causes no wear.
 */
interface RetainedValue {
	/** `undefined` if nothing was written since power-on, or the contents are damaged. */
	read(): number | undefined;
	write(value: number): void;
}

/** The numbers that the lamp keeps there. */
export interface Retained {
	/** The level of the last decision, per cent; below 0: none. */
	readonly level: RetainedValue;
	/** Refusals by the broker in a row. */
	readonly refusals: RetainedValue;
}

/** The display of the lamp's state: a status LED on the pole, the trace in the simulator. */
export interface Indicator {
	/** Called on change only. The numbers are positions in the lists of `src/indication.ts`. */
	show(presence: number, photocell: number, reason: number, level: number, link: number): void;
}

export type StreamId = number;

export interface StreamTarget {
	readonly host: string;
	readonly port: number;
	/** Absent: plain TCP. */
	readonly tls?: TlsTarget;
}

/**
 * TLS 1.2 or newer. The host trusts only the CA in the store under `tls.ca`. If `tls.cert` and
 * `tls.key` are stored, too, the lamp presents them to a broker that requests them (all PEM).
 * A name in `tried` is read under `try.` instead of `tls.`.
 */
export interface TlsTarget {
	/** The name required in the certificate (RFC 6125), also sent to the broker (RFC 6066, SNI). */
	readonly serverName: string;
	/** A date that is certainly past: a certificate that ended before is refused, by any host. */
	readonly date: UtcMillis;
	/** Of `ca`, `cert` and `key` those that are tried, each after a space; absent: none. */
	readonly tried?: string;
}

/** Why the network was not joined: no such Wi-Fi, not admitted to it, or no address on it. */
export type JoinRefusal = "wifiNotFound" | "wifiRefused" | "noAddress";

/** The lamp in its network, for the technician; a member is absent where it is not known. */
export interface NetworkState {
	readonly address?: string | undefined;
	readonly mac?: string | undefined;
	/** Signal strength, dBm. */
	readonly rssi?: number | undefined;
	readonly channel?: number | undefined;
}

/** A Wi-Fi in reach. */
export interface WifiRow {
	readonly name: string;
	/** dBm */
	readonly rssi: number;
	readonly channel: number;
}

/** The one interface that carries streams and datagrams. */
export interface NetworkDoor {
	/** False on a cable: then `useWifi` is never called. */
	readonly hasWifi: boolean;
	/**
	 * Sets the Wi-Fi for each join from now on: at boot before the first join, later at once, when
	 * the settings change. `name`: 1-32 bytes of UTF-8; empty: none. `password`: as defined for
	 * WPA2; empty: an open network. The host keeps both in memory alone, and passes them to the
	 * radio alone.
	 */
	useWifi(name: string, password: string): void;
	/** Leaves the network and joins it anew, with a new address; the result is `onNetwork`. */
	rejoin(): true | NotAvailable;
	/** Absent where the platform gives none. */
	facts?(): NetworkState;
	/** Begins to look for Wi-Fi networks; absent on a cable. */
	scan?(): true | NotAvailable;
	/** The nth found by the last scan; null: it has not ended; undefined: no more. */
	found?(index: number): WifiRow | null | undefined;
}

/** Byte streams to the outside (TCP, or TLS over it). Bytes pass through the caller's buffers. */
export interface Streams {
	/**
	 * Starts to connect, and resolves a name anew. The result is `onStreamOpen` or
	 * `onStreamClosed`, over TLS `onStreamReached` or `onStreamClosed`.
	 */
	open(target: StreamTarget): StreamId | NotAvailable;
	/**
	 * Begins the TLS handshake with a peer that was reached. The result is `onStreamOpen` or
	 * `onStreamClosed`. The handshake may be a blocking operation: on a host without a thread for
	 * its arithmetic, edges wait meanwhile, so the caller requests light first.
	 * Does nothing at any other time.
	 */
	secure(id: StreamId): void;
	/** The number of bytes that `write` accepts now; 0 before the stream is open. */
	writable(id: StreamId): number;
	/** Accepts all of `bytes[start, start + count)`, or nothing if not all of it fits. */
	write(id: StreamId, bytes: Uint8Array, start: number, count: number): boolean;
	/** Moves received bytes, at most `into.length`, and returns their number; 0 if none wait. */
	read(id: StreamId, into: Uint8Array): number;
	/** Closes the stream; bytes written before are still delivered if the peer accepts them. */
	close(id: StreamId): void;
}

/** The technician's serial line, 115200 8N1, with the 128-byte FIFO of the ESP32's UART. */
export interface SerialPort {
	/** Accepts as many bytes as fit and returns their number. */
	write(bytes: Uint8Array, start: number, count: number): number;
	/**
	 * Moves received bytes, at most `into.length`, and returns their number; -1: bytes were lost
	 * behind those read so far, because they came faster than they were read.
	 */
	read(into: Uint8Array): number;
}

/** One UDP port, bound only while neighbours are configured. */
export interface Datagrams {
	/** Binds the port for both directions. */
	bind(port: number): true | NotAvailable;
	/** Sends `bytes[0, count)` to all nodes of the network; false: it was not sent. */
	send(bytes: Uint8Array, count: number): boolean | NotAvailable;
	/**
	 * Moves one datagram, cut to `into.length` bytes, and returns their number; 0 if none waits.
	 */
	read(into: Uint8Array): number;
	/** Releases the port. */
	close(): void;
}

export type StoreResult = "ok" | "full" | "failed";

/** The key-value store in flash (NVS of ESP-IDF), which survives a power cut. */
export interface Store {
	/** `key`: 1-15 characters of ASCII. `undefined` if the store does not hold it. */
	read(key: string): string | undefined;
	/** The value is committed when the result is `"ok"`; before that the old value stands. */
	write(key: string, value: string): StoreResult;
	/** Removes a key; also `"ok"` if the store does not hold it. */
	erase(key: string): StoreResult;
}

/** A raw flash partition: erased bytes are 255, a write only clears bits, erases are by sector. */
export interface FlashLog {
	readonly sectors: number;
	readonly sectorBytes: 4096;
	/** Fills `into` from `offset`, in bytes. False: the read failed. */
	read(offset: number, into: Uint8Array): boolean;
	/** Writes `bytes[start, start + count)` at `offset`. False: the write failed. */
	write(offset: number, bytes: Uint8Array, start: number, count: number): boolean;
	/** Erases a sector, 0 to `sectors` - 1. False: it failed, or the sector does not exist. */
	erase(sector: number): boolean;
}

/** The two firmware slots (ESP-IDF OTA): one holds the running image, the other can be written. */
export interface ImageSlots {
	/** The slot of the running image, 0 or 1. */
	slot(): number | NotAvailable;
	/** `probation`: unless the running image is kept, any boot returns to the one before it. */
	state(): "kept" | "probation" | NotAvailable;
	/** Begins to write the other slot. False: it is too small, or still needed for a rollback. */
	begin(bytes: number): boolean | NotAvailable;
	/** Writes the next bytes; each call erases one sector at most. */
	write(bytes: Uint8Array, start: number, count: number): boolean | NotAvailable;
	/** Makes the written image boot next, on probation. False: it is incomplete. */
	activate(): boolean | NotAvailable;
	/** Keeps the running image permanently. */
	keep(): boolean | NotAvailable;
}

/** SHA-256 of bytes that arrive in pieces. Only one exists: `begin` discards one in progress. */
export interface RunningDigest {
	/** Begins a digest. */
	begin(): void;
	/** Adds `bytes[start, start + count)`. */
	add(bytes: Uint8Array, start: number, count: number): void;
	/** Ends the digest and returns its 32 bytes. */
	end(): Uint8Array;
}

export interface Crypto {
	/** 32 bytes (FIPS 180-4). */
	sha256(bytes: Uint8Array): Uint8Array;
	readonly running: RunningDigest;
	/** 32 bytes (RFC 2104 with SHA-256). */
	hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
	/** P-256 (FIPS 186-5). `publicKey`: 64 bytes x, y; `signature`: DER. */
	ecdsaVerify(
		publicKey: Uint8Array,
		digest: Uint8Array,
		signature: Uint8Array,
	): boolean | NotAvailable;
	/** Whether a PEM certificate (the CA's or the lamp's) is well-formed and valid at `date`. */
	checkCertificate(
		pem: string,
		date: UtcMillis,
	): "valid" | "malformed" | "expired" | "notYetValid" | NotAvailable;
	/** Whether a PEM private key (PKCS #8) is one that this host can use towards a broker. */
	checkKey(pem: string): "valid" | "malformed" | "unsupported" | NotAvailable;
	/** Whether a certificate belongs to a private key; both PEM and checked before. */
	isPair(certificate: string, key: string): boolean | NotAvailable;
	/** Fills the buffer with unpredictable bytes (in the simulator: from the seed). */
	random(into: Uint8Array): void;
}

/** Native UTF-8: a copy character by character in firmware code costs a hundred times more. */
export interface Utf8 {
	/** Writes `text` at `at` and returns the bytes used, or -1 if not all of it fits. */
	encode(text: string, into: Uint8Array, at: number): number;
	/** The text, or `undefined` if the bytes are not UTF-8 (RFC 3629) or contain a zero. */
	decode(bytes: Uint8Array, start: number, count: number): string | undefined;
}

/** Where a turn is at work: in its input, the light, or what follows it. */
export type Room = "input" | "light" | "background";

/** The machine: its memory, and how it ends. */
export interface Machine {
	/** Free bytes in slots and chunks together; the least value since boot matters. */
	freeBytes(): number;
	/**
	 * How the life before ended, undefined: as it was asked, or nobody knows. Three parts between semicolons,
	 * each may be empty: the end with its detail, input and room at work, addresses.
	 */
	endBefore?(): string | undefined;
	/** The lamp is at work in this room, until it says otherwise or a turn begins. */
	workIn?(room: Room): void;
}

export interface Host {
	/** Set at the factory: 1-32 characters of `A-Z a-z 0-9 _ -`. */
	readonly serial: string;
	/** Name and revision of the controller, e.g. `"virtual/1"`. */
	readonly hardware: string;
	/** An image of another profile is never installed over the air. */
	readonly profile: Profile;
	readonly powerCause: PowerCause;
	/** The end of the light sensor's range: brighter light reads as this; absent: no sensor. */
	readonly lightSensorRange?: Lux | undefined;
	/** The earliest date possible on this host. Absent: the day of the firmware (`SW_DATE`). */
	readonly earliestDate?: UtcMillis;
	/** The monotonic clock, for use at boot; afterwards every input carries `now`. */
	monotonic(): Millis;
	/** The date of a clock that ran through the restart, or of a clock chip; else undefined. */
	wallClock(): UtcMillis | undefined;
	/** Sets the clock that survives a restart to a trusted date. */
	setWallClock(utc: UtcMillis): void;
	/** The number that survives a restart; not every platform has such memory. */
	readonly retained: Retained | NotAvailable;
	/**
	 * Sets the next `tick` in place of the one before, never earlier than `at`, not by a rounding
	 * error. Infinity: none; in the past: at once.
	 */
	alarm(at: Millis): void;
	/** Restarts the node as after a crash; does not return to the caller's turn. */
	restart(reason: string): void;
	readonly dimmer: Dimmer;
	readonly relay: Relay | NotAvailable;
	readonly indicator: Indicator;
	readonly serialPort: SerialPort;
	readonly network: NetworkDoor;
	readonly streams: Streams;
	readonly datagrams: Datagrams;
	readonly store: Store;
	readonly flashLog: FlashLog;
	readonly images: ImageSlots;
	readonly crypto: Crypto;
	readonly utf8: Utf8;
	readonly machine: Machine;
}
