/** Fault: a row of the table of faults (faults.ts), and the parts of the world that it can reach. */
import type { Door } from "../../hosts/virtual/protocol.js";
import type { Air } from "../network/air.js";
import type { BrokerMood } from "../street/network.js";
import type { Luminaires } from "../world/driver/luminaires.js";
import type { LightSensors } from "../world/lightsensor.js";
import type { Pirs } from "../world/pir.js";
import type { Supply } from "../world/supply.js";
import type { WeatherKind } from "../world/weather.js";

/** The parts of the world that a fault can reach. */
export interface FaultyWorld {
	readonly pirs: Pirs;
	readonly lightSensors: LightSensors;
	readonly air: Air;
	readonly supply: Supply;
	/** Drivers on buses; undefined: the lamps have a PWM. */
	readonly luminaires: Luminaires | undefined;
	/** Whether a time server answers the lamp. */
	setTimeServer(lamp: number, answers: boolean): void;
	/** Error of its answers, ms; or another error each time. */
	setTimeError(at: number, lamp: number, error: number): void;
	setErratic(lamp: number, isErratic: boolean): void;
	/** Somebody chooses the answers (sim/world/forgedtime.ts). */
	setForged(at: number, lamp: number, isForged: boolean): void;
	/** Whether the lamp is within the network's reach. */
	setReach(at: number, lamp: number, reaches: boolean): void;
	/** Whether the broker accepts connections; whether anything of a lamp arrives there. */
	setBroker(reachable: boolean): void;
	setDeaf(at: number, lamp: number, isDeaf: boolean): void;
	setWeather(at: number, kind: WeatherKind, on: boolean): void;
	/** The lamp's flash takes nothing; or power fails in the middle of its writes. */
	setFlash(at: number, lamp: number, trouble: "worn" | "cut", on: boolean): void;
	/** The flash log of a lamp without power gets another's bytes. */
	scrawlFlash(lamp: number): void;
	setBrokerMood(mood: BrokerMood, on: boolean): void;
	setImagesBroken(isBroken: boolean): void;
	/** The temperature of the housing. */
	setCelsius(at: number, lamp: number, celsius: number): void;
	/** A door of the lamp's host fails by chance. */
	setLuck(lamp: number, door: Door, on: boolean): void;
}

export interface Fault {
	/** The defect, in a few words. */
	readonly what: string;
	/** The sensor that is no longer reliable; absent: none. */
	readonly breaks?: "pir" | "lightSensor";
	/** Kind of defect of a light sensor. */
	readonly sensor?: "dead" | "stuck" | "dark";
	/**
	 * By then the lamp must shine at full class while it is dark, ms after the fault began
	 * (docs/sensing.md); absent: the checks do not require it.
	 */
	readonly litWithin?: number;
	/** The time is that of one life with power, or of a lamp that its radio lets send. */
	readonly needs?: "life" | "radio";
	/** After the end of the fault the lamp may doubt the sensor for so long, ms ... */
	readonly doubtedFor?: number;
	/** ... and until so many road users were detected. */
	readonly trustedAfter?: number;
	/** The PIR is silent: neighbours can find the fault. */
	readonly mute?: true;
	/** It is the whole street's: a lamp of its own makes no difference. */
	readonly street?: true;
	/** It needs a driver on a bus (`--board zhaga`), which has at best the right light, or another one. */
	readonly bus?: "obeys" | "shinesFully" | "flashesUp" | "disobeys" | "forgets" | "isOther";
	/** The feeder is switched, and the lamps are configured for it. */
	readonly switched?: true;
	/**
	 * Lamplight on the sensor, lux: the lamp's morning may wait until the sky is that much
	 * brighter.
	 */
	readonly glare?: number;
	/** Light that is neither the sky's nor a street lamp's is on the sensor. */
	readonly foreign?: true;
	/** Each lamp's light reaches its own sensor, and the lamps are configured for it. */
	readonly seen?: true;
	/** The part of the lamp that it disturbs beside its sensors. */
	readonly disturbs?: "link" | "air" | "power" | "store" | "images";
	/** The door of the host that fails by chance, in a share of its calls that the run states. */
	readonly door?: Door;
	/** The connections to the broker end with its begin or its end. */
	readonly drops?: true;
	/** Messages that a lamp takes for delivered may be gone. */
	readonly forgets?: true;
	/** The thermal cap may limit the light. */
	readonly heats?: true;
	/** Datagrams of the row need not reach the lamp. */
	readonly isolates?: true;
	/** Begins (`on`) or ends for one lamp. Virtual ms; lamps from 0. */
	act(world: FaultyWorld, on: boolean, at: number, lamp: number): void;
}
