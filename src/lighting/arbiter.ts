/**
 * Arbiter: of all who ask for light, the one that gets it, and why.
 *
 * The reasons are TALQ's (Command.reason) with emergency above them. This is the only place where
 * their order is written; no other module compares reasons.
 */
import type { Millis, Percent } from "../units.js";
import type { SensorRule } from "./sensorrule.js";

/** Weakest first. */
export type Reason = "default" | "program" | "sensor" | "override" | "emergency";

export interface LightCommand {
	readonly reason: Reason;
	readonly level: Percent;
	/** Absent: as the lamp is set, quickly up and slowly down (fade.ts, `rampOf`). */
	readonly rampToLevelTime?: Millis | undefined;
	/** Whose voice it is: `presence`, `doubt`, `deaf`, `neighbours`, an order's id, a switch point's text. */
	readonly source?: string | undefined;
	/**
	 * True: the floor does not raise it. Only an override says so, at most 12 h (command room), and a
	 * program that puts the lights out.
	 */
	readonly belowFloor?: boolean | undefined;
	/** True: presence does not raise it. An override may say so, and lights that are out. */
	readonly inhibitSensors?: boolean | undefined;
	/** How far and how long presence lights while this is what the program asks. */
	readonly sensorRule?: SensorRule | undefined;
}

export interface Override extends LightCommand {
	readonly inhibitSensors: boolean;
}

/** What each source asks for now; a source with nothing to say is absent or undefined. */
export interface Requests {
	readonly default?: LightCommand | undefined; // what shines when nobody knows better: 100 %
	readonly program?: LightCommand | undefined; // never absent when valid: outside its periods 0 %
	readonly sensor?: LightCommand | undefined; // someone is there, is coming, or cannot be ruled out
	readonly override?: Override | undefined;
	readonly emergency?: LightCommand | undefined;
}

/** Told of each command as it takes the lead; given only when an explanation is asked for. */
export type CommandVisitor = (command: LightCommand) => void;

/** Of what two sensors ask for, the more; of equals the first. */
export function brighterOf(
	first: LightCommand | undefined,
	second: LightCommand | undefined,
): LightCommand | undefined {
	if (first === undefined || second === undefined) return first ?? second;
	return second.level > first.level ? second : first;
}

/** Nobody asked: it is not dark, and there is neither program nor order. */
export const DAYLIGHT: LightCommand = Object.freeze({
	reason: "default",
	level: 0 as Percent,
	source: "daylight",
});

/**
 * The command in effect. `default` and `sensor` speak only while it is dark; sensors and emergency
 * only raise; an override or a program may silence the sensors, never an emergency. Returns one of
 * the commands it was given, or DAYLIGHT; allocates nothing.
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
	if (sensor && dark && !command.inhibitSensors) command = brighter(command, sensor, visit);
	return emergency ? brighter(command, emergency, visit) : command;
}

function brighter(
	now: LightCommand,
	asked: LightCommand,
	visit: CommandVisitor | undefined,
): LightCommand {
	if (asked.level <= now.level) return now;
	visit?.(asked);
	return asked;
}
