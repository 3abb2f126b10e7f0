/**
 * Lamp view: answers the read-only inquiry from the rooms' own state. Nothing is copied or kept.
 *
 * One small class a section: their getters lie in flash, so a section costs a lamp two slots.
 */
import { target } from "../command/twin.js";
import type { NightWalk } from "../explain/preview.js";
import type { PowerCause } from "../host.js";
import { type DayRow, nightBack } from "../meter/days.js";
import { isSaturated, toldAt } from "../sensing/lightmeter.js";
import { outputOf } from "../sensing/photocell.js";
import { presenceKindOf } from "../sensing/presence.js";
import { classAt, classesOf } from "../settings/classes.js";
import { type ClockSource, isDated, uncertaintyAt, utcAt } from "../time/clock.js";
import type { Zone } from "../time/zone.js";
import type { Lux, Millis, Percent, UtcMillis } from "../units.js";
import { SUPPORTED_UNTIL } from "../version.js";
import type { StreetClasses, View } from "../view.js";
import type { Lamp } from "./lamp.js";
import { comingDay, walkOf } from "./preview.js";

class Section {
	protected readonly lamp: Lamp;

	constructor(lamp: Lamp) {
		this.lamp = lamp;
	}
}

class IdentityView extends Section {
	get serial(): string {
		return this.lamp.host.serial;
	}
	get site(): string {
		return this.lamp.settings.site;
	}
	get node(): string {
		return this.lamp.settings.node;
	}
	get hardware(): string {
		return this.lamp.host.hardware;
	}
	get swVersion(): string {
		return this.lamp.version;
	}
	get life(): number {
		return this.lamp.life;
	}
	get powerCause(): PowerCause {
		return this.lamp.host.powerCause;
	}
	get supportedUntil(): string {
		return SUPPORTED_UNTIL;
	}
	get imageOnProbation(): boolean {
		return this.lamp.host.images.state() === "probation";
	}
}

class TimeView extends Section {
	get now(): Millis {
		return this.lamp.now;
	}
	get utc(): UtcMillis | undefined {
		return utcAt(this.lamp.time.clock, this.lamp.now);
	}
	get notBefore(): UtcMillis {
		return this.lamp.time.notBefore(this.lamp.now);
	}
	get clockSource(): ClockSource {
		return this.lamp.time.sourceAt(this.lamp.now);
	}
	get uncertainty(): Millis | undefined {
		const uncertainty = uncertaintyAt(this.lamp.time.lean, this.lamp.now);
		return uncertainty < Infinity ? uncertainty : undefined;
	}
}

class LightView extends Section {
	get target() {
		return target(this.lamp.orders.twin);
	}
	get feedback() {
		return this.lamp.light.level;
	}
	get actual() {
		return this.lamp.light.actual;
	}
	get duty() {
		return this.lamp.light.duty;
	}
	get reason() {
		return this.lamp.light.reason;
	}
	get chain() {
		return this.lamp.light.chain();
	}
	outputChain(level: Percent, cap: Percent) {
		return this.lamp.light.outputChain(level, cap);
	}
	get decisions() {
		return this.lamp.light.books.decisions;
	}
}

class SensingView extends Section {
	get presence() {
		return presenceKindOf(this.lamp.light.presence);
	}
	get photocell() {
		return outputOf(this.lamp.light.photocell);
	}
	get lightLevel(): Lux | undefined {
		const { lightMeter } = this.lamp;
		return lightMeter && toldAt(lightMeter, this.lamp.now);
	}
	get lightSaturated(): boolean {
		const { lightMeter, settings } = this.lamp;
		return lightMeter !== undefined && isSaturated(lightMeter, settings.lightSensorRange);
	}
	get temperature(): number | undefined {
		return this.lamp.temperature;
	}
	get movedAt(): Millis {
		return this.lamp.trust.pir.silentSince;
	}
	get pirDoubt() {
		return this.lamp.trust.pir.doubt;
	}
	get lightDoubt() {
		return this.lamp.trust.light.doubt;
	}
	get dark(): boolean {
		return this.lamp.calendar.dark.dark;
	}
	get darkBecause() {
		return this.lamp.calendar.dark.because;
	}
	get sunset(): UtcMillis | undefined {
		return this.night?.sunset;
	}
	get sunrise(): UtcMillis | undefined {
		return this.night?.sunrise;
	}
	/** An assumed date is good for a program, not to be told. */
	private get night() {
		return isDated(this.lamp.time.lean) ? this.lamp.calendar.night : undefined;
	}
}

class PlanView extends Section {
	get comingDay(): number | undefined {
		const { calendar, now, time } = this.lamp;
		const utc = isDated(time.lean) ? utcAt(time.lean, now) : undefined;
		return utc === undefined ? undefined : comingDay(calendar.nightAt(utc), utc);
	}
	get until(): UtcMillis | undefined {
		const { calendar, time } = this.lamp;
		if (!calendar.asked || !isDated(time.lean) || calendar.dueAt === Infinity) return undefined;
		return utcAt(time.lean, calendar.dueAt);
	}
	get zone(): Zone {
		return this.lamp.calendar.zone;
	}
	get classes(): StreetClasses | undefined {
		return classesOf(this.lamp.settings);
	}
	classAt(level: Percent): string | undefined {
		return classAt(this.lamp.settings, level);
	}
	walk(day: number): NightWalk {
		return walkOf(this.lamp.settings, day);
	}
}

/** Brings the meter to now first: between two changes of level it stands still. */
class MeterView extends Section {
	get activePower() {
		return this.meter.activePower;
	}
	get activeEnergy_kWh(): number {
		return this.lamp.totals.energyTold_kWh(this.meter.activeEnergy_kWh);
	}
	get energyTolerance(): number {
		return this.lamp.settings.powerTolerance;
	}
	get energySaved_kWh(): number {
		return this.meter.energySaved_kWh;
	}
	get operatingHours(): number {
		return this.lamp.totals.hoursTold(this.meter.operatingHours);
	}
	get switchOnCounter(): number {
		return this.lamp.totals.switchOnsTold(this.meter.switchOnCounter);
	}
	hour_Wh(nth: number): number | undefined {
		return this.lamp.totals.ledger.hour(nth);
	}
	get hourEndedAt(): Millis {
		return this.lamp.totals.ledger.closedAt;
	}
	night(nth: number): DayRow | undefined {
		return nightBack(this.lamp.totals.book(), nth);
	}
	private get meter() {
		return this.lamp.light.meterAt(this.lamp.now);
	}
}

class TrafficView extends Section {
	get accumulatedRoadUserNumber(): number {
		return this.lamp.traffic.accumulated;
	}
	get accumulatedSince(): UtcMillis | undefined {
		return this.lamp.totals.since;
	}
}

class LinkView extends Section {
	get state() {
		return this.lamp.link.state;
	}
	get connection(): number {
		return this.lamp.link.connection;
	}
	get isNetworkUp(): boolean {
		return this.lamp.link.isNetworkUp;
	}
	get hasWifi(): boolean {
		return this.lamp.host.network.hasWifi;
	}
	get lastEnd(): string | undefined {
		return this.lamp.link.lastEnd;
	}
	get attemptAt(): Millis {
		return this.lamp.link.attemptAt;
	}
	get datagramsForged(): number | undefined {
		return this.lamp.neighbours.forged;
	}
}

class MonitorView extends Section {
	get isMaintained(): boolean {
		return this.lamp.orders.isMaintained;
	}
	get standing() {
		return this.lamp.monitor.standing;
	}
	get supplyLossCount(): number {
		return this.lamp.monitor.supplyLossCount;
	}
}

class MachineView extends Section {
	get freeBytes(): number {
		return this.lamp.host.machine.freeBytes();
	}
	get faults(): number {
		return this.lamp.faults.count;
	}
	get flashWrites(): number {
		return this.lamp.flash.keyWrites;
	}
	get flashErases(): number {
		return this.lamp.flash.sectorErases;
	}
	get flashYears(): number {
		return this.lamp.flash.yearsAt(this.lamp.now);
	}
}

export class LampView implements View {
	readonly journal: View["journal"];
	readonly identity: View["identity"];
	readonly time: View["time"];
	readonly light: View["light"];
	readonly sensing: View["sensing"];
	readonly plan: View["plan"];
	readonly meter: View["meter"];
	readonly traffic: View["traffic"];
	readonly link: View["link"];
	readonly monitor: View["monitor"];
	readonly machine: View["machine"];

	constructor(lamp: Lamp) {
		this.journal = lamp.journal;
		this.identity = new IdentityView(lamp);
		this.time = new TimeView(lamp);
		this.light = new LightView(lamp);
		this.sensing = new SensingView(lamp);
		this.plan = new PlanView(lamp);
		this.meter = new MeterView(lamp);
		this.traffic = new TrafficView(lamp);
		this.link = new LinkView(lamp);
		this.monitor = new MonitorView(lamp);
		this.machine = new MachineView(lamp);
	}
}
