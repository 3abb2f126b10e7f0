/**
 * Light: the sections of the view about the light: level, sensors, program, energy, traffic.
 */
import { target } from "../../command/standingorders.js";
import type { NightWalk } from "../../explain/preview.js";
import type { Host } from "../../host.js";
import { type ChainVisitor, linksOf } from "../../lighting/chain.js";
import { type DayRow, nightBack } from "../../meter/days.js";
import { isSaturated, type LightMeter, reportableAt } from "../../sensing/lightmeter.js";
import { outputOf } from "../../sensing/photocell.js";
import { presenceKindOf } from "../../sensing/presence.js";
import type { Traffic } from "../../sensing/traffic.js";
import { classAt, classesOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import { isDated, utcAt } from "../../time/clock.js";
import type { Zone } from "../../time/zone.js";
import type { Lux, Millis, Percent, UtcMillis } from "../../units.js";
import type { DriverReading, StreetClasses } from "../../view.js";
import type { LightPath } from "../light/lightpath.js";
import type { Orders } from "../orders/intake.js";
import { comingDay, walkOf } from "../schedule/preview.js";
import type { Schedule } from "../schedule/schedule.js";
import type { SensorHealth } from "../sensors/sensorhealth.js";
import type { Counters } from "../storage/counters.js";
import type { Timekeeper } from "../time/timekeeper.js";

interface LightSources {
	readonly now: Millis;
	readonly light: LightPath;
	readonly orders: Orders;
}

export class LightView {
	constructor(private readonly lamp: LightSources) {}

	get target() {
		return target(this.lamp.orders.standing);
	}
	get feedback() {
		return this.lamp.light.level;
	}
	get actual() {
		return this.lamp.light.actualAt(this.lamp.now);
	}
	get settled() {
		return this.lamp.light.settled;
	}
	get fadeEndsAt() {
		return this.lamp.light.fadeEndsAt;
	}
	get duty() {
		return this.lamp.light.dutyAt(this.lamp.now);
	}
	get reason() {
		return this.lamp.light.reason;
	}
	get chain() {
		return linksOf((visit) => this.lamp.light.visitChain(visit));
	}
	visitChain(visit: ChainVisitor) {
		this.lamp.light.visitChain(visit);
	}
	outputChain(level: Percent, cap: Percent) {
		return this.lamp.light.outputChain(level, cap);
	}
	get decisions() {
		return this.lamp.light.log.decisions;
	}
}

interface SensingSources {
	readonly now: Millis;
	readonly light: LightPath;
	readonly lightMeter: LightMeter | undefined;
	readonly housing: { readonly celsius: number | undefined };
	readonly host: Pick<Host, "lightSensorRange">;
	readonly sensorHealth: SensorHealth;
	readonly schedule: Schedule;
	readonly time: Timekeeper;
}

export class SensingView {
	constructor(private readonly lamp: SensingSources) {}

	get presence() {
		return presenceKindOf(this.lamp.light.presence);
	}
	get photocell() {
		return outputOf(this.lamp.light.photocell);
	}
	get lightLevel(): Lux | undefined {
		const { lightMeter } = this.lamp;
		return lightMeter && reportableAt(lightMeter, this.lamp.now);
	}
	get lightSaturated(): boolean {
		const { lightMeter, host } = this.lamp;
		const { lightSensorRange } = host;
		if (!lightMeter || lightSensorRange === undefined) return false;
		return isSaturated(lightMeter, lightSensorRange);
	}
	get temperature(): number | undefined {
		return this.lamp.housing.celsius;
	}
	get movedAt(): Millis {
		return this.lamp.sensorHealth.pir.silentSince;
	}
	get pirDoubt() {
		return this.lamp.sensorHealth.pir.doubt;
	}
	get lightDoubt() {
		return this.lamp.sensorHealth.light.doubt;
	}
	get dark(): boolean {
		return this.lamp.schedule.dark.dark;
	}
	get darkBecause() {
		return this.lamp.schedule.dark.because;
	}
	get sunset(): UtcMillis | undefined {
		return this.night?.sunset;
	}
	get sunrise(): UtcMillis | undefined {
		return this.night?.sunrise;
	}
	/** Undefined without a dated clock: an assumed date serves a program and is not reported. */
	private get night() {
		return isDated(this.lamp.time.programClock) ? this.lamp.schedule.night : undefined;
	}
}

interface PlanSources {
	readonly now: Millis;
	readonly light: LightPath;
	readonly schedule: Schedule;
	readonly settings: Settings;
	readonly time: Timekeeper;
}

export class PlanView {
	constructor(private readonly lamp: PlanSources) {}

	get comingDay(): number | undefined {
		const { schedule, now, time } = this.lamp;
		const utc = isDated(time.programClock) ? utcAt(time.programClock, now) : undefined;
		return utc === undefined ? undefined : comingDay(schedule.nightAt(utc), utc);
	}
	get until(): UtcMillis | undefined {
		const { schedule, time } = this.lamp;
		if (!schedule.request || !isDated(time.programClock) || schedule.dueAt === Infinity)
			return undefined;
		return utcAt(time.programClock, schedule.dueAt);
	}
	get zone(): Zone {
		return this.lamp.schedule.zone;
	}
	get classes(): StreetClasses | undefined {
		return classesOf(this.lamp.settings);
	}
	classAt(level: Percent): string | undefined {
		return classAt(this.lamp.settings, level);
	}
	walk(day: number): NightWalk {
		const { settings, light, now, schedule } = this.lamp;
		return walkOf(settings, day, light.meterAt(now).operatingHours, schedule.zone, light.bounds);
	}
}

interface MeterSources {
	readonly now: Millis;
	readonly light: LightPath;
	readonly settings: Settings;
	readonly counters: Counters;
	readonly gear?: DriverReading;
}

/** Advances the meter to now before a reading: it is idle between two changes of level. */
export class MeterView {
	constructor(private readonly lamp: MeterSources) {}

	get activePower() {
		return this.meter.activePower;
	}
	get activeEnergy_kWh(): number {
		return this.lamp.counters.reportedEnergy_kWh(this.meter.activeEnergy_kWh);
	}
	get energyTolerance(): number {
		return this.lamp.settings.powerTolerance;
	}
	get energySaved_kWh(): number {
		return this.meter.energySaved_kWh;
	}
	get operatingHours(): number {
		return this.lamp.counters.reportedHours(this.meter.operatingHours);
	}
	get switchOnCounter(): number {
		return this.lamp.counters.reportedSwitchOns(this.meter.switchOnCounter);
	}
	get isReserved(): boolean {
		return this.lamp.counters.isReserved(this.meter.counters());
	}
	get driver(): DriverReading | undefined {
		return this.lamp.gear;
	}
	hour_Wh(index: number): number | undefined {
		return this.lamp.counters.hour_Wh(index);
	}
	get hourEndedAt(): Millis {
		return this.lamp.counters.hourEndedAt;
	}
	night(index: number): DayRow | undefined {
		return nightBack(this.lamp.counters.book(), index);
	}
	private get meter() {
		return this.lamp.light.meterAt(this.lamp.now);
	}
}

interface TrafficSources {
	readonly traffic: Traffic;
	readonly counters: Counters;
}

export class TrafficView {
	constructor(private readonly lamp: TrafficSources) {}

	get accumulatedRoadUserNumber(): number {
		return this.lamp.traffic.accumulated;
	}
	get accumulatedSince(): UtcMillis | undefined {
		return this.lamp.counters.since;
	}
}
