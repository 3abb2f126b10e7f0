/**
 * Stage: the lamps, the network and the clock of a street, made from its options; a run plays on it.
 */
import type { Fleet, FleetOptions, Image } from "../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../hosts/virtual/fleet/wasmfleet.js";
import type { Compare } from "../comparison/comparison.js";
import type { Options } from "../options/options.js";
import { groupOf } from "../options/outside.js";
import type { Clock } from "../street/clock.js";
import type { StreetNames } from "../street/network.js";
import { nodeOf, ROOT } from "./install.js";
import type { Scenario } from "./scenario.js";
import type { StreetNetwork } from "./streetnetwork.js";

export interface Stage {
	readonly options: Options;
	readonly scenario: Scenario;
	/** UTC of virtual instant 0, ms. */
	readonly epochUtc: number;
	readonly fleet: Fleet;
	readonly clock: Clock;
	readonly network: StreetNetwork;
	readonly compare?: Compare;
}

/** Makes the stage of a run of unlimited speed. Rejects with a line to print. */
export type MakeStage = (options: Options, scenario: Scenario) => Promise<Stage>;

/** Lamps of a run. */
export interface Lamps {
	readonly lamps: number;
	/** Number of the first lamp (1). */
	readonly first?: number;
	readonly seed: number;
	readonly epochUtc: number;
	/** Slots of a machine; absent: the image's. */
	readonly slots?: number | undefined;
	readonly hardware?: string | undefined;
	readonly profile?: FleetOptions["profile"] | undefined;
}

/** Throws MachineError if the image is broken or memory is short. */
export function fleetOf(wanted: Lamps, read: Image, engine: WebAssembly.Module): Fleet {
	const { lamps: count, first = 1, seed, epochUtc, hardware, profile } = wanted;
	const { slots = read.creation.slots } = wanted;
	const image = { ...read, creation: { ...read.creation, slots } };
	const names = { ...(hardware && { hardware }), ...(profile && { profile }) };
	return createFleet({ image, first, count, seed, epochUtc, ...names }, engine);
}

/** The street at its broker. */
export function namesOf(options: Options, epochUtc: number, clock: Clock): StreetNames {
	const { lamps, seed, slowLink, part } = options;
	return {
		lamps,
		seed,
		slowLink,
		epochUtc,
		first: part.first,
		root: ROOT,
		site: part.site,
		nodeOf,
		groupOf: (lamp) => groupOf(part, lamps, lamp),
		now: () => clock.now(),
	};
}
