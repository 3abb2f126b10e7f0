/**
 * Network: whether there is one, when to join it again, and which of the broker's addresses is next.
 *
 * The host joins once by itself; that it joins again is decided here alone. A lamp leaves a network
 * that is down for long, or up in name only (names do not resolve, nobody answers in time): a lease
 * or an association can be stale. A broker that refuses is no reason: something answered.
 */
import type { NetworkDoor } from "../host.js";
import type { Millis } from "../units.js";
import { rejoinAfter } from "./backoff.js";
import type { LinkEnd, LinkOptions } from "./contract.js";

/** The host's own first attempt may take a scan, an association and DHCP's retries. */
export const FIRST_JOIN: Millis = 180_000;
/** Attempts in a row that nothing answered: at the city's spread of 300 s about twenty minutes. */
export const SILENT_ATTEMPTS = 4;
const COMMA = 44;

export class Network {
	isUp = false;
	private readonly door: NetworkDoor;
	private isNeeded = false; // alone the lamp needs none
	private wifiName = "";
	private wifiPassword = "";
	private joinAt: Millis = FIRST_JOIN; // counted from the boot
	private joins = 0; // in a row, without a network since
	private silent = 0; // attempts in a row
	private place = 0; // of the address that is next
	private tried = 0; // addresses of this round

	constructor(door: NetworkDoor) {
		this.door = door;
	}

	get dueAt(): Millis {
		return this.isNeeded ? this.joinAt : Infinity;
	}

	/** What it is for, and which Wi-Fi it is: for a broker, or for the time and the neighbours alone. */
	configure(now: Millis, { host, wifiName = "", wifiPassword = "" }: LinkOptions): void {
		const { hasWifi } = this.door;
		this.isNeeded = host !== "" || (hasWifi && wifiName !== "");
		if (wifiName === this.wifiName && wifiPassword === this.wifiPassword) return;
		this.wifiName = wifiName;
		this.wifiPassword = wifiPassword;
		if (!hasWifi) return;
		this.door.useWifi(wifiName, wifiPassword);
		this.joins = 0;
		this.joinAt = now + FIRST_JOIN;
	}

	/** Someone stands at the pole and waits. */
	joinNow(now: Millis): void {
		if (!this.isUp) this.joinAt = now;
	}

	/** The network came or went. `chance`: evenly in 0..1. */
	onNetwork(now: Millis, isUp: boolean, chance: number): void {
		this.isUp = isUp;
		this.joins = 0;
		this.silent = 0;
		this.joinAt = isUp ? Infinity : now + rejoinAfter(0, chance);
	}

	/** Joins again when it is due. */
	tick(now: Millis, chance: () => number): void {
		if (now < this.dueAt) return;
		const isAsked = this.door.rejoin() === true;
		this.joinAt = Infinity;
		if (!isAsked || this.isUp) return;
		this.joins += 1;
		this.joinAt = now + rejoinAfter(this.joins, chance());
	}

	/** A broker answered: where it is, is where to look first next time. */
	onReached(): void {
		this.silent = 0;
		this.tried = 0;
	}

	/** An attempt ended. Returns whether another address of `list` is to be tried in this round. */
	onFailed(now: Millis, end: LinkEnd, list: string): boolean {
		this.silent = isSilence(end) ? this.silent + 1 : 0;
		if (this.isUp && this.silent >= SILENT_ATTEMPTS) {
			this.silent = 0;
			this.joinAt = now;
		}
		const count = addressesIn(list);
		this.place = (this.place + 1) % count;
		this.tried = (this.tried + 1) % count;
		return this.tried > 0;
	}

	/** Which address is next; the host resolves a name anew each time. */
	addressOf(list: string): string {
		return addressAt(list, this.place);
	}

	/** Another list: from its begin. */
	forget(): void {
		this.place = 0;
		this.tried = 0;
	}
}

/** Whether nothing at all answered. */
function isSilence(end: LinkEnd): boolean {
	return end === "timedOut" || end === "nameUnknown" || end === "connectTimeout";
}

/** How many addresses a list names, commas between them. */
export function addressesIn(list: string): number {
	let count = 1;
	for (let at = 0; at < list.length; at += 1) if (list.charCodeAt(at) === COMMA) count += 1;
	return count;
}

/** The address at `place`, from 0. */
export function addressAt(list: string, place: number): string {
	let from = 0;
	for (let nth = 0; nth < place; nth += 1) from = list.indexOf(",", from) + 1;
	const to = list.indexOf(",", from);
	return list.slice(from, to < 0 ? list.length : to);
}
