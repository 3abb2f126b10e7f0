/**
 * Counter writer: stores the counters and the record of the time room when they are due.
 *
 * On a switched feeder the counters are also stored with the time fed, which is written every ten
 * minutes around the usual end of the night: the cut at dawn then loses ten minutes of them instead
 * of an hour. Each hourly store also updates the age of the lamp in the light path.
 */
import type { StoreResult } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { Traffic } from "../../sensing/traffic.js";
import type { Settings } from "../../settings/table.js";
import { DAYS_KEY } from "../../storekeys.js";
import { type ClockState, utcAt } from "../../time/clock.js";
import type { Midnight } from "../../time/midnight.js";
import type { Millis } from "../../units.js";
import type { LightPath } from "../light/lightpath.js";
import type { Schedule } from "../schedule/schedule.js";
import type { Task } from "../task.js";
import type { TimeStore } from "../time/timestore.js";
import type { Counters } from "./counters.js";
import type { FlashBudget } from "./flashbudget.js";

export interface CountersOwner {
	readonly counters: Counters;
	readonly light: LightPath;
	readonly traffic: Traffic;
	readonly settings: Settings;
	emit(event: LampEvent, now: Millis): void;
}

interface CounterWriterOwner extends CountersOwner {
	readonly flash: FlashBudget;
	readonly time: {
		readonly programClock: ClockState;
		readonly midnight: Midnight;
		readonly stored: Pick<TimeStore, "dueAt" | "isBoundFalse" | "isEndNear">;
		keep(now: Millis): void;
	};
	readonly schedule: Pick<Schedule, "night">;
	readonly housing: { forget(now: Millis): boolean };
	/** Requests a decision of the light in the next turn. */
	requestDecision(): void;
}

export class CounterWriter implements Task {
	private readonly lamp: CounterWriterOwner;

	constructor(lamp: CounterWriterOwner) {
		this.lamp = lamp;
		lamp.flash.configure(lamp.settings);
	}

	configure(settings: Settings): void {
		this.lamp.flash.configure(settings);
	}

	get dueAt(): Millis {
		const { counters, flash } = this.lamp;
		return Math.min(counters.dueAt, this.keepTimeAt, flash.earnAt);
	}

	/**
	 * Stores the counters, and corrects a false bound of the date: by it the next life would refuse
	 * the true date.
	 */
	beforeRestart(now: Millis): void {
		const { time, flash } = this.lamp;
		if (flash.hasCredit("action", now)) storeCounters(this.lamp, now, true);
		if (time.stored.isBoundFalse && flash.hasCredit("urgentOrder", now)) time.keep(now);
	}

	/** Within the flash budget, because each boot of a flickering switched feeder makes it due. */
	private get keepTimeAt(): Millis {
		const { stored } = this.lamp.time;
		const { dueAt } = stored;
		if (dueAt === Infinity) return Infinity; // most of a night
		const writeClass = stored.isBoundFalse ? "urgentOrder" : "time";
		return Math.max(dueAt, this.lamp.flash.creditAt(writeClass));
	}

	tick(now: Millis): void {
		const { counters, time, light, schedule, flash } = this.lamp;
		const isHour = now >= counters.dueAt;
		flash.earn(now);
		const isTime = now >= this.keepTimeAt;
		if (isTime) time.keep(now);
		const isEndNear = time.stored.isEndNear(now, time.midnight.lengths);
		const isExtra = isTime && isEndNear && flash.hasCredit("counters", now);
		if (isHour || isExtra) storeCounters(this.lamp, now);
		if (!isHour) return;
		const meter = light.meterAt(now);
		counters.closeHour(now, meter, utcAt(time.programClock, now));
		light.age(now);
		if (this.lamp.housing.forget(now)) this.lamp.requestDecision();
		if (schedule.night)
			reportRefusedWrite(this.lamp, DAYS_KEY, counters.onNight(schedule.night.day, meter), now);
	}
}

/** Stores the present counters; `isLast`: of a life that ends. */
export function storeCounters(lamp: CountersOwner, now: Millis, isLast = false): void {
	const { counters, light, traffic, settings } = lamp;
	const { ledPower_W, controllerPower_W, standbyPower_W } = settings;
	const most = Math.max(ledPower_W + controllerPower_W, standbyPower_W);
	reportRefusedWrite(
		lamp,
		"totals",
		counters.keep(light.meterAt(now), traffic.accumulated, most, isLast),
		now,
	);
}

/** Emits `storeFailure` with the key, unless the write succeeded. */
export function reportRefusedWrite(
	lamp: Pick<CountersOwner, "emit">,
	key: string,
	result: StoreResult,
	now: Millis,
): void {
	if (result !== "ok") lamp.emit({ type: "storeFailure", attributes: { key, result } }, now);
}
