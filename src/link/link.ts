/**
 * Link: one lamp's voice and ear at the broker; the face that the node uses.
 *
 * On every connection it says status, birth and state, in this order, then what the outbox holds;
 * afterwards the state when it changed. One message is in flight at a time. Orders are handed over
 * as text, in the turn in which they come; what is in them is the command room's matter.
 */
import type { StreamId } from "../host.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import { TOO_LONG } from "./client.js";
import type {
	LinkDoors,
	LinkFace,
	LinkNews,
	LinkOptions,
	LinkOwner,
	PayloadFault,
	ReceivedOrder,
	Reply,
	StreamEar,
} from "./contract.js";
import type { Item } from "./outbox.js";
import { Outbox } from "./outbox.js";
import { writeBirth, writeSettings, writeState, writeStatus } from "./reports.js";
import type { SessionOwner } from "./session.js";
import { Session } from "./session.js";
import { StateWatch } from "./statewatch.js";
import { SUFFIX } from "./topics.js";
import type { Writer } from "./writer.js";

type Message = "status" | "birth" | "state" | "settings" | Item;

/** What is written when it goes, and not kept. */
const PRESENT: readonly (Message | undefined)[] = Object.freeze([
	"status",
	"birth",
	"state",
	"settings",
]);

export class Link implements LinkFace, SessionOwner {
	private readonly doors: LinkDoors;
	private readonly owner: LinkOwner;
	private readonly session: Session;
	readonly outbox: Outbox;
	private readonly watch = new StateWatch();
	private options: LinkOptions;
	private needsStatus = true;
	needsBirth = true; // what it told is no longer so
	private withChain = true; // false when a message with it was too long, until one is sent
	private inFlight: Message | undefined;
	private sampleAt: Millis = Infinity;
	private lastTick: Millis = 0;

	/** `random`: evenly in 0..1, the link's own stream. */
	constructor(doors: LinkDoors, options: LinkOptions, owner: LinkOwner, random: () => number) {
		this.doors = doors;
		this.owner = owner;
		this.options = options;
		this.outbox = new Outbox(owner.journal, owner.view.traffic.accumulatedRoadUserNumber);
		this.session = new Session(doors, options, this, random);
		this.planSamples(0);
	}

	get view(): View {
		return this.owner.view;
	}

	get state(): View["link"]["state"] {
		return this.session.state;
	}

	get connection(): number {
		return this.session.connection;
	}

	get isNetworkUp(): boolean {
		return this.session.isNetworkUp;
	}

	get lastEnd(): string | undefined {
		return this.session.lastEnd;
	}

	/** While waiting: when it reaches for the broker again. */
	get attemptAt(): Millis {
		return this.session.attemptAt;
	}

	onNetwork(now: Millis, up: boolean): void {
		this.session.onNetwork(now, up);
	}

	/** Bytes of MQTT sent in this life; it grows when the radio sends. */
	get sentBytes(): number {
		return this.session.client.sentBytes;
	}

	earOf(id: StreamId): StreamEar | undefined {
		const { client } = this.session;
		return client.owns(id) ? client : undefined;
	}

	tick(now: Millis): void {
		this.lastTick = now;
		if (now >= this.sampleAt) this.sample(now);
		this.session.tick(now);
		if (this.inFlight === undefined && this.session.isSubscribed && this.messageDueAt() <= now)
			this.speak(now);
	}

	dueAt(): Millis {
		const due = Math.min(this.sampleAt, this.session.dueAt());
		if (this.inFlight !== undefined || !this.session.isSubscribed) return due;
		const messageDue = this.messageDueAt();
		// Due, but the last tick did not send it: there was no room, and `onStreamWritable` will come.
		if (messageDue <= this.lastTick && !this.session.client.isReady) return due;
		return Math.min(due, messageDue);
	}

	reply(now: Millis, reply: Reply): void {
		this.outbox.reply(reply, now, this.answerDueAt(now, reply.toMany === true));
	}

	/** When an answer of now is to go: that to an order for many in the lamp's own part of the spread. */
	answerDueAt(now: Millis, toMany: boolean): Millis {
		return toMany ? now + this.session.ownPartOf(this.options.replySpread) : now;
	}

	/** An answer has not reached the broker yet. */
	get owesAnswer(): boolean {
		return this.outbox.owesReply;
	}

	report(now: Millis): void {
		this.watch.ask();
		if (this.sampleAt < Infinity) this.sampleAt = now;
	}

	connectNow(now: Millis): void {
		this.session.connectNow(now);
	}

	configure(now: Millis, options: LinkOptions): void {
		const isOtherPlan =
			options.telemetryInterval !== this.options.telemetryInterval ||
			options.host !== this.options.host ||
			options.site !== this.options.site ||
			options.node !== this.options.node;
		this.options = options;
		this.session.configure(now, options);
		this.needsBirth = true; // it tells settings
		if (isOtherPlan) this.planSamples(now);
	}

	close(now: Millis): void {
		this.session.close(now);
	}

	onSession(_now: Millis): void {
		this.needsStatus = true;
		this.needsBirth = true;
		this.watch.ask();
	}

	onSessionEnd(): void {
		this.inFlight = undefined;
	}

	expectWork(isExpected: boolean): Millis {
		return this.owner.expectWork(isExpected);
	}

	onNews(news: LinkNews, now: Millis): void {
		this.owner.onLinkNews(news, now);
	}

	/** A PUBLISH came. What is no topic of ours or has no payload is acknowledged and left alone. */
	onMessage(now: Millis): boolean {
		const { decoder } = this.session.client;
		const { utf8 } = this.doors;
		const topic = utf8.decode(decoder.bytes, decoder.topicStart, decoder.topicCount);
		if (topic === undefined || topic.includes("#") || topic.includes("+")) return false; // [MQTT-3.3.2-2]
		const { topics } = this.session;
		const isOffer = topics.isOffer(topic);
		const address = isOffer ? undefined : topics.addressOf(topic);
		const section = address ? undefined : topics.sectionOf(topic);
		const isOurs = isOffer || address !== undefined || section !== undefined;
		if (!isOurs || (decoder.payloadCount === 0 && !decoder.tooLong)) return true;
		const text = decoder.tooLong
			? undefined
			: utf8.decode(decoder.bytes, decoder.payloadStart, decoder.payloadCount);
		if (!address) {
			if (isOffer) this.owner.onOffer(text, now);
			else this.owner.settingsDesk.onDesired(section!, text, now);
			return true;
		}
		const fault: PayloadFault = decoder.tooLong ? "tooLong" : "notUtf8";
		const { via, toMany } = address;
		const retained = decoder.isRetained;
		const order: ReceivedOrder =
			text === undefined ? { fault, via, toMany, retained } : { text, via, toMany, retained };
		this.owner.onOrder(order, now);
		return true;
	}

	onAcknowledged(_now: Millis): void {
		const message = this.inFlight;
		this.inFlight = undefined;
		if (message === "status") this.needsStatus = false;
		else if (message === "birth") this.needsBirth = false;
		else if (message === "settings") this.owner.settingsDesk.told();
		else if (message !== "state") this.outbox.done();
	}

	/** Samples fall into the interval where the node's own part of it ends. */
	private planSamples(now: Millis): void {
		const { host, telemetryInterval } = this.options;
		const isTold = host !== "" && this.session.topics.isAssigned;
		this.sampleAt = isTold ? now + this.session.ownPartOf(telemetryInterval) : Infinity;
	}

	private sample(now: Millis): void {
		const { telemetryInterval, trafficK } = this.options;
		this.outbox.sample(now, this.view, this.session.client, this.connection, trafficK);
		this.sampleAt = now + telemetryInterval;
	}

	/** When the next message may go, if the connection takes it. */
	private messageDueAt(): Millis {
		if (this.needsStatus) return 0;
		const { isAssigned } = this.session.topics;
		const outboxDue = this.outbox.dueAt(!isAssigned);
		if (!isAssigned) return outboxDue;
		if (this.needsBirth || this.owner.settingsDesk.isWaiting) return 0;
		return Math.min(this.watch.dueAt(this.view, this.options), outboxDue);
	}

	private nextMessage(now: Millis): Message | undefined {
		if (this.needsStatus) return "status";
		const { isAssigned } = this.session.topics;
		if (isAssigned) {
			if (this.needsBirth) return "birth";
			if (this.watch.dueAt(this.view, this.options) <= now) return "state";
			if (this.owner.settingsDesk.isWaiting) return "settings";
		}
		return this.outbox.choose(now, !isAssigned);
	}

	private speak(now: Millis): void {
		const { client, topics } = this.session;
		if (!client.isReady) return;
		const message = this.nextMessage(now);
		if (message === undefined) return;
		const isOutbox = !PRESENT.includes(message);
		const repeatedId = isOutbox ? this.outbox.sentId : 0;
		let suffix: string = SUFFIX[message];
		if (message === "settings") suffix += this.owner.settingsDesk.next().section;
		this.write(client.beginPublish(topics.prefix, suffix, repeatedId), message);
		const id = client.endPublish(now, !isOutbox, repeatedId > 0);
		if (id === TOO_LONG) this.giveUp(message, now);
		if (id <= 0) return;
		this.withChain = true;
		this.inFlight = message;
		if (isOutbox) this.outbox.sent(now, id);
		else if (message === "state") this.watch.told(now, this.view);
	}

	private write(w: Writer, message: Message): void {
		const { view, connection, options } = this;
		if (message === "status") writeStatus(w, view, connection, true);
		else if (message === "birth") writeBirth(w, view, options, connection, this.withChain);
		else if (message === "state") writeState(w, view, options, this.withChain);
		else if (message === "settings") writeSettings(w, view, this.owner.settingsDesk.next());
		else this.outbox.write(w, view, options, this.withChain);
	}

	/** Over 2,048 bytes: first the chain is left out, then the message itself. */
	private giveUp(message: Message, now: Millis): void {
		const hasChain = message === "birth" || message === "state" || this.outbox.isLong;
		if (message === "status") this.needsStatus = false;
		else if (hasChain && this.withChain) this.withChain = false;
		else if (message === "birth") this.needsBirth = false;
		else if (message === "state") this.watch.told(now, this.view);
		else if (message === "settings") this.owner.settingsDesk.told();
		else this.outbox.done();
	}
}
