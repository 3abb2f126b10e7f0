/**
 * Link: the broker connection as the node uses it: inputs, then `tick` at the end of its own.
 *
 * On every connection the status messages are sent first (statusmessages.ts), then the contents of
 * the outbox. One message is in flight at a time. If the broker kept the session, the message that
 * was in flight when the last connection ended precedes any new one [MQTT-4.4.0-1]. Orders are
 * passed on as text in the turn in which they arrive; the command room parses them. The question for
 * the time (clockquestion.ts) has QoS 0, so it passes the message in flight.
 */
import type { JoinRefusal, StreamId } from "../host.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import { TOO_LONG } from "./client.js";
import { ClockQuestion, LONGEST_WAIT } from "./clockquestion.js";
import type {
	LinkDoors,
	LinkOptions,
	LinkOwner,
	PayloadFault,
	ReceivedOrder,
	Reply,
	StreamListener,
} from "./contract.js";
import { Outbox } from "./outbox.js";
import { writeClockQuestion } from "./reports.js";
import type { SessionOwner } from "./session.js";
import { Session } from "./session.js";
import { StatusMessages } from "./statusmessages.js";
import { SUFFIX } from "./topics.js";

/** Samples are planned by the first tick. */
const UNPLANNED: Millis = -1;

export class Link implements SessionOwner {
	private readonly doors: LinkDoors;
	private readonly owner: LinkOwner;
	readonly session: Session;
	readonly outbox: Outbox;
	private readonly statusMessages: StatusMessages;
	private readonly clockQuestion: ClockQuestion;
	private options: LinkOptions;
	private withChain = true; // false once a message with it was too long, until one is sent
	private inFlight: StatusMessages | Outbox | undefined; // source of the message in flight
	private isOutboxOwed = false; // repeated first, as the broker kept the session
	private isReported = false; // the lamp's own state was acknowledged in this session
	private sampleAt: Millis = UNPLANNED;
	private messageDue: Millis = 0; // 0: the messages must be asked
	private reportAt: Millis = Infinity; // order `report`

	/** `random`: uniform in 0..1, the link's own stream. */
	constructor(doors: LinkDoors, options: LinkOptions, owner: LinkOwner, random: () => number) {
		this.doors = doors;
		this.owner = owner;
		this.options = options;
		this.statusMessages = new StatusMessages(owner);
		this.clockQuestion = new ClockQuestion(doors.crypto);
		this.outbox = new Outbox(owner.journal, owner.view.traffic.accumulatedRoadUserNumber);
		this.session = new Session(doors, options, this, owner, random);
	}

	get view(): View {
		return this.owner.view;
	}

	get state(): View["link"]["state"] {
		return this.session.state;
	}

	onNetwork(now: Millis, up: boolean, why?: JoinRefusal): void {
		this.session.onNetwork(now, up, why);
	}

	/** Bytes of MQTT sent in this life; it grows whenever the radio sends. */
	get sentBytes(): number {
		return this.session.client.sentBytes;
	}

	/** The listener for this stream; undefined: the stream is not the link's. */
	listenerOf(id: StreamId): StreamListener | undefined {
		const { client } = this.session;
		return client.owns(id) ? client : undefined;
	}

	/**
	 * Sends all that is due. Call it at the end of the node's tick, when the view is current.
	 * Returns whether the outbox or the settings' reports may have changed.
	 */
	tick(now: Millis): boolean {
		if (this.sampleAt === UNPLANNED) this.planSamples(0); // after the first light
		if (now >= this.reportAt) this.beginReport(now);
		const isSampling = now >= this.sampleAt;
		if (isSampling) this.sample(now);
		this.session.tick(now);
		if (this.inFlight !== undefined) return isSampling;
		const { session } = this;
		if (this.messageDue === 0 || this.options.presenceReporting)
			this.messageDue = session.isSubscribed ? this.messageDueAt() : Infinity;
		if (this.messageDue > now) return isSampling;
		if (this.clockQuestion.isOn && this.questionDueAt <= now) this.askForTime(now);
		this.publishNext(now);
		const { inFlight } = this;
		// Due, but there is no room: `onStreamWritable` will follow.
		const isHeld = inFlight === undefined && !session.client.isReady;
		this.messageDue = isHeld ? Infinity : this.messageDueAt(); // once it has arrived
		return isSampling || inFlight !== this.statusMessages;
	}

	/** A fact has changed by which a message may be due sooner: `tick` asks all of them. */
	look(): void {
		this.messageDue = 0;
	}

	/** When `tick` is due again, as of the last one; Infinity: only after an input. */
	get dueAt(): Millis {
		const messageDue = this.inFlight === undefined ? this.messageDue : Infinity;
		return Math.min(this.sampleAt, this.session.dueAt, messageDue, this.reportAt);
	}

	/** Queues a reply; if its room is full, the oldest unsent reply there is dropped. */
	reply(now: Millis, reply: Reply, isEmergency = false): void {
		const due = this.answerDueAt(now, reply.toMany === true, reply.spread);
		this.outbox.reply(reply, now, due, isEmergency);
		this.look();
	}

	/** When a reply made now is due: for an order to many, in the lamp's own part of the spread. */
	answerDueAt(now: Millis, toMany: boolean, spread = this.options.replySpread): Millis {
		return toMany ? now + this.session.ownPartOf(spread) : now;
	}

	/** Whether a reply has not reached the broker yet. */
	get owesAnswer(): boolean {
		return this.outbox.owesReply;
	}

	/** Plans state, telemetry and settings for when the reply is due (order `report`). */
	report(now: Millis, toMany = false, spread?: Millis): void {
		this.reportAt = Math.min(this.reportAt, this.answerDueAt(now, toMany, spread));
	}

	private beginReport(now: Millis): void {
		this.reportAt = Infinity;
		this.look();
		this.owner.revisions.reportAll();
		this.statusMessages.ask();
		if (this.sampleAt < Infinity && this.sampleAt !== UNPLANNED) this.sampleAt = now;
	}

	/** Contents of the birth have changed: it is sent again. */
	renewBirth(): void {
		this.statusMessages.renewBirth();
		this.look();
	}

	/** Plans the first attempt of a life that continues another. */
	holdOff(now: Millis, isAfterCrashes: boolean): void {
		this.session.holdOff(now, isAfterCrashes);
	}

	/** This life ends in order: no session ended it. */
	beforeRestart(): void {
		this.session.settle();
	}

	/**
	 * Skips the present wait and joins the network. By hand (one lamp, not many at once) the attempt
	 * follows the network at once, too. Without effect when connecting or online.
	 */
	connectNow(now: Millis, isByHand = false): void {
		this.session.connectNow(now, isByHand);
	}

	/** Puts new settings in force at once; a new broker or name requires a new connection. */
	configure(now: Millis, options: LinkOptions): void {
		const isOtherPlan =
			options.telemetryInterval !== this.options.telemetryInterval ||
			options.host !== this.options.host ||
			options.site !== this.options.site ||
			options.node !== this.options.node;
		this.options = options;
		const { prefix } = this.session.topics;
		this.session.configure(now, options);
		if (this.session.topics.prefix !== prefix) this.statusMessages.forget();
		this.renewBirth(); // contains settings
		if (isOtherPlan) this.planSamples(now);
	}

	/** Sends DISCONNECT and stays offline until `configure` or `connectNow`. */
	close(now: Millis): void {
		this.session.close(now);
	}

	onSession(_now: Millis, isKept: boolean): void {
		this.look();
		this.statusMessages.begin(isKept);
		this.isOutboxOwed = isKept;
		this.isReported = false;
		if (this.session.topics.asksForTime) this.clockQuestion.begin();
	}

	onLastWord(id: number): void {
		this.statusMessages.onLastWord(id);
	}

	onSessionEnd(): void {
		if (this.inFlight === this.statusMessages) this.statusMessages.onLost();
		this.inFlight = undefined;
		this.clockQuestion.end();
		this.look();
	}

	/** A PUBLISH arrived. With a foreign topic or no payload it is only acknowledged. */
	onMessage(now: Millis): boolean {
		this.owner.onNews();
		const { decoder } = this.session.client;
		const { utf8 } = this.doors;
		const topic = utf8.decode(decoder.bytes, decoder.topicStart, decoder.topicCount);
		if (topic === undefined || topic.includes("#") || topic.includes("+")) return false; // [MQTT-3.3.2-2]
		const { topics } = this.session;
		const isOffer = topics.isOffer(topic);
		const address = isOffer ? undefined : topics.addressOf(topic);
		const section = address ? undefined : topics.sectionOf(topic);
		const isTime = topics.isClockAnswer(topic);
		const isOurs = isOffer || isTime || address !== undefined || section !== undefined;
		if (!isOurs || (decoder.payloadCount === 0 && !decoder.tooLong)) return true;
		const text = decoder.tooLong
			? undefined
			: utf8.decode(decoder.bytes, decoder.payloadStart, decoder.payloadCount);
		if (isTime) {
			if (!decoder.isRetained) this.onClockAnswer(text, now);
			return true;
		}
		if (!address) {
			if (isOffer) this.owner.onOffer(text, now);
			else this.owner.revisions.onDesired(section!, text, now);
			return true;
		}
		const fault: PayloadFault = decoder.tooLong ? "tooLong" : "notUtf8";
		const { via, toMany } = address;
		const retained = decoder.isRetained;
		const { isReplyRoomFull } = this.outbox;
		const envelope = { via, toMany, retained, isReplyRoomFull };
		const order: ReceivedOrder =
			text === undefined ? { ...envelope, fault } : { ...envelope, text };
		this.reply(now, this.owner.onOrder(order, now), via === "emergency");
		return true;
	}

	onAcknowledged(now: Millis): void {
		const source = this.inFlight;
		const { journal } = this.owner;
		const wasUrgent = this.isNarrow && journal.isUrgent;
		this.inFlight = undefined;
		if (source?.done()) this.owner.onNews();
		if (wasUrgent && !journal.isUrgent) this.statusMessages.ask(); // with the faults that stand
		if (this.isReported || source !== this.statusMessages) return;
		this.isReported = this.statusMessages.hasReported(this.session.topics.isAssigned);
		if (!this.isReported) return;
		this.look(); // the question for the time follows the lamp's own state
		this.owner.onLinkEvent({ kind: "reported" }, now);
	}

	/** Of a session over TLS; Infinity before the lamp's own state. */
	private get questionDueAt(): Millis {
		return this.isReported ? this.clockQuestion.dueAt(this.owner.isClockDoubted) : Infinity;
	}

	private askForTime(now: Millis): void {
		const { client, topics } = this.session;
		if (!client.isReady) return;
		const longest = Math.max(LONGEST_WAIT, this.options.telemetryInterval);
		const nonce = this.clockQuestion.ask(now, this.owner.isClockDoubted, longest);
		writeClockQuestion(client.beginPassing(topics.prefix, SUFFIX.clockQuestion), nonce);
		client.endPassing(now);
	}

	private onClockAnswer(text: string | undefined, now: Millis): void {
		const answer = this.clockQuestion.answered(text, now);
		if (answer === undefined) return;
		this.owner.onAuthenticatedTime(answer.utc, answer.error, now);
		if (!this.owner.isClockDoubted) this.clockQuestion.settle(now);
		this.look();
	}

	/** Plans samples for the point of the interval that is the node's own part of it. */
	private planSamples(now: Millis): void {
		const { host, telemetryInterval } = this.options;
		const isReported = host !== "" && this.session.topics.isAssigned;
		this.sampleAt = isReported ? now + this.session.ownPartOf(telemetryInterval) : Infinity;
	}

	private sample(now: Millis): void {
		const { telemetryInterval, trafficK } = this.options;
		const { client, connection } = this.session;
		this.outbox.sample(now, this.view, client, connection, trafficK);
		this.sampleAt = now + telemetryInterval;
		this.look();
	}

	private get isNarrow(): boolean {
		return this.options.reporting === "narrow";
	}

	/** When the next message is due if the connection has room. */
	private messageDueAt(): Millis {
		const { isAssigned } = this.session.topics;
		const due = Math.min(
			this.statusMessages.dueAt(this.options, isAssigned),
			this.outbox.dueAt(!isAssigned, this.isNarrow),
		);
		return this.clockQuestion.isOn ? Math.min(due, this.questionDueAt) : due;
	}

	/** The source of the next message, which has chosen it. */
	private sourceAt(now: Millis): StatusMessages | Outbox | undefined {
		const { statusMessages, outbox } = this;
		const onlyReplies = !this.session.topics.isAssigned;
		const isChosen = () => outbox.choose(now, onlyReplies, this.isNarrow);
		if (this.isOutboxOwed && isChosen() && outbox.sentId > 0) return outbox;
		this.isOutboxOwed = false;
		if (statusMessages.choose(now, !onlyReplies)) return statusMessages;
		return isChosen() ? outbox : undefined;
	}

	private publishNext(now: Millis): void {
		const { client, topics, connection } = this.session;
		if (!client.isReady) return;
		const source = this.sourceAt(now);
		if (source === undefined) return;
		const repeatedId = source.sentId;
		const writer = client.beginPublish(topics.prefix, source.suffix, repeatedId);
		source.write(writer, this.view, this.options, this.withChain, connection);
		const id = client.endPublish(now, source === this.statusMessages, repeatedId > 0);
		if (id === TOO_LONG) this.giveUp(source, now);
		if (id <= 0) return;
		this.withChain = true;
		this.inFlight = source;
		source.sent(now, id);
	}

	/** A message over 2,048 bytes: written again without the chain, or else dropped. */
	private giveUp(source: StatusMessages | Outbox, now: Millis): void {
		if (source.isLong && this.withChain) {
			this.withChain = false;
			return;
		}
		source.sent(now, 0);
		source.done();
	}
}
