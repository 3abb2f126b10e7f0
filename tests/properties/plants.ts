/**
 * Plants: a defect of the firmware for each property and obligation, to show that it can fail.
 *
 * Each edits one source file where its text stands exactly once; the firmware is bundled with it.
 */
import { bundled, type Edit } from "../bundle.js";
import type { Firmware } from "./lampnight.js";

export interface Plant extends Edit {
	readonly what: string;
	/** The property that must see it (properties.ts). */
	readonly trips: string;
	/** How its finding must begin, where the property has several (obligations.ts). */
	readonly says?: string;
}

const OWED = "whoever is there, and the street, has the light it is owed";

export const PLANTS: readonly Plant[] = [
	{
		what: "an order's slow fade holds up whoever comes",
		trips: OWED,
		file: "node/lightpath.ts",
		find: "if (isOwed) ramp = undefined;",
		replace: "",
	},
	{
		what: "who is there gets no more light than an order gives",
		trips: OWED,
		says: "occupied and dark means sensor level",
		file: "lighting/arbiter.ts",
		find: "if (sensor && dark && !command.inhibitSensors)",
		replace: "if (sensor && !override && dark && !command.inhibitSensors)",
	},
	{
		what: "any order may go below the floor",
		trips: OWED,
		says: "never below the floor while dark",
		file: "node/lightpath.ts",
		find: "command.belowFloor === true, this.dark, this.bounds);",
		replace: 'command.reason === "override", this.dark, this.bounds);',
	},
	{
		what: "an order below the floor darkens a crossing",
		trips: OWED,
		says: "a protected lamp keeps its class",
		file: "lighting/limits.ts",
		find: "dark && bounds.protected &&",
		replace: "dark && !belowFloor && bounds.protected &&",
	},
	{
		what: "who knows no time lights as if nobody were there",
		trips: OWED,
		says: "doubtful and dark means full class",
		file: "node/asked.ts",
		find: 'reason: "default", level: bounds.fullLevel',
		replace: 'reason: "default", level: bounds.floorLevel',
	},
	{
		what: "a PIR that is stuck is believed",
		trips: OWED,
		says: "a PIR that is stuck and dark means full class",
		file: "sensing/pirhealth.ts",
		find: "STUCK_ON_AFTER: Millis = 3_600_000;",
		replace: "STUCK_ON_AFTER: Millis = 3_600_000_000;",
	},
	{
		what: "an order stands above an emergency",
		trips: OWED,
		says: "an emergency is lit",
		file: "lighting/arbiter.ts",
		find: "return emergency ? brighter(",
		replace: "return emergency && !override ? brighter(",
	},
	{
		what: "an exercise by night goes out",
		trips: OWED,
		says: "never below the floor while dark",
		file: "lighting/limits.ts",
		find: "if (dark && !belowFloor && bounded < bounds.floorLevel) {",
		replace: "if (dark && !belowFloor && bounded > 0 && bounded < bounds.floorLevel) {",
	},
	{
		what: "a fade goes to its end with its second step",
		trips: "fades go in bounded steps of the eye",
		says: "a step of",
		file: "lighting/fade.ts",
		find: "if (this.made >= this.count)",
		replace: "if (this.made >= Math.min(2, this.count))",
	},
	{
		what: "a new target steps at once, however young the last step is",
		trips: "fades go in bounded steps of the eye",
		says: "steps at",
		file: "lighting/fade.ts",
		find: "isRise ? Math.max(now, this.steppedAt + MIN_STEP_INTERVAL) : now",
		replace: "now",
	},
	{
		what: "an order ends by its date alone",
		trips: "every order ends, and leaves nothing behind",
		file: "command/twin.ts",
		find: "Math.min(held.endsAt - now, byDate)",
		replace: "byDate",
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
