/**
 * Firmware: from a checkout to a fleet of lamps that run it, with a plant if one is named.
 */

import { buildEngine } from "../../hosts/virtual/engine/engine.js";
import { creationIn, type ImageOptions, readImage } from "../../hosts/virtual/engine/image.js";
import type { Fleet, Image } from "../../hosts/virtual/fleet/fleet.js";
import { projectRoot } from "../../lib/root.mjs";
import { editOf } from "../checks/plants.js";
import { fleetOf, type Lamps } from "../run/stage.js";

/** Each lamp is in the socket of a luminaire whose driver is on a DALI bus. */
export type BoardKind = "zhaga";

interface Wanted extends Lamps {
	/** Name of a plant. */
	readonly plant: string | undefined;
	/** It receives a recording. */
	readonly recorded?: object;
	/** In place of the checkout's firmware; a plant is not put into it. */
	readonly firmware?: Image;
	/** Absent: the lamps have a PWM and a relay. */
	readonly board?: BoardKind | undefined;
}

/**
 * Builds the engine if it is not in the cache, compiles the firmware, creates the lamps; number 1
 * is the first. Rejects with a line to print if the engine cannot be built or a plant misses its
 * place.
 */
export async function makeFleet(wanted: Wanted, print: (line: string) => void): Promise<Fleet> {
	const engine = await buildEngine(print);
	const start = wanted.recorded ? "replay" : wanted.board;
	return fleetOf(wanted, wanted.firmware ?? imageWith(wanted.plant, start), engine);
}

/** With a plant it is not compressed, which takes seconds: it is of one run. */
function imageWith(plant: string | undefined, start: string | undefined): Image {
	const edits = plant === undefined ? undefined : editOf(plant);
	return readImage(projectRoot(), {
		...(edits && { replace: edits, isAsWritten: true }),
		...(start && { start }),
	});
}

/** The checkout's firmware, with edits to the source of modules; compressed, unless it is of one run. */
export function editedImage(
	replace: ImageOptions["replace"] & {},
	{ board, isAsWritten = false }: { board?: BoardKind | undefined; isAsWritten?: boolean } = {},
): Image {
	return readImage(projectRoot(), { replace, isAsWritten, ...(board && { start: board }) });
}

/** Slots of a lamp's machine, by the manifest and its board. */
export function slotsOfLamp(board?: BoardKind): number {
	return creationIn(projectRoot(), board).slots;
}
