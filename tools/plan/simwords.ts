/**
 * Words of the simulator for a street of a kind of place: its settings as options.
 */

import { valuesOfPlace } from "../../src/settings/places.js";
import type { Kind } from "./places.js";

/** Options of the simulator that have a place of their own there. */
const FLAGS: Readonly<Record<string, string>> = {
	program: "--program",
	program2: "--program2",
	calendar: "--calendar",
};

/** `mean`: installedMean. Presence lights to the full class, as without a setting. */
export function wordsOfKind(kind: Kind, mean: number): string[] {
	const args = ["--set", `light.installedMean=${mean}`, "--set", "light.presenceLevel=0"];
	for (const [name, value] of valuesOfPlace(kind)) {
		const flag = FLAGS[name];
		if (flag === undefined) args.push("--set", `light.${name}=${value}`);
		else if (value !== "") args.push(flag, value);
	}
	return args;
}
