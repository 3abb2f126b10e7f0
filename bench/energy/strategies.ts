/**
 * Strategies: options for lighting one street, each as settings of the same firmware.
 *
 * All have the same classes: P3 at full level, P6 as the floor.
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
	/** Classes of the street; absent: its levels are in per cent. */
	readonly design?: StreetDesign;
	programOf(night: readonly Hour[], design: number): string;
}

const FLOOR = levelOf("P6");

/** Options that need machines; those of today are played beside them (sim/run/playedoptions.ts). */
export const STRATEGIES: readonly Strategy[] = [
	{
		name: "hourly classes by volume",
		presence: false,
		neighbours: false,
		programOf: hourlyProgram,
	},
	{
		name: "classes by each lamp's own count",
		presence: false,
		neighbours: false,
		design: { fullClass: "P3", floorClass: "P6", installedMean: 7.5 },
		programOf: (_night, design) => `12:00 P6 traffic ${Math.round(design / 2)}`,
	},
	{
		name: "presence per lamp",
		presence: true,
		neighbours: false,
		programOf: () => "12:00 0",
	},
	{
		name: "presence, shared with neighbours",
		presence: true,
		neighbours: true,
		programOf: () => "12:00 0",
	},
];

/** Presence only raises, so it has no effect if its level is the floor. */
export function configuredFor(strategy: Strategy, program: string, zone: Zone): Configured {
	const { presence, neighbours } = strategy;
	const place = { zone, latitude: LATITUDE, longitude: LONGITUDE };
	const levels = presence
		? { presenceLevel: 100, lingerLevel: STREET_VALUES.lingerLevel }
		: { presenceLevel: FLOOR, lingerLevel: FLOOR };
	const design = strategy.design ? { design: strategy.design } : {};
	const values = { ...STREET_VALUES, ...place, ...levels, ...design };
	return { ...values, floorLevel: FLOOR, neighbours, program };
}
