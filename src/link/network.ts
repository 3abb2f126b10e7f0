/**
 * Network: its state, the time to join it again, and the next of the broker's addresses.
 *
 * The host joins once by itself; every further join is decided here alone. The lamp joins again if
 * the network is down for long, or if nothing answers on it (names do not resolve, connections time
 * out), because a lease or an association can be stale. A refusal by the broker is no reason to
 * join again: it shows that the network works.
 */
import type { NetworkDoor } from "../host.js";
import type { Millis } from "../units.js";
import { rejoinAfter } from "./backoff.js";
import type { LinkEnd, LinkOptions } from "./contract.js";

/** The host's own first attempt may include a scan, an association and retries of DHCP. */
export const FIRST_JOIN: Millis = 180_000;
/** Attempts in a row without an answer before a new join: about 20 min at a spread of 300 s. */
const SILENT_ATTEMPTS = 4;
const COMMA = 44;

export class Network {
	isUp = false;
	private readonly door: NetworkDoor;
	private isNeeded = false; // false: neither broker nor Wi-Fi is configured
	private wifiName = "";
	private wifiPassword = "";
	private joinAt: Millis = FIRST_JOIN; // from the boot
	private joins = 0; // in a row, while the network is down
	private silent = 0; // attempts in a row without an answer
	private place = 0; // index of the next address
	private tried = 0; // addresses tried in this round

	constructor(door: NetworkDoor) {
		this.door = door;
	}

	get dueAt(): Millis {
		return this.isNeeded ? this.joinAt : Infinity;
	}

	/**
	 * Takes the broker's addresses and the Wi-Fi from the settings. Without a broker the network
	 * still serves the time and the neighbours.
	 */
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

	/** Joins at once: a technician waits at the pole. */
	joinNow(now: Millis): void {
		if (!this.isUp) this.joinAt = now;
	}

	/** The network came up or went down. `chance`: uniform in 0..1. */
	onNetwork(now: Millis, isUp: boolean, chance: number): void {
		this.isUp = isUp;
		this.joins = 0;
		this.silent = 0;
		this.joinAt = isUp ? Infinity : now + rejoinAfter(0, chance);
	}

	/** Joins again; called when it is due. `chance`: uniform in 0..1. */
	tick(now: Millis, chance: () => number): void {
		const isRejoining = this.door.rejoin() === true;
		this.joinAt = Infinity;
		if (!isRejoining || this.isUp) return;
		this.joins += 1;
		this.joinAt = now + rejoinAfter(this.joins, chance());
	}

	/** A broker answered: its address is tried first next time. */
	onReached(): void {
		this.silent = 0;
		this.tried = 0;
	}

	/** An attempt ended. Returns whether another address of `list` is tried in this round. */
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

	/** The next address; the host resolves a name anew each time. */
	addressOf(list: string): string {
		return addressAt(list, this.place);
	}

	/** The list has changed: begins with its first address. */
	forget(): void {
		this.place = 0;
		this.tried = 0;
	}
}

/** Whether the attempt ended without any answer. */
function isSilence(end: LinkEnd): boolean {
	return end === "timedOut" || end === "nameUnknown" || end === "connectTimeout";
}

/** The number of addresses in a comma-separated list. */
export function addressesIn(list: string): number {
	let count = 1;
	for (let at = 0; at < list.length; at += 1) if (list.charCodeAt(at) === COMMA) count += 1;
	return count;
}

/** The address at `place`, from 0. */
export function addressAt(list: string, place: number): string {
	let from = 0;
	for (let index = 0; index < place; index += 1) from = list.indexOf(",", from) + 1;
	const to = list.indexOf(",", from);
	return list.slice(from, to < 0 ? list.length : to);
}
