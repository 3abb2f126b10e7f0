/**
 * Host: every door the firmware has to the world. Types only; an answer to it is a host.
 *
 * The ESP32, a program on the desktop, a virtual machine of the simulator and a fake in a test all
 * answer this interface, and translate only: every decision is in `src/`. Two rules hold for all:
 * no call of a door calls an input back before it returns, and no door throws. What a host does not
 * have, it answers with `"notAvailable"`; trouble outside is an input (`onStreamClosed`), never an
 * exception.
 */
import type { Duty, Lux, Millis, UtcMillis } from "./units.js";

/** What a door answers where the platform has no such thing. */
export type NotAvailable = "notAvailable";

/** Why this boot happened (esp_reset_reason of the ESP32, in the field's words). */
export type PowerCause = "powerOn" | "restart" | "watchdog" | "crash" | "brownout" | "update";

/** Why a byte stream ended. */
export type StreamEnd =
	| "closedByPeer"
	| "unreachable"
	| "nameUnknown"
	| "timedOut"
	| "tlsRefused"
	| "noNetwork";

/**
 * What the host tells the node. Several inputs that come in one turn are noted first; then the host
 * calls `tick` once. When the alarm is due it calls `tick` alone. `now` never decreases.
 */
export interface Inputs {
	/** Decides and acts on what was noted. */
	tick(now: Millis): void;
	/** The PIR went active: something warm moves in its cone. */
	onMovement(now: Millis): void;
	/** The PIR went inactive. */
	onStillness(now: Millis): void;
	/** The light sensor left the host's dead band around the last value told (10 % or 0.5 lx). */
	onIlluminance(now: Millis, lux: Lux): void;
	/** The housing's temperature, degrees Celsius, beyond a dead band of 1 K. */
	onTemperature(now: Millis, celsius: number): void;
	/** A time server answered: the date at `now`. Plausibility is the time room's matter. */
	onTime(now: Millis, utc: UtcMillis): void;
	/** The network came up or went down. It is down until told otherwise. */
	onNetwork(now: Millis, up: boolean): void;
	/** The peer of a stream over TLS answers; what follows waits for `streams.secure`. */
	onStreamReached(now: Millis, id: StreamId): void;
	/** A stream asked for by `streams.open` is connected (over TLS: and verified). */
	onStreamOpen(now: Millis, id: StreamId): void;
	/** `count` more bytes can be read. */
	onStreamReadable(now: Millis, id: StreamId, count: number): void;
	/** Room came free: `streams.writable(id)` rose. */
	onStreamWritable(now: Millis, id: StreamId): void;
	/** The stream is gone; its id is free again. Not called after our own `close`. */
	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void;
	/** `count` more bytes came over the technician's serial line. */
	onSerialReadable(now: Millis, count: number): void;
	/** The serial line takes bytes again. */
	onSerialWritable(now: Millis): void;
	/** A datagram waits for `datagrams.read`. */
	onDatagram(now: Millis): void;
	/**
	 * One of the calls above threw: a bug of ours. Each call is a boundary at which the host catches,
	 * because what leaves a callback restarts the controller. If this throws, too, let it.
	 */
	onFault(now: Millis, error: unknown): void;
}

/** The LED driver's control input. */
export interface Dimmer {
	/** Largest duty is 2^resolution - 1; 12 bits or more. */
	readonly resolution: number;
	/** Takes effect at once; the caller never repeats a value. */
	write(duty: Duty): void;
}

/** The contact that parts the driver from the mains. It needs power to open: closed at boot. */
export interface Relay {
	/** `true`: the driver has power. */
	write(closed: boolean): void;
}

/**
 * One number in memory that a restart, a crash, the watchdog or an update leaves as it was and a loss
 * of power does not (RTC memory of the ESP32). Writing wears nothing.
 */
export interface Retained {
	/** `undefined` if nothing was written since power came, or what is there is not whole. */
	read(): number | undefined;
	write(value: number): void;
}

/** What the lamp shows of itself: a status LED on the pole, the trace in the simulator. */
export interface Indicator {
	/** Called on change only. Numbers are the positions in the lists of `src/indication.ts`. */
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
 * TLS 1.2 or newer. The host trusts the city's CA alone, which stands in the store as `tls.ca`; where
 * `tls.cert` and `tls.key` stand there, too, the lamp shows them to a broker that asks (all PEM).
 */
export interface TlsTarget {
	/** Whom the certificate must name (RFC 6125), also told to the broker (RFC 6066, SNI). */
	readonly serverName: string;
	/** The date by which certificates are judged: a host whose own clock is behind goes by this. */
	readonly date: UtcMillis;
}

/** The one interface that carries streams and datagrams. */
export interface NetworkDoor {
	/** False where a cable leads to it: then no Wi-Fi is ever named. */
	readonly hasWifi: boolean;
	/**
	 * Names the Wi-Fi of each join from now on: at boot, before anything is joined, and when another is
	 * to be joined, at once. `name`: 1-32 bytes of UTF-8; empty: none. `password` as WPA2 takes it;
	 * empty: the network is open. Nothing of it is kept but in memory, nor told anyone but the radio.
	 */
	useWifi(name: string, password: string): void;
	/** Leaves the network and joins it anew, address included; the answer comes as `onNetwork`. */
	rejoin(): true | NotAvailable;
}

/** Byte streams to the outside (TCP, or TLS over it). Bytes go through the caller's own buffers. */
export interface Streams {
	/**
	 * Starts to connect, a name resolved anew; the answer comes as `onStreamOpen` or `onStreamClosed`,
	 * over TLS as `onStreamReached` or `onStreamClosed`.
	 */
	open(target: StreamTarget): StreamId | NotAvailable;
	/**
	 * Begins the handshake of TLS with a peer that is reached; the answer comes as `onStreamOpen` or
	 * `onStreamClosed`. On a controller it takes the machine for more than a second at a stretch, in
	 * which no input is heard: who calls this has seen to the light. Does nothing at any other time.
	 */
	secure(id: StreamId): void;
	/** How many bytes `write` would take now; 0 before the stream is open. */
	writable(id: StreamId): number;
	/** Takes all of `bytes[start, start + count)` or, if there is not room for all, nothing. */
	write(id: StreamId, bytes: Uint8Array, start: number, count: number): boolean;
	/** Moves what has come, at most `into.length`, and returns how much; 0 if nothing waits. */
	read(id: StreamId, into: Uint8Array): number;
	/** Bytes written before are still delivered if the peer takes them. */
	close(id: StreamId): void;
}

/** The technician's serial line, 115200 8N1, with the 128-byte FIFO of the ESP32's UART. */
export interface SerialPort {
	/** Takes what there is room for and returns how many bytes that was. */
	write(bytes: Uint8Array, start: number, count: number): number;
	/** Moves what has come, at most `into.length`, and returns how much. */
	read(into: Uint8Array): number;
}

/** One UDP port, bound only while neighbours are configured. */
export interface Datagrams {
	bind(port: number): true | NotAvailable;
	send(bytes: Uint8Array, count: number): boolean | NotAvailable;
	read(into: Uint8Array): number;
	close(): void;
}

export type StoreResult = "ok" | "full" | "failed";

/** Key-value store in flash (NVS of ESP-IDF): what survives a power cut. */
export interface Store {
	/** `key`: 1-15 characters of ASCII. `undefined` if it was never written. */
	read(key: string): string | undefined;
	/** Written and committed when it returns `"ok"`; before that the old value stands. */
	write(key: string, value: string): StoreResult;
	erase(key: string): StoreResult;
}

/** A raw flash partition: erased bytes are 255, a write only clears bits, erasing is by sector. */
export interface FlashLog {
	readonly sectors: number;
	readonly sectorBytes: 4096;
	read(offset: number, into: Uint8Array): boolean;
	write(offset: number, bytes: Uint8Array, start: number, count: number): boolean;
	erase(sector: number): boolean;
}

/** The two firmware slots (ESP-IDF OTA): one runs, the other can be written. */
export interface ImageSlots {
	/** On probation: unless the running image is kept, any boot goes back to the one before it. */
	state(): "kept" | "probation" | NotAvailable;
	/** Begins the other slot anew. False: it is too small, or still needed to go back to. */
	begin(bytes: number): boolean | NotAvailable;
	/** The bytes that follow; each call erases one sector at most. */
	write(bytes: Uint8Array, start: number, count: number): boolean | NotAvailable;
	/** Makes the written image the one that boots next, on probation. False: it is not whole. */
	activate(): boolean | NotAvailable;
	/** Keeps the running image for good. */
	keep(): boolean | NotAvailable;
}

/** SHA-256 of bytes that come piece by piece. There is one: what begins anew forgets what was. */
export interface RunningDigest {
	begin(): void;
	add(bytes: Uint8Array, start: number, count: number): void;
	/** 32 bytes; it is over. */
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
	/** Whether a PEM certificate (the city's CA, or the lamp's own) is whole, and good at this date. */
	checkCertificate(
		pem: string,
		date: UtcMillis,
	): "valid" | "malformed" | "expired" | "notYetValid" | NotAvailable;
	/** Whether a PEM private key (PKCS #8) is one that this host can show a broker. */
	checkKey(pem: string): "valid" | "malformed" | "unsupported" | NotAvailable;
	/** Whether a certificate was made for a private key, both PEM and found good. */
	isPair(certificate: string, key: string): boolean | NotAvailable;
	/** Fills the buffer with unpredictable bytes (in the simulator: from the seed). */
	random(into: Uint8Array): void;
}

/** Native UTF-8: text copied character by character by our own code costs a hundred times more. */
export interface Utf8 {
	/** Writes `text` at `at` and returns the bytes used, or -1 if it does not fit whole. */
	encode(text: string, into: Uint8Array, at: number): number;
	/** The text, or `undefined` if the bytes are not UTF-8 (RFC 3629) or hold a zero. */
	decode(bytes: Uint8Array, start: number, count: number): string | undefined;
}

/** The machine's own condition. */
export interface Machine {
	/** Bytes free in slots and chunks together; the smallest seen since boot is what counts. */
	freeBytes(): number;
}

export interface Host {
	/** Burnt in at the factory: 1-32 of `A-Z a-z 0-9 _ -`. */
	readonly serial: string;
	/** The controller's name and revision, e.g. `"virtual/1"`. */
	readonly hardware: string;
	readonly powerCause: PowerCause;
	/** No date of its world is earlier. Absent: none is before the firmware's own day (`SW_DATE`). */
	readonly earliestDate?: UtcMillis;
	/** The monotonic clock, for use at boot; afterwards every input carries `now`. */
	monotonic(): Millis;
	/** What the clock kept over a restart says, or a chip over a power cut; `undefined` where none ran. */
	wallClock(): UtcMillis | undefined;
	/** Hands a trusted date to the clock that survives a restart. */
	setWallClock(utc: UtcMillis): void;
	/** A number that outlives a restart; a platform may have no such memory. */
	readonly retained: Retained | NotAvailable;
	/** The next `tick` is due at `at`; replaces the one before; Infinity: none. In the past: at once. */
	alarm(at: Millis): void;
	/** Starts over as after a crash; does not return to the caller's turn. */
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
