/**
 * Plants: a defect of the firmware for each property, to show that the property can fail.
 *
 * Each edits one source file where its text stands exactly once; the firmware is bundled with it.
 */
import { bundled, type Edit } from "../bundle.js";
import type { Firmware } from "./lampnight.js";

export interface Plant extends Edit {
	readonly what: string;
	/** The property that must see it (properties.ts). */
	readonly trips: string;
}

export const PLANTS: readonly Plant[] = [
	{
		what: "an order's slow fade holds up whoever comes",
		trips: "whoever is there, and the street, has the light it is owed",
		file: "node/lightpath.ts",
		find: "const slowly = isOwed ? undefined : command.rampToLevelTime;",
		replace: "const slowly = command.rampToLevelTime;",
	},
	{
		what: "a fade goes to its end with its second step",
		trips: "fades go in bounded steps of the eye",
		file: "lighting/fade.ts",
		find: "if (this.made >= this.count)",
		replace: "if (this.made >= Math.min(2, this.count))",
	},
	{
		what: "a boot counts road users from nothing",
		trips: "counters never run backwards",
		file: "node/totals.ts",
		find: "this.roadUsers = users!;",
		replace: "this.roadUsers = 0;",
	},
	{
		what: "an order without a fade of its own is not understood",
		trips: "no fault of ours, whatever comes",
		file: "lighting/fade.ts",
		find: "return asked ?? (target",
		replace:
			'if (asked === undefined && target === 37) throw new Error("37");\n\treturn asked ?? (target',
	},
	{
		what: "who left is still there",
		trips: "nobody there means program or floor",
		file: "sensing/presence.ts",
		find: '{ kind: "holding", until: now + options.hold }',
		replace: '{ kind: "holding", until: now + 20 * options.hold }',
	},
	{
		what: "every fall takes an hour",
		trips: "energy is that of one who knows the road users",
		file: "lighting/fade.ts",
		find: "ramps.riseTime : ramps.fallTime",
		replace: "ramps.riseTime : 3_600_000",
	},
];

/** The firmware with one defect in it. Throws where the plant misses its mark. */
export async function planted(plant: Plant): Promise<Firmware> {
	return (await bundled<{ Node: Firmware }>("src/node.ts", plant)).Node;
}
