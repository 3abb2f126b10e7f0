/**
 * Table: every order of the broker contract, its fields with their ranges, and who may send it.
 *
 * To add an order: a line here, a variant in orders.ts, its building in decode.ts.
 */
import { frozen } from "../frozen.js";
import type { Millis } from "../units.js";
import type { OrderVia } from "./orders.js";

/** How a field is read. Numbers are inclusive at both ends, in the unit named. */
export type FieldRule =
	| {
			readonly kind: "number";
			readonly min: number;
			readonly max: number;
			readonly unit: string;
			/** No fraction. */
			readonly whole?: true;
	  }
	| { readonly kind: "boolean" | "instant" }
	/** What the setting of that name takes (settings/), but not an empty text. */
	| { readonly kind: "setting"; readonly mayBeEmpty?: true }
	/** `2026-11-24`, from `min` to `max`, in days since 1970-01-01. */
	| { readonly kind: "date"; readonly min: number; readonly max: number };

const SECONDS_A_DAY = 86_400;

/** How far the sender's clock and ours may differ: both follow NTP; a day without it drifts 9 s. */
export const CLOCK_SKEW: Millis = 30_000;
/** An order may wait in a queue for a week at most; by then the reason for it is gone. */
export const VALID_FOR_MAX_S = 7 * SECONDS_A_DAY;
/** A forgotten override must not become the lamp's new program. */
export const OVERRIDE_MAX_S = 7 * SECONDS_A_DAY;
/** Below the floor: one night. */
export const BELOW_FLOOR_MAX_S = SECONDS_A_DAY / 2;
/** An emergency that lasts longer is planned, and gets an override. */
export const EMERGENCY_MAX_S = SECONDS_A_DAY;
/** Long enough to see it from the end of the street; it disturbs those who live there. */
export const IDENTIFY_MAX_S = 60;
export const IDENTIFY_USUAL_S = 30;
/** A job that takes longer is ordered anew: nobody may forget a lamp that tells nothing. */
export const MAINTENANCE_MAX_S = SECONDS_A_DAY;
/** Slowest fade that a person would still call one. */
const RAMP_MAX_S = 3600;

/** 2000-01-01 to 2069-12-31: what the sun's formulae are good for, and no clock goes beyond. */
const DATES = { kind: "date", min: 10_957, max: 36_524 } as const;
/** Of a night: it has 16 switch points at most (lighting/program.ts), a page eight pieces. Of events: 7. */
const PAGES_MAX = 9;

/** One less than the last number that a life can have (node/boot.ts). */
const LIFE_MAX = 0xffff_fffe;
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
	/** How long it identifies itself; at the pole, where no clock may be, instead of `expiration`. */
	duration: { kind: "number", min: 1, max: OVERRIDE_MAX_S, unit: "s" },
	inhibitSensors: { kind: "boolean" },
	belowFloor: { kind: "boolean" },
	/** The instant that is asked about. */
	at: { kind: "instant" },
	/** The evening of a night. */
	date: DATES,
	/** Of an answer that does not fit one payload. */
	page: { kind: "number", min: 1, max: PAGES_MAX, unit: "", whole: true },
	/** False: ends what the order else begins. */
	enabled: { kind: "boolean" },
	site: { kind: "setting" },
	node: { kind: "setting" },
	group: { kind: "setting", mayBeEmpty: true },
	ledPower_W: { kind: "setting" },
	/** Counters of the node that died, as it last told them. */
	life: { kind: "number", min: 1, max: LIFE_MAX, unit: "", whole: true },
	activeEnergy_kWh: { kind: "number", min: 0, max: ENERGY_MAX_KWH, unit: "kWh" },
	energySaved_kWh: { kind: "number", min: -ENERGY_MAX_KWH, max: ENERGY_MAX_KWH, unit: "kWh" },
	operatingHours: { kind: "number", min: 0, max: HOURS_MAX, unit: "h" },
	switchOnCounter: { kind: "number", min: 0, max: COUNT_MAX, unit: "", whole: true },
	accumulatedRoadUserNumber: { kind: "number", min: 0, max: COUNT_MAX, unit: "", whole: true },
	accumulatedSince: { kind: "instant" },
	commandConfirmation: { kind: "boolean" },
	issued: { kind: "instant" },
	validFor: { kind: "number", min: 1, max: VALID_FOR_MAX_S, unit: "s" },
} as const satisfies Readonly<Record<string, FieldRule>>);
export type FieldName = keyof typeof FIELDS;

export interface OrderRule {
	/** Beside id, command, issued and validFor, which every order may have. */
	readonly fields: readonly FieldName[];
	readonly required: readonly FieldName[];
	readonly via: readonly OrderVia[];
	/** Must say `commandConfirmation: true`. */
	readonly confirm?: true;
}

const MANY: readonly OrderVia[] = frozen(["node", "group", "all"]);
const POLE: readonly OrderVia[] = frozen(["node", "group", "all", "console"]);
const ONE: readonly OrderVia[] = frozen(["node", "group"]);
/** One lamp or a few, by the operator or by who stands before it. */
const FEW: readonly OrderVia[] = frozen(["node", "group", "console"]);
const NONE: readonly FieldName[] = frozen([]);

export const ORDERS = frozen({
	override: {
		fields: ["level", "rampToLevelTime", "expiration", "duration", "inhibitSensors", "belowFloor"],
		required: ["level"],
		via: POLE,
	},
	clearOverride: { fields: NONE, required: NONE, via: POLE },
	emergency: { fields: ["expiration"], required: NONE, via: ["emergency"] },
	report: { fields: NONE, required: NONE, via: MANY },
	explain: { fields: ["at"], required: NONE, via: MANY },
	identify: { fields: ["duration"], required: NONE, via: FEW },
	selfTest: { fields: NONE, required: NONE, via: FEW },
	maintenanceMode: {
		fields: ["expiration", "duration", "enabled"],
		required: NONE,
		via: FEW,
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
	/** Never from afar: who takes the lamp from its city must stand before it. */
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

/** Every name that may stand in an order beside its id and its command; then all of them. */
export const FIELD_NAMES: readonly FieldName[] = frozen(Object.keys(FIELDS) as FieldName[]);
export const NAMES: readonly string[] = frozen(["id", "command", ...FIELD_NAMES]);
