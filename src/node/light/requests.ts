/**
 * Light requests: the request of each source, and the level that they guarantee.
 */
import type { LightCommand, Override, Requests } from "../../lighting/arbiter.js";
import type { Bounds } from "../../lighting/limits.js";
import { ruled, type SensorRule } from "../../lighting/sensorrule.js";
import { presenceLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import type { Percent } from "../../units.js";

/** The requests of all sources. Changed in place, so that a tick allocates nothing. */
export interface LightRequests {
	default: LightCommand;
	program: LightCommand | undefined;
	sensor: LightCommand | undefined;
	override: Override | undefined;
	emergency: LightCommand | undefined;
}

/** The requests of standing orders. */
export type OrderRequests = Pick<Requests, "override" | "emergency">;

/** The level of a vacant street at night: full class, floor, or 0 below the floor. */
function vacantLevel(
	{ belowFloor }: LightCommand,
	{ floorLevel, fullLevel, protected: isProtected }: Bounds,
): Percent {
	if (isProtected) return fullLevel;
	return belowFloor ? (0 as Percent) : floorLevel;
}

/**
 * The level that neither a command's ramp nor the relay may delay: at night that of presence and
 * of the vacant street; in an emergency the ordered one, by day, too.
 */
export function guaranteedLevel(
	{ sensor, emergency }: LightRequests,
	command: LightCommand,
	bounds: Bounds,
	dark: boolean,
): Percent {
	let least = dark ? vacantLevel(command, bounds) : (0 as Percent);
	if (sensor && dark && !command.inhibitSensors && sensor.level > least) least = sensor.level;
	if (emergency && emergency.level > least) least = emergency.level;
	return least;
}

/** The sensors' light commands under one sensor rule; undefined where presence changes no light. */
export interface SensorCommands {
	readonly occupied: LightCommand | undefined;
	readonly lingering: LightCommand | undefined;
	/** A neighbour reported a movement. */
	readonly coming: LightCommand | undefined;
	/** The PIR is in doubt. */
	readonly doubted: LightCommand | undefined;
	/** A blocking operation runs: edges wait. */
	readonly blocked: LightCommand | undefined;
}

export function sensorCommands(
	settings: Settings,
	bounds: Bounds,
	rule: SensorRule | undefined,
	source: "presence" | "lowerSensor",
): SensorCommands {
	if (settings.sensorEffect === "none") return NO_COMMANDS;
	const usual = presenceLevelOf(settings);
	const level = ruled(rule, usual);
	const lingering = Math.min(level, settings.lingerLevel) as Percent;
	const coming = Math.min(level, settings.neighbourLevel) as Percent;
	// for road users that the PIR may miss: no point of the program makes it less than presence
	// by the settings or than the full class, and no point that asks for more is cut
	const unseen = Math.max(usual, level, bounds.fullLevel) as Percent;
	return {
		occupied: { reason: "sensor", level, source },
		lingering: { reason: "sensor", level: lingering, source: "linger" },
		coming: { reason: "sensor", level: coming, source: "neighbours" },
		doubted: { reason: "sensor", level: unseen, source: "doubt" },
		blocked: { reason: "sensor", level: unseen, source: "blocked" },
	};
}

/** Presence is only counted. */
const NO_COMMANDS: SensorCommands = Object.freeze({
	occupied: undefined,
	lingering: undefined,
	coming: undefined,
	doubted: undefined,
	blocked: undefined,
});

export function defaultCommand(bounds: Bounds): LightCommand {
	return Object.freeze({ reason: "default", level: bounds.fullLevel });
}

export function noRequests(bounds: Bounds): LightRequests {
	return {
		default: defaultCommand(bounds),
		program: undefined,
		sensor: undefined,
		override: undefined,
		emergency: undefined,
	};
}
