/** Happenings: what can befall a lamp in a night of tests/properties. Types only. */
import type { PowerCause } from "../../src/host.js";

export interface Order {
	readonly level: number;
	readonly belowFloor: boolean;
	readonly inhibitSensors: boolean;
	/** Milliseconds. */
	readonly duration: number;
	/** Absent: as the lamp is set; else whole seconds. */
	readonly ramp: number | undefined;
}

/** How a datagram of the row differs from what the next pole would say. */
export type Flaw =
	| "none"
	/** Its counter is that of ten minutes ago. */
	| "overtaken"
	| "forged"
	| "otherKey"
	| "otherSite"
	| "otherRow"
	| "short"
	| "long"
	/** The last one before it, once more. */
	| "replayed"
	/** Hundreds of forged ones at once. */
	| "flood";

/** What a technician changes: the stored names and values of the section light. */
export type Edit = Readonly<Record<string, number | boolean>>;

/** How the server and the image of an update are. */
export type ImageFlaw = "none" | "connectionLost" | "wrongBytes" | "silent";

interface At {
	readonly at: number;
}

export type Happening = At &
	(
		| { readonly what: "stay"; readonly length: number }
		/** Headlights or a torch on the sensor, shorter than offDelay. */
		| { readonly what: "flash"; readonly length: number; readonly lux: number }
		/** The light sensor says this instead of the light; undefined: nothing new. */
		| { readonly what: "sensor"; readonly length: number; readonly lux: number | undefined }
		/** The PIR's edges come doubled and beside: `count` pairs, `gap` ms apart. */
		| { readonly what: "chatter"; readonly count: number; readonly gap: number }
		/** A time server answers, `error` ms from the truth. */
		| { readonly what: "time"; readonly error: number }
		| { readonly what: "order"; readonly order: Order }
		| { readonly what: "clear" }
		/** By the CMS, for the longest time there is. */
		| { readonly what: "emergency" }
		/** Another order: its fields, and how long it may ask for a level of its own, ms. */
		| {
				readonly what: "action";
				readonly length: number;
				readonly fields: Readonly<Record<string, string | number | boolean>>;
		  }
		| { readonly what: "restart"; readonly cause: PowerCause }
		/** The pole has no power for a while. */
		| { readonly what: "cut"; readonly length: number }
		/** The flash takes nothing for a while. */
		| { readonly what: "storeFails"; readonly length: number }
		/** The housing's temperature, as its sensor says, and what it says `length` later. */
		| {
				readonly what: "heat";
				readonly celsius: number;
				readonly length: number;
				readonly after: number;
		  }
		/** A datagram about someone at the pole `place` from here, `age` ms ago. */
		| {
				readonly what: "word";
				readonly flaw: Flaw;
				readonly place: number;
				readonly age: number;
		  }
		/** A technician tries other settings, and `after` ms later does `ends`. */
		| {
				readonly what: "edit";
				readonly values: Edit;
				readonly ends: "confirm" | "revert" | "leave";
				readonly after: number;
		  }
		/** An image is offered, to be fetched at once. */
		| { readonly what: "update"; readonly flaw: ImageFlaw }
	);
