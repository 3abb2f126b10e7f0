/**
 * Messages: between the page and the street. Types only.
 *
 * The program that runs the street implements `StreetView`; the messages go to the browser as JSON.
 */

import type { Today } from "../../lib/lightingoptions/options.js";
import type { SettingRow } from "../../lib/page/settingrow.js";
import type { PlayedScenario, ScenarioName } from "../options/playedscenario.js";
import type { Values } from "../options/values.js";
import type { OptionNight } from "../results/optionnight.js";
import type { UserKind } from "../world/timetable.js";

/** Called once per road user in the street now; `x_m` from the first lamp. */
type UserVisitor = (id: number, kind: UserKind, x_m: number, direction: 1 | -1) => void;

/** The part of the street that a page may see and control. Instants in virtual ms. */
export interface StreetView {
	/** Lamps 1..lamps stand `spacing_m` apart; lamp 1 at 0. */
	readonly lamps: number;
	readonly spacing_m: number;
	readonly seed: number;
	readonly epochUtc: number;
	/** IANA name, for the clock on the page. */
	readonly zone: string;
	/** Whether `Infinity` is allowed: not with an external broker. */
	readonly maxSpeedAllowed: boolean;
	/** Options of the command line that repeat the run. */
	readonly command: string;
	/** Of the street; null: it has none. */
	readonly name: string | null;
	readonly scenario: PlayedScenario | null;
	now(): number;
	/** Seconds of wall clock. */
	wall(): number;
	/** Virtual seconds per second; 0: paused, Infinity: unlimited. */
	speed(): number;
	setSpeed(speed: number): void;
	/** Runs to an instant, as fast as possible. */
	jumpTo(at: number): void;
	/** The end of the jump that is under way. */
	goal(): number | undefined;
	/** True light of lamp `lamp`, 0 to 1, and whether it has power. */
	light(lamp: number): number;
	isPowered(lamp: number): boolean;
	/** The sun's elevation, degrees, the open sky's illuminance, lux, and the weather, 0 to 1. */
	sky(): Sky;
	/** The old lamps burn, by their own photocell. */
	isDark(): boolean;
	users(visit: UserVisitor): void;
	/** How often a person has changed the run so far, and the options that repeat it all; undefined: nobody needs them. */
	acts(): number;
	inputs(): Values | undefined;
	/** A message of a person to a topic; `isKept`: by the broker. */
	publish(topic: string, payload: string, isKept?: boolean): void;
	/** What a person types at a lamp's serial line. */
	type(lamp: number, typed: string): void;
	/** Puts a road user down at `x_m`. */
	putUser(kind: UserKind, x_m: number, direction: 1 | -1): void;
	faults(): readonly StandingFault[];
	beginFault(name: string, lamp: number | undefined): void;
	/** @returns whether there was such a fault */
	endFault(id: number): boolean;
	figures(): WorldFigures;
	/** Settings of the street by section, as installed. */
	settings(): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Sky {
	readonly sunElevation: number;
	readonly illuminance: number;
	readonly cloud: number;
	readonly fog: number;
}

/** Simulated figures since the run began, equal to the summary's. */
interface WorldFigures {
	readonly energy_kWh: number;
	readonly old_kWh: number;
	/** Seconds of persons under a lamp at night, and of these with less than full class. */
	readonly person_s: number;
	readonly below_s: number;
	/** These lamps, and today's options under the same sky and traffic. */
	readonly own: OptionNight;
	readonly today: Readonly<Record<Today, OptionNight>>;
}

/** A fault that stands. Instants in virtual ms. */
export interface StandingFault {
	readonly id: number;
	readonly name: string;
	/** `null`: all lamps. */
	readonly lamp: number | null;
	readonly since: number;
	/** First report of it at the broker. */
	readonly found: number | null;
	readonly by: string | null;
	/** Some report of it can be expected. */
	readonly reportable: boolean;
}

/** A fault that a person may begin. */
export interface FaultForm {
	readonly name: string;
	readonly scope: "lamp" | "street" | "any";
}

/** Sent first on each connection. */
export interface Welcome {
	readonly lamps: number;
	readonly spacing_m: number;
	readonly seed: number;
	readonly epochUtc: number;
	readonly zone: string;
	readonly broker: string | null;
	readonly consolePort: number | null;
	readonly maxSpeedAllowed: boolean;
	readonly command: string;
	readonly orders: readonly OrderForm[];
	readonly images: readonly OfferedImage[];
	readonly faults: readonly FaultForm[];
	/** Of the street; null: it has none. */
	readonly name: string | null;
	readonly scenario: PlayedScenario | null;
	/** A recorded night is replayed (`GET /recorded`). */
	readonly isRecorded: boolean;
	readonly scenarios: readonly ScenarioName[];
	/** Watts at the mains of an old lamp and of the new one at full. */
	readonly oldPower_W: number;
	readonly ledPower_W: number;
	/** There is a town to look at; `isTownFirst`: the street is one of it, and the page opens with the town. */
	readonly hasTown?: boolean;
	readonly isTownFirst?: boolean;
	/** Of a page that carries its simulation. */
	readonly about?: About;
}

/** What a page that carries its simulation is made of. */
export interface About {
	readonly version: string;
	/** Of the checkout. */
	readonly commit: string;
	/** SHA-256 of the firmware's image, hexadecimal. */
	readonly image: string;
}

/** A group of lamps, as they reported it. */
export interface LampGroup {
	readonly name: string;
	/** From 1. */
	readonly lamps: readonly number[];
}

/** Sent last: the run is over. */
export interface Ended {
	/** The error that ended it; `null`: the planned end. */
	readonly why: string | null;
	/** Another run follows at the same port. */
	readonly next: boolean;
}

/** A stretch of the history (`GET /history`); arrays are base64 of little-endian numbers. */
export interface HistorySlice {
	/** UTC, ms, of the first sample. */
	readonly from: number;
	readonly step: number;
	readonly count: number;
	readonly rows: number;
	readonly lampsPerRow: number;
	readonly causes: readonly string[];
	readonly levels: string;
	readonly cause: string;
	readonly lux: string;
	readonly power: string;
	readonly oldPower: string;
	readonly users: string;
	/** UTC, ms, from which there is a sample a second. */
	readonly fineFrom: number;
}

/** An image of the street's image server. */
export interface OfferedImage {
	readonly name: string;
	readonly version: string;
	readonly counter: number;
	readonly hardware: string;
	readonly bytes: number;
}

export type OrderTarget = "lamp" | "group" | "all";

/** A field for a person to fill in. Limits are inclusive. */
export interface FormField {
	readonly name: string;
	readonly kind: "number" | "boolean" | "instant" | "text" | "choice";
	/** Of a choice. */
	readonly choices?: readonly string[];
	readonly required: boolean;
	readonly whole?: boolean;
	readonly min?: number;
	readonly max?: number;
}

/** An order that such a target accepts. */
export interface OrderForm {
	/** Of its schema in the contract's document. */
	readonly name: string;
	readonly command: string;
	readonly to: OrderTarget;
	/** Of the topic. */
	readonly suffix: string;
	readonly fields: readonly FormField[];
	/** Fixed fields of such an order. */
	readonly fixed: Readonly<Record<string, unknown>>;
}

/** A lamp's answer to an order, unchanged. */
export interface OrderAnswer {
	readonly lamp: number;
	readonly reply: Readonly<Record<string, unknown>>;
}

/**
 * Sent at most ten times a second; lists contain only changes since the last one, `users` contains
 * all.
 */
export interface Update {
	/** UTC, ms. */
	readonly utc: number;
	/** `null`: unlimited (JSON has no Infinity). */
	readonly speed: number | null;
	/** Virtual seconds per second that the street reaches now. */
	readonly reached: number;
	/** End of the jump that is under way, UTC, ms. */
	readonly goal: number | null;
	readonly sun: number;
	readonly lux: number;
	/** Of clouds of any kind, 0 to 1; by night as at dusk. */
	readonly cover: number;
	readonly cloud: number;
	readonly fog: number;
	/** The old lamps would burn. */
	readonly dark: boolean;
	/** Lamp and true light in thousandths; -1: no power. */
	readonly glow: readonly (readonly [lamp: number, light: number])[];
	readonly reports: readonly (readonly [lamp: number, said: LampReport])[];
	/** Id, kind by its first letter, decimetres from the first lamp, direction. */
	readonly users: readonly (readonly [id: number, kind: string, x: number, direction: number])[];
	/** Only if they changed. */
	readonly faults?: readonly StandingFault[];
	readonly groups?: readonly LampGroup[];
	/** Lamps at a crossing, which never go below full class. */
	readonly protectedLamps?: readonly number[];
	/** Of a page that carries its simulation: options that its address needs to repeat the run. */
	readonly inputs?: Values | undefined;
	readonly world: WorldFigures;
	/** By the lamps' reports. */
	readonly totals: {
		readonly energy_kWh: number;
		readonly saved_kWh: number;
		readonly published: number;
		readonly online: number;
		readonly offline: number;
		/** Lamps with a fault that stands. */
		readonly alarms: number;
		/** Lamps that have reported their energy so far. */
		readonly reporting: number;
	};
}

/** One link of the chain that explains a level, as the lamp reported it. */
export interface ReportedLink {
	readonly by: string;
	readonly level: number;
	readonly source?: string;
}

/** The latest reports of lamp n. Every field is absent until its first report. */
export interface LampReport {
	online?: boolean;
	/** Its reports are rare: presence is not in them, and power is hours old. */
	isNarrow?: boolean;
	level?: number;
	actual?: number;
	reason?: string;
	photocell?: string;
	lightLevel_lx?: number;
	chain?: readonly ReportedLink[];
	energy_kWh?: number;
	saved_kWh?: number;
	power_W?: number;
	hours?: number;
	/** Progress of offered images. */
	steps?: readonly UpdateStep[];
	/** Bytes of an image handed over, as the server counts them, not the lamp. */
	served?: ServedBytes;
	/** Faults that the lamp has reported and not ended. */
	standing?: readonly string[];
	/** UTC, ms, at which the broker lost it. */
	lostAt?: number;
	/** UTC, ms, of the latest of these, and of the latest report of light. */
	at?: number;
	lightAt?: number;
	/** UTC, ms, at which energy, power and hours were metered. */
	meteredAt?: number;
}

/** Bytes of an image sent to a lamp so far. */
export interface ServedBytes {
	readonly name: string;
	readonly bytes: number;
	readonly of: number;
	/** Of the last piece, UTC, ms. */
	readonly utc: number;
}

/** One event of an update, or the start of a life within one; in order of `life` and `seq`. */
export interface UpdateStep {
	/** Of the event; `booted` from a birth. */
	readonly type: string;
	readonly life: number;
	readonly seq: number;
	/** Of its life. */
	readonly uptime_ms: number;
	/** Instant of the event, UTC, ms; of its arrival if the lamp had no time. */
	readonly utc: number;
	readonly version?: string;
	readonly counter?: number;
	/** Of the image. */
	readonly bytes?: number;
	/** The event's reason; of `booted` the power cause. */
	readonly reason?: string;
	/** Bytes of the image received by then. */
	readonly received?: number;
	readonly final?: boolean;
	readonly onProbation?: boolean;
}

/** A piece of a coming night; it lasts until the next. */
export interface ForecastPiece {
	/** UTC, ms. */
	readonly from: number;
	readonly level: number;
	/** The winning request, then each limit that changes it. */
	readonly by: readonly string[];
	readonly source?: string;
}

/** A page of a coming night, by the lamp's forecast. */
export interface ForecastPage {
	readonly pieces: readonly ForecastPiece[];
	/** End of the last piece, UTC, ms. */
	readonly until: number;
	readonly page: number;
	readonly pages: number;
	readonly burning_h: number;
	/** Modelled. */
	readonly energy_kWh: number;
}

/** The answer to an order. */
export interface LampReply {
	readonly id: string;
	readonly status: string;
	readonly reason?: string;
	readonly level?: number;
	readonly because?: string;
	readonly chain?: readonly ReportedLink[];
	readonly night?: ForecastPage;
}

/** An offer that was sent, and to how many lamps. */
export interface OfferSent {
	/** Of the first of them. */
	readonly topic: string;
	readonly lamps: number;
	readonly payload: string;
}

/** The settings of a lamp (`GET /settings?lamp=N`), as it reported them. */
export interface SettingsPage {
	readonly rows: readonly SettingRow[];
	readonly values: Readonly<Record<string, string | number | boolean>>;
	readonly revision: number | null;
}

/** Answer to changed settings: sent to the lamp, or why they cannot be. */
export type SettingsSent = { readonly revision: number } | { readonly why: string };
