/**
 * Tap: turns the effects of an observed lamp into what the second lamp hears.
 *
 * The lamp says what it judged at the end of each turn, and the second lamp needs it before: so the
 * things that were heard in a turn are kept until the turn has ended.
 */

import mqtt, { type Packet, type Parser } from "mqtt-packet";
import {
	DEATH,
	DOOR,
	EFFECT,
	type EffectKind,
	INPUT,
	JOIN_FAILURE,
	LIGHT_SENSOR_RANGE,
	POWER_CAUSE,
	READ_DATAGRAM,
	READ_SERIAL,
	STORED,
	STREAM_END,
} from "../../hosts/virtual/protocol.js";
import {
	LIGHT_DOUBT,
	PHOTOCELL_OUTPUT,
	PHOTOCELL_VERDICT,
	PRESENCE_DOUBT,
	VERDICT,
} from "../../hosts/virtual/verdicts.js";
import type { StreamEnd, StreamId } from "../../src/host.js";
import { usualLength } from "../../src/time/midnight.js";
import type { Lux, Percent, UtcMillis } from "../../src/units.js";
import type { DoorName, Heard, Verdict } from "../second/heard.js";

/** `channel` of `EFFECT.heard`: the kind of the input, and whether more of the instant follow. */
const KIND = 0xff;
const TLS = 65_536; // in `value` of EFFECT.streamOpen
const TWICE = 0x100_0000; // in that of EFFECT.busSend
const EARLIEST_DATE = 1_672_531_200_000 as UtcMillis; // of the virtual host (hosts/virtual/lamp/main.ts)
const WORK = Object.freeze([
	[1, "handshake"],
	[2, "update"],
	[4, "erase"],
] as const);

/** What a lamp is told at its first boot and does not change. */
export interface Person {
	readonly serial: string;
	readonly hardware: string;
	readonly hasBus: boolean;
}

const text = new TextDecoder();

/** Verdicts that the second lamp hears, and their places. */
const TOLD = Object.entries(VERDICT).filter(
	([name]) => !["life", "share", "firstNight"].includes(name),
);

export class Tap {
	/** Heard in the turn under way. */
	readonly #heard: Heard[] = [];
	readonly #person: Person;
	readonly #verdicts = new Float64Array(VERDICT.firstNight).fill(Number.NaN);
	readonly #parsers = new Map<StreamId, Parser>();
	readonly #storeRead: (key: string) => string | undefined;
	#told = false; // the verdicts of this life
	#decided = false; // the light follows a decision of the turn under way
	/** A write in which power failed. */
	#torn: { readonly key: string; readonly value: string | undefined } | undefined;
	#bootAt = 0;
	#now = 0;
	#share = Number.NaN; // of the driver's output
	#frame = 0; // that was sent last on the bus

	/** `storeRead`: the lamp's store, after a write in which power failed. */
	constructor(person: Person, storeRead: (key: string) => string | undefined) {
		this.#person = person;
		this.#storeRead = storeRead;
	}

	/** A copy between two turns, for another future. */
	copy(): Tap {
		const copy = new Tap(this.#person, this.#storeRead);
		copy.#heard.push(...this.#heard);
		copy.#verdicts.set(this.#verdicts);
		copy.#torn = this.#torn;
		copy.#told = this.#told;
		copy.#bootAt = this.#bootAt;
		copy.#frame = this.#frame;
		copy.#share = this.#share;
		return copy;
	}

	get hasBus(): boolean {
		return this.#person.hasBus;
	}

	/** Begin of the life, on the clock of the street. */
	get bootAt(): number {
		return this.#bootAt;
	}

	/** One effect; returns all that was heard if it ends a turn or a life, else undefined. */
	onEffect(
		kind: EffectKind,
		at: number,
		value: number,
		channel: number,
		bytes: Uint8Array,
	): readonly Heard[] | undefined {
		if (kind === EFFECT.booted) this.#boot(at, value, channel === 1, bytes);
		const now = at - this.#bootAt;
		switch (kind) {
			case EFFECT.heard:
				this.#input(now, channel & KIND, value, bytes);
				break;
			case EFFECT.read:
				this.#read(now, value, channel === 1, bytes.slice());
				break;
			case EFFECT.refused:
				// the other retained number counts the refusals of brokers
				if (DOOR[value] === "retained" && text.decode(bytes) !== "level") break;
				this.#heard.push({ kind: "refused", now, door: DOOR[value] as DoorName });
				break;
			case EFFECT.stored:
				this.#store(now, STORED[value]!, channel === 1, text.decode(bytes));
				break;
			case EFFECT.streamWrite:
				this.#sent(now, channel, bytes);
				break;
			case EFFECT.streamOpen: {
				const [host = ""] = text.decode(bytes).split(" ");
				const port = value % TLS;
				this.#parsers.delete(channel);
				this.#heard.push({ kind: "opened", now, stream: channel, host, port, isTls: value >= TLS });
				break;
			}
			case EFFECT.busSend:
				this.#frame = value % TWICE;
				break;
			case EFFECT.streamClose:
				this.#heard.push({ kind: "closed", now, stream: channel, why: undefined });
				break;
			case EFFECT.fade:
				this.#decided = true;
				break;
			case EFFECT.duty:
				this.#decided ||= this.#told; // the boot level is no decision
				break;
			case EFFECT.verdicts:
				this.#decided = false;
				this.#judge(now, bytes);
				this.#heard.push({ kind: "turn", now });
				return this.#heard.splice(0);
			case EFFECT.restart:
				this.#heard.push({ kind: "end", now, why: "restart", isTorn: false });
				return this.#heard.splice(0);
			case EFFECT.death: {
				const isCut = DEATH[value] === "powerCut";
				if (this.#decided) this.#heard.push({ kind: "decided", now });
				this.#heard.push({
					kind: "end",
					now,
					why: isCut ? "powerCut" : "crash",
					isTorn: isCut && bytes.length > 0,
				});
				return this.#heard.splice(0);
			}
		}
		return undefined;
	}

	#boot(at: number, cause: number, isMemoryKept: boolean, bytes: Uint8Array): void {
		this.#bootAt = at;
		this.#told = false;
		this.#decided = false;
		this.#heard.length = 0;
		const clock = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
		this.#heard.push({
			kind: "boot",
			now: 0,
			cause: POWER_CAUSE[cause]!,
			...this.#person,
			profile: "development",
			lightSensorRange: LIGHT_SENSOR_RANGE as Lux,
			earliestDate: EARLIEST_DATE,
			wallClock: Number.isNaN(clock) ? undefined : (clock as UtcMillis),
			isMemoryKept,
			life: 0, // these two are told by the verdicts, at the end of the turn
			operatingHours: 0,
		});
		this.#parsers.clear();
		const torn = this.#torn;
		this.#torn = undefined;
		if (!torn) return;
		const result = this.#storeRead(torn.key) === torn.value ? "ok" : "failed";
		const isErased = torn.value === undefined;
		this.#heard.push({ kind: "stored", now: 0, key: torn.key, isErased, result });
	}

	#store(now: number, result: (typeof STORED)[number], isErased: boolean, said: string): void {
		if (result !== "torn") {
			this.#heard.push({ kind: "stored", now, key: said, isErased, result });
			return;
		}
		const at = said.indexOf(" ");
		const key = at < 0 ? said : said.slice(0, at);
		this.#torn = { key, value: isErased ? undefined : said.slice(at + 1) };
	}

	/** Packets of MQTT to the broker; an image's server is sent HTTP. */
	#sent(now: number, stream: StreamId, bytes: Uint8Array): void {
		let parser = this.#parsers.get(stream);
		if (!parser) {
			if (text.decode(bytes.subarray(0, 4)) === "GET ") return;
			parser = mqtt.parser();
			parser.on("packet", (packet: Packet) =>
				this.#heard.push({ kind: "sent", now: this.#now, ...factsOf(packet) }),
			);
			parser.on("error", () => {}); // an image's server
			this.#parsers.set(stream, parser);
		}
		this.#now = now;
		parser.parse(Buffer.from(bytes));
	}

	#input(now: number, kind: number, value: number, bytes: Uint8Array): void {
		const stream = bytes[0]! | (bytes[1]! << 8);
		const heard = this.#heard;
		if (kind === INPUT.movement) heard.push({ kind: "movement", now });
		else if (kind === INPUT.stillness) heard.push({ kind: "stillness", now });
		else if (kind === INPUT.illuminance)
			heard.push({ kind: "illuminance", now, lux: value as Lux });
		else if (kind === INPUT.temperature) heard.push({ kind: "temperature", now, celsius: value });
		else if (kind === INPUT.time) heard.push({ kind: "time", now, utc: value as UtcMillis });
		else if (kind === INPUT.network) {
			const why = value < 2 ? undefined : JOIN_FAILURE[value - 2];
			heard.push({ kind: "network", now, isUp: value === 1, why });
		} else if (kind === INPUT.streamOpen) heard.push({ kind: "connected", now, stream });
		else if (kind === INPUT.streamClosed) {
			const why: StreamEnd = STREAM_END[value] ?? "closedByPeer";
			heard.push({ kind: "closed", now, stream, why });
		} else if (kind === INPUT.busAnswered)
			heard.push({ kind: "answered", now, frame: this.#frame, answer: value });
	}

	#read(now: number, source: number, isLost: boolean, bytes: Uint8Array): void {
		if (source === READ_SERIAL) this.#heard.push({ kind: "typed", now, bytes, isLost });
		else if (source === READ_DATAGRAM) this.#heard.push({ kind: "datagram", now, bytes });
		else this.#heard.push({ kind: "read", now, stream: source, bytes });
	}

	/** The verdicts that are other than in the turn before. */
	#judge(now: number, bytes: Uint8Array): void {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const numberOf = (name: keyof typeof VERDICT) => view.getFloat64(VERDICT[name] * 8, true);
		const [boot] = this.#heard;
		if (boot?.kind === "boot") {
			const [life, operatingHours] = [numberOf("life"), numberOf("operatingHours")];
			this.#heard[0] = { ...boot, life, operatingHours };
		}
		const isShared = this.#share === numberOf("share");
		this.#share = numberOf("share");
		for (const [name, place] of TOLD) {
			const value = name === "nights" ? usualNightIn(view) : view.getFloat64(place * 8, true);
			const before = this.#verdicts[place]!;
			const isKnown = name === "operatingHours" ? isShared : Object.is(value, before);
			if (this.#told && isKnown) continue;
			this.#verdicts[place] = value;
			if (name === "work") this.#work(now, value, this.#told ? before : 0);
			else if (name === "failing") {
				if (value === 1) this.#heard.push({ kind: "failed", now });
			} else this.#heard.push({ kind: "verdict", now, ...verdictOf(name, value) });
		}
		this.#told = true;
	}

	#work(now: number, bits: number, before: number): void {
		for (const [bit, source] of WORK) {
			if ((bits & bit) === (before & bit)) continue;
			this.#heard.push({ kind: "work", now, source, until: bits & bit ? Infinity : 0 });
		}
	}
}

/** What a packet tells: its kind, and of a PUBLISH its topic. */
function factsOf(packet: Packet) {
	const { cmd, messageId: id } = packet;
	const none = { topic: undefined, nonce: undefined, answers: undefined };
	if (cmd !== "publish") return { packet: cmd, id, ...none };
	const { topic } = packet;
	const said = (end: string, name: string) =>
		topic.endsWith(end)
			? (JSON.parse(packet.payload.toString()) as Record<string, string | undefined>)[name]
			: undefined;
	const [nonce, answers] = [said("/clock/question", "nonce"), said("/reply", "id")];
	return { packet: cmd, id, topic, nonce, answers };
}

/** The usual length of a night, ms; NaN: none is learnt. */
function usualNightIn(view: DataView): number {
	const at = (place: number) => view.getFloat64(place * 8, true);
	const lengths = Array.from({ length: at(VERDICT.nights) }, (_, n) => at(VERDICT.firstNight + n));
	return usualLength(lengths) ?? Number.NaN;
}

function verdictOf(name: string, value: number): Verdict {
	const known = Number.isNaN(value) ? undefined : value;
	switch (name) {
		case "photocell":
			return { name, value: PHOTOCELL_VERDICT[value]! };
		case "presenceDoubt":
			return { name, value: PRESENCE_DOUBT[value] };
		case "lightDoubt":
			return { name, value: LIGHT_DOUBT[value] };
		case "midnight":
			return { name, value: known };
		case "nights":
			return { name: "usualNight", value: known };
		case "thermalCap":
		case "driverMinimum":
			return { name, value: value as Percent };
		case "classesBelow":
		case "commands":
		case "operatingHours":
		case "revision":
			return { name, value };
		case "photocellOutput":
			return { name, value: PHOTOCELL_OUTPUT[value]! };
		case "clockConflict":
		case "credit":
		case "isReplyRoomFull":
		case "isAnswering":
			return { name, value: value !== 0 };
		default:
			throw new Error(`no verdict ${name}`);
	}
}
