/**
 * Sdk: the modules of the Moddable SDK that a board's image imports, on the functions of a virtual
 * machine.
 *
 * They do what the SDK 8.2.3 and ESP-IDF do on a controller that works: a callback is called in a
 * turn of its own, and an exception that leaves it ends the machine. The controller's one state is
 * `pole`; a boot makes it anew.
 */
import type { Board } from "../../../hosts/esp32/board.js";
import { Carrier } from "../../../hosts/moddable/carrier.js";
import { INPUT, SEND_WINDOW_BYTES, SERIAL_FIFO_BYTES } from "../../../hosts/virtual/protocol.js";

type Callback = (() => void) | undefined;

interface Entry {
	readonly callback: (timer: Entry) => void;
	at: number;
	readonly every: number | undefined;
	isOver: boolean;
}

/**
 * RTC memory: the virtual machine retains two numbers. In that of the level are the level to a
 * millionth, a duty and whether a restart was requested.
 */
class Retained {
	private static readonly NONE = 2 ** 35 - 1;
	private static readonly PARTS = 1e6;
	private static readonly DUTIES = 8193;

	private get whole(): number {
		return native.retainedLevel() ?? Retained.NONE * Retained.DUTIES * 2;
	}

	private set(level: number, duty: number, wasAsked: number): void {
		native.retainLevel((level * Retained.DUTIES + duty + 1) * 2 + wasAsked);
	}

	private get parts(): { level: number; duty: number; wasAsked: number } {
		const half = Math.floor(this.whole / 2);
		const level = Math.floor(half / Retained.DUTIES);
		return { level, duty: (half % Retained.DUTIES) - 1, wasAsked: this.whole % 2 };
	}

	get level(): number {
		const { level } = this.parts;
		return level === Retained.NONE ? Number.NaN : level / Retained.PARTS - 1;
	}

	retain(level: number): void {
		const { duty, wasAsked } = this.parts;
		this.set(Math.round((level + 1) * Retained.PARTS), duty, wasAsked);
	}

	shine(duty: number): void {
		const { level, wasAsked } = this.parts;
		this.set(level, duty, wasAsked);
	}

	/** Read once, as in retained.c. */
	shone(): number {
		const { level, duty, wasAsked } = this.parts;
		this.set(level, -1, wasAsked);
		return duty;
	}

	ask(): void {
		const { level, duty } = this.parts;
		this.set(level, duty, 1);
	}

	wasAsked(): number {
		const { level, duty, wasAsked } = this.parts;
		this.set(level, duty, 0);
		return wasAsked;
	}
}

/** Levels and answers of the parts at a controller's pins. */
class Pole {
	readonly retained = new Retained();
	readonly light = new Light();
	timers: Entry[] = [];
	/** The PIR, 1: active at its pin. */
	level: 0 | 1 = 0;
	/** The relay's contact, which needs power to open. */
	isClosed = true;
	/** Undefined: no sensor has answered yet. */
	lux: number | undefined;
	/** Degrees Celsius; undefined: the chip does not answer. */
	celsius: number | undefined;
	onEdge: Callback;
	serial: SerialOptions | undefined;
	fifo = SERIAL_FIFO_BYTES;
	unread = 0;
	connection = DOWN;
	onNetwork: ((property: string) => void) | undefined;
	readonly sockets: (TCP | undefined)[] = [];
	/** The TLS socket whose handshake the next link begins. */
	reached: TCP | undefined;
	readonly local: { onReadable: ((count: number) => void) | undefined; waiting: number } = {
		onReadable: undefined,
		waiting: 0,
	};
	/** The socket of the time client, and its question that has no answer yet. */
	timeClient: { onReadable: (count: number) => void; packet?: ArrayBuffer } | undefined;
	question: Uint8Array | undefined;
	/** UTC of the time server less the monotonic clock, ms. */
	serverOffset: number | undefined;

	constructor(readonly pins: Board) {
		this.level = pins.movement.activeLow ? 1 : 0;
	}
}

const DOWN = 200;
const UP = 500;
const NTP_PORT = 123;
const SECONDS_TO_1970 = 2_208_988_800;
const ERA = 4_294_967_296;
/** The simulator's dimmer has 12 bits. */
const SIMULATED_BITS = 12;
const TLS_PORTS = Object.freeze([8883, 443]);

const the: { pole: Pole } = { pole: undefined as unknown as Pole };

/** Begins a boot. */
export function begin(pins: Board): void {
	the.pole = new Pole(pins);
}

// --- timers and time

const put = (callback: (timer: Entry) => void, wait = 0, every?: number): Entry => {
	const at = native.monotonic() + Math.max(0, wait);
	const entry = { callback, at, every, isOver: false };
	the.pole.timers.push(entry);
	return entry;
};

export const Timer = Object.freeze({
	set: (callback: (timer: Entry) => void, wait?: number) => put(callback, wait),
	repeat: (callback: (timer: Entry) => void, every: number) => put(callback, every, every),
	clear: (timer: Entry | undefined) => {
		if (timer) timer.isOver = true;
	},
});

/** Calls the callbacks that are due, the earliest first, and sets the machine's alarm. */
function runTimers(): void {
	const { pole } = the;
	const now = native.monotonic();
	for (;;) {
		let next: Entry | undefined;
		for (const each of pole.timers)
			if (!each.isOver && each.at <= now && (!next || each.at < next.at)) next = each;
		if (!next) break;
		if (next.every === undefined) next.isOver = true;
		else next.at = now + next.every;
		next.callback(next);
	}
	pole.timers = pole.timers.filter(({ isOver }) => !isOver);
	native.alarm(pole.timers.reduce((soonest, { at }) => Math.min(soonest, at), Infinity));
}

export const Time = Object.freeze({
	get ticks() {
		return Math.floor(native.monotonic()) | 0;
	},
	delta: (start: number, end: number) => (end - start) | 0,
	set: (seconds: number) => native.setWallClock(Math.round(seconds * 1000)),
});

// --- pins

interface DigitalOptions {
	readonly pin: number;
	readonly initialValue?: 0 | 1;
	readonly onReadable?: () => void;
}

export class Digital {
	static readonly Input = 0;
	static readonly InputPullUp = 1;
	static readonly InputPullDown = 2;
	static readonly Output = 8;
	static readonly Rising = 1;
	static readonly Falling = 2;
	private readonly pin: number;

	constructor({ pin, initialValue, onReadable }: DigitalOptions) {
		this.pin = pin;
		if (onReadable) the.pole.onEdge = onReadable;
		if (initialValue !== undefined) this.write(initialValue);
	}

	read(): 0 | 1 {
		return the.pole.level;
	}

	write(value: 0 | 1): void {
		const { pole } = the;
		const { relay } = pole.pins;
		if (relay?.pin !== this.pin) return;
		const isClosed = (value === 1) !== relay.activeLow;
		if (isClosed !== pole.isClosed) native.relay(isClosed);
		pole.isClosed = isClosed;
	}

	close(): void {}
}

/** Opens a channel; functions in C write to it. */
export class PWM {}

/** The light that the interrupt carries, and the duty in RTC memory, which follows in each turn. */
class Light {
	private readonly carrier = new Carrier();
	private shown: number | undefined;
	private fallsUntil = -Infinity;

	open(duty: number): void {
		this.carrier.write(duty, native.monotonic());
		this.show(duty);
	}

	/** The duty of the pin: the same duty again has no effect. */
	private show(duty: number): void {
		const { resolution } = the.pole.pins.lamp;
		if (!Number.isInteger(duty) || duty < 0 || duty >= 2 ** resolution)
			throw new RangeError("invalid");
		if (duty !== this.shown) native.duty(duty >> (resolution - SIMULATED_BITS));
		this.shown = duty;
	}

	write(duty: number): void {
		this.open(duty);
		the.pole.retained.shine(duty);
	}

	fade(path: Uint32Array, count: number): number {
		const now = native.monotonic();
		const shift = the.pole.pins.lamp.resolution - SIMULATED_BITS;
		const simulated = path.map((value, index) => (index % 2 === 0 ? value : value >> shift));
		this.follow(now);
		let before: number = this.carrier.dutyAt(now);
		this.fallsUntil = -Infinity;
		for (let index = 0; index < count; index += 1) {
			const [at, duty] = [path[2 * index]!, path[2 * index + 1]!];
			if (at > 0 && duty < before) this.fallsUntil = now + at;
			before = duty;
		}
		this.carrier.fade(path, count, now);
		native.fade(simulated, count);
		this.shown = undefined;
		put(() => {}, path[2 * count - 2]); // its last duty is retained
		return this.beat();
	}

	stop(): void {
		this.follow(native.monotonic());
		this.carrier.stop(native.monotonic());
		native.stop();
	}

	beat(): number {
		return native.monotonic() < this.fallsUntil ? 1 : 0;
	}

	/** In RTC memory. */
	follow(now: number): void {
		const { carrier } = this;
		if (carrier.nextAt === Infinity) return;
		while (carrier.nextAt <= now) carrier.advance();
		the.pole.retained.shine(carrier.dutyAt(now));
	}
}

export class Analog {
	readonly resolution = 12;

	/** Like the converter of an ESP32, which reads a little without light. */
	read(): number {
		const { lux, pins } = the.pole;
		const { light } = pins;
		if (light?.kind !== "analog" || lux === undefined) throw new Error("no sensor");
		const full = 2 ** this.resolution - 1;
		const share = Math.min(1, lux / light.fullScale_lx);
		return Math.max(237, Math.round(share * full));
	}
}

/** Data sheets: VEML7700 0.0672 lx a count, BH1750 1/1.2 lx a count, TMP102 1/256 K a count. */
export class I2C {
	private readonly address: number;

	constructor({ address }: { readonly address: number }) {
		this.address = address;
		this.count();
	}

	write(): void {
		this.count();
	}

	read(into: Uint8Array): number {
		new DataView(into.buffer).setUint16(0, this.count()); // big-endian: BH1750
		return into.length;
	}

	writeRead(_register: Uint8Array, into: Uint8Array): number {
		const isLittle = this.isLight;
		new DataView(into.buffer).setInt16(0, this.count(), isLittle);
		return into.length;
	}

	close(): void {}

	private get isLight(): boolean {
		const { light } = the.pole.pins;
		return light !== undefined && light.kind !== "analog" && light.address === this.address;
	}

	/** Throws where no chip answers: none is fitted at other addresses. */
	private count(): number {
		const { lux, celsius, pins } = the.pole;
		const { light, temperature } = pins;
		if (light && light.kind !== "analog" && lux !== undefined && this.isLight) {
			const unit = light.kind === "veml7700" ? 0.0672 : 1 / 1.2;
			return Math.min(65_535, Math.round((lux * light.transmission) / unit));
		}
		if (temperature?.address === this.address && celsius !== undefined)
			return Math.round(celsius * 256);
		throw new Error("no answer");
	}
}

interface SerialOptions {
	onReadable(count: number): void;
}

/** Of the FIFO, which is never full here: losses are those of the machine's own buffer. */
const FILLED = SERIAL_FIFO_BYTES - 1;

export class Serial {
	constructor(options: SerialOptions) {
		the.pole.serial = options;
	}

	read(into: Uint8Array): number | undefined {
		const count = native.serialRead(into.subarray(0, FILLED));
		the.pole.unread -= Math.max(0, count);
		return count === 0 ? undefined : count;
	}

	write(bytes: Uint8Array): void {
		if (bytes.length > the.pole.fifo) throw new Error("output full");
		the.pole.fifo -= native.serialWrite(bytes, 0, bytes.length);
	}
}

// --- network

interface InterfaceOptions {
	onChanged(property: string): void;
}

/** Wi-Fi or Ethernet: the simulator's network goes up and down by itself. */
export class Interface {
	readonly address = "10.0.0.7";
	readonly MAC = "30:ae:a4:00:00:07";
	readonly RSSI = -61;
	readonly channel = 6;

	constructor({ onChanged }: InterfaceOptions) {
		the.pole.onNetwork = onChanged;
	}

	get connection(): number {
		return the.pole.connection;
	}

	connect(options?: { readonly SSID: string; readonly password?: string }): void {
		if (options) native.wifi(`${options.SSID}\n${options.password ?? ""}`);
	}

	disconnect(): void {
		the.pole.connection = DOWN;
	}

	scan({ onComplete }: { onComplete(): void }): void {
		put(onComplete, 2000);
	}
}

/** The virtual network resolves names where it connects. */
export const lookUp = (name: string, answer: (name: string, address: string) => void): void =>
	void put(() => answer(name, name));

interface TcpOptions {
	readonly host: string;
	readonly port: number;
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
}

export class TCP {
	readonly id: number;
	readonly options: TcpOptions;
	/** Bytes of the peer that were not read. */
	waiting = 0;
	link: Link | undefined;

	constructor(options: TcpOptions) {
		const { host, port } = options;
		const isTls = TLS_PORTS.includes(port);
		const whom = isTls ? `${host} ${host} ${Date.now()}` : host;
		this.id = native.streamOpen(whom, port, isTls);
		if (this.id < 0) throw new Error("no socket");
		this.options = options;
		the.pole.sockets[this.id] = this;
	}

	read(into: Uint8Array): number {
		if (into.length === 0 || into.length > this.waiting) throw new Error("invalid");
		this.waiting -= into.length;
		return native.streamRead(this.id, into);
	}

	write(bytes: Uint8Array): void {
		if (!native.streamWrite(this.id, bytes, 0, bytes.length)) throw new Error("would block");
	}

	close(): void {
		const { sockets } = the.pole;
		if (sockets[this.id] !== this) return;
		sockets[this.id] = undefined;
		native.streamClose(this.id);
	}
}

interface UdpOptions {
	readonly port?: number;
	onReadable(count: number): void;
}

export class UDP {
	private readonly isLocal: boolean;

	constructor({ port, onReadable }: UdpOptions) {
		this.isLocal = port !== undefined;
		if (port === undefined) the.pole.timeClient = { onReadable };
		else if (native.datagramBind(port)) the.pole.local.onReadable = onReadable;
		else throw new Error("in use");
	}

	read(): ArrayBuffer | undefined {
		const { local, timeClient } = the.pole;
		if (!this.isLocal) {
			const packet = timeClient?.packet;
			if (timeClient) delete timeClient.packet;
			return packet;
		}
		if (local.waiting === 0) return undefined;
		local.waiting -= 1;
		const into = new Uint8Array(1472);
		const count = native.datagramRead(into);
		return into.slice(0, count).buffer;
	}

	write(bytes: Uint8Array, _address: string, port: number): void {
		if (this.isLocal) native.datagramSend(bytes, bytes.length);
		else if (port === NTP_PORT) {
			the.pole.question = bytes.slice();
			answerTime();
		}
	}

	close(): void {
		if (!this.isLocal) return;
		the.pole.local.onReadable = undefined;
		native.datagramClose();
	}
}

/** RFC 4330: mode 4, stratum 2, our transmit time as the origin. */
function answerTime(): void {
	const { pole } = the;
	const { question, serverOffset, timeClient } = pole;
	if (!question || serverOffset === undefined || !timeClient) return;
	pole.question = undefined;
	const packet = new Uint8Array(48);
	packet[0] = 0x24;
	packet[1] = 2;
	packet.set(question.subarray(40, 48), 24);
	const seconds = (native.monotonic() + serverOffset) / 1000 + SECONDS_TO_1970;
	const view = new DataView(packet.buffer);
	view.setUint32(40, Math.floor(seconds) % ERA);
	view.setUint32(44, Math.floor((seconds % 1) * ERA));
	timeClient.packet = packet.buffer;
	put(() => {
		if (timeClient.packet) timeClient.onReadable(1);
	});
}

// --- storage and images

const stored = (result: number): void => {
	if (result === 1) throw new Error("ESP_ERR_NVS_NOT_ENOUGH_SPACE");
	if (result !== 0) throw new Error("ESP_FAIL");
};

export const keyValue = Object.freeze({
	open: () =>
		Object.freeze({
			read: (key: string) => native.storeRead(key),
			write: (key: string, value: string) => stored(native.storeWrite(key, value)),
			delete: (key: string) => stored(native.storeErase(key)),
		}),
});

const SECTOR_BYTES = 4096;
const done = (isDone: boolean): void => {
	if (!isDone) throw new Error("ESP_FAIL");
};

export const flash = Object.freeze({
	open: ({ path }: { readonly path: string }) => {
		if (path !== "journal" && path !== "nextota") throw new Error("can't find partition");
		return Object.freeze({
			status: () => ({ size: native.flashSectors * SECTOR_BYTES }),
			read: (into: Uint8Array, at: number) => done(native.flashRead(at, into)),
			write: (bytes: Uint8Array, at: number) => done(native.flashWrite(at, bytes, 0, bytes.length)),
			eraseBlock: (sector: number) => done(native.flashErase(sector)),
		});
	},
});

export const Update = Object.freeze({
	open: ({ byteLength }: { readonly byteLength: number }) => {
		done(native.imageBegin(byteLength));
		return Object.freeze({
			write: (bytes: Uint8Array) => done(native.imageWrite(bytes, 0, bytes.length)),
			complete: () => done(native.imageActivate()),
			close: () => {},
		});
	},
});

// --- functions of ESP-IDF and of retained.c

/** `esp_reset_reason_t` by POWER_CAUSE: a requested restart and an update are resets by software. */
const REASONS = Object.freeze([1, 3, 6, 4, 9, 3]);

export class FFI {
	esp_reset_reason = (): number => REASONS[native.powerCause()] ?? 1;
	luminode_retained = (place: number): number =>
		place === 0 ? the.pole.retained.level : (native.retainedRefusals() ?? Number.NaN);
	luminode_retain = (place: number, value: number): void =>
		place === 0 ? the.pole.retained.retain(value) : native.retainRefusals(value);
	luminode_light = (_resolution: number, _inverted: number, duty: number): void =>
		the.pole.light.open(duty);
	luminode_shine = (duty: number): void => the.pole.light.write(duty);
	luminode_fade = (path: ArrayBuffer, count: number): number =>
		the.pole.light.fade(new Uint32Array(path, 0, 2 * count), count);
	luminode_stop = (): void => the.pole.light.stop();
	luminode_beat = (): number => the.pole.light.beat();
	luminode_shone = (): number => the.pole.retained.shone();
	luminode_at = (): void => {};
	luminode_was_at = (): number => -1;
	luminode_ended = (): string => "";
	luminode_crash = (): number => 0;
	luminode_restart = (): void => {
		the.pole.retained.ask();
		native.restart("asked");
	};
	luminode_was_asked = (): number => the.pole.retained.wasAsked();
	luminode_profile = (): string => native.profile;
	luminode_slot = (): number => native.imageSlot();
	esp_restart = (): void => native.restart("not asked");
	esp_get_minimum_free_heap_size = (): number => native.freeBytes();
	esp_ota_mark_app_valid_cancel_rollback = (): number => (native.imageKeep() ? 0 : -1);
	esp_ota_get_running_partition = (): number => 1;
	esp_ota_get_state_partition = (_partition: number, into: ArrayBuffer): number => {
		new Uint32Array(into)[0] = native.imageState() === 0 ? 2 : 1;
		return 0;
	};
	esp_netif_get_handle_from_ifkey = (): number => 1;
	esp_netif_dhcpc_stop = (): number => 0;
	esp_netif_dhcpc_start = (): number => 0;
	esp_wifi_set_country_code = (): number => 0;
	esp_wifi_set_ps = (): number => 0;
	bootloader_random_enable = (): void => {};
	esp_efuse_mac_get_default = (into: ArrayBuffer): number => {
		new Uint8Array(into).set([0x24, 0x0a, 0xc4, 0, 0, 1]);
		return 0;
	};
	esp_fill_random = (into: ArrayBuffer, count: number): void =>
		native.random(new Uint8Array(into, 0, count));
}

// --- native/tls: a link passes bytes as they are; the street's broker ends the handshake

export const OPEN = 1;
export const REFUSED_ENDED = -6;
const REFUSED = -2;
/** As of the rings of hosts/tls/worker.c. */
const [ROOM, WRITE] = [2048, 2560];
export const CERTIFICATE_STATES = Object.freeze(["valid", "malformed", "expired", "notYetValid"]);
export const KEY_STATES = Object.freeze(["valid", "malformed", "unsupported"]);

/** Bytes in the order in which they came. */
class Ring {
	count = 0;
	private readonly bytes: Uint8Array;

	constructor(size: number) {
		this.bytes = new Uint8Array(size);
	}

	get room(): number {
		return this.bytes.length - this.count;
	}

	put(bytes: Uint8Array): void {
		this.bytes.set(bytes, this.count); // throws beyond the room
		this.count += bytes.length;
	}

	take(into: Uint8Array): number {
		const count = Math.min(into.length, this.count);
		into.set(this.bytes.subarray(0, count));
		this.bytes.copyWithin(0, count, this.count);
		this.count -= count;
		return count;
	}
}

export class Link {
	readonly onNews: () => void;
	state = 0;
	readonly version = 13;
	private readonly in = new Ring(ROOM);
	private readonly out = new Ring(WRITE);

	constructor(_trust: object, onNews: () => void) {
		this.onNews = onNews;
		const { pole } = the;
		const { reached } = pole;
		pole.reached = undefined;
		if (!reached) throw new Error("no socket was reached");
		reached.link = this;
		native.streamSecure(reached.id);
	}

	get room(): number {
		return this.in.room;
	}

	get pending(): number {
		return this.out.count;
	}

	get writable(): number {
		return this.state === OPEN ? this.out.room : 0;
	}

	/** The handshake of a socket ended. */
	settle(isOpen: boolean): void {
		this.state = isOpen ? OPEN : REFUSED;
		this.onNews();
	}

	put(bytes: Uint8Array): void {
		this.in.put(bytes);
	}

	cut(): void {
		this.state = REFUSED_ENDED;
		this.onNews();
	}

	take(into: Uint8Array): number {
		return this.out.take(into);
	}

	available(): number {
		return this.in.count;
	}

	read(into: Uint8Array): number {
		return this.in.take(into);
	}

	write(bytes: Uint8Array): boolean {
		if (bytes.length > this.writable) return false;
		this.out.put(bytes);
		return true;
	}

	end(): void {}

	close(): void {}
}

const buffer = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;
export const sha256 = (bytes: Uint8Array): ArrayBuffer => buffer(native.sha256(bytes));
export const hmacSha256 = (key: Uint8Array, bytes: Uint8Array): ArrayBuffer =>
	buffer(native.hmacSha256(key, bytes));
export const running = Object.freeze({
	begin: () => native.digestBegin(),
	add: (bytes: Uint8Array) => native.digestAdd(bytes, 0, bytes.length),
	end: () => buffer(native.digestEnd()),
});
export const ecdsaVerify = (key: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean =>
	native.ecdsaVerify(key, digest, signature);
/** Well-formed as far as it is DER. */
const isDer = (der: ArrayBuffer): boolean => new Uint8Array(der)[0] === 0x30;
export const certificateState = (der: ArrayBuffer): number => (isDer(der) ? 0 : 1);
export const keyState = (der: ArrayBuffer): number => (isDer(der) ? 0 : 1);
export const isPair = (): boolean => true;

// --- inputs of the street

/** One input of the virtual machine, as the callbacks of the SDK that it causes. */
export function deliver(kind: number, _now: number, value: number, channel: number): void {
	const { pole } = the;
	pole.light.follow(native.monotonic());
	switch (kind) {
		case INPUT.movement:
		case INPUT.stillness: {
			const isActive = kind === INPUT.movement;
			pole.level = isActive !== pole.pins.movement.activeLow ? 1 : 0;
			pole.onEdge?.();
			break;
		}
		case INPUT.illuminance:
			pole.lux = value;
			break;
		case INPUT.temperature:
			pole.celsius = value;
			break;
		case INPUT.time:
			pole.serverOffset = value - native.monotonic();
			answerTime();
			break;
		case INPUT.network:
			pole.connection = value === 1 ? UP : DOWN;
			pole.onNetwork?.("connection");
			break;
		case INPUT.serialReadable:
			pole.unread += value;
			pole.serial?.onReadable(Math.min(FILLED, pole.unread));
			break;
		case INPUT.serialWritable:
			pole.fifo += value;
			break;
		case INPUT.datagram:
			pole.local.waiting += 1;
			pole.local.onReadable?.(pole.local.waiting);
			break;
		default:
			deliverStream(kind, value, pole.sockets[channel]);
	}
	runTimers();
}

function deliverStream(kind: number, count: number, socket: TCP | undefined): void {
	if (!socket) return;
	const { options, id, link } = socket;
	const { pole } = the;
	switch (kind) {
		case INPUT.streamReached:
			pole.reached = socket;
			options.onWritable(SEND_WINDOW_BYTES);
			break;
		case INPUT.streamOpen:
			options.onWritable(native.streamWritable(id));
			link?.settle(true);
			break;
		case INPUT.streamReadable:
			socket.waiting += count;
			options.onReadable(socket.waiting);
			break;
		case INPUT.streamWritable:
			options.onWritable(native.streamWritable(id));
			break;
		case INPUT.streamClosed:
			pole.sockets[id] = undefined;
			if (link && link.state === 0) link.settle(false);
			else options.onError();
			break;
	}
}
