/**
 * View: the read-only picture of the lamp for reports, console and explanations. Types only.
 *
 * These rooms read nothing else of the lamp, so none of them can change it. Values are those of the
 * last tick.
 */
import type { Decisions } from "./explain/decisions.js";
import type { NightWalk } from "./explain/preview.js";
import type { JoinRefusal, PowerCause, Profile } from "./host.js";
import type { EventType } from "./journal/events.js";
import type { JournalReader } from "./journal/journal.js";
import type { ChainLink, ChainVisitor, LevelReason } from "./lighting/chain.js";
import type { DayRow } from "./meter/days.js";
import type { ClockSource } from "./time/clock.js";
import type { Zone } from "./time/zone.js";
import type { Duty, Lux, Millis, Percent, UtcMillis, Watts } from "./units.js";

/** The lighting classes of a street and their levels. */
export interface StreetClasses {
	/** Absent if the settings give per cent instead of a class. */
	readonly fullClass: string | undefined;
	readonly fullLevel: Percent;
	readonly floorClass: string | undefined;
	readonly floorLevel: Percent;
	/** Maintained mean at 100 %, in `unit`. */
	readonly installedMean: number;
	/** Unit of that mean: illuminance for P and C classes, luminance for M. */
	readonly unit: "lx" | "cd_m2";
}

/** The driver on the lamp's bus, and its own readings: measured, never mixed with the model. */
export interface DriverReading {
	/** The fault that stands, of those of its events. */
	readonly fault: EventType | undefined;
	/** Power at the mains, W, of the level that shines; NaN: not read since it changed. */
	readonly power: number;
	/** Hours lit and starts of the light source; NaN: not known. */
	readonly hours: number;
	readonly starts: number;
	/** Identity, fault and known readings as members of a JSON object. */
	members(): string;
	/** The same as a line of `status`, for people or an object. */
	line(isObject: boolean): string;
}

export interface View {
	/** The newest events of this life. */
	readonly journal: JournalReader;
	readonly identity: {
		readonly serial: string;
		readonly site: string;
		readonly node: string;
		readonly hardware: string;
		readonly profile: Profile;
		/** The slot of the running image; absent where there are none. */
		readonly slot: number | undefined;
		/** Ids of the keys of accepted images (update/keys.ts); none: no image is accepted. */
		readonly updateKeys: readonly string[];
		readonly swVersion: string;
		/** Boot counter, stored before the first message of a boot. */
		readonly life: number;
		readonly powerCause: PowerCause;
		/** How the life before ended, if the host knows (Machine.endBefore). */
		readonly endBefore?: string | undefined;
		/** The last day of security fixes for this version. */
		readonly supportedUntil: string;
		/** The running image is neither kept nor rolled back yet. */
		readonly imageOnProbation: boolean;
	};
	readonly time: {
		readonly now: Millis;
		/** Absent without a dated clock. */
		readonly utc: UtcMillis | undefined;
		/** A date that is certainly past: that of this version, or one stored by a life before. */
		readonly notBefore: UtcMillis;
		/** The clock source of the program (time/clock.ts). */
		readonly clockSource: ClockSource;
		/** Stated bound of that source's error, ms; absent if the source gives no time. */
		readonly uncertainty: Millis | undefined;
	};
	readonly light: {
		/** The last level that an order requests; undefined if none is in force. */
		readonly target: Percent | undefined;
		/** The level of the strongest request, after the limits. */
		readonly feedback: Percent;
		/** The level now, fading to `feedback` or cut by heat; before constant light output. */
		readonly actual: Percent;
		/** The end of the fade to `feedback`; past: there is none. */
		readonly fadeEndsAt: Millis;
		/** `actual` when the fade has ended. */
		readonly settled: Percent;
		/** The duty written to the dimmer. */
		readonly duty: Duty;
		readonly reason: LevelReason;
		readonly chain: readonly ChainLink[];
		visitChain(visit: ChainVisitor): void;
		/**
		 * The driver's corrections of `level`, with `cap` as the heat limit and the rest as now.
		 */
		outputChain(level: Percent, cap: Percent): readonly ChainLink[];
		/** The latest decisions. */
		readonly decisions: Pick<Decisions, "find" | "count" | "read">;
	};
	readonly sensing: {
		readonly presence: "vacant" | "moving" | "holding" | "settling";
		readonly photocell: "unknown" | "day" | "night";
		/** Filtered illuminance; absent before the first sample. */
		readonly lightLevel: Lux | undefined;
		/** The sensor is at the end of its range: the true value may be greater. */
		readonly lightSaturated?: boolean;
		readonly temperature: number | undefined; // degrees Celsius
		/** The PIR's last edge; before the boot if none came yet. */
		readonly movedAt: Millis;
		/** The reason of a doubt about the PIR, if any. */
		readonly pirDoubt: string | undefined;
		/** The reason of a doubt about the light sensor, if any. */
		readonly lightDoubt: string | undefined;
		readonly dark: boolean;
		readonly darkBecause: "photocell" | "sun" | "doubt";
		/** Sunset of this night; absent without a clock and in polar day and night. */
		readonly sunset: UtcMillis | undefined;
		/** Sunrise at its end; absent likewise. */
		readonly sunrise: UtcMillis | undefined;
	};
	readonly plan: {
		/** The present or coming night, in days since 1970-01-01; absent without a date. */
		readonly comingDay: number | undefined;
		/** End of the program's present request; absent without a date or a program. */
		readonly until: UtcMillis | undefined;
		/** The zone of local time. */
		readonly zone: Zone;
		/** The lighting classes of the street (EN 13201-2), if the settings give classes. */
		readonly classes: StreetClasses | undefined;
		/** The brightest class of the street's kind whose mean `level` reaches. */
		classAt(level: Percent): string | undefined;
		/**
		 * A walk, not begun, through the night of the evening `day`, with the settings in force.
		 */
		walk(day: number): NightWalk;
	};
	readonly meter: {
		/** Modelled, as there is no meter chip. */
		readonly activePower: Watts;
		/** Modelled likewise. */
		readonly activeEnergy_kWh: number;
		/** Tolerance of the modelled energy, per cent (setting powerTolerance). */
		readonly energyTolerance: number;
		/** Modelled energy of the old lamp in the same time, minus that of this one. */
		readonly energySaved_kWh: number;
		readonly operatingHours: number;
		readonly switchOnCounter: number;
		/** After a power cut: at least one of the three is a bound that the count has not reached. */
		readonly isReserved: boolean;
		/** Energy of the nth hour back, 0 the last complete one, if held (meter/ledger.ts). */
		hour_Wh(index: number): number | undefined;
		/** Undefined without a bus. */
		readonly driver?: DriverReading | undefined;
		/** End of the last complete hour. */
		readonly hourEndedAt: Millis;
		/** The nth night back, 0 the last complete one; undefined if not kept (meter/days.ts). */
		night(index: number): DayRow | undefined;
	};
	readonly traffic: {
		/** Road users since `accumulatedSince`; counted by a PIR alone, so of class `unknown`. */
		readonly accumulatedRoadUserNumber: number;
		readonly accumulatedSince: UtcMillis | undefined;
	};
	readonly link: {
		readonly state: "off" | "waiting" | "connecting" | "online";
		/** Number of the connection within this life. */
		readonly connection: number;
		readonly isNetworkUp: boolean;
		/** True on Wi-Fi, false on a cable. */
		readonly hasWifi: boolean;
		/** End of the last session or attempt of this life, if any. */
		readonly lastEnd: string | undefined;
		/** Why the network was not joined, if that is known; undefined while it is up. */
		readonly networkEnd?: JoinRefusal | undefined;
		/** While waiting: the instant of the next attempt. */
		readonly attemptAt: Millis;
		/** Datagrams sealed without the key, since boot; undefined while the port is closed. */
		readonly datagramsForged: number | undefined;
	};
	readonly monitor: {
		/** Maintenance is in force: no fault is found meanwhile. */
		readonly isMaintained: boolean;
		/** Faults of monitor/ that stand. */
		readonly standing: readonly EventType[];
		/** Losses of supply (TALQ); 0 on a switched feeder. */
		readonly supplyLossCount: number;
	};
	readonly machine: {
		readonly freeBytes: number;
		readonly faults: number; // exceptions caught since boot
		readonly flashWrites: number; // of keys, since boot
		readonly flashErases: number; // of the log's sectors, since boot
		/** Years until the flash is worn at the pace of this life (node/storage/flashbudget.ts). */
		readonly flashYears: number;
	};
}
