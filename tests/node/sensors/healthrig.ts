/**
 * Health rig: sensor health on an owner in plain memory, whose credit, clock and photocell a test sets.
 *
 * Time passes by `run`, which runs the task when it is due and at no other instant.
 */
import type { LampEvent } from "../../../src/journal/events.js";
import { readHealth } from "../../../src/node/sensors/healthrecord.js";
import { SensorHealth } from "../../../src/node/sensors/sensorhealth.js";
import { type Photocell, UNKNOWN } from "../../../src/sensing/photocell.js";
import { type Changes, DEFAULTS, withValues } from "../../../src/settings/table.js";
import { HEALTH_KEY } from "../../../src/storekeys.js";
import { type ClockState, NO_CLOCK, utcAt } from "../../../src/time/clock.js";
import { elevationAt } from "../../../src/time/sun.js";
import type { Lux, Millis } from "../../../src/units.js";

/** More turns at one instant than the task ever needs. */
const MOST_TURNS = 5;

/** An instant, begin or end, and the reason. */
export type Report = [at: Millis, flag: "start" | "end", why: string];

export class HealthRig {
	now: Millis = 0;
	creditAt: Millis = 0;
	/** The result of the next writes. */
	storeResult: "ok" | "full" = "ok";
	readonly stored = new Map<string, string>();
	/** Instants of the writes, also of refused ones. */
	readonly writes: Millis[] = [];
	readonly pirReports: Report[] = [];
	readonly lightReports: Report[] = [];
	readonly refusals: Millis[] = [];
	/** Until when light was requested last for a doubted PIR. */
	lightUntil: Millis = 0;
	decisions = 0;
	readonly health: SensorHealth;
	readonly owner;

	constructor(changes: Changes = {}, record?: string) {
		if (record !== undefined) this.stored.set(HEALTH_KEY, record);
		this.owner = {
			store: {
				read: (key: string) => this.stored.get(key),
				write: (key: string, value: string) => this.write(key, value),
				erase: () => "ok" as const,
			},
			flash: { creditAt: () => this.creditAt },
			settings: withValues(DEFAULTS, changes),
			light: { photocell: UNKNOWN as Photocell },
			time: { clock: NO_CLOCK as ClockState, sunAt: () => this.elevation },
			orders: { isMaintained: false },
			askForLight: (source: string, until: Millis) => {
				if (source === "doubt") this.lightUntil = until;
			},
			requestDecision: () => {
				this.decisions += 1;
			},
			emit: (event: LampEvent, now: Millis) => this.note(event, now),
		};
		this.health = new SensorHealth(this.owner, 0);
		this.run(0);
	}

	/** The record as the next life reads it. */
	get record() {
		return readHealth(this.stored.get(HEALTH_KEY));
	}

	run(until: Millis): void {
		let turns = 0; // at one instant
		while (this.health.dueAt <= until) {
			turns = this.health.dueAt > this.now ? 0 : turns + 1;
			if (turns > MOST_TURNS) throw new Error(`no end of turns at ${this.now} ms`);
			this.now = Math.max(this.now, this.health.dueAt);
			this.health.tick(this.now);
		}
		this.now = until;
	}

	/** A movement at `at` with stillness after `span`. */
	move(at: Millis, span: Millis = 1000): void {
		this.run(at);
		this.edge(true, at);
		this.run(at + span);
		this.edge(false, at + span);
		this.run(at + span);
	}

	/** An edge, assessed at once; returns the instant of a movement that counts. */
	edge(hasMoved: boolean, at = this.now): Millis {
		this.health.onEdge(hasMoved, at);
		return this.health.judgeEdge();
	}

	read(lux: number): boolean {
		const isDue = this.health.onIlluminance(lux as Lux, this.now);
		this.run(this.now);
		return isDue;
	}

	/** The photocell's output becomes another one. */
	turn(output: "day" | "night"): void {
		this.owner.light.photocell = { kind: output, silentAt: Infinity };
		this.health.trusted(output, this.now);
		this.run(this.now);
	}

	/** The sun by a clock that is right; NaN without one. */
	private get elevation(): number {
		const utc = utcAt(this.owner.time.clock, this.now);
		return utc === undefined ? Number.NaN : elevationAt(this.owner.settings, utc);
	}

	/** The clock is set so that it is `utc` now. */
	date(utc: number): void {
		this.owner.time.clock = { kind: "synchronised", offset: utc - this.now, since: this.now };
		this.health.onTime(this.now);
		this.run(this.now);
	}

	configure(changes: Changes): void {
		this.owner.settings = withValues(this.owner.settings, changes);
		this.health.configure(this.owner.settings, this.now);
		this.run(this.now);
	}

	private write(key: string, value: string): "ok" | "full" {
		this.writes.push(this.now);
		if (this.storeResult === "ok") this.stored.set(key, value);
		return this.storeResult;
	}

	private note(event: LampEvent, now: Millis): void {
		if (event.type === "storeFailure") this.refusals.push(now);
		else {
			const reports = event.type === "lightSensorFailure" ? this.lightReports : this.pirReports;
			const { startEndFlag, attributes } = event as never as {
				startEndFlag: "start" | "end";
				attributes: { why: string };
			};
			reports.push([now, startEndFlag, attributes.why]);
		}
	}
}
