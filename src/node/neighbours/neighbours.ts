/**
 * Neighbours: the light bubble at work: whether there is one, and what the rooms know of it.
 *
 * After the light, like every task: an edge of our own PIR and a flood of datagrams in the same
 * turn find the duty written first. Without settings for it nothing is bound, kept or woken for.
 */
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import type { Task } from "../task.js";
import { NeighbourExchange, type RowOwner } from "./exchange.js";
import { Forgeries, type ForgeriesOwner } from "./forgeries.js";

interface NeighboursOwner extends RowOwner, ForgeriesOwner {
	readonly settings: Settings;
}

export class Neighbours implements Task {
	private readonly lamp: NeighboursOwner;
	private exchange: NeighbourExchange | undefined;
	private forgeries: Forgeries | undefined;
	private settings: Settings;
	private counter = 0; // of what this life said; a new key or row does not begin again

	constructor(lamp: NeighboursOwner, now: Millis) {
		this.lamp = lamp;
		this.settings = lamp.settings;
		this.open(now);
	}

	get dueAt(): Millis {
		return this.exchange ? this.exchange.dueAt : Infinity;
	}

	tick(now: Millis): void {
		this.exchange?.tick(now);
	}

	/** The same row of poles under the same key stays as it is, and remembers who was heard. */
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

	/** Datagrams since boot that someone without the key made; undefined: none are listened to. */
	get forged(): number | undefined {
		return this.exchange && this.forgeries?.count;
	}

	private open(now: Millis): void {
		const { neighbourGroup, siteKey, neighbourPort } = this.settings;
		if (neighbourGroup === 0 || siteKey === "") return;
		if (this.lamp.host.datagrams.bind(neighbourPort) !== true) return;
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
		a.neighbourPort === b.neighbourPort &&
		a.siteKey === b.siteKey &&
		a.site === b.site
	);
}
