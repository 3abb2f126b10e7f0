/**
 * Messages: between the page and the street. Types only.
 *
 * The program that runs the street implements `StreetView`; the messages go to the browser as JSON.
 */

export type RoadUserKind = "pedestrian" | "bicycle" | "car";

/** Called once per road user in the street now; `x_m` from the first lamp. */
export type UserVisitor = (id: number, kind: RoadUserKind, x_m: number, direction: 1 | -1) => void;

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
	now(): number;
	/** Virtual seconds per second; 0: paused, Infinity: unlimited. */
	speed(): number;
	setSpeed(speed: number): void;
	/** Light of lamp `lamp` by its PWM: duty from 0 to 1. */
	duty(lamp: number): number;
	/** The sun's elevation, degrees, and the open sky's illuminance, lux. */
	sky(): { readonly sunElevation: number; readonly illuminance: number };
	users(visit: UserVisitor): void;
}

/** Sent first on each connection. */
export interface Welcome {
	readonly lamps: number;
	readonly spacing_m: number;
	readonly seed: number;
	readonly zone: string;
	readonly broker: string | null;
	readonly consolePort: number | null;
	readonly maxSpeedAllowed: boolean;
	readonly orders: readonly OrderForm[];
	readonly images: readonly OfferedImage[];
}

/** Sent last: the run is over. */
export interface Ended {
	/** The error that ended it; `null`: the planned end. */
	readonly why: string | null;
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
	readonly kind: "number" | "boolean" | "instant" | "text";
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
	readonly sun: number;
	readonly lux: number;
	/** Lamp and duty in thousandths. */
	readonly glow: readonly (readonly [lamp: number, duty: number])[];
	readonly told: readonly (readonly [lamp: number, said: LampReport])[];
	/** Id, kind by its first letter, decimetres from the first lamp, direction. */
	readonly users: readonly (readonly [id: number, kind: string, x: number, direction: number])[];
	readonly totals: {
		readonly energy_kWh: number;
		readonly saved_kWh: number;
		readonly published: number;
		readonly online: number;
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
	/** Virtual ms of the latest of these. */
	at?: number;
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
