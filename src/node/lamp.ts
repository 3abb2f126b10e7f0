/**
 * Lamp: the state of one lamp, as the files of this room see it. Types only; `Node` is it.
 */
import type { Host } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import type { KeptJournal } from "../journal/keptjournal.js";
import type { Link } from "../link/link.js";
import type { Faults } from "../monitor/faults.js";
import type { LightMeter } from "../sensing/lightmeter.js";
import type { Traffic } from "../sensing/traffic.js";
import type { Settings } from "../settings/table.js";
import type { Millis, UtcMillis } from "../units.js";
import type { Calendar } from "./calendar.js";
import type { CountingStore } from "./countingstore.js";
import type { FlashBudget } from "./flashbudget.js";
import type { LightPath } from "./lightpath.js";
import type { Monitor } from "./monitor.js";
import type { Neighbours } from "./neighbours.js";
import type { Orders } from "./orders.js";
import type { SettingsDesk } from "./settingsdesk.js";
import type { Timekeeper } from "./timekeeper.js";
import type { Totals } from "./totals.js";
import type { Trust } from "./trust.js";

export interface Lamp {
	readonly host: Host;
	/** What this life wrote to flash. */
	readonly flash: FlashBudget;
	/** The host's store, with its writes counted. */
	readonly store: CountingStore;
	readonly version: string;
	readonly life: number;
	readonly settings: Settings;
	readonly settingsDesk: SettingsDesk;
	/** Instant of the turn that is running. */
	readonly now: Millis;
	readonly time: Timekeeper;
	readonly calendar: Calendar;
	readonly light: LightPath;
	readonly lightMeter: LightMeter | undefined;
	readonly temperature: number | undefined;
	readonly traffic: Traffic;
	readonly totals: Totals;
	readonly orders: Orders;
	readonly link: Link;
	readonly faults: Faults;
	readonly monitor: Monitor;
	readonly trust: Trust;
	readonly neighbours: Neighbours;
	readonly journal: KeptJournal;
	utcAt(now: Millis): UtcMillis | undefined;
	happened(event: LampEvent, now: Millis): void;
	/** A movement of the PIR that is believed; told once the light has acted. */
	someoneCame(now: Millis): void;
	/** Starts over when this turn ends. */
	restart(reason: string, now: Millis): void;
	/** Asks for a decision of the light, in the next turn. */
	stir(): void;
}
