/**
 * City: what the broker brings goes to the room whose matter it is. The link's owner.
 */
import type { KeptJournal } from "../journal/keptjournal.js";
import type { LinkNews, LinkOwner, ReceivedOrder } from "../link/contract.js";
import { Contact } from "../monitor/contact.js";
import type { Node } from "../node.js";
import type { Millis } from "../units.js";
import { RAISE } from "../update/rollout.js";
import type { View } from "../view.js";
import { eventOf } from "./linknews.js";
import type { SettingsDesk } from "./settingsdesk.js";

export class City implements LinkOwner {
	readonly view: View;
	readonly journal: KeptJournal;
	readonly settingsDesk: SettingsDesk;
	private readonly node: Node;
	private readonly contact: Contact;

	/** After the rooms that the link looks at. */
	constructor(node: Node, now: Millis) {
		this.node = node;
		this.view = node.view;
		this.journal = node.journal;
		this.settingsDesk = node.settingsDesk;
		this.contact = new Contact(now);
	}

	/** An order came; the tick that follows acts on it. */
	onOrder(order: ReceivedOrder, now: Millis): void {
		this.node.link.reply(now, this.node.takeOrder(order.text, order, now));
	}

	onOffer(text: string | undefined, now: Millis): void {
		this.node.updater.onOffer(text, now);
	}

	expectWork(isExpected: boolean): Millis {
		this.node.light.expectWork("handshake", isExpected);
		this.node.stir();
		return RAISE;
	}

	onLinkNews(news: LinkNews, now: Millis): void {
		const { node } = this;
		if (news.kind === "heard" || news.kind === "joined") node.settingsDesk.onHeard(now);
		if (news.kind === "heard") node.updater.onHeard(now);
		const event = eventOf(news, this.contact, now, node.settings.reconnectSpread);
		if (event) node.happened(event, now);
	}
}
