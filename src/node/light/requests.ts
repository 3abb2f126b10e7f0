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

/** The level of a vacant street in the dark: full class, floor, or 0 below the floor. */
function vacantLevel(
	{ belowFloor }: LightCommand,
	{ floorLevel, fullLevel, protected: isProtected }: Bounds,
): Percent {
	if (isProtected) return fullLevel;
	return belowFloor ? (0 as Percent) : floorLevel;
}

/**
 * The level that neither a command's ramp nor the relay may delay: in the dark that of presence and
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
): SensorCommands {
	const level = ruled(rule, presenceLevelOf(settings));
	return {
		occupied: sensorCommand(settings, level, "presence", level),
		lingering: sensorCommand(settings, settings.lingerLevel, "linger", level),
		coming: sensorCommand(settings, settings.neighbourLevel, "neighbours", level),
		doubted: unseenCommand(settings, bounds, "doubt"),
		blocked: unseenCommand(settings, bounds, "deaf"),
	};
}

/** A command for `level`, at most `most`, per cent; undefined where presence is only counted. */
function sensorCommand(
	{ sensorEffect }: Settings,
	level: Percent,
	source: string,
	most: Percent,
): LightCommand | undefined {
	if (sensorEffect === "none") return undefined;
	return Object.freeze({ reason: "sensor", level: Math.min(level, most) as Percent, source });
}

/** For road users that the PIR may miss: as bright as presence, and full class at least. */
function unseenCommand(
	settings: Settings,
	{ fullLevel }: Bounds,
	source: "doubt" | "deaf",
): LightCommand | undefined {
	const level = Math.max(presenceLevelOf(settings), fullLevel) as Percent;
	return sensorCommand(settings, level, source, level);
}

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
