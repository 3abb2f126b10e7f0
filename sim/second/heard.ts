/**
 * Heard: what the second lamp is told, and what it is asked.
 *
 * The second lamp is a second implementation of the light of a lamp. It stands where the firmware
 * stands, behind `src/host.ts`, beside the firmware of one virtual lamp. It is told what the firmware
 * was told, in the same order, and it never sees what the firmware made of it, except the verdicts
 * below. It remembers by itself what the lamp stores in flash: settings, standing orders, dates.
 */
import type { JoinRefusal, PowerCause, Profile, StreamEnd, StreamId } from "../../src/host.js";
import type { Duty, Lux, Millis, Percent, UtcMillis } from "../../src/units.js";

/** A door of the host that can fail (DOOR in hosts/virtual/protocol.ts). */
export type DoorName =
	| "flash"
	| "streams"
	| "datagrams"
	| "images"
	| "retained"
	| "serial"
	| "alarm";

export type Heard =
	/**
	 * Before the first boot: what the depot or a technician wrote into the store. `key`: `set.` and the
	 * name of a section of settings, or a key of docs/factory.md. `value`: as it was written, JSON for
	 * a section.
	 */
	| { readonly kind: "installed"; readonly key: string; readonly value: string }
	/** A life begins. `now` is the monotonic clock of this life in all that follows. */
	| {
			readonly kind: "boot";
			readonly now: Millis;
			readonly cause: PowerCause;
			readonly serial: string;
			readonly hardware: string;
			readonly profile: Profile;
			readonly lightSensorRange: Lux | undefined;
			readonly earliestDate: UtcMillis | undefined;
			/** Of a clock that ran on through the restart; undefined: none did. */
			readonly wallClock: UtcMillis | undefined;
			/** The memory that survives a restart is whole (Host.retained). False after a loss of power. */
			readonly isMemoryKept: boolean;
			/** A DALI bus to the driver; without one the lamp has a PWM and a relay. */
			readonly hasBus: boolean;
			/** Of this life, as events and `explain` count it. */
			readonly life: number;
			/** Operating hours of the LED, by which the boot level has its duty. */
			readonly operatingHours: number;
	  }
	| { readonly kind: "movement" | "stillness"; readonly now: Millis }
	| { readonly kind: "illuminance"; readonly now: Millis; readonly lux: Lux }
	| { readonly kind: "temperature"; readonly now: Millis; readonly celsius: number }
	| { readonly kind: "time"; readonly now: Millis; readonly utc: UtcMillis }
	| {
			readonly kind: "network";
			readonly now: Millis;
			readonly isUp: boolean;
			readonly why: JoinRefusal | undefined;
	  }
	/** The lamp opened a stream: to its broker, or to a server of images. */
	| {
			readonly kind: "opened";
			readonly now: Millis;
			readonly stream: StreamId;
			readonly host: string;
			readonly port: number;
			readonly isTls: boolean;
	  }
	/** The stream is connected, and over TLS verified. */
	| { readonly kind: "connected"; readonly now: Millis; readonly stream: StreamId }
	| {
			readonly kind: "closed";
			readonly now: Millis;
			readonly stream: StreamId;
			/** Undefined: the lamp closed it. */
			readonly why: StreamEnd | undefined;
	  }
	/** Bytes that the lamp has read from a stream: MQTT 3.1.1 of the broker, HTTP of a server of images. */
	| {
			readonly kind: "read";
			readonly now: Millis;
			readonly stream: StreamId;
			readonly bytes: Uint8Array;
	  }
	/** Bytes that the lamp has read from the serial line; `isLost`: bytes behind them were lost. */
	| {
			readonly kind: "typed";
			readonly now: Millis;
			readonly bytes: Uint8Array;
			readonly isLost: boolean;
	  }
	/** A datagram of a neighbour that the lamp has read. */
	| { readonly kind: "datagram"; readonly now: Millis; readonly bytes: Uint8Array }
	/** A frame that the lamp sent on its DALI bus was answered (BusInputs.onBusAnswered). */
	| {
			readonly kind: "answered";
			readonly now: Millis;
			readonly frame: number;
			readonly answer: number;
	  }
	/**
	 * The lamp wrote a packet of MQTT to its broker. `topic` and `id` of a PUBLISH; `nonce` of a question
	 * for the time (clock/question); `answers`: the id of a reply's order.
	 */
	| {
			readonly kind: "sent";
			readonly now: Millis;
			readonly packet: string;
			readonly id: number | undefined;
			readonly topic: string | undefined;
			readonly nonce: string | undefined;
			readonly answers: string | undefined;
	  }
	/**
	 * The lamp wrote a value to its store, or erased it. `ok`: it is committed. `full`, `failed`: the value
	 * before stands. A lamp that waits with a write, because its flash has no credit, writes nothing. After
	 * a write in which power failed this comes with the next boot, and says which of the two stands.
	 */
	| {
			readonly kind: "stored";
			readonly now: Millis;
			readonly key: string;
			readonly isErased: boolean;
			readonly result: "ok" | "full" | "failed";
	  }
	/** Another door refused what the lamp asked of it. */
	| { readonly kind: "refused"; readonly now: Millis; readonly door: DoorName }
	/** The lamp asks for full light while it works: flash is erased, a slot is written, TLS computes. */
	| {
			readonly kind: "work";
			readonly now: Millis;
			readonly source: string;
			/** 0: it has ended; Infinity: until it says so. */
			readonly until: Millis;
	  }
	/** What the lamp judged; the second lamp does not judge it again. */
	| ({ readonly kind: "verdict"; readonly now: Millis } & Verdict)
	/** An exception ended the decision of this turn, and the lamp shows `systemFailureLevel`. */
	| { readonly kind: "failed"; readonly now: Millis }
	/**
	 * The lamp has decided. An alarm of the lamp is a turn without anything before it. What the lamp heard
	 * and judged in the turn is told before it, also what came after the decision and counts in a further
	 * turn at the same instant. So the two lamps are compared when all turns of an instant are over.
	 */
	| { readonly kind: "turn"; readonly now: Millis }
	/** The light followed a decision of this turn, in which the life ends: no `turn` comes any more. */
	| { readonly kind: "decided"; readonly now: Millis }
	/** The life has ended. `isTorn`: in the middle of a write to flash. */
	| {
			readonly kind: "end";
			readonly now: Millis;
			readonly why: "powerCut" | "restart" | "crash";
			readonly isTorn: boolean;
	  };

/**
 * Judgements of heuristics that the second lamp does not repeat. Each holds until the next of its
 * name, and each is told again after a boot, before the first turn in which it counts.
 */
export type Verdict =
	/**
	 * What the light sensor says of day and night. `bright`: it has no output yet, and daylight on it;
	 * `unknown`: none is fitted, it is silent or it is not trusted.
	 */
	| { readonly name: "photocell"; readonly value: "unknown" | "bright" | "day" | "night" }
	/** The reason why the PIR is doubted (docs/sensing.md); undefined: it is trusted. */
	| { readonly name: "presenceDoubt"; readonly value: string | undefined }
	| { readonly name: "lightDoubt"; readonly value: string | undefined }
	/**
	 * A clock that is assumed from learnt nights: UTC less the monotonic clock, ms; undefined: the
	 * program does not run by one.
	 */
	| { readonly name: "midnight"; readonly value: number | undefined }
	/** The usual length of a night that the lamp has learnt, ms. */
	| { readonly name: "usualNight"; readonly value: Millis | undefined }
	/** By how many classes the traffic permits less than the full class; 0: by none. */
	| { readonly name: "classesBelow"; readonly value: number }
	/** Most output that the heat permits, per cent. */
	| { readonly name: "thermalCap"; readonly value: Percent }
	/** Least output of a driver on a bus, by its own word, per cent; 0: not known. */
	| { readonly name: "driverMinimum"; readonly value: Percent }
	/** Operating hours of the LED, for constant light output; told when the lamp takes them into account. */
	| { readonly name: "operatingHours"; readonly value: number }
	/** The output of the photocell, whose turns a witness counts; `photocell` may run ahead of it. */
	| { readonly name: "photocellOutput"; readonly value: "unknown" | "day" | "night" }
	/** The flash has credit for an action (a revision, names, a replacement, a restart). */
	| { readonly name: "credit"; readonly value: boolean }
	/** No query is answered, because too many replies wait. */
	| { readonly name: "isReplyRoomFull"; readonly value: boolean }
	/** How many commands the console has run in this life. */
	| { readonly name: "commands"; readonly value: number }
	/** The console prints an answer, so typed lines wait. */
	| { readonly name: "isAnswering"; readonly value: boolean }
	/** The clock contradicts the sun or the learnt nights (event `clockConflict`). */
	| { readonly name: "clockConflict"; readonly value: boolean }
	/** The revision of the settings in force, which counts after a torn write. */
	| { readonly name: "revision"; readonly value: number };

/** What the second lamp says of the light; compared with the firmware's after each turn. */
export interface Light {
	/** REASON in src/indication.ts. */
	readonly reason: string;
	/** The level that it heads for, after all limits. */
	readonly level: Percent;
	/** Of presence: PRESENCE in src/indication.ts. */
	readonly presence: string;
	/** What the PWM has at `now`, 0 to 4,095, a fade that is under way included. Not compared on a bus. */
	readonly duty: Duty;
	/** When the fade ends; 0: none is under way. */
	readonly fadeEndsAt: Millis;
	readonly isRelayClosed: boolean;
}

/**
 * A reply that the lamp publishes, as soon as it is decided, whether it is sent at once, later or never.
 * `topic`: behind `{root}/{site}/{node}/`: `reply`, or `settings/reported/{section}`. `payload`: the
 * members that an order's or a section's verdict consists of, without dates: of an order `id`, `status`,
 * `reason`, `field`, and of `explain` its `level`, `because`, `chain` and `programUntil`; of a section those of
 * settings/reported without its values. The explanation of other queries is not compared.
 */
export interface Reply {
	readonly topic: string;
	readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * The second lamp. Its state is plain data: it can be copied by `structuredClone`. It uses nothing of
 * Node, and may use libraries of npm for cryptography (@noble) and the sun (suncalc 2.0.2).
 */
export interface SecondLamp<State> {
	/** Before the first boot. */
	fresh(): State;
	/** Hears one thing; changes the state in place, and returns what the lamp replies at once. */
	step(state: State, heard: Heard): readonly Reply[];
	/** What it says of the light at `now`, which is not before the last thing that it heard. */
	lightAt(state: State, now: Millis): Light;
	/**
	 * When its light, its reason or its relay changes by time alone; Infinity: never. Not before the last
	 * thing that it heard: what a date has ended that came just now is due at once.
	 */
	dueAt(state: State): Millis;
	/** Why the light is so, in words, for a person who compares two lamps. */
	explain(state: State): string;
}
