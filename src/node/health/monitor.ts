/**
 * Monitor: finds faults of lamp, supply, clock and memory, each an event with a begin and an end.
 *
 * Runs after the light, on a change and once an hour, and switches nothing. During maintenance it
 * begins no fault; those that stand end when a later check finds them over.
 */
import type { Host, Store } from "../../host.js";
import type { EventType, LampEvent } from "../../journal/events.js";
import { LASTED, LOSS, type Tally } from "../../journal/tally.js";
import { Cycling } from "../../monitor/cycling.js";
import { HeapTrend } from "../../monitor/heaptrend.js";
import { LEAST_RESPONSE } from "../../monitor/response.js";
import { CYCLING_LIVES, SHORT_LIFE } from "../../monitor/supply.js";
import type { Settings } from "../../settings/table.js";
import { LIFE_KEY } from "../../storekeys.js";
import { type ClockState, isDated } from "../../time/clock.js";
import type { Millis } from "../../units.js";
import type { DriverReading } from "../../view.js";
import type { Task } from "../task.js";
import { LampMonitor, type LampMonitorOwner } from "./lampmonitor.js";

/** Time servers are queried each hour: a day without an answer is an outage (time/clock.ts). */
const CLOCK_PATIENCE: Millis = 24 * 3_600_000;
/** On a switched feeder a life is shorter than a day, and begins without a clock. */
const CLOCK_PATIENCE_SWITCHED: Millis = 4 * 3_600_000;

interface MonitorOwner extends LampMonitorOwner {
	readonly host: Pick<Host, "powerCause" | "machine">;
	readonly store: Pick<Store, "read">;
	readonly flash: { readonly tally: Tally; earn(now: Millis): void };
	readonly gear?: DriverReading;
	readonly counters: { readonly hourEndedAt: Millis };
	readonly orders: { readonly isMaintained: boolean };
	readonly time: { readonly clock: ClockState };
}

export class Monitor implements Task {
	private readonly lamp: MonitorOwner;
	private readonly heap = new HeapTrend();
	private readonly cycling = new Cycling();
	private answers: LampMonitor | undefined; // undefined: no `lampResponse`
	private dark: boolean;
	private hour: Millis; // end of the last hour that was checked
	private heapTrouble: "leak" | "low" | undefined;
	private clockLost = false;
	private isWaiting = false; // during maintenance
	private supplyAt: Millis; // when this life no longer counts as short

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

	/** Starts or ends the lamp monitor by `lampResponse`; during maintenance this waits. */
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
		return this.lamp.flash.tally.losses;
	}

	/** The faults that stand, of the kinds that the monitor finds. */
	get standing(): readonly EventType[] {
		const found: EventType[] = [];
		const fault = this.answers?.standing;
		if (fault) found.push(fault);
		const driver = this.lamp.gear?.fault;
		if (driver && driver !== fault) found.push(driver);
		if (this.answers?.isBurning) found.push("lampUnexpectedOn");
		if (this.cycling.isFound || this.isSupplyCycling) found.push("cyclingFailure");
		if (this.clockLost) found.push("clockFailure");
		if (this.heapTrouble) found.push("heapLow");
		if (this.lamp.store.read(LIFE_KEY) === undefined) found.push("storeFailure"); // each boot has one
		return found;
	}

	private get isSupplyCycling(): boolean {
		return this.lamp.flash.tally.lossRow > CYCLING_LIVES;
	}

	/**
	 * Begins or ends the wait for maintenance. Changes in the meantime are not assessed afterwards.
	 */
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

	/**
	 * Counts a loss of supply at boot. Not counted: the first life, maintenance, and a switched
	 * feeder, which powers up each evening.
	 */
	private beginSupply(now: Millis): void {
		const { host, flash, settings, orders } = this.lamp;
		const { tally } = flash;
		const isPowered = host.powerCause === "powerOn" || host.powerCause === "brownout";
		const isLoss = isPowered && settings.supply === "always" && !orders.isMaintained;
		if (!isLoss || tally.lives === 1) return;
		tally.mark(LOSS);
		const supplyLossCount = tally.losses;
		this.lamp.emit({ type: "supplyLoss", attributes: { supplyLossCount } }, now);
		if (this.isSupplyCycling) this.report("cyclingFailure", "start", { what: "supply" }, now);
	}

	/** This life has lasted SHORT_LIFE: ends a fault of the supply and earns write credit. */
	private last(now: Millis): void {
		this.supplyAt = Infinity;
		if (this.isSupplyCycling) this.report("cyclingFailure", "end", { what: "supply" }, now);
		this.lamp.flash.tally.mark(LASTED);
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
