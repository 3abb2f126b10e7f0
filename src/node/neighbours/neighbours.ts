/**
 * Neighbours: opens and closes the exchange with the row of poles, as the settings require.
 *
 * Part of the background: if an edge of the PIR and a flood of datagrams come in one turn, the duty
 * is written first. Without neighbours in the settings no port is bound, no memory is used and no
 * wake-up is planned.
 */
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { Task } from "../task.js";
import { type ExchangeOwner, NeighbourExchange } from "./exchange.js";
import { Forgeries, type ForgeriesOwner } from "./forgeries.js";

/**
 * UDP port of the announcements, in the dynamic range, which IANA never assigns (RFC 6335, 6). Row
 * and key distinguish sites; a pole with a port of its own would be cut off from its row.
 */
const NEIGHBOUR_PORT = 49_877;
/** A port that the network does not give is asked for again after this time. */
const OPEN_AGAIN: Millis = 60_000;

interface NeighboursOwner extends ExchangeOwner, ForgeriesOwner {
	readonly settings: Settings;
}

export class Neighbours implements Task {
	private readonly lamp: NeighboursOwner;
	private exchange: NeighbourExchange | undefined;
	private forgeries: Forgeries | undefined;
	private settings: Settings;
	private openAt: Millis = Infinity; // without an exchange that the settings require
	private counter = 0; // of datagrams sent in this life; continues over a new key or row

	constructor(lamp: NeighboursOwner, now: Millis) {
		this.lamp = lamp;
		this.settings = lamp.settings;
		this.open(now);
	}

	get dueAt(): Millis {
		return this.exchange ? this.exchange.dueAt : this.openAt;
	}

	tick(now: Millis): void {
		if (this.exchange) this.exchange.tick(now);
		else if (now >= this.openAt) this.open(now);
	}

	/** Keeps the exchange and its movements if row and key are the same; else reopens it. */
	configure(settings: Settings, now: Millis): void {
		const before = this.settings;
		this.settings = settings;
		if (this.exchange && isSameExchange(before, settings)) {
			this.exchange.configure(settings);
			return;
		}
		if (this.exchange) {
			this.counter = this.exchange.counter;
			this.forgeries?.end(now);
			this.lamp.host.datagrams.close();
			this.exchange = undefined;
		}
		this.open(now);
	}

	onMovement(now: Millis): void {
		this.exchange?.onMovement(now);
	}

	onStillness(): void {
		this.exchange?.onStillness();
	}

	onDatagram(now: Millis): void {
		this.exchange?.onDatagram(now);
	}

	/** Forged datagrams since boot; undefined while the port is closed. */
	get forged(): number | undefined {
		return this.exchange && this.forgeries?.count;
	}

	private open(now: Millis): void {
		const { neighbourGroup, siteKey } = this.settings;
		this.openAt = Infinity;
		if (neighbourGroup === 0 || siteKey === "") return;
		if (this.lamp.host.datagrams.bind(NEIGHBOUR_PORT) !== true) {
			this.openAt = now + OPEN_AGAIN;
			return;
		}
		this.forgeries ??= new Forgeries(this.lamp, now);
		this.exchange = new NeighbourExchange(
			this.lamp,
			this.settings,
			this.counter,
			this.forgeries,
			now,
		);
	}
}

function isSameExchange(a: Settings, b: Settings): boolean {
	return (
		a.neighbourGroup === b.neighbourGroup &&
		a.poleNumber === b.poleNumber &&
		a.poleSide === b.poleSide &&
		a.poleSpacing === b.poleSpacing &&
		a.siteKey === b.siteKey &&
		a.site === b.site
	);
}
