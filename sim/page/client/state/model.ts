/**
 * Model: the page's state of the street, as the server sends it; light and road users are eased
 * between two updates.
 */

import type { Values } from "../../../options/values.js";
import type { LogEntry } from "../../../results/logentry.js";
import type {
	Ended,
	LampGroup,
	LampReport,
	StandingFault,
	Update,
	Welcome,
} from "../../messages.js";

/** Ten updates a second come; a movement is spread over a little more than that, ms. */
const EASE = 130;
/** The eye follows a lamp's fade with this time constant, ms. */
const GLOW_EASE = 60;
/** A lamp whose light is this near to the world's is shown as the world has it. */
const STILL = 0.002;
/** Log entries kept; a page that is left open overnight does not grow. */
const LOG_MOST = 1_000;

export interface Walker {
	readonly kind: string;
	readonly direction: number;
	/** Metres from the first lamp: position shown and position reported, and since when (ms). */
	from: number;
	to: number;
	at: number;
}

export class Model {
	welcome: Welcome | undefined;
	update: Update | undefined;
	ended: Ended | undefined;
	/** The scenario that was chosen and has not begun; the empty one is the street of the start. */
	starting: string | undefined;
	/** Instant of the page at which the simulator was lost, UTC of the street; undefined: it is there. */
	lost: number | undefined;
	isLost = false;
	/** By lamp number: light by the world and light shown, 0 to 1; -1: no power. */
	light = new Float32Array(1);
	shown = new Float32Array(1);
	reports: LampReport[] = [];
	faults: readonly StandingFault[] = [];
	groups: readonly LampGroup[] = [];
	protectedLamps: readonly number[] = [];
	/** Options that the address needs; undefined: the page does not carry its simulation. */
	inputs: Values | undefined;
	log: readonly LogEntry[] = [];
	readonly walkers = new Map<number, Walker>();
	#lastFrame = 0;
	readonly #listeners = new Set<() => void>();

	/** @returns ends the calls */
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	changed(): void {
		for (const listener of this.#listeners) listener();
	}

	onWelcome(welcome: Welcome): void {
		this.welcome = welcome;
		this.ended = undefined;
		if ((welcome.scenario?.name ?? "") === this.starting) this.starting = undefined;
		this.isLost = false;
		this.light = new Float32Array(welcome.lamps + 1);
		this.shown = new Float32Array(welcome.lamps + 1);
		this.reports = Array.from({ length: welcome.lamps + 1 }, () => ({}));
		this.faults = [];
		this.log = [];
		this.walkers.clear();
	}

	onChoice(name: string | undefined): void {
		this.starting = name;
		this.changed();
	}

	onUpdate(update: Update, now: number): void {
		this.update = update;
		for (const [lamp, light] of update.glow) this.light[lamp] = light < 0 ? -1 : light / 1000;
		for (const [lamp, report] of update.reports) this.reports[lamp] = report;
		if (update.faults) this.faults = update.faults;
		if (update.groups) this.groups = update.groups;
		if (update.protectedLamps) this.protectedLamps = update.protectedLamps;
		if (update.inputs) this.inputs = update.inputs;
		const here = new Set<number>();
		for (const [id, kind, x, direction] of update.users) {
			here.add(id);
			this.#move(id, kind, x / 10, direction, now);
		}
		for (const id of this.walkers.keys()) if (!here.has(id)) this.walkers.delete(id);
		this.changed();
	}

	onLog(entries: readonly LogEntry[]): void {
		const last = this.log.at(-1)?.id ?? 0; // the first list may hold those of the next one
		const fresh = entries.filter(({ id }) => id > last);
		this.log = [...this.log, ...fresh].slice(-LOG_MOST);
		this.changed();
	}

	/** Moves the shown light towards the world's. */
	ease(now: number): void {
		const left = Math.exp((this.#lastFrame - now) / GLOW_EASE);
		this.#lastFrame = now;
		for (let lamp = 1; lamp < this.light.length; lamp++) {
			const light = Math.max(0, this.light[lamp]!);
			const away = (light - this.shown[lamp]!) * left;
			this.shown[lamp] = Math.abs(away) > STILL ? light - away : light;
		}
	}

	/** Likewise at once, where motion is not wanted. */
	settle(): void {
		this.shown = this.light.map((light) => Math.max(0, light));
	}

	/** The position at which a road user is shown, metres. */
	static positionOf(walker: Walker, now: number): number {
		const share = Math.min(1, (now - walker.at) / EASE);
		return walker.from + (walker.to - walker.from) * share;
	}

	#move(id: number, kind: string, x: number, direction: number, now: number): void {
		const walker = this.walkers.get(id);
		if (!walker) {
			this.walkers.set(id, { kind, direction, from: x, to: x, at: now });
			return;
		}
		walker.from = Model.positionOf(walker, now);
		walker.to = x;
		walker.at = now;
	}
}
