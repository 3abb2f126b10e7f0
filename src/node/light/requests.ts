/**
 * LightRequests: what each source asks of the light, as the light path keeps it, and which level that guarantees.
 */
import type { LightCommand, Override, Requests } from "../../lighting/arbiter.js";
import type { Bounds } from "../../lighting/limits.js";
import { ruled, type SensorRule } from "../../lighting/sensorrule.js";
import { presenceLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import type { Percent } from "../../units.js";

/** The requests of all sources, kept and changed in place: a new object each tick would be garbage. */
export interface LightRequests {
	default: LightCommand;
	program: LightCommand | undefined;
	sensor: LightCommand | undefined;
	override: Override | undefined;
	emergency: LightCommand | undefined;
}

/** What orders ask of the light now. */
export type OrderRequests = Pick<Requests, "override" | "emergency">;

/** What the street keeps in the dark, whoever is there. */
function vacantLevel(
	{ belowFloor }: LightCommand,
	{ floorLevel, fullLevel, protected: isProtected }: Bounds,
): Percent {
	if (isProtected) return fullLevel;
	return belowFloor ? (0 as Percent) : floorLevel;
}

/**
 * What must shine whatever the command's own fade or the relay: in the dark for who is there and for
 * the street, in an emergency by day, too.
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

/** What the sensors can ask for under one rule of the program; nothing where presence changes no light. */
export interface SensorCommands {
	readonly occupied: LightCommand | undefined;
	readonly lingering: LightCommand | undefined;
	/** A neighbour saw someone come. */
	readonly coming: LightCommand | undefined;
	/** The sensor cannot be believed. */
	readonly doubted: LightCommand | undefined;
	/** A blocking operation runs: edges are lost. */
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

/** At most `most`; undefined where presence is counted and changes no light. */
function sensorCommand(
	{ sensorEffect }: Settings,
	level: Percent,
	source: string,
	most: Percent,
): LightCommand | undefined {
	if (sensorEffect === "none") return undefined;
	return Object.freeze({ reason: "sensor", level: Math.min(level, most) as Percent, source });
}

/** For whoever may be there unseen: as bright as presence, and full class at least. */
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
