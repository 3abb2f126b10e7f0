/**
 * Orders: reads orders from the topics, so that the checks have the expected light.
 *
 * Whether a lamp accepts an order is not considered; the content of every well-formed order is
 * recorded, from any sender.
 */
import type { OrderListener, OrderSent, StreetNames } from "../../street/network.js";
import { type Fields, fieldsIn, flag, instant, number, text } from "../../util/fields.js";
import { LATENCY } from "../streams.js";

/** Longest emergency and longest order below the floor (docs: broker contract), ms. */
const EMERGENCY_MAX = 24 * 3_600_000;

/** An order is as old as this at most, or from the future (docs: broker contract), ms. */
const FRESH = 5 * 60_000;

/** Default duration of identify, s, and duration of a self-test, ms. */
const IDENTIFY_S = 30;
const SELF_TEST = 40_000;

/** Whether a topic carries orders: `.../command` or `.../emergency`. */
export function isOrderTopic(topic: string): boolean {
	return topic.endsWith("/command") || topic.endsWith("/emergency");
}

export class OrderNotes {
	readonly #options: StreetNames;
	readonly #report: OrderListener;
	readonly #lampOf = new Map<string, number>();
	/** Lamps that an order `assign` may have put into another group. */
	readonly #assigned = new Set<number>();

	constructor(options: StreetNames, report: OrderListener) {
		this.#options = options;
		this.#report = report;
		for (const lamp of this.#lamps()) this.#lampOf.set(options.nodeOf(lamp), lamp);
	}

	/** Numbers of the lamps. */
	*#lamps(): Iterable<number> {
		const { first = 1, lamps } = this.#options;
		for (let lamp = first; lamp < first + lamps; lamp++) yield lamp;
	}

	/** The lamp whose topic this is; undefined for any other topic. */
	lampOf(topic: string): number | undefined {
		const prefix = `${this.#options.root}/${this.#options.site}/`;
		if (!topic.startsWith(prefix)) return undefined;
		return this.#lampOf.get(topic.slice(prefix.length).split("/", 1)[0]!);
	}

	/** Reports the order in `payload` to the checks, for every lamp it may reach. */
	onOrder(at: number, topic: string, payload: Uint8Array): void {
		const fields = fieldsIn(payload);
		if (!fields) return; // the lamps refuse it
		const lamp = this.lampOf(topic);
		if (lamp !== undefined && fields.command === "assign") this.#assigned.add(lamp);
		const order = read(fields, at, this.#options.epochUtc);
		if (!order) return;
		if (lamp !== undefined) {
			this.#report({ ...order, lamp });
			return;
		}
		const many = /\/(?:all|group\/([^/]+))\/[a-z]+$/.exec(topic);
		if (!many) return;
		const [, group] = many;
		for (const lamp of this.#lamps())
			if (group === undefined) this.#report({ ...order, lamp, toAll: true });
			else if (this.#mayBeIn(group, lamp)) this.#report({ ...order, lamp, group });
	}

	#mayBeIn(group: string, lamp: number): boolean {
		const ownGroup = this.#options.groupOf?.(lamp);
		return ownGroup === undefined || ownGroup === group || this.#assigned.has(lamp);
	}
}

function read(fields: Fields, now: number, epochUtc: number): OrderSent | undefined {
	const at = now + LATENCY;
	const until = endOf(fields, at, epochUtc);
	if (until === undefined) return undefined;
	const command = fields.command as OrderSent["command"];
	const [id, ramp] = [text(fields.id), number(fields.rampToLevelTime)];
	const hours = number(fields.operatingHours);
	const isEnd = command === "maintenanceMode" && fields.enabled === false;
	return {
		...(id === undefined ? {} : { id }),
		...(ramp === undefined ? {} : { ramp: 1000 * ramp }),
		...(hours === undefined ? {} : { hours }),
		...(fields.extent === "maximum" ? { isMaximum: true } : {}),
		...(isEnd ? { isEnd } : {}),
		lamp: 0,
		command,
		at,
		until,
		level: command === "emergency" ? 100 : (number(fields.level) ?? 0),
		inhibitSensors: flag(fields.inhibitSensors) ?? false,
		belowFloor: flag(fields.belowFloor) ?? false,
	};
}

/** The latest instant at which the order may ask for light; undefined for one without effect on it. */
function endOf(
	{ command, expiration, duration, issued, commandConfirmation }: Fields,
	at: number,
	epochUtc: number,
): number | undefined {
	const expiry = instant(expiration);
	const end = expiry === undefined ? undefined : expiry - epochUtc;
	switch (command) {
		case "override":
		case "emergency":
			return end ?? at + EMERGENCY_MAX;
		case "maintenanceMode":
			return end ?? at;
		case "identify":
			return at + 1000 * (number(duration) ?? IDENTIFY_S);
		case "selfTest":
			return at + SELF_TEST;
		case "clearOverride":
			return isFresh(issued, at, epochUtc) ? at : undefined;
		case "luminaireReplaced":
		case "nodeReplaced":
			return commandConfirmation === true ? at : undefined;
		default:
			return undefined;
	}
}

/** A lamp with the time refuses an order that was issued at another one. */
function isFresh(issued: unknown, at: number, epochUtc: number): boolean {
	const issuedAt = instant(issued);
	return issuedAt !== undefined && Math.abs(issuedAt - epochUtc - at) < FRESH;
}
