/**
 * Main: one lamp inside an XS machine of the simulator: the node on the functions of `native`.
 *
 * Translation only. `deliver` is called once per input; `more` announces others of the same
 * instant, so that they share one tick. Exceptions end in the node's own boundary.
 */
import type {
	Crypto,
	FlashLog,
	Host,
	Inputs,
	Store,
	StoreResult,
	Streams,
} from "../../../src/host.js";
import { Node } from "../../../src/node.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { checkCertificate, checkKey, isPair } from "../../moddable/certificate.js";
import { INPUT, JOIN_FAILURE, LIGHT_SENSOR_RANGE, POWER_CAUSE, STREAM_END } from "../protocol.js";
import { dueIn } from "./due.js";
import { sayVerdicts } from "./judged.js";

const STORE_RESULT: readonly StoreResult[] = Object.freeze(["ok", "full", "failed"] as const);
const RESOLUTION = 12; // bits: LEDC of the ESP32 at 19.5 kHz, above every flicker limit

const store: Store = Object.freeze({
	read: native.storeRead,
	write: (key: string, value: string) => STORE_RESULT[native.storeWrite(key, value)] ?? "failed",
	erase: (key: string) => STORE_RESULT[native.storeErase(key)] ?? "failed",
});

const streams: Streams = Object.freeze({
	open(target: Parameters<Streams["open"]>[0]) {
		const { host, port, tls } = target;
		const whom = tls ? `${host} ${tls.serverName} ${tls.date}` : host;
		const id = native.streamOpen(whom, port, tls !== undefined);
		return id < 0 ? "notAvailable" : id;
	},
	secure: native.streamSecure,
	writable: native.streamWritable,
	write: native.streamWrite,
	read: native.streamRead,
	close: native.streamClose,
});

const crypto: Crypto = Object.freeze({
	sha256: native.sha256,
	running: Object.freeze({
		begin: native.digestBegin,
		add: native.digestAdd,
		end: native.digestEnd,
	}),
	hmacSha256: native.hmacSha256,
	ecdsaVerify: native.ecdsaVerify,
	checkCertificate,
	checkKey,
	isPair,
	random: native.random,
});

const flashLog: FlashLog = Object.freeze({
	sectors: native.flashSectors,
	sectorBytes: 4096,
	read: native.flashRead,
	write: native.flashWrite,
	erase: native.flashErase,
});

export const host: Host = Object.freeze({
	get serial() {
		return native.serial;
	},
	get hardware() {
		return native.hardware;
	},
	get profile() {
		return native.profile;
	},
	get powerCause() {
		return POWER_CAUSE[native.powerCause()] ?? "powerOn";
	},
	lightSensorRange: LIGHT_SENSOR_RANGE as Lux,
	earliestDate: 1_672_531_200_000 as UtcMillis, // 2023: recordings of past years are replayed
	monotonic: native.monotonic,
	wallClock: native.wallClock as Host["wallClock"],
	setWallClock: native.setWallClock,
	retained: Object.freeze({
		level: Object.freeze({ read: native.retainedLevel, write: native.retainLevel }),
		refusals: Object.freeze({ read: native.retainedRefusals, write: native.retainRefusals }),
	}),
	alarm: native.alarm,
	restart: native.restart,
	dimmer: Object.freeze({
		resolution: RESOLUTION,
		write: native.duty,
		fade: native.fade,
		stop: native.stop,
	}),
	relay: Object.freeze({ write: (closed: boolean) => native.relay(closed) }),
	indicator: Object.freeze({
		show: native.indicate,
	}),
	serialPort: Object.freeze({
		write: native.serialWrite,
		read: native.serialRead,
	}),
	// on Ethernet until a Wi-Fi is named; reconnects by itself
	network: Object.freeze({
		hasWifi: true,
		useWifi: (name: string, password: string) => native.wifi(`${name}\n${password}`),
		rejoin: () => "notAvailable" as const,
	}),
	streams,
	datagrams: Object.freeze({
		bind: (port: number) => native.datagramBind(port) || "notAvailable",
		send: native.datagramSend,
		read: native.datagramRead,
		close: native.datagramClose,
	}),
	store,
	flashLog,
	images: Object.freeze({
		slot: native.imageSlot,
		state: () => (native.imageState() === 0 ? ("kept" as const) : ("probation" as const)),
		begin: native.imageBegin,
		write: native.imageWrite,
		activate: native.imageActivate,
		keep: native.imageKeep,
	}),
	crypto,
	utf8: Object.freeze({
		encode: native.utf8Encode,
		decode: native.utf8Decode,
	}),
	machine: Object.freeze({ freeBytes: () => native.freeBytes() }),
});

export type Deliver = (
	kind: number,
	now: number,
	value: number,
	channel: number,
	more: boolean,
) => void;

/** Boots the lamp and returns the function that the machine calls for every input and alarm. */
export default function (): Deliver {
	return started(new Node(host));
}

/** Runs the first turn of a lamp, and returns the function of its inputs. */
export function started(lamp: Node): Deliver {
	const node: Inputs = lamp;
	const deliver: Deliver = (kind, now, value, channel, more) => {
		try {
			switch (kind) {
				case INPUT.tick:
					break;
				case INPUT.movement:
					node.onMovement(now);
					break;
				case INPUT.stillness:
					node.onStillness(now);
					break;
				case INPUT.illuminance:
					node.onIlluminance(now, value as Lux);
					break;
				case INPUT.datagram:
					node.onDatagram(now);
					break;
				case INPUT.temperature:
					node.onTemperature(now, value);
					break;
				case INPUT.time:
					node.onTime(now, value as UtcMillis);
					break;
				case INPUT.network:
					// no index below 0: it would be a name, which takes memory
					node.onNetwork(now, value === 1, value < 2 ? undefined : JOIN_FAILURE[value - 2]);
					break;
				case INPUT.streamReached:
					node.onStreamReached(now, channel);
					break;
				case INPUT.streamOpen:
					node.onStreamOpen(now, channel);
					break;
				case INPUT.streamReadable:
					node.onStreamReadable(now, channel, value);
					break;
				case INPUT.streamWritable:
					node.onStreamWritable(now, channel);
					break;
				case INPUT.streamClosed:
					node.onStreamClosed(now, channel, STREAM_END[value] ?? "closedByPeer");
					break;
				case INPUT.serialReadable:
					node.onSerialReadable(now, value);
					break;
				case INPUT.serialWritable:
					node.onSerialWritable(now);
					break;
				case INPUT.endless:
					native.log(dueIn(lamp, now));
					return;
				case INPUT.verdicts:
					sayVerdicts(lamp);
					return;
			}
			if (!more) node.tick(now);
		} catch (error) {
			node.onFault(now, error);
		}
	};
	deliver(INPUT.tick, native.monotonic(), 0, 0, false);
	return deliver;
}
