/**
 * Arbiter: which request wins, the reason, the chain, and what no ramp and no relay may delay.
 *
 * Follows docs/light.md, "Who wins" and "Which time a fade takes" (the guaranteed level).
 */
import { type Levels, limited } from "./levels.js";
import type { Link, Ordered } from "./parts.js";
import type { SensorRequest } from "./presence.js";

export interface Requests {
	readonly isDark: boolean;
	/** Of the point in force; undefined: no program runs. */
	readonly program:
		| {
				readonly level: number;
				readonly source: string;
				/** `out`, and a witness vouches for the date. */
				readonly isLightsOut: boolean;
		  }
		| undefined;
	readonly sensor: SensorRequest | undefined;
	readonly override: Ordered | undefined;
	readonly emergency: Ordered | undefined;
	/** `presenceDuringLightsOut` is `ignore`. */
	readonly ignoresSensors: boolean;
}

export interface Decision {
	readonly reason: "default" | "program" | "sensor" | "override" | "emergency";
	/** Of the winner: the source of its link. */
	readonly source: string;
	/** After the limits. */
	readonly level: number;
	/** What no ramp and no relay may delay. */
	readonly guaranteed: number;
	/** `rampToLevelTime` of the winner, ms. */
	readonly ramp: number | undefined;
	readonly chain: Link[];
}

interface Winner {
	reason: Decision["reason"];
	level: number;
	source: string;
	ramp: number | undefined;
	permitsLess: boolean;
	inhibitsSensors: boolean;
	isLightsOut: boolean;
}

export function decide(requests: Requests, levels: Levels): Decision {
	const { isDark, program, sensor, override, emergency, ignoresSensors } = requests;
	const chain: Link[] = [];
	const winner: Winner = {
		reason: "default",
		level: 0,
		source: "",
		ramp: undefined,
		permitsLess: false,
		inhibitsSensors: false,
		isLightsOut: false,
	};

	// 1. The base.
	if (program !== undefined) {
		winner.reason = "program";
		winner.level = program.level;
		winner.source = program.source;
		winner.isLightsOut = program.isLightsOut;
		winner.permitsLess = program.isLightsOut;
		winner.inhibitsSensors = program.isLightsOut && ignoresSensors;
		chain.push({
			by: program.isLightsOut ? "lightsOut" : "program",
			level: program.level,
			source: program.source,
		});
	} else if (isDark) {
		winner.level = levels.full;
		chain.push({ by: "default", level: levels.full });
	} else {
		chain.push({ by: "daylight", level: 0 });
	}
	if (override !== undefined) {
		winner.reason = "override";
		takeOrder(winner, override);
		chain.push({ by: "override", level: override.level, source: override.source });
	}

	// 2. The sensors.
	const baseInhibits = winner.inhibitsSensors;
	if (isDark && sensor !== undefined && sensor.level > winner.level && !baseInhibits) {
		winner.reason = "sensor";
		winner.level = sensor.level;
		winner.source = sensor.source;
		winner.ramp = undefined;
		winner.permitsLess = false;
		winner.inhibitsSensors = false;
		winner.isLightsOut = false;
		chain.push({ by: "sensor", level: sensor.level, source: sensor.source });
	}

	// 3. The emergency.
	if (emergency !== undefined && emergency.level > winner.level) {
		winner.reason = "emergency";
		takeOrder(winner, emergency);
		chain.push({ by: "emergency", level: emergency.level, source: emergency.source });
	}
	if (winner.isLightsOut && winner.inhibitsSensors && isDark && sensor !== undefined) {
		chain.push({ by: "presenceIgnored", level: 0 });
	}

	// 4. The limits.
	const level = limited(winner.level, levels, isDark, winner.permitsLess, chain);

	let guaranteed = 0;
	if (isDark) {
		if (levels.isProtected) guaranteed = levels.full;
		else if (!winner.permitsLess) guaranteed = levels.floor;
		if (sensor !== undefined && !winner.inhibitsSensors) {
			guaranteed = Math.max(guaranteed, sensor.level);
		}
	}
	if (emergency !== undefined) guaranteed = Math.max(guaranteed, emergency.level);

	const { reason, source, ramp } = winner;
	return { reason, source, level, guaranteed, ramp, chain };
}

function takeOrder(winner: Winner, order: Ordered): void {
	winner.level = order.level;
	winner.source = order.source;
	winner.ramp = order.ramp;
	winner.permitsLess = order.belowFloor;
	winner.inhibitsSensors = order.inhibitSensors;
	winner.isLightsOut = false;
}
