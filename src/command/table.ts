/**
 * Table: every order of the broker contract, its fields with ranges, its permitted sources.
 *
 * To add an order: a row here, a variant in orders.ts, its construction in build.ts.
 */
import { frozen } from "../frozen.js";
import type { Millis } from "../units.js";
import type { OrderVia } from "./orders.js";

/** The format of a field. Ranges include both ends, in the unit named. */
export type FieldRule =
	| {
			readonly kind: "number";
			readonly min: number;
			readonly max: number;
			readonly unit: string;
			/** Integers only. */
			readonly isInteger?: true;
	  }
	| { readonly kind: "boolean" | "instant" }
	| { readonly kind: "choice"; readonly choices: readonly string[] }
	/** A valid value of the setting with that name (settings/), but no empty text. */
	| { readonly kind: "setting"; readonly mayBeEmpty?: true }
	/** `2026-11-24`, from `min` to `max`, in days since 1970-01-01. */
	| { readonly kind: "date"; readonly min: number; readonly max: number };

const SECONDS_A_DAY = 86_400;

/** Tolerated difference of the sender's clock: both follow NTP; a day without it drifts 9 s. */
export const CLOCK_SKEW: Millis = 30_000;
/** An order may wait in a queue for a week at most; after that its reason is gone. */
export const VALID_FOR_MAX_S = 7 * SECONDS_A_DAY;
/** A forgotten override must not become the lamp's new program. */
export const OVERRIDE_MAX_S = 7 * SECONDS_A_DAY;
/** Override below the floor: one night. */
export const BELOW_FLOOR_MAX_S = SECONDS_A_DAY / 2;
/** A volume older than that says nothing of tonight. */
export const VOLUME_MAX_S = SECONDS_A_DAY / 4;
/** Of all lanes of a motorway. */
const VOLUME_MAX = 20_000;
/** A longer emergency is planned work, for which an override serves. */
export const EMERGENCY_MAX_S = SECONDS_A_DAY;
/** Long enough to be seen from the end of the street; longer would disturb residents. */
export const IDENTIFY_MAX_S = 60;
export const IDENTIFY_USUAL_S = 30;
/** Longer work needs a new order: a lamp left in maintenance reports no faults. */
export const MAINTENANCE_MAX_S = SECONDS_A_DAY;
/** Replies to a query of many: of 100,000 lamps 170 a second. */
export const QUERY_SPREAD_S = 600;
/** Each lamp reports its state once an hour anyway. */
export const SPREAD_MAX_S = 3600;
/**
 * Shortest life between two restarts by the operator. Each boot writes flash, and restarts in a row
 * could wear it out in weeks. A person at the pole cannot restart a lamp that often.
 */
export const RESTART_GAP: Millis = 10 * 60_000;
/** Slower changes are not perceived as a fade. */
const RAMP_MAX_S = 3600;

/** 2000-01-01 to 2069-12-31: range of the solar formulae, and limit of every clock. */
const DATES = { kind: "date", min: 10_957, max: 36_524 } as const;
/** Of a night: at most 16 switch points (lighting/program.ts), 8 pieces a page. Of events: 7. */
const PAGES_MAX = 9;

/** A boot each second for thirty years; LIVES_MAX (journal/tally.ts) is as far again three times. */
const LIFE_MAX = 1_000_000_000;
/** A kilowatt for a century. */
const ENERGY_MAX_KWH = 1_000_000;
/** As for the setting hoursBefore. */
const HOURS_MAX = 500_000;
/** One a second for thirty years. */
const COUNT_MAX = 1_000_000_000;
const COUNTERS = [
	"activeEnergy_kWh",
	"energySaved_kWh",
	"operatingHours",
	"switchOnCounter",
	"accumulatedRoadUserNumber",
	"accumulatedSince",
] as const;

export const FIELDS = frozen({
	level: { kind: "number", min: 0, max: 100, unit: "%" },
	rampToLevelTime: { kind: "number", min: 0, max: RAMP_MAX_S, unit: "s" },
	expiration: { kind: "instant" },
	/** Of identify; at the console, without a clock, of any order instead of `expiration`. */
	duration: { kind: "number", min: 1, max: OVERRIDE_MAX_S, unit: "s" },
	inhibitSensors: { kind: "boolean" },
	belowFloor: { kind: "boolean" },
	/** Of an emergency; absent: fullClass. */
	extent: { kind: "choice", choices: ["fullClass", "maximum"] },
	/** The instant in question. */
	at: { kind: "instant" },
	/** Date of a night's evening. */
	date: DATES,
	/** Page of a reply that exceeds one payload. */
	page: { kind: "number", min: 1, max: PAGES_MAX, unit: "", isInteger: true },
	/** False: ends what the order begins otherwise. */
	enabled: { kind: "boolean" },
	site: { kind: "setting" },
	node: { kind: "setting" },
	group: { kind: "setting", mayBeEmpty: true },
	ledPower_W: { kind: "setting" },
	/** Counters of the replaced node, as it last reported them. */
	life: { kind: "number", min: 1, max: LIFE_MAX, unit: "", isInteger: true },
	activeEnergy_kWh: { kind: "number", min: 0, max: ENERGY_MAX_KWH, unit: "kWh" },
	energySaved_kWh: { kind: "number", min: -ENERGY_MAX_KWH, max: ENERGY_MAX_KWH, unit: "kWh" },
	operatingHours: { kind: "number", min: 0, max: HOURS_MAX, unit: "h" },
	switchOnCounter: { kind: "number", min: 0, max: COUNT_MAX, unit: "", isInteger: true },
	accumulatedRoadUserNumber: { kind: "number", min: 0, max: COUNT_MAX, unit: "", isInteger: true },
	accumulatedSince: { kind: "instant" },
	/** Road users an hour. */
	volume: { kind: "number", min: 0, max: VOLUME_MAX, unit: "", isInteger: true },
	commandConfirmation: { kind: "boolean" },
	issued: { kind: "instant" },
	validFor: { kind: "number", min: 1, max: VALID_FOR_MAX_S, unit: "s" },
	/** Of the replies to an order for many. */
	spread_s: { kind: "number", min: 0, max: SPREAD_MAX_S, unit: "s" },
} as const satisfies Readonly<Record<string, FieldRule>>);
export type FieldName = keyof typeof FIELDS;

export interface OrderRule {
	/** In addition to id, command and COMMON_FIELDS, which every order may have. */
	readonly fields: readonly FieldName[];
	readonly required: readonly FieldName[];
	readonly via: readonly OrderVia[];
	/** Requires `commandConfirmation: true`. */
	readonly confirm?: true;
}

const MANY: readonly OrderVia[] = frozen(["node", "group", "all"]);
const POLE: readonly OrderVia[] = frozen(["node", "group", "all", "console"]);
const ONE: readonly OrderVia[] = frozen(["node", "group"]);
/** One lamp or a few, by the operator or by a technician at the pole. */
const FEW: readonly OrderVia[] = frozen(["node", "group", "console"]);
const NONE: readonly FieldName[] = frozen([]);

export const ORDERS = frozen({
	override: {
		fields: ["level", "rampToLevelTime", "expiration", "duration", "inhibitSensors", "belowFloor"],
		required: ["level"],
		via: POLE,
	},
	clearOverride: { fields: NONE, required: NONE, via: POLE },
	emergency: { fields: ["expiration", "extent"], required: NONE, via: ["emergency"] },
	report: { fields: NONE, required: NONE, via: MANY },
	explain: { fields: ["at"], required: NONE, via: MANY },
	identify: { fields: ["duration"], required: NONE, via: FEW },
	selfTest: { fields: NONE, required: NONE, via: FEW },
	maintenanceMode: {
		fields: ["expiration", "duration", "enabled"],
		required: NONE,
		via: FEW,
	},
	trafficVolume: {
		fields: ["volume", "expiration"],
		required: ["volume", "expiration"],
		via: MANY,
	},
	preview: { fields: ["date", "page"], required: NONE, via: ONE },
	log: { fields: ["page"], required: NONE, via: ONE },
	assign: { fields: ["site", "node", "group"], required: ["site", "node"], via: ["node"] },
	nodeReplaced: {
		fields: ["commandConfirmation", "life", ...COUNTERS],
		required: ["life"],
		via: ["node", "console"],
		confirm: true,
	},
	luminaireReplaced: {
		fields: ["commandConfirmation", "ledPower_W"],
		required: NONE,
		via: ["node", "console"],
		confirm: true,
	},
	/** Not by broker: only a technician at the pole may remove the lamp from its CMS. */
	factoryReset: {
		fields: ["commandConfirmation"],
		required: NONE,
		via: ["console"],
		confirm: true,
	},
	restart: {
		fields: ["commandConfirmation"],
		required: NONE,
		via: FEW,
		confirm: true,
	},
} as const satisfies Readonly<Record<string, OrderRule>>);
export type CommandName = keyof typeof ORDERS;
export const COMMAND_NAMES: readonly CommandName[] = frozen(Object.keys(ORDERS) as CommandName[]);

/** Fields that every order may have. */
export const COMMON_FIELDS: readonly FieldName[] = frozen(["issued", "validFor", "spread_s"]);
/** Every field name of an order besides its id and its command, then all names. */
export const FIELD_NAMES: readonly FieldName[] = frozen(Object.keys(FIELDS) as FieldName[]);
export const NAMES: readonly string[] = frozen(["id", "command", ...FIELD_NAMES]);
