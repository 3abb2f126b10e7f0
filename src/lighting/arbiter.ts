/**
 * Arbiter: picks the strongest request for light, with its reason.
 *
 * The reasons are TALQ's (Command.reason) with emergency above them. Their precedence is written
 * here alone; no other module compares reasons.
 */
import type { Millis, Percent } from "../units.js";
import type { SensorRule } from "./sensorrule.js";

/** TALQ Command.reason, and `emergency`. */
export type Reason = "default" | "program" | "sensor" | "override" | "emergency";

export interface LightCommand {
	readonly reason: Reason;
	readonly level: Percent;
	/** Absent: the lamp's own time of a rise or a fall. */
	readonly rampToLevelTime?: Millis | undefined;
	/** `presence`, `doubt`, `blocked`, `neighbours`, an order's id, a switch point's text. */
	readonly source?: string | undefined;
	/**
	 * True: the floor does not raise this level. Set by an override, for at most 12 h (command
	 * room), and by a program that puts the lights out.
	 */
	readonly belowFloor?: boolean | undefined;
	/** True: presence does not raise this level. Set by an override or by lights out. */
	readonly inhibitSensors?: boolean | undefined;
	/** Range and duration of presence light while this command is the program's. */
	readonly sensorRule?: SensorRule | undefined;
}

export interface Override extends LightCommand {
	readonly inhibitSensors: boolean;
}

/** The current request of each source; undefined or absent: the source requests nothing. */
export interface Requests {
	readonly default?: LightCommand | undefined; // while no other request stands: 100 %
	readonly program?: LightCommand | undefined; // present while valid: outside its periods 0 %
	readonly sensor?: LightCommand | undefined; // a person is there, coming, or not ruled out
	readonly override?: Override | undefined;
	readonly emergency?: LightCommand | undefined;
}

/** Receives each command that takes the lead. Passed only for an explanation. */
type CommandVisitor = (command: LightCommand) => void;

/** The brighter of two sensor requests; of equals the first. */
export function brighterOf(
	first: LightCommand | undefined,
	second: LightCommand | undefined,
): LightCommand | undefined {
	if (first === undefined || second === undefined) return first ?? second;
	return second.level > first.level ? second : first;
}

/** The result without any request: it is not dark, and neither program nor order stands. */
export const DAYLIGHT: LightCommand = Object.freeze({
	reason: "default",
	level: 0 as Percent,
	source: "daylight",
});

/**
 * Picks the command in effect. `default` and `sensor` count only while it is dark; sensor and
 * emergency only raise; an override or a program may inhibit sensors, never an emergency. Returns
 * one of the given commands or DAYLIGHT; allocates nothing.
 */
export function arbitrate(
	requests: Requests,
	dark: boolean,
	visit?: CommandVisitor | undefined,
): LightCommand {
	const { sensor, override, emergency } = requests;
	let command = requests.program ?? (dark ? requests.default : undefined) ?? DAYLIGHT;
	visit?.(command);
	if (override) {
		command = override;
		visit?.(command);
	}
	if (sensor && dark && sensor.level > command.level && !command.inhibitSensors) {
		command = sensor;
		visit?.(command);
	}
	if (emergency && emergency.level > command.level) {
		command = emergency;
		visit?.(command);
	}
	return command;
}
