/**
 * Client: one MQTT 3.1.1 connection over one byte stream, from CONNECT to its end.
 *
 * QoS 0 and 1 both ways. At most one packet of ours waits for its acknowledgement: order is kept
 * by itself, one send buffer suffices, and at a round trip of 200 ms that is still five messages a
 * second, more than a lamp ever has to say. `close` may be called at any moment, also within the
 * owner's callbacks. The numbers in brackets are normative statements of the OASIS standard.
 */
import type { StreamEnd, StreamId, StreamTarget } from "../host.js";
import type { Millis } from "../units.js";
import type { LinkDoors, LinkEnd } from "./contract.js";
import type { Received } from "./decoder.js";
import { Decoder } from "./decoder.js";
import { REFUSALS } from "./ends.js";
import type { Greeting, Will } from "./packet.js";
import { Frame, PACKET_BYTES } from "./packet.js";
import type { Writer } from "./writer.js";

/** For DNS and TCP; then for a TLS handshake of 5 s on the ESP32, and CONNACK. */
export const CONNECT_TIMEOUT: Millis = 30_000;
/** Round trips of cellular and mesh backhaul stay below 10 s; three times that means gone. */
export const ANSWER_TIMEOUT: Millis = 30_000;
/** Reads and packets taken in one turn: a flood must not use up the watchdog's time. */
export const STEPS_A_TURN = 32;
/** Then this pause; over 100 packets a second are left, where 30 orders a minute are allowed. */
export const FLOOD_PAUSE: Millis = 100;
/** A PUBACK (table 3.4): no packet is taken in while its answer could not be written. */
const PUBACK_BYTES = 4;
const LAST_PACKET_ID = 65_535;
/** Answer of `endPublish` to a payload over PAYLOAD_BYTES. */
export const TOO_LONG = -1;

export interface ClientOwner {
	/** The broker's end of a stream over TLS answers. Returns when the handshake may begin. */
	onReached(now: Millis): Millis;
	/** CONNACK accepted us. */
	onConnected(now: Millis): void;
	/** SUBACK: the return codes are in `client.decoder`. */
	onSubscribed(now: Millis): void;
	/** It is over; not called after our own `close`. */
	onEnded(now: Millis, end: LinkEnd, detail: string | undefined): void;
}

/** What comes in, and that what went out has arrived. */
export interface MessageListener {
	/** A message is in `client.decoder`, until this returns. False: the topic is no text. */
	onMessage(now: Millis): boolean;
	/** PUBACK of the message in flight. */
	onAcknowledged(now: Millis): void;
}

type State = "closed" | "opening" | "greeting" | "open";

export class Client {
	readonly decoder = new Decoder();
	state: State = "closed";
	/** Bytes of MQTT in this life, TCP and TLS not counted. */
	sentBytes = 0;
	receivedBytes = 0;
	/** From the last message sent to its PUBACK; undefined before the first. */
	roundTrip: Millis | undefined;
	private readonly doors: LinkDoors;
	private readonly owner: ClientOwner;
	private readonly listener: MessageListener;
	private readonly frame: Frame;
	private stream: StreamId = -1;
	private greeting: Greeting | undefined;
	private will: Will | undefined;
	private keepAlive: Millis = Infinity;
	private lastId = 0; // goes on over connections: an identifier in doubt is not used again soon
	private awaitedId = 0; // of PUBLISH or SUBSCRIBE; 0: nothing waits
	private awaited: "puback" | "suback" = "puback";
	private sentAt: Millis = 0;
	private answerDue: Millis = Infinity; // CONNACK, PUBACK or SUBACK
	private pongDue: Millis = Infinity;
	private pingDue: Millis = Infinity;
	private resumeAt: Millis = Infinity;
	private secureAt: Millis = Infinity;

	constructor(doors: LinkDoors, owner: ClientOwner, listener: MessageListener) {
		this.doors = doors;
		this.owner = owner;
		this.listener = listener;
		this.frame = new Frame(doors.utf8);
	}

	/** Starts a connection; false: the host has no stream. The answer comes to the owner. */
	connect(now: Millis, target: StreamTarget, greeting: Greeting, will: Will): boolean {
		this.close();
		const stream = this.doors.streams.open(target);
		if (stream === "notAvailable") return false;
		this.stream = stream;
		this.state = "opening";
		this.greeting = greeting;
		this.will = will;
		this.keepAlive = greeting.keepAlive > 0 ? greeting.keepAlive * 1000 : Infinity;
		this.awaitedId = 0;
		this.answerDue = now + CONNECT_TIMEOUT;
		this.pongDue = Infinity;
		this.pingDue = Infinity;
		this.resumeAt = Infinity;
		this.secureAt = Infinity;
		this.decoder.reset();
		return true;
	}

	owns(id: StreamId): boolean {
		return this.state !== "closed" && this.stream === id;
	}

	/** Room for one whole packet, and nothing of ours unanswered. */
	get isReady(): boolean {
		return (
			this.state === "open" &&
			this.awaitedId === 0 &&
			this.doors.streams.writable(this.stream) >= PACKET_BYTES
		);
	}

	onReached(now: Millis): void {
		if (this.state === "opening") this.secureAt = this.owner.onReached(now);
	}

	onOpen(now: Millis): void {
		if (this.state !== "opening") return;
		const { frame, greeting, will } = this;
		if (!greeting || !will || !frame.connect(greeting, will))
			this.end(now, "protocolError", "greeting");
		else if (this.send(now)) this.state = "greeting"; // else again when room comes
	}

	onWritable(now: Millis): void {
		if (this.state === "opening") this.onOpen(now);
		else if (this.state !== "closed") this.onReadable(now);
	}

	onClosed(now: Millis, end: StreamEnd): void {
		this.state = "closed";
		this.owner.onEnded(now, end, undefined);
	}

	/** Takes in what has come: some of it now, the rest after a pause. */
	onReadable(now: Millis): void {
		if (this.resumeAt < Infinity && now < this.resumeAt) return; // a flood's pause
		const { streams } = this.doors;
		this.resumeAt = Infinity;
		for (let step = 0; step < STEPS_A_TURN; step += 1) {
			if (this.state !== "greeting" && this.state !== "open") return;
			if (streams.writable(this.stream) < PUBACK_BYTES) return;
			const received = this.decoder.next();
			if (received === "nothing") {
				const count = streams.read(this.stream, this.decoder.room());
				if (count === 0) return;
				this.receivedBytes += count;
				this.decoder.took(count);
			} else this.handle(now, received);
		}
		this.resumeAt = now + FLOOD_PAUSE;
	}

	/** Time-outs, the ping, and what a flood left to be read. */
	tick(now: Millis): void {
		if (this.state === "closed") return;
		if (now >= this.answerDue)
			this.end(now, this.state === "open" ? "acknowledgeTimeout" : "connectTimeout");
		else if (now >= this.pongDue) this.end(now, "pingTimeout");
		else if (now >= this.resumeAt) this.onReadable(now);
		else if (now >= this.secureAt) this.secure(now);
		if (this.state === "open" && now >= this.pingDue) this.ping(now);
	}

	get dueAt(): Millis {
		if (this.state === "closed") return Infinity;
		return Math.min(this.answerDue, this.pongDue, this.pingDue, this.resumeAt, this.secureAt);
	}

	/** Asks for all filters at QoS 1; false: not now. */
	subscribe(now: Millis, filters: readonly string[]): boolean {
		if (!this.isReady) return false;
		const id = this.nextId();
		if (!this.frame.subscribe(id, filters) || !this.send(now)) return false;
		this.expect(now, id, "suback");
		return true;
	}

	/**
	 * The head of a message at QoS 1; its payload is written next. To be called when `isReady`.
	 * `repeatedId`: the identifier it had when it was sent before [MQTT-4.4.0-1], 0 for a new one.
	 */
	beginPublish(prefix: string, suffix: string, repeatedId: number): Writer {
		this.awaitedId = repeatedId > 0 ? repeatedId : this.nextId();
		return this.frame.beginPublish(prefix, suffix, this.awaitedId);
	}

	/** Sends it and returns its identifier; 0: not taken now; TOO_LONG: it never will be. */
	endPublish(now: Millis, isRetained: boolean, isRepeat: boolean): number {
		const id = this.awaitedId;
		this.awaitedId = 0;
		if (!this.frame.endPublish(id, isRetained, isRepeat)) return TOO_LONG;
		if (!this.send(now)) return 0;
		this.expect(now, id, "puback");
		return id;
	}

	/** Gives up waiting for an acknowledgement, to say a last word. */
	forget(): void {
		this.awaitedId = 0;
		this.answerDue = Infinity;
	}

	/** DISCONNECT if there is a connection [MQTT-3.14.4-1, -2]; the broker drops the will. */
	close(): void {
		if (this.state === "closed") return;
		if (this.state === "open" && this.frame.disconnect()) this.send(0);
		this.drop();
	}

	/** Leaves without a word: the broker publishes the will. */
	drop(): void {
		if (this.state === "closed") return;
		this.state = "closed";
		this.doors.streams.close(this.stream);
	}

	private secure(now: Millis): void {
		this.secureAt = Infinity;
		this.answerDue = now + CONNECT_TIMEOUT;
		this.doors.streams.secure(this.stream);
	}

	private handle(now: Millis, received: Exclude<Received, "nothing">): void {
		const isGreeting = this.state === "greeting";
		if (received === "violation") this.end(now, "protocolError", this.decoder.violation);
		else if (isGreeting && received !== "connack")
			this.end(now, "protocolError", "connackFirst"); // [MQTT-3.2.0-1]
		else if (received === "publish") this.receive(now);
		else if (received === "pingresp") this.pongDue = Infinity;
		else if (received !== "connack") this.answered(now, received);
		else if (isGreeting) this.greeted(now);
		else this.end(now, "protocolError", "secondConnack");
	}

	private greeted(now: Millis): void {
		const { code, sessionPresent } = this.decoder;
		if (code > 0) {
			this.end(now, REFUSALS[code] as LinkEnd);
		} else if (sessionPresent && this.greeting?.cleanSession) {
			this.end(now, "protocolError", "sessionPresent"); // [MQTT-3.2.2-1]
		} else {
			this.state = "open";
			this.answerDue = Infinity;
			this.owner.onConnected(now);
		}
	}

	private receive(now: Millis): void {
		const { qos, packetId } = this.decoder;
		if (!this.listener.onMessage(now))
			this.end(now, "protocolError", "topicText"); // [MQTT-1.5.3-1, -2]
		else if (qos === 1 && this.state === "open" && this.frame.puback(packetId)) this.send(now); // [MQTT-4.3.2-2]
	}

	/** An answer to something else, e.g. of a connection before, is not for us. */
	private answered(now: Millis, received: "puback" | "suback"): void {
		if (this.decoder.packetId !== this.awaitedId || received !== this.awaited) return;
		this.forget();
		this.roundTrip = now - this.sentAt;
		if (received === "puback") this.listener.onAcknowledged(now);
		else this.owner.onSubscribed(now);
	}

	/** Only after silence of ours [MQTT-3.1.2-23]; without room for it the answer still comes due. */
	private ping(now: Millis): void {
		this.pongDue = Math.min(this.pongDue, now + ANSWER_TIMEOUT);
		this.pingDue = Infinity;
		if (this.frame.pingreq()) this.send(now);
	}

	private expect(now: Millis, id: number, answer: "puback" | "suback"): void {
		this.awaitedId = id;
		this.awaited = answer;
		this.sentAt = now;
		this.answerDue = now + ANSWER_TIMEOUT;
	}

	/** 1 to 65,535 in a circle [MQTT-2.3.1-1]. */
	private nextId(): number {
		this.lastId = this.lastId < LAST_PACKET_ID ? this.lastId + 1 : 1;
		return this.lastId;
	}

	private send(now: Millis): boolean {
		const { writer, start, count } = this.frame;
		if (!this.doors.streams.write(this.stream, writer.bytes, start, count)) return false;
		this.sentBytes += count;
		this.pingDue = now + this.keepAlive;
		return true;
	}

	private end(now: Millis, end: LinkEnd, detail?: string): void {
		this.drop();
		this.owner.onEnded(now, end, detail);
	}
}
