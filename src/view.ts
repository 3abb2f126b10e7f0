/**
 * View: what may be asked about the lamp, read only. Types only; the node answers.
 *
 * Reports, console and explanations read this and nothing else, so that none of them can change
 * anything. Values are those of the last tick.
 */
import type { Decisions } from "./explain/decisions.js";
import type { NightWalk } from "./explain/preview.js";
import type { PowerCause } from "./host.js";
import type { EventType } from "./journal/events.js";
import type { JournalReader } from "./journal/journal.js";
import type { ChainLink, LevelReason } from "./lighting/chain.js";
import type { DayRow } from "./meter/days.js";
import type { ClockSource } from "./time/clock.js";
import type { Zone } from "./time/zone.js";
import type { Duty, Lux, Millis, Percent, UtcMillis, Watts } from "./units.js";

/** The classes of a street, and the levels they mean. */
export interface StreetClasses {
	/** Absent: plain per cent. */
	readonly fullClass: string | undefined;
	readonly fullLevel: Percent;
	readonly floorClass: string | undefined;
	readonly floorLevel: Percent;
	/** Maintained, at 100 %. */
	readonly installedMean: number;
	/** Of that mean: illuminance for P and C classes, luminance for M. */
	readonly unit: "lx" | "cd_m2";
}

export interface View {
	/** This life's newest events. */
	readonly journal: JournalReader;
	readonly identity: {
		readonly serial: string;
		readonly site: string;
		readonly node: string;
		readonly hardware: string;
		readonly swVersion: string;
		/** Boot counter, stored before the first message of a boot. */
		readonly life: number;
		readonly powerCause: PowerCause;
		/** The day until which this version is cared for. */
		readonly supportedUntil: string;
		/** The running image is neither kept nor gone back from yet. */
		readonly imageOnProbation: boolean;
	};
	readonly time: {
		readonly now: Millis;
		/** Absent without a clock that knows the date. */
		readonly utc: UtcMillis | undefined;
		/** A date that is past for certain: of this version, or known to a life before. */
		readonly notBefore: UtcMillis;
		/** The rung by which the program goes (time/clock.ts). */
		readonly clockSource: ClockSource;
		/** Stated bound of that rung's error, ms; absent where it tells no time. */
		readonly uncertainty: Millis | undefined;
	};
	readonly light: {
		/** Last level asked for by an order, or undefined if none is in force. */
		readonly target: Percent | undefined;
		/** What won, after the limits. */
		readonly feedback: Percent;
		/** What shines now, on its way to feedback or held back by the heat; before constant light output. */
		readonly actual: Percent;
		/** As written to the dimmer. */
		readonly duty: Duty;
		readonly reason: LevelReason;
		readonly chain: readonly ChainLink[];
		/** What the driver makes of a level where the heat leaves `cap` of it; the rest as it is now. */
		outputChain(level: Percent, cap: Percent): readonly ChainLink[];
		/** The latest levels and who won. */
		readonly decisions: Pick<Decisions, "find">;
	};
	readonly sensing: {
		readonly presence: "vacant" | "moving" | "holding" | "settling";
		readonly photocell: "unknown" | "day" | "night";
		/** Filtered illuminance, absent before the first reading. */
		readonly lightLevel: Lux | undefined;
		/** The sensor reads the end of its range: it is brighter than that. */
		readonly lightSaturated?: boolean;
		readonly temperature: number | undefined; // degrees Celsius
		/** The PIR's last edge; before the boot: none yet. */
		readonly movedAt: Millis;
		/** Why a sensor is not believed, if it is not. */
		readonly pirDoubt: string | undefined;
		readonly lightDoubt: string | undefined;
		readonly dark: boolean;
		readonly darkBecause: "photocell" | "sun" | "doubt";
		/** Sunset and sunrise of this night, absent without a clock or in polar day and night. */
		readonly sunset: UtcMillis | undefined;
		readonly sunrise: UtcMillis | undefined;
	};
	readonly plan: {
		/** The date of the night that is or comes next, in days since 1970-01-01; absent without a date. */
		readonly comingDay: number | undefined;
		/** Until when the program asks for what it asks now; absent without a date or a program. */
		readonly until: UtcMillis | undefined;
		/** Of the clock on the wall. */
		readonly zone: Zone;
		/** What the street is designed for, where that is told in classes (EN 13201-2). */
		readonly classes: StreetClasses | undefined;
		/** The brightest class of the street's kind whose mean a level reaches. */
		classAt(level: Percent): string | undefined;
		/** The night whose evening is `day`, as the settings in force have it, not begun. */
		walk(day: number): NightWalk;
	};
	readonly meter: {
		/** Modelled: there is no meter chip. */
		readonly activePower: Watts;
		readonly activeEnergy_kWh: number;
		/** How far the true energy may lie from that, per cent of it (setting powerTolerance). */
		readonly energyTolerance: number;
		/** What the old lamp would have used in the same time, less what we used. */
		readonly energySaved_kWh: number;
		readonly operatingHours: number;
		readonly switchOnCounter: number;
		/** Of the nth hour back, 0 the last one that is over; undefined: not held (meter/ledger.ts). */
		hour_Wh(nth: number): number | undefined;
		/** When that last hour ended. */
		readonly hourEndedAt: Millis;
		/** The nth night back, 0 the last one that is over; undefined: not kept (meter/days.ts). */
		night(nth: number): DayRow | undefined;
	};
	readonly traffic: {
		/** Road users seen since `accumulatedSince`; from a PIR alone, so class `unknown`. */
		readonly accumulatedRoadUserNumber: number;
		readonly accumulatedSince: UtcMillis | undefined;
	};
	readonly link: {
		readonly state: "off" | "waiting" | "connecting" | "online";
		/** Counts within a life. */
		readonly connection: number;
		readonly isNetworkUp: boolean;
		/** Whether it is a Wi-Fi that the lamp joins; else a cable leads to it. */
		readonly hasWifi: boolean;
		/** How the last session or attempt of this life ended, if one did. */
		readonly lastEnd: string | undefined;
		/** While waiting: when it reaches for the broker again. */
		readonly attemptAt: Millis;
		/** Neighbours' datagrams since boot that were sealed without the key; undefined: none are heard. */
		readonly datagramsForged: number | undefined;
	};
	readonly monitor: {
		/** Someone works on the lamp: nothing of the kind is found. */
		readonly isMaintained: boolean;
		/** Faults that stand, of those that monitor/ finds. */
		readonly standing: readonly EventType[];
		/** TALQ; 0 on a switched feeder. */
		readonly supplyLossCount: number;
	};
	readonly machine: {
		readonly freeBytes: number;
		readonly faults: number; // exceptions caught since boot
		readonly flashWrites: number; // of keys, since boot
		readonly flashErases: number; // of the log's sectors, since boot
		/** Until the flash is worn at the pace of this life (monitor/flashbudget.ts). */
		readonly flashYears: number;
	};
}
