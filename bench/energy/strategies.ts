/**
 * Strategies: options for lighting one street, each as settings of the same firmware.
 *
 * All have the same classes: P3 at full level, P5 as the floor; one has P6 beside the program with P6.
 */

import type { Zone } from "../../lib/zone.js";
import type { StreetDesign } from "../../sim/checks/classes.js";
import { type Configured, STREET_VALUES } from "../../sim/checks/configured.js";
import { LATITUDE, LONGITUDE } from "../../sim/world/world.js";
import { type Hour, hourlyProgram, levelOf } from "./classes.js";

export interface Strategy {
	readonly name: string;
	/** Whether presence raises the level. */
	readonly presence: boolean;
	readonly neighbours: boolean;
	/** The least light. */
	readonly floor: "P5" | "P6";
	/** Classes of the street; absent: its levels are in per cent. */
	readonly design?: StreetDesign;
	programOf(night: readonly Hour[], design: number): string;
}

/** The option that controllers are bought for, with the floor of the others. */
export const SHARED = "presence, shared with neighbours";

/** Options that need machines; those of today are played beside them (sim/run/playedoptions.ts). */
export const STRATEGIES: readonly Strategy[] = [
	{
		name: "hourly classes by volume",
		presence: false,
		neighbours: false,
		floor: "P5",
		programOf: hourlyProgram,
	},
	{
		name: "classes by each lamp's own count",
		presence: false,
		neighbours: false,
		floor: "P5",
		design: { fullClass: "P3", floorClass: "P5", installedMean: 7.5 },
		programOf: (_night, design) => `12:00 P5 traffic ${Math.round(design / 2)}`,
	},
	{
		name: "presence per lamp",
		presence: true,
		neighbours: false,
		floor: "P5",
		programOf: () => "12:00 0",
	},
	{
		name: SHARED,
		presence: true,
		neighbours: true,
		floor: "P5",
		programOf: () => "12:00 0",
	},
	{
		name: `${SHARED}, floor P6`,
		presence: true,
		neighbours: true,
		floor: "P6",
		programOf: () => "12:00 0",
	},
];

/** Presence only raises, so it has no effect if its level is the floor. */
export function configuredFor(strategy: Strategy, program: string, zone: Zone): Configured {
	const { presence, neighbours } = strategy;
	const floor = levelOf(strategy.floor);
	const place = { zone, latitude: LATITUDE, longitude: LONGITUDE };
	const levels = presence
		? { presenceLevel: 100, lingerLevel: STREET_VALUES.lingerLevel }
		: { presenceLevel: floor, lingerLevel: floor };
	const design = strategy.design ? { design: strategy.design } : {};
	const values = { ...STREET_VALUES, ...place, ...levels, ...design };
	return { ...values, floorLevel: floor, neighbours, program };
}
