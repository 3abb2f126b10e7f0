/**
 * Oracle: what a record of a lamp's connections must say, by the contract alone.
 *
 * Nothing leaves the outbox before its PUBACK; what was not acknowledged comes again, first, whole
 * and with DUP [MQTT-4.4.0-1, 3.3.1-1]; one at a time; events in order, their numbers without gaps
 * but those that an `eventsLost` names. It is independent of how the firmware keeps what it owes.
 */
import type { IPublishPacket } from "mqtt-packet";
import type { Link } from "./recorder.js";

const OUTBOX = Object.freeze(["event", "telemetry", "traffic", "reply"]);

interface Message {
	readonly suffix: string;
	readonly payload: string;
	readonly dup: boolean;
}

interface Event {
	readonly life: number;
	readonly seq: number;
	readonly type: string;
	readonly attributes?: { readonly from?: number; readonly to?: number };
}

export interface Findings {
	readonly breaches: string[];
	/** Messages of the outbox, repeats not counted. */
	messages: number;
	repeats: number;
	events: number;
	/** Connections that ended with a message sent and not acknowledged. */
	inDoubt: number;
	/** What is in doubt at the end. */
	pending: Message | undefined;
}

export function judge(links: readonly Link[]): Findings {
	const found: Findings = {
		breaches: [],
		messages: 0,
		repeats: 0,
		events: 0,
		inDoubt: 0,
		pending: undefined,
	};
	const lastSeqs = new Map<number, number>(); // the last number of each life's events
	let life = -1;
	for (const [index, link] of links.entries()) {
		const now = lifeOf(link);
		if (now === undefined) continue; // it never came to CONNECT
		const isFirst = now !== life;
		if (isFirst) found.pending = undefined; // what memory held is gone; events are judged below
		life = now;
		const say = (what: string) =>
			found.breaches.push(`connection ${index + 1}, life ${life}: ${what}`);
		follow(link, { life, isFirst, found, lastSeqs, say });
		if (found.pending) found.inDoubt++;
	}
	return found;
}

interface Reading {
	readonly life: number;
	/** No connection of this life came before. */
	readonly isFirst: boolean;
	readonly found: Findings;
	readonly lastSeqs: Map<number, number>;
	say(what: string): void;
}

function follow(link: Link, reading: Reading): void {
	const { found, say } = reading;
	// A message can have been said into a connection that was cut already, unseen by the recorder.
	let mayRepeatUnseen = !reading.isFirst;
	let waiting: { id: number; message: Message } | undefined;
	for (const { from, packet, passed } of link.frames) {
		if (from === "broker") {
			if (packet.cmd !== "puback" || !passed || packet.messageId !== waiting?.id) continue;
			if (waiting?.message === found.pending) found.pending = undefined;
			waiting = undefined;
		} else if (packet.cmd === "publish" && packet.qos === 1) {
			const message = messageOf(packet);
			if (waiting) say(`${message.suffix} before the PUBACK of ${waiting.message.suffix}`);
			waiting = { id: packet.messageId ?? 0, message };
			if (!OUTBOX.includes(message.suffix)) continue;
			check(message, reading, mayRepeatUnseen);
			mayRepeatUnseen = false;
			found.pending = message;
		}
	}
}

function check(message: Message, reading: Reading, mayRepeatUnseen: boolean): void {
	const { life, found, lastSeqs, say } = reading;
	const { pending } = found;
	if (pending) {
		found.repeats++;
		if (message.suffix !== pending.suffix || message.payload !== pending.payload)
			say(`owed ${pending.suffix} ${pending.payload}, came ${message.suffix} ${message.payload}`);
		else if (!message.dup) say(`${message.suffix} sent again without DUP`);
		return;
	}
	found.messages++;
	if (message.dup && !mayRepeatUnseen) say(`${message.suffix} with DUP, sent for the first time`);
	if (message.suffix !== "event") return;
	found.events++;
	const event = JSON.parse(message.payload) as Event;
	const isLost = event.type === "eventsLost";
	const from = isLost ? (event.attributes?.from ?? event.seq) : event.seq;
	const last = lastSeqs.get(event.life) ?? (event.life === life ? 0 : from - 1);
	lastSeqs.set(
		event.life,
		Math.max(last, isLost ? (event.attributes?.to ?? event.seq) : event.seq),
	);
	if (event.life < life && from <= last) return; // sent again by the next life: the mark was lost
	if (from !== last + 1) say(`event ${from} of life ${event.life} after ${last}`);
}

export interface Kept {
	readonly breaches: string[];
	/** Sessions that the broker had kept and in which it was owed something. */
	owing: number;
	/** Topics' last words of what was sent again. */
	readonly again: Set<string>;
}

/**
 * What the standard asks of a session that was kept: what was sent in it and not acknowledged is sent
 * again before anything else, under its identifier, with DUP [MQTT-4.4.0-1]; nothing else has DUP.
 */
export function judgeKept(links: readonly Link[]): Kept {
	const kept: Kept = { breaches: [], owing: 0, again: new Set() };
	let owed: IPublishPacket | undefined;
	let life = -1;
	for (const [index, link] of links.entries()) {
		const now = lifeOf(link);
		if (now === undefined) continue;
		let mayBeUnseen = now === life; // said into a connection that was cut already
		if (now !== life) owed = undefined; // the lamp's memory is gone, and what waited with it
		life = now;
		const greeting = link.frames.find(({ packet, passed }) => packet.cmd === "connack" && passed);
		if (greeting?.packet.cmd !== "connack") continue;
		const isKept = greeting.packet.sessionPresent;
		if (!isKept) owed = undefined;
		else if (owed) kept.owing++;
		for (const { from, packet, passed } of link.frames) {
			if (from === "broker" && packet.cmd === "puback" && passed) {
				if (packet.messageId === owed?.messageId) owed = undefined;
			} else if (from === "lamp" && packet.cmd === "publish" && packet.qos === 1) {
				const isOwed = owed?.messageId === packet.messageId && owed?.topic === packet.topic;
				const what = `connection ${index + 1}, life ${life}: ${packet.topic}`;
				if (owed && !(isOwed && packet.dup)) kept.breaches.push(`${what} before ${owed.topic}`);
				if (isKept && packet.dup && !isOwed && !mayBeUnseen) kept.breaches.push(`${what} with DUP`);
				if (isOwed) kept.again.add(messageOf(packet).suffix);
				mayBeUnseen = false;
				owed = packet;
			}
		}
	}
	return kept;
}

function messageOf({ topic, payload, dup }: IPublishPacket): Message {
	return { suffix: topic.split("/").at(-1)!, payload: payload.toString(), dup };
}

/** Out of the will. */
function lifeOf(link: Link): number | undefined {
	const first = link.frames[0]?.packet;
	if (first?.cmd !== "connect") return undefined;
	return (JSON.parse(String(first.will?.payload ?? "{}")) as { life?: number }).life;
}
