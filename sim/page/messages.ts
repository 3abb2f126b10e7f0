/**
 * Messages: what the page may ask of the street, and what it is told. Types only.
 *
 * The program that runs the street answers `StreetView`; the messages go to the browser as JSON.
 */

export type RoadUserKind = "pedestrian" | "bicycle" | "car";

/** Called once per road user who is in the street now; `x_m` from the first lamp. */
export type UserVisitor = (id: number, kind: RoadUserKind, x_m: number, direction: 1 | -1) => void;

/** The street, as far as a page may see and steer it. Instants in virtual ms. */
export interface StreetView {
	/** Lamps 1..lamps stand `spacing_m` apart; lamp 1 at 0. */
	readonly lamps: number;
	readonly spacing_m: number;
	readonly seed: number;
	readonly epochUtc: number;
	/** IANA name, for the clock on the page. */
	readonly zone: string;
	/** Whether `Infinity` may be asked for: not with a broker outside. */
	readonly maxSpeedAllowed: boolean;
	now(): number;
	/** Virtual seconds per second; 0: paused, Infinity: as fast as it goes. */
	speed(): number;
	setSpeed(speed: number): void;
	/** What shines at lamp `lamp`, as its PWM says: duty from 0 to 1. */
	duty(lamp: number): number;
	/** The sun's height, degrees, and the open sky's illuminance, lux. */
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
	readonly images: readonly ToldImage[];
}

/** Sent last: the run is over. */
export interface Ended {
	/** The error that ended it; `null`: it was to end. */
	readonly why: string | null;
}

/** An image that the street's image server has. */
export interface ToldImage {
	readonly name: string;
	readonly version: string;
	readonly counter: number;
	readonly hardware: string;
	readonly bytes: number;
}

export type OrderTarget = "lamp" | "group" | "all";

/** What a person fills in. Limits are inclusive. */
export interface FormField {
	readonly name: string;
	readonly kind: "number" | "boolean" | "instant" | "text";
	readonly required: boolean;
	readonly whole?: boolean;
	readonly min?: number;
	readonly max?: number;
}

/** An order that may be given to such a target. */
export interface OrderForm {
	/** Of its schema in the contract's document. */
	readonly name: string;
	readonly command: string;
	readonly to: OrderTarget;
	/** Of the topic. */
	readonly suffix: string;
	readonly fields: readonly FormField[];
	/** What such an order always says. */
	readonly fixed: Readonly<Record<string, unknown>>;
}

/** What a lamp answered to an order, as it came. */
export interface ToldAnswer {
	readonly lamp: number;
	readonly reply: Readonly<Record<string, unknown>>;
}

/** Sent at most ten times a second; lists hold only what changed since the last, users all. */
export interface Update {
	/** UTC, ms. */
	readonly utc: number;
	/** `null`: as fast as it goes (JSON has no Infinity). */
	readonly speed: number | null;
	readonly sun: number;
	readonly lux: number;
	/** Lamp and duty in thousandths. */
	readonly glow: readonly (readonly [lamp: number, duty: number])[];
	readonly told: readonly (readonly [lamp: number, said: ToldLamp])[];
	/** Id, kind by its first letter, decimetres from the first lamp, direction. */
	readonly users: readonly (readonly [id: number, kind: string, x: number, direction: number])[];
	readonly totals: {
		readonly energy_kWh: number;
		readonly saved_kWh: number;
		readonly published: number;
		readonly online: number;
		/** Lamps that reported their energy so far. */
		readonly reporting: number;
	};
}

/** One link of the chain that explains a level, as the lamp told it. */
export interface ToldLink {
	readonly by: string;
	readonly level: number;
	readonly source?: string;
}

/** What lamp n said last. Every field is absent until it was told. */
export interface ToldLamp {
	online?: boolean;
	level?: number;
	actual?: number;
	reason?: string;
	photocell?: string;
	lightLevel_lx?: number;
	chain?: readonly ToldLink[];
	energy_kWh?: number;
	saved_kWh?: number;
	power_W?: number;
	hours?: number;
	/** What became of images that were offered. */
	steps?: readonly ToldStep[];
	/** How much of an image the server has handed over; its word, not the lamp's. */
	served?: ToldServed;
	/** Virtual ms of the last of these. */
	at?: number;
}

/** So much of an image a lamp was given so far. */
export interface ToldServed {
	readonly name: string;
	readonly bytes: number;
	readonly of: number;
	/** Of the last piece, UTC, ms. */
	readonly utc: number;
}

/** One event of an update, or the start of a life within one; in order of `life` and `seq`. */
export interface ToldStep {
	/** Of the event; `booted` from a birth. */
	readonly type: string;
	readonly life: number;
	readonly seq: number;
	/** Of its life. */
	readonly uptime_ms: number;
	/** When it happened, UTC, ms; when it was heard where the lamp had no time. */
	readonly utc: number;
	readonly version?: string;
	readonly counter?: number;
	/** Of the image. */
	readonly bytes?: number;
	/** Why; of `booted` the power cause. */
	readonly reason?: string;
	/** Bytes of the image that had come. */
	readonly received?: number;
	readonly final?: boolean;
	readonly onProbation?: boolean;
}

/** A piece of a night to come; it lasts until the next. */
export interface ToldPiece {
	/** UTC, ms. */
	readonly from: number;
	readonly level: number;
	/** Who speaks, then each limit that changes it. */
	readonly by: readonly string[];
	readonly source?: string;
}

/** A page of a night to come, as the lamp foretold it. */
export interface ToldNight {
	readonly pieces: readonly ToldPiece[];
	/** End of the last piece, UTC, ms. */
	readonly until: number;
	readonly page: number;
	readonly pages: number;
	readonly burning_h: number;
	/** Modelled. */
	readonly energy_kWh: number;
}

/** The answer to an order. */
export interface ToldReply {
	readonly id: string;
	readonly status: string;
	readonly reason?: string;
	readonly level?: number;
	readonly because?: string;
	readonly chain?: readonly ToldLink[];
	readonly night?: ToldNight;
}
