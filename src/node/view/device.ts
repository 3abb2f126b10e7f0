/**
 * Device: the sections of the view about the controller: identity, time, link, monitor, machine.
 */
import type { Host, PowerCause, Profile } from "../../host.js";
import type { Link } from "../../link/link.js";
import type { Faults } from "../../monitor/faults.js";
import type { Settings } from "../../settings/table.js";
import { type ClockSource, uncertaintyAt, utcAt } from "../../time/clock.js";
import type { Millis, UtcMillis } from "../../units.js";
import { SUPPORTED_UNTIL, SW_VERSION } from "../../version.js";
import type { Monitor } from "../health/monitor.js";
import type { Neighbours } from "../neighbours/neighbours.js";
import type { Orders } from "../orders/intake.js";
import type { FlashBudget } from "../storage/flashbudget.js";
import type { Timekeeper } from "../time/timekeeper.js";

interface IdentitySources {
	readonly host: Pick<
		Host,
		"serial" | "hardware" | "profile" | "powerCause" | "images" | "machine"
	>;
	readonly updater: { readonly keyNames: readonly string[] };
	readonly settings: Settings;
	readonly life: number;
}

export class IdentityView {
	constructor(private readonly lamp: IdentitySources) {}

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
	get profile(): Profile {
		return this.lamp.host.profile;
	}
	get slot(): number | undefined {
		const slot = this.lamp.host.images.slot();
		return slot === "notAvailable" ? undefined : slot;
	}
	get updateKeys(): readonly string[] {
		return this.lamp.updater.keyNames;
	}
	get swVersion(): string {
		return SW_VERSION;
	}
	get life(): number {
		return this.lamp.life;
	}
	get powerCause(): PowerCause {
		return this.lamp.host.powerCause;
	}
	get endBefore(): string | undefined {
		return this.lamp.host.machine.endBefore?.();
	}
	get supportedUntil(): string {
		return SUPPORTED_UNTIL;
	}
	get imageOnProbation(): boolean {
		return this.lamp.host.images.state() === "probation";
	}
}

interface TimeSources {
	readonly now: Millis;
	readonly time: Timekeeper;
}

export class TimeView {
	constructor(private readonly lamp: TimeSources) {}

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
		const uncertainty = uncertaintyAt(this.lamp.time.programClock, this.lamp.now);
		return uncertainty < Infinity ? uncertainty : undefined;
	}
}

interface LinkSources {
	readonly host: Pick<Host, "network">;
	readonly link: Link;
	readonly neighbours: Neighbours;
}

export class LinkView {
	constructor(private readonly lamp: LinkSources) {}

	get state() {
		return this.lamp.link.state;
	}
	get connection(): number {
		return this.lamp.link.session.connection;
	}
	get isNetworkUp(): boolean {
		return this.lamp.link.session.isNetworkUp;
	}
	get hasWifi(): boolean {
		return this.lamp.host.network.hasWifi;
	}
	get lastEnd(): string | undefined {
		return this.lamp.link.session.lastEnd;
	}
	get networkEnd() {
		return this.lamp.link.session.networkEnd;
	}
	get attemptAt(): Millis {
		return this.lamp.link.session.attemptAt;
	}
	get datagramsForged(): number | undefined {
		return this.lamp.neighbours.forged;
	}
}

interface MonitorSources {
	readonly orders: Orders;
	readonly monitor: Monitor;
}

export class MonitorView {
	constructor(private readonly lamp: MonitorSources) {}

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

interface MachineSources {
	readonly host: Pick<Host, "machine">;
	readonly now: Millis;
	readonly faults: Faults;
	readonly flash: FlashBudget;
}

export class MachineView {
	constructor(private readonly lamp: MachineSources) {}

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
