/**
 * Topics: the names under which the city and this node talk (broker contract, version 1).
 *
 * What the node says goes to `prefix` and a suffix, written one after the other; no topic is ever
 * put together as a string for that. What it hears are at most six filters of orders, one for
 * the sections of the settings, and one for the image offered.
 */
import type { OrderSource } from "../command/orders.js";
import type { BrokerVia, LinkOptions } from "./contract.js";

/** Longest `root`; with site, group and words a topic stays below TOPIC_BYTES. */
export const ROOT_CHARACTERS = 64;

export const SUFFIX = Object.freeze({
	status: "status",
	birth: "birth",
	state: "state",
	telemetry: "telemetry",
	traffic: "traffic",
	event: "event",
	reply: "reply",
	settings: "settings/reported/", // the section follows
} as const);
export type Suffix = keyof typeof SUFFIX;

/** Whom a topic addresses. */
export interface Address extends Pick<OrderSource, "toMany"> {
	readonly via: BrokerVia;
}

/** An image that the city offers to this node. */
const UPDATE = "update";
/** Stands before the section. */
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
	/** Stands before each suffix, slash included. */
	readonly prefix: string;
	/** What to subscribe to. */
	readonly filters: readonly string[];
	/** Without a site a node has a status and hears orders, no more. */
	readonly isAssigned: boolean;

	constructor(options: LinkOptions) {
		const { root, site, node, group, serial } = options;
		this.isAssigned = site !== "" && node !== "";
		if (!this.isAssigned) {
			this.prefix = `${root}/unassigned/${serial}/`;
			this.filters = [`${this.prefix}command`];
			return;
		}
		this.prefix = `${root}/${site}/${node}/`;
		const filters = [`${this.prefix}command`, `${this.prefix}emergency`];
		filters.push(`${root}/${site}/all/command`, `${root}/${site}/all/emergency`);
		if (group) filters.push(`${root}/${site}/group/${group}/command`);
		if (group) filters.push(`${root}/${site}/group/${group}/emergency`);
		filters.push(`${this.prefix}${DESIRED}+`, `${this.prefix}${UPDATE}`);
		this.filters = filters;
	}

	/** Whether it offers an image. */
	isOffer(topic: string): boolean {
		return this.isAssigned && topic === this.prefix + UPDATE;
	}

	/** Whom an order is for; undefined: no topic that we asked for. */
	addressOf(topic: string): Address | undefined {
		const place = this.filters.indexOf(topic);
		return place < 0 ? undefined : ADDRESSES[place];
	}

	/** The section of the settings that it desires; undefined: it is none of those topics. */
	sectionOf(topic: string): string | undefined {
		const start = this.prefix.length + DESIRED.length;
		const isDesired = this.isAssigned && topic.startsWith(this.prefix + DESIRED);
		return isDesired ? topic.slice(start) : undefined;
	}
}
