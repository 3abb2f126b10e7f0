/**
 * Monitor: is it well? Looks on after the light, when something changed and once an hour, and tells
 * what it finds with a begin and an end. It never switches anything.
 *
 * While someone works on the lamp (maintenance mode) it finds nothing new; what was told before stands
 * until it is seen to be over.
 */
import type { Host } from "../../host.js";
import type { EventType, LampEvent } from "../../journal/events.js";
import { MARK, type Tally } from "../../journal/tally.js";
import { Cycling } from "../../monitor/cycling.js";
import { HeapTrend } from "../../monitor/heaptrend.js";
import { LEAST_RESPONSE } from "../../monitor/response.js";
import { CYCLING_LIVES, SHORT_LIFE } from "../../monitor/supply.js";
import type { Settings } from "../../settings/table.js";
import { type ClockState, isDated } from "../../time/clock.js";
import type { Millis } from "../../units.js";
import type { Task } from "../task.js";
import { LampMonitor, type LampMonitorOwner } from "./lampmonitor.js";

/** Time servers are asked each hour: a day without one is an outage (time/clock.ts). */
const CLOCK_PATIENCE: Millis = 24 * 3_600_000;
/** A switched feeder's night is shorter than a day, and begins without a clock. */
const CLOCK_PATIENCE_SWITCHED: Millis = 4 * 3_600_000;

interface MonitorOwner extends LampMonitorOwner {
	readonly host: Pick<Host, "powerCause" | "machine">;
	readonly tally: Tally;
	readonly flash: { earn(now: Millis): void };
	readonly counters: { readonly hourEndedAt: Millis };
	readonly orders: { readonly isMaintained: boolean };
	readonly time: { readonly clock: ClockState };
}

export class Monitor implements Task {
	private readonly lamp: MonitorOwner;
	private readonly heap = new HeapTrend();
	private readonly cycling = new Cycling();
	private answers: LampMonitor | undefined; // absent: not supported
	private dark: boolean;
	private hour: Millis; // the last one looked at
	private heapTrouble: "leak" | "low" | undefined;
	private clockLost = false;
	private isWaiting = false; // while someone works on the lamp
	private supplyAt: Millis; // when this life is no longer a short one

	constructor(lamp: MonitorOwner, now: Millis) {
		this.lamp = lamp;
		this.dark = lamp.schedule.dark.dark;
		this.hour = lamp.counters.hourEndedAt;
		this.supplyAt = now + SHORT_LIFE;
		this.configure(lamp.settings, now);
		this.beginSupply(now);
	}

	get dueAt(): Millis {
		const { lamp } = this;
		if (lamp.orders.isMaintained !== this.isWaiting) return -Infinity;
		if (this.isWaiting) return Infinity;
		if (lamp.schedule.dark.dark !== this.dark) return -Infinity;
		if (lamp.counters.hourEndedAt !== this.hour) return -Infinity;
		return this.answers ? Math.min(this.supplyAt, this.answers.dueAt) : this.supplyAt;
	}

	tick(now: Millis): void {
		const { lamp } = this;
		if (lamp.orders.isMaintained !== this.isWaiting) this.turnAside(now);
		if (this.isWaiting) return;
		if (lamp.schedule.dark.dark !== this.dark) this.turn(now);
		if (lamp.counters.hourEndedAt !== this.hour) this.look(now);
		if (now >= this.supplyAt) this.last(now);
		if (this.answers && now >= this.answers.dueAt) this.answers.tick(now);
	}

	/** What the light sensor can answer is a matter of the settings. */
	configure({ lampResponse }: Settings, now: Millis): void {
		if (this.isWaiting) return;
		if (lampResponse >= LEAST_RESPONSE) this.answers ??= new LampMonitor(this.lamp, now);
		else {
			this.answers?.end(now);
			this.answers = undefined;
		}
	}

	/** TALQ supplyLossCount. */
	get supplyLossCount(): number {
		return this.lamp.tally.losses;
	}

	/** The faults that stand, of those that this room finds. */
	get standing(): readonly EventType[] {
		const found: EventType[] = [];
		const fault = this.answers?.standing;
		if (fault) found.push(fault);
		if (this.answers?.isBurning) found.push("lampUnexpectedOn");
		if (this.cycling.isFound || this.isSupplyCycling) found.push("cyclingFailure");
		if (this.clockLost) found.push("clockFailure");
		if (this.heapTrouble) found.push("heapLow");
		return found;
	}

	private get isSupplyCycling(): boolean {
		return this.lamp.tally.lossRow > CYCLING_LIVES;
	}

	/** Nothing is found while it waits, and nothing of that time is held against the lamp later. */
	private turnAside(now: Millis): void {
		this.isWaiting = !this.isWaiting;
		this.dark = this.lamp.schedule.dark.dark;
		this.hour = this.lamp.counters.hourEndedAt;
		if (this.supplyAt <= now) this.supplyAt = now + SHORT_LIFE;
		if (this.isWaiting) return;
		this.answers?.resume(now);
		this.configure(this.lamp.settings, now);
	}

	private turn(now: Millis): void {
		this.dark = this.lamp.schedule.dark.dark;
		if (this.cycling.turn(now)) this.report("cyclingFailure", "start", { what: "lamp" }, now);
	}

	private look(now: Millis): void {
		const { lamp, heap } = this;
		this.hour = lamp.counters.hourEndedAt;
		if (this.cycling.pass(now)) this.report("cyclingFailure", "end", { what: "lamp" }, now);
		this.lookAtClock(now);
		if (!heap.look(lamp.host.machine.freeBytes())) return;
		const { trouble } = heap;
		if (trouble === this.heapTrouble) return;
		const before = this.heapTrouble;
		this.heapTrouble = trouble;
		const free_bytes = heap.best ?? 0;
		if (before) this.report("heapLow", "end", { why: before, free_bytes }, now);
		if (trouble) this.report("heapLow", "start", { why: trouble, free_bytes }, now);
	}

	private lookAtClock(now: Millis): void {
		const { time, settings } = this.lamp;
		const { clock } = time;
		const patience = settings.supply === "switched" ? CLOCK_PATIENCE_SWITCHED : CLOCK_PATIENCE;
		const since = clock.kind === "none" || clock.kind === "midnight" ? 0 : clock.since;
		const lost = now - since >= patience;
		if (lost === this.clockLost) return;
		this.clockLost = lost;
		const attributes = { source: isDated(clock) ? "holdover" : "none" } as const;
		this.report("clockFailure", lost ? "start" : "end", attributes, now);
	}

	/** The first life has lost nothing; on a switched feeder it is the evening. */
	private beginSupply(now: Millis): void {
		const { host, tally, settings, orders } = this.lamp;
		const isPowered = host.powerCause === "powerOn" || host.powerCause === "brownout";
		const isLoss = isPowered && settings.supply === "always" && !orders.isMaintained;
		if (!isLoss || tally.lives === 1) return;
		tally.mark(MARK.loss);
		const supplyLossCount = tally.losses;
		this.lamp.emit({ type: "supplyLoss", attributes: { supplyLossCount } }, now);
		if (this.isSupplyCycling) this.report("cyclingFailure", "start", { what: "supply" }, now);
	}

	/** This life is no short one. */
	private last(now: Millis): void {
		this.supplyAt = Infinity;
		if (this.isSupplyCycling) this.report("cyclingFailure", "end", { what: "supply" }, now);
		this.lamp.tally.mark(MARK.lasted);
		this.lamp.flash.earn(now);
	}

	private report<T extends "cyclingFailure" | "clockFailure" | "heapLow">(
		type: T,
		startEndFlag: "start" | "end",
		attributes: (LampEvent & { readonly type: T })["attributes"],
		now: Millis,
	): void {
		this.lamp.emit({ type, startEndFlag, attributes } as LampEvent, now);
	}
}
