/**
 * Client: one MQTT 3.1.1 connection over one byte stream, from CONNECT to its end.
 *
 * QoS 0 and 1 in both directions. At most one packet of this client waits for its acknowledgement:
 * this preserves the order and needs one send buffer only. At a round trip of 200 ms it allows five
 * messages a second, more than a lamp ever sends. `close` may be called at any moment, also within
 * the owner's callbacks. The numbers in brackets are normative statements of the OASIS standard.
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

/**
 * For DNS and TCP; then again for a TLS handshake and CONNACK; and for each answer. Cellular and
 * mesh round trips stay below 10 s; three times that means a lost connection.
 */
export const PATIENCE: Millis = 30_000;
/** At 1 kbit/s a handshake of 6 kB takes 48 s, a birth 10 s, and each loss of a packet as long again. */
export const NARROW_PATIENCE: Millis = 180_000;
/** Reads and packets handled in one turn: a flood must not exhaust the watchdog's time. */
export const STEPS_A_TURN = 32;
/** Pause after STEPS_A_TURN: leaves over 100 packets a second; 30 orders a minute are accepted. */
export const FLOOD_PAUSE: Millis = 100;
/** Size of PUBACK (table 3.4): no packet is accepted while its PUBACK could not be written. */
const PUBACK_BYTES = 4;
const LAST_PACKET_ID = 65_535;
/** Result of `endPublish` for a payload over PAYLOAD_BYTES. */
export const TOO_LONG = -1;

export interface ClientOwner {
	/** A stream over TLS has reached the broker. Returns when the handshake may begin. */
	onReached(now: Millis): Millis;
	/** CONNACK accepted the connection. */
	onConnected(now: Millis): void;
	/** SUBACK arrived: its return codes are in `client.decoder`. */
	onSubscribed(now: Millis): void;
	/** The connection ended; not called after `close` of this client. */
	onEnded(now: Millis, end: LinkEnd, detail: string | undefined): void;
}

/** Receives messages, and the acknowledgements of messages sent. */
export interface MessageListener {
	/** `client.decoder` holds a message until this returns. False: its topic is no valid text. */
	onMessage(now: Millis): boolean;
	/** PUBACK arrived for the message in flight. */
	onAcknowledged(now: Millis): void;
}

type State = "closed" | "opening" | "greeting" | "open";

export class Client {
	readonly decoder = new Decoder();
	state: State = "closed";
	/** Bytes of MQTT sent in this life, without TCP and TLS. */
	sentBytes = 0;
	/** Bytes of MQTT received in this life. */
	receivedBytes = 0;
	/** From the last message sent to its PUBACK; undefined before the first PUBACK. */
	roundTrip: Millis | undefined;
	private readonly doors: LinkDoors;
	private readonly owner: ClientOwner;
	private readonly listener: MessageListener;
	private readonly frame: Frame;
	private stream: StreamId = -1;
	private greeting: Greeting | undefined;
	private will: Will | undefined;
	private keepAlive: Millis = Infinity;
	private patience: Millis = PATIENCE;
	private lastId = 0; // continues over connections: an identifier in doubt is not reused soon
	private awaitedId = 0; // of PUBLISH or SUBSCRIBE; 0: none is in flight
	private awaited: "puback" | "suback" = "puback";
	private sentAt: Millis = 0;
	private answerDue: Millis = Infinity; // deadline of CONNACK, PUBACK or SUBACK
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

	/** Starts a connection; false: the host has no stream. The result is reported to the owner. */
	connect(now: Millis, target: StreamTarget, greeting: Greeting, will: Will): boolean {
		this.close();
		const stream = this.doors.streams.open(target);
		if (stream === "notAvailable") return false;
		this.stream = stream;
		this.state = "opening";
		this.greeting = greeting;
		this.will = will;
		this.patience = greeting.patience;
		this.keepAlive = greeting.keepAlive > 0 ? greeting.keepAlive * 1000 : Infinity;
		this.awaitedId = 0;
		this.answerDue = now + this.patience;
		this.pongDue = Infinity;
		this.pingDue = Infinity;
		this.resumeAt = Infinity;
		this.secureAt = Infinity;
		this.decoder.reset();
		return true;
	}

	/** Sets the begin of each report. */
	nameReports(opening: string): void {
		this.frame.writer.opening = opening;
	}

	owns(id: StreamId): boolean {
		return this.state !== "closed" && this.stream === id;
	}

	/** Room for one whole packet, and no packet of this client unacknowledged. */
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
		else if (this.send(now)) this.state = "greeting"; // else again in onWritable
	}

	onWritable(now: Millis): void {
		if (this.state === "opening") this.onOpen(now);
		else if (this.state !== "closed") this.onReadable(now);
	}

	onClosed(now: Millis, end: StreamEnd): void {
		this.state = "closed";
		this.owner.onEnded(now, end, undefined);
	}

	/** Handles received packets, STEPS_A_TURN at once; the rest follows after FLOOD_PAUSE. */
	onReadable(now: Millis): void {
		if (this.resumeAt < Infinity && now < this.resumeAt) return; // pause after a flood
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

	/** Time-outs, the ping, and packets left unread after a flood; called when one is due. */
	tick(now: Millis): void {
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

	/** Subscribes to all filters at QoS 1; false: not possible now. */
	subscribe(now: Millis, filters: readonly string[]): boolean {
		if (!this.isReady) return false;
		const id = this.nextId();
		if (!this.frame.subscribe(id, filters) || !this.send(now)) return false;
		this.expect(now, id, "suback");
		return true;
	}

	/**
	 * Writes the head of a message at QoS 1, if `isReady`; its payload is written next.
	 * `repeatedId`: the identifier of the first transmission [MQTT-4.4.0-1], 0 for a new message.
	 */
	beginPublish(prefix: string, suffix: string, repeatedId: number): Writer {
		this.awaitedId = repeatedId > 0 ? repeatedId : this.nextId();
		return this.frame.beginPublish(prefix, suffix, this.awaitedId);
	}

	/** Sends the message. Returns its identifier; 0: not possible now; TOO_LONG: never possible. */
	endPublish(now: Millis, isRetained: boolean, isRepeat: boolean): number {
		const id = this.awaitedId;
		this.awaitedId = 0;
		if (!this.frame.endPublish(id, isRetained, isRepeat)) return TOO_LONG;
		if (!this.send(now)) return 0;
		this.expect(now, id, "puback");
		return id;
	}

	/** Writes the head of a message at QoS 0, if `isReady`; its payload is written next. */
	beginPassing(prefix: string, suffix: string): Writer {
		return this.frame.beginPublish(prefix, suffix, 0);
	}

	/** Sends that message, which is not acknowledged; false: not possible. */
	endPassing(now: Millis): boolean {
		return this.frame.endPublish(0, false, false) && this.send(now);
	}

	/** Stops waiting for an acknowledgement, so that a last message can be sent. */
	forget(): void {
		this.awaitedId = 0;
		this.answerDue = Infinity;
	}

	/** Sends DISCONNECT if connected [MQTT-3.14.4-1, -2], so that the broker discards the will. */
	close(): void {
		if (this.state === "closed") return;
		if (this.state === "open" && this.frame.disconnect()) this.send(0);
		this.drop();
	}

	/** Closes without DISCONNECT: the broker publishes the will. */
	drop(): void {
		if (this.state === "closed") return;
		this.state = "closed";
		this.doors.streams.close(this.stream);
	}

	private secure(now: Millis): void {
		this.secureAt = Infinity;
		this.answerDue = now + this.patience;
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
			this.end(now, REFUSALS[code]!);
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

	/** Ignores an acknowledgement of another packet, e.g. of an earlier connection. */
	private answered(now: Millis, received: "puback" | "suback"): void {
		if (this.decoder.packetId !== this.awaitedId || received !== this.awaited) return;
		this.forget();
		this.roundTrip = now - this.sentAt;
		if (received === "puback") this.listener.onAcknowledged(now);
		else this.owner.onSubscribed(now);
	}

	/** Only after silence of this client [MQTT-3.1.2-23]; without room its deadline still runs. */
	private ping(now: Millis): void {
		this.pongDue = Math.min(this.pongDue, now + this.patience);
		this.pingDue = Infinity;
		if (this.frame.pingreq()) this.send(now);
	}

	private expect(now: Millis, id: number, answer: "puback" | "suback"): void {
		this.awaitedId = id;
		this.awaited = answer;
		this.sentAt = now;
		this.answerDue = now + this.patience;
	}

	/** The next identifier, 1 to 65,535, then 1 again [MQTT-2.3.1-1]. */
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

	/** Ends the connection: the broker broke the protocol, refused it, or is silent. */
	end(now: Millis, end: LinkEnd, detail?: string): void {
		this.drop();
		this.owner.onEnded(now, end, detail);
	}
}
