/**
 * Topics: the names of the messages between CMS and node (broker contract, version 1).
 *
 * A topic to publish is `prefix` and a suffix, written one after the other, so no topic string is
 * built for it. The node subscribes to at most six filters for orders, one for each section of the
 * settings, one for the offered image, and over TLS one for the time; all are exact, because RabbitMQ
 * delivers no retained message to a wildcard.
 */
import type { OrderSource } from "../command/orders.js";
import { quote } from "../json.js";
import type { BrokerVia, LinkOptions } from "./contract.js";

export const SUFFIX = Object.freeze({
	status: "status",
	birth: "birth",
	state: "state",
	telemetry: "telemetry",
	traffic: "traffic",
	event: "event",
	reply: "reply",
	settings: "settings/reported/", // the section follows
	clockQuestion: "clock/question",
} as const);

/** The addressee of a topic. */
interface Address extends Pick<OrderSource, "toMany"> {
	readonly via: BrokerVia;
}

/** Topic of an image that the CMS offers to this node. */
const UPDATE = "update";
/** Topic of the answer to a question for the time. */
const CLOCK_ANSWER = "clock/answer";
/** Precedes the section. */
const DESIRED = "settings/desired/";

const ADDRESSES: readonly Address[] = Object.freeze([
	Object.freeze({ via: "node", toMany: false }),
	Object.freeze({ via: "emergency", toMany: false }),
	Object.freeze({ via: "all", toMany: true }),
	Object.freeze({ via: "emergency", toMany: true }),
	Object.freeze({ via: "group", toMany: true }),
	Object.freeze({ via: "emergency", toMany: true }),
]);

export class Topics {
	/** Precedes each suffix, slash included. */
	readonly prefix: string;
	/** A node without a site has a status and accepts orders, nothing else. */
	readonly isAssigned: boolean;
	/** Whether the node asks for the time: over TLS alone, where the answer is authentic. */
	readonly asksForTime: boolean;
	private readonly all: string; // precedes the addressees of the site
	private readonly group: string;
	private readonly sections: readonly string[];

	constructor(options: LinkOptions) {
		const { root, site, node, group, serial, sections, tls } = options;
		this.isAssigned = site !== "" && node !== "";
		this.asksForTime = tls && this.isAssigned;
		this.all = `${root}/${site}/`;
		this.group = group ?? "";
		this.sections = sections;
		this.prefix = this.isAssigned ? `${this.all}${node}/` : `${root}/unassigned/${serial}/`;
	}

	/** Topics of orders, in the order of ADDRESSES. */
	private get orderFilters(): string[] {
		const { prefix, all, group } = this;
		const filters = [`${prefix}command`];
		if (!this.isAssigned) return filters;
		filters.push(`${prefix}emergency`, `${all}all/command`, `${all}all/emergency`);
		if (group) filters.push(`${all}group/${group}/command`, `${all}group/${group}/emergency`);
		return filters;
	}

	/** Filters to subscribe to; made for each use, because kept they took half a kilobyte. */
	get filters(): readonly string[] {
		const { prefix } = this;
		const filters = this.orderFilters;
		if (!this.isAssigned) return filters;
		for (const section of this.sections) filters.push(`${prefix}${DESIRED}${section}`);
		filters.push(`${prefix}${UPDATE}`);
		if (this.asksForTime) filters.push(`${prefix}${CLOCK_ANSWER}`);
		return filters;
	}

	/** The begin of each report: its lamp, for a reader that keeps no topics. */
	opening({ node, serial }: LinkOptions): string {
		return `{"node":${quote(this.isAssigned ? node : serial)},"serial":${quote(serial)},`;
	}

	/** Whether the topic is that of an offered image. */
	isOffer(topic: string): boolean {
		return this.isAssigned && topic === this.prefix + UPDATE;
	}

	/** Whether the topic is that of answers to questions for the time. */
	isClockAnswer(topic: string): boolean {
		return this.asksForTime && topic === this.prefix + CLOCK_ANSWER;
	}

	/** The addressee of an order; undefined: the topic is not subscribed. */
	addressOf(topic: string): Address | undefined {
		const place = this.orderFilters.indexOf(topic);
		return place < 0 ? undefined : ADDRESSES[place];
	}

	/** The section of the settings that the topic desires; undefined: no such topic. */
	sectionOf(topic: string): string | undefined {
		const start = this.prefix.length + DESIRED.length;
		const isDesired = this.isAssigned && topic.startsWith(this.prefix + DESIRED);
		return isDesired ? topic.slice(start) : undefined;
	}
}
