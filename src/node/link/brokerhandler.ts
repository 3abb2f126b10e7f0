/**
 * Broker handler: passes orders, offers and settings from the broker on; the owner of the link.
 */
import type { LampEvent } from "../../journal/events.js";
import type { KeptJournal } from "../../journal/keptjournal.js";
import { LIGHT_LEAD_TIME } from "../../lighting/fade.js";
import type {
	LinkEvent,
	LinkOwner,
	ReceivedOrder,
	RefusalMemory,
	Reply,
	SettingsFace,
} from "../../link/contract.js";
import { Contact } from "../../monitor/contact.js";
import type { Millis, UtcMillis } from "../../units.js";
import type { View } from "../../view.js";
import type { OrderEnvelope, OrderReply } from "../orders/intake.js";
import type { SettingsManager } from "../settings/manager.js";
import type { Timekeeper } from "../time/timekeeper.js";
import type { Updater } from "../update/updater.js";
import { eventOf } from "./linkevents.js";

interface BrokerHandlerOwner {
	readonly view: View;
	readonly journal: KeptJournal;
	readonly settings: { readonly reconnectSpread: Millis };
	readonly light: { readonly log: RefusalMemory };
	readonly settingsManager: SettingsManager;
	readonly updater: Pick<Updater, "onOffer" | "onSubscribed">;
	readonly time: Pick<Timekeeper, "authenticatedAt" | "onAuthenticatedTime">;
	dateCame(utc: UtcMillis, now: Millis, error: Millis): void;
	takeOrder(text: string | undefined, envelope: OrderEnvelope, now: Millis): OrderReply;
	askForLight(source: "handshake", until: Millis): void;
	emit(event: LampEvent, now: Millis): void;
	askTasks(): void;
}

export class BrokerHandler implements LinkOwner {
	readonly view: View;
	readonly journal: KeptJournal;
	readonly revisions: SettingsFace;
	private readonly node: BrokerHandlerOwner;
	private readonly contact: Contact;

	/** Call after the rooms whose state the link reads have been built. */
	constructor(node: BrokerHandlerOwner, now: Millis) {
		this.node = node;
		this.view = node.view;
		this.journal = node.journal;
		this.revisions = node.settingsManager.revisions;
		this.contact = new Contact(now);
	}

	get memory(): RefusalMemory {
		return this.node.light.log;
	}

	get triedCertificates(): string {
		return this.node.settingsManager.certificates.namesInUse;
	}

	/** Whether the city has not vouched for the date, or an answer of a time server contradicts it. */
	get isClockDoubted(): boolean {
		return this.node.time.authenticatedAt === Number.NEGATIVE_INFINITY;
	}

	/** The city's side has answered the lamp's question for the time. */
	onAuthenticatedTime(utc: UtcMillis, error: Millis, now: Millis): void {
		const { node } = this;
		if (!node.time.onAuthenticatedTime(utc, error, now)) node.dateCame(utc, now, error);
	}

	/** Takes an order and returns its reply; the following tick acts on it. */
	onOrder(order: ReceivedOrder, now: Millis): Reply {
		return this.node.takeOrder(order.text, order, now);
	}

	/** An offer of an image arrived. */
	onOffer(text: string | undefined, now: Millis): void {
		this.node.updater.onOffer(text, now);
		this.node.askTasks();
	}

	/** A message came, or one has arrived that a task may wait for. */
	onNews(): void {
		this.node.askTasks();
	}

	/** Requests light for a TLS handshake, which loses edges; returns its lead time, ms. */
	setBlocking(isBlocking: boolean): Millis {
		this.node.askForLight("handshake", isBlocking ? Infinity : 0);
		return LIGHT_LEAD_TIME;
	}

	/** Passes contact with the broker to settings and updater, and emits the event, if any. */
	onLinkEvent(linkEvent: LinkEvent, now: Millis): void {
		const { node } = this;
		const { kind } = linkEvent;
		node.askTasks();
		node.settingsManager.onLink(kind, now);
		if (kind === "subscribed") node.updater.onSubscribed(now);
		const event = eventOf(linkEvent, this.contact, now, node.settings.reconnectSpread);
		if (event) node.emit(event, now);
	}
}
