/**
 * Session: connects and subscribes as far as network and broker allow, and disconnects in order.
 *
 * A lamp never restarts for want of a broker and never joins a storm: after power-on or a lost
 * session it connects in its own part of the spread, after an attempt that reached no broker about
 * one spread later. After a refusal it backs off. A session that ends before it is proven counts as
 * a refusal; else a broker that closes at every packet would be tried as often as the shortest hash
 * allows.
 */
import type { JoinRefusal, StreamTarget } from "../host.js";
import { ownPart } from "../ownpart.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import { backOff, retryAfter, SHORTEST_WAIT } from "./backoff.js";
import type { ClientOwner, MessageListener } from "./client.js";
import { Client, NARROW_PATIENCE, PATIENCE } from "./client.js";
import type { LinkDoors, LinkEnd, LinkOptions, LinkOwner } from "./contract.js";
import { isRefusal } from "./ends.js";
import { Network } from "./network.js";
import type { Will } from "./packet.js";
import { writeStatus } from "./reports.js";
import { SUFFIX, Topics } from "./topics.js";
import type { Writer } from "./writer.js";

/** A session of this length is proven: birth and state are sent, and perhaps a first ping. */
export const PROVEN_AFTER: Millis = 60_000;
const REFUSED = 0x80; // SUBACK's return code for failure (3.9.3)

/** Receives the events of a session. */
export interface SessionOwner extends MessageListener {
	/** Connected and subscribed: messages may be sent. `isKept`: the broker kept the session. */
	onSession(now: Millis, isKept: boolean): void;
	/** An offline status was sent under this identifier; its acknowledgement is not awaited. */
	onLastWord(id: number): void;
	/** The session ended: it is unknown whether the message in flight arrived. */
	onSessionEnd(): void;
}

/** The parts of the lamp that the session uses. */
export type SessionLamp = Pick<
	LinkOwner,
	"view" | "memory" | "setBlocking" | "onLinkEvent" | "triedCertificates"
>;

export class Session implements ClientOwner, Will {
	readonly client: Client;
	readonly suffix = SUFFIX.status; // of the will
	topics: Topics;
	state: View["link"]["state"] = "off";
	/** CONNECT packets of this life. The will contains the number too, so it counts attempts. */
	connection = 0;
	/** From SUBACK to the end of the session. */
	isSubscribed = false;
	private options: LinkOptions;
	private readonly owner: SessionOwner;
	private readonly lamp: SessionLamp;
	private readonly random: () => number;
	private readonly network: Network;
	private isWanted = true;
	private isKept = true; // by every broker reached since the last session
	private refusals = 0; // in a row, those before a restart included
	private isAhead = false; // light was requested before a handshake
	private isUnproven = false; // a restart now counts as a refusal
	private isAtOnce = false; // the attempt follows the network without a wait
	/** When the next attempt is due, while waiting. */
	attemptAt: Millis = Infinity;
	/** How the last session or attempt ended. */
	lastEnd: string | undefined;
	/** Why the network was not joined; undefined while it is up. */
	networkEnd: JoinRefusal | undefined;
	private onlineAt: Millis = 0;

	constructor(
		doors: LinkDoors,
		options: LinkOptions,
		owner: SessionOwner,
		lamp: SessionLamp,
		random: () => number,
	) {
		this.client = new Client(doors, this, owner);
		this.network = new Network(doors.network);
		this.options = options;
		this.topics = new Topics(options);
		this.owner = owner;
		this.lamp = lamp;
		this.random = random;
		this.network.configure(0, options);
		this.client.nameReports(this.topics.opening(options));
	}

	get isNetworkUp(): boolean {
		return this.network.isUp;
	}

	/** Of the will's topic. */
	get prefix(): string {
		return this.topics.prefix;
	}

	/** The will's payload; a later connection has a higher number. */
	payload(writer: Writer): void {
		writeStatus(writer, this.lamp.view, this.connection, false);
	}

	/** The part of `span` that is this node's own. */
	ownPartOf(span: Millis): Millis {
		return ownPart(this.topics.prefix, span);
	}

	configure(now: Millis, options: LinkOptions): void {
		this.network.configure(now, options);
		if (!isOtherBroker(this.options, options)) {
			this.options = options;
			return;
		}
		const topics = new Topics(options);
		this.disconnect(now, topics.isAssigned && !this.topics.isAssigned);
		this.options = options;
		this.topics = topics;
		this.client.nameReports(topics.opening(options));
		this.isWanted = true;
		this.refusals = 0;
		this.network.forget();
		this.attemptAt = now + this.ownPartOf(options.reconnectSpread);
		this.becomeIdle();
	}

	onNetwork(now: Millis, isUp: boolean, why?: JoinRefusal): void {
		this.networkEnd = isUp ? undefined : (why ?? this.networkEnd);
		if (isUp === this.network.isUp) return;
		this.network.onNetwork(now, isUp, this.random());
		if (isUp) {
			if (this.options.host === "") this.lamp.onLinkEvent({ kind: "joined" }, now);
			// A wait continues after a short loss, else it would never end on a flapping network.
			if (this.attemptAt === Infinity || (this.attemptAt <= now && !this.isAtOnce))
				this.attemptAt = now + this.ownPartOf(this.options.reconnectSpread);
			this.becomeIdle();
			return;
		}
		const { state } = this;
		this.client.drop();
		this.becomeIdle();
		if (state === "online")
			this.lamp.onLinkEvent({ kind: "lost", end: "noNetwork", detail: undefined }, now);
	}

	/** Time-outs; an attempt when it is due; the subscription if it had no room before. */
	tick(now: Millis): void {
		if (now >= this.network.dueAt) this.network.tick(now, this.random);
		if (now >= this.client.dueAt) this.client.tick(now);
		if (this.state === "waiting" && now >= this.attemptAt) this.attempt(now);
		else if (this.state === "online") {
			if (!this.isSubscribed) this.client.subscribe(now, this.topics.filters);
			if (this.isUnproven && now - this.onlineAt >= PROVEN_AFTER) this.settle(0);
		}
	}

	get dueAt(): Millis {
		const due = this.state === "waiting" ? this.attemptAt : this.client.dueAt;
		return Math.min(due, this.network.dueAt);
	}

	/**
	 * Plans the first attempt of a life that continues another: after refusals, or crashes that
	 * attempts may have caused, which put it into the spread's second half. The wait continues when
	 * the network is up.
	 */
	holdOff(now: Millis, isAfterCrashes: boolean): void {
		const { reconnectSpread: spread } = this.options;
		this.refusals = this.lamp.memory.resumeRefusals();
		let wait = isAfterCrashes ? (spread + this.ownPartOf(spread)) / 2 : 0;
		if (this.refusals > 0) wait = Math.max(wait, backOff(this.refusals, spread, this.random()));
		this.attemptAt = now + wait;
	}

	connectNow(now: Millis, isByHand = false): void {
		this.isWanted = true;
		if (this.state === "connecting" || this.state === "online") return;
		this.isAtOnce = isByHand;
		this.network.joinNow(now);
		this.attemptAt = now;
		this.becomeIdle();
	}

	close(now: Millis): void {
		this.disconnect(now);
		this.isWanted = false;
		this.becomeIdle();
	}

	/** The TLS handshake blocks and edges wait meanwhile: the light must rise first. */
	onReached(now: Millis): Millis {
		this.isAhead = true;
		this.suspect();
		return now + this.lamp.setBlocking(true);
	}

	onConnected(now: Millis): void {
		this.releaseLight();
		this.state = "online";
		this.onlineAt = now;
		this.suspect();
		if (!this.client.decoder.sessionPresent) this.isKept = false;
		this.network.onReached();
		this.lamp.onLinkEvent({ kind: "online" }, now);
		this.client.subscribe(now, this.topics.filters); // else again in `tick`
	}

	onSubscribed(now: Millis): void {
		const { bytes, payloadStart, payloadCount } = this.client.decoder;
		const { filters } = this.topics;
		if (payloadCount !== filters.length) {
			this.client.end(now, "protocolError", "subackCount"); // [MQTT-3.8.4-5], [MQTT-4.8.0-1]
			return;
		}
		filters.forEach((topic, index) => {
			if (bytes[payloadStart + index] === REFUSED)
				this.lamp.onLinkEvent({ kind: "subscriptionRefused", topic }, now);
		});
		this.isSubscribed = true;
		if (bytes[payloadStart] !== REFUSED) this.lamp.onLinkEvent({ kind: "subscribed" }, now);
		this.owner.onSession(now, this.isKept);
		this.isKept = true;
	}

	onEnded(now: Millis, end: LinkEnd, detail: string | undefined): void {
		const wasOnline = this.state === "online";
		this.lastEnd = end;
		this.attemptAt = now + this.waitAfter(now, end, wasOnline);
		this.becomeIdle();
		this.lamp.onLinkEvent({ kind: wasOnline ? "lost" : "failed", end, detail }, now);
	}

	/** A failed attempt that had raised the light is not repeated soon, for any cause. */
	private waitAfter(now: Millis, end: LinkEnd, wasOnline: boolean): Millis {
		const { host, reconnectSpread } = this.options;
		if (wasOnline && now - this.onlineAt >= PROVEN_AFTER) {
			this.refusals = 0;
			return this.ownPartOf(reconnectSpread);
		}
		if (this.network.onFailed(now, end, host)) return SHORTEST_WAIT;
		const again = retryAfter(reconnectSpread, this.random());
		const isUnwanted = wasOnline || isRefusal(end);
		if (!isUnwanted && !this.isAhead) return again;
		this.refusals += 1;
		const wait = backOff(this.refusals, reconnectSpread, this.random());
		return isUnwanted ? wait : Math.max(wait, again);
	}

	private attempt(now: Millis): void {
		const { options } = this;
		const { serial, cleanSession, keepAlive, user, password } = options;
		const greeting = {
			clientId: serial, // unique even if two nodes were given one name
			cleanSession,
			keepAlive: Math.floor(keepAlive / 1000),
			patience: options.reporting === "narrow" ? NARROW_PATIENCE : PATIENCE,
			user: user ? user : undefined,
			password: password ? password : undefined,
		};
		this.connection += 1;
		this.isAtOnce = false;
		this.state = "connecting";
		if (!this.client.connect(now, this.target(), greeting, this))
			this.onEnded(now, "notAvailable", undefined);
	}

	private target(): StreamTarget {
		const { host: list, port, tls, serverName } = this.options;
		const host = this.network.addressOf(list);
		if (!tls) return { host, port };
		const { view, triedCertificates: tried = "" } = this.lamp;
		const peer = { serverName: serverName || host, date: view.time.notBefore };
		return { host, port, tls: tried === "" ? peer : { ...peer, tried } };
	}

	/**
	 * Disconnects in order, with an offline status as the last message, because DISCONNECT cancels
	 * the will. `forGood`: the node leaves this name or broker, and empty messages delete the
	 * retained ones [MQTT-3.3.1-10].
	 */
	private disconnect(now: Millis, forGood = false): void {
		const { client } = this;
		if (client.state === "open") client.forget();
		if (client.isReady) {
			const writer = client.beginPublish(this.prefix, this.suffix, 0);
			if (!forGood) this.payload(writer);
			const id = client.endPublish(now, true, false);
			if (id > 0) {
				client.close();
				this.owner.onLastWord(id);
			}
		}
		client.drop();
		this.becomeIdle();
	}

	/** A handshake or an order may end this life: it is one refusal more until it is proven. */
	private suspect(): void {
		this.isUnproven = true;
		this.lamp.memory.retainRefusals(this.refusals + 1);
	}

	/** No session is unproven: `refusals` precede the next attempt. */
	settle(refusals = this.refusals): void {
		this.isUnproven = false;
		this.refusals = refusals;
		this.lamp.memory.retainRefusals(refusals);
	}

	private releaseLight(): void {
		if (this.isAhead) this.lamp.setBlocking(false);
		this.isAhead = false;
	}

	/** Without a connection: releases the light, then waits for an attempt or stays off. */
	private becomeIdle(): void {
		this.releaseLight();
		this.settle();
		const canConnect = this.isWanted && this.network.isUp && this.options.host !== "";
		this.state = canConnect ? "waiting" : "off";
		this.isSubscribed = false;
		this.owner.onSessionEnd();
	}
}

/** Whether an option that the connection depends on has changed. */
function isOtherBroker(a: LinkOptions, b: LinkOptions): boolean {
	return (
		a.root !== b.root ||
		a.site !== b.site ||
		a.node !== b.node ||
		a.group !== b.group ||
		a.serial !== b.serial ||
		a.host !== b.host ||
		a.port !== b.port ||
		a.tls !== b.tls ||
		a.serverName !== b.serverName ||
		a.certificates !== b.certificates ||
		a.user !== b.user ||
		a.password !== b.password ||
		a.keepAlive !== b.keepAlive ||
		a.reporting !== b.reporting ||
		a.cleanSession !== b.cleanSession
	);
}
