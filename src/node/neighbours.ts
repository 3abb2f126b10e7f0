/**
 * Neighbours: the light bubble at work: whether there is one, and what the rooms know of it.
 *
 * After the light, like every attendant: an edge of our own PIR and a flood of datagrams in the same
 * turn find the duty written first. Without settings for it nothing is bound, kept or woken for.
 */
import type { Settings } from "../settings/table.js";
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import type { Lamp } from "./lamp.js";
import { Row } from "./row.js";

export class Neighbours implements Attendant {
	private readonly lamp: Lamp;
	private row: Row | undefined;
	private settings: Settings;
	private counter = 0; // of what this life said; a new key or row does not begin again

	constructor(lamp: Lamp, now: Millis) {
		this.lamp = lamp;
		this.settings = lamp.settings;
		this.open(now);
	}

	get dueAt(): Millis {
		return this.row ? this.row.dueAt : Infinity;
	}

	tick(now: Millis): void {
		this.row?.tick(now);
	}

	/** The same row of poles under the same key stays as it is, and remembers who was heard. */
	configure(settings: Settings, now: Millis): void {
		const before = this.settings;
		this.settings = settings;
		if (this.row && isSameRow(before, settings)) {
			this.row.settings = settings;
			return;
		}
		if (this.row) {
			this.counter = this.row.counter;
			this.lamp.host.datagrams.close();
			this.row = undefined;
		}
		this.open(now);
	}

	onMovement(now: Millis): void {
		this.row?.onMovement(now);
	}

	onStillness(now: Millis): void {
		this.row?.onStillness(now);
	}

	onDatagram(now: Millis): void {
		this.row?.onDatagram(now);
	}

	/**
	 * How many have come past here, as both sides tell, since our own PIR last saw anyone; 0 where
	 * nothing can be told.
	 */
	get passedUnseen(): number {
		return this.row ? this.row.passedUnseen : 0;
	}

	/** When the last of them was next to us; -Infinity: nobody. */
	get passedUnseenAt(): Millis {
		return this.row ? this.row.passedUnseenAt : Number.NEGATIVE_INFINITY;
	}

	private open(now: Millis): void {
		const { neighbourGroup, siteKey, neighbourPort } = this.settings;
		if (neighbourGroup === 0 || siteKey === "") return;
		if (this.lamp.host.datagrams.bind(neighbourPort) !== true) return;
		this.row = new Row(this.lamp, this.settings, this.counter, now);
	}
}

function isSameRow(a: Settings, b: Settings): boolean {
	return (
		a.neighbourGroup === b.neighbourGroup &&
		a.poleNumber === b.poleNumber &&
		a.poleSpacing === b.poleSpacing &&
		a.neighbourPort === b.neighbourPort &&
		a.siteKey === b.siteKey &&
		a.site === b.site
	);
}
