/**
 * Plants: a defect of the firmware for each property and obligation, to show that it can fail.
 *
 * Each edits one source file where its text stands exactly once; the firmware is bundled with it.
 */
import { bundled, type Edit } from "../support/bundle.js";
import type { Firmware } from "./lampnight.js";
import type { Kind } from "./troubles.js";

export interface Plant extends Edit {
	readonly what: string;
	/** The property that must see it (properties.ts). */
	readonly trips: string;
	/** How its finding must begin, where the property has several (obligations.ts). */
	readonly says?: string;
	/** Troubles that bring it out: nights with these alone show it sooner. Absent: all. */
	readonly among?: readonly Kind[];
}

const OWED = "whoever is there, and the street, has the light it is owed";

export const PLANTS: readonly Plant[] = [
	{
		what: "an order's slow fade holds up whoever comes",
		among: ["order"],
		trips: OWED,
		file: "node/light/lightpath.ts",
		find: "ramp = undefined; // no ramp of an order delays guaranteed light",
		replace: "ramp = command.rampToLevelTime;",
	},
	{
		what: "who is there gets no more light than an order gives",
		among: ["order"],
		trips: OWED,
		says: "occupied and dark means sensor level",
		file: "lighting/arbiter.ts",
		find: "if (sensor && dark &&",
		replace: "if (sensor && !override && dark &&",
	},
	{
		what: "any order may go below the floor",
		among: ["order"],
		trips: OWED,
		says: "never below the floor while dark",
		file: "node/light/lightpath.ts",
		find: "command.belowFloor === true, dark, bounds);",
		replace: 'command.reason === "override", dark, bounds);',
	},
	{
		what: "an order below the floor darkens a crossing",
		among: ["order"],
		trips: OWED,
		says: "a protected lamp keeps its class",
		file: "lighting/limits.ts",
		find: "dark && bounds.protected &&",
		replace: "dark && !belowFloor && bounds.protected &&",
	},
	{
		what: "a lamp without a time lights as if nobody were there",
		among: [],
		trips: OWED,
		says: "doubtful and dark means full class",
		file: "node/light/requests.ts",
		find: 'reason: "default", level: bounds.fullLevel',
		replace: 'reason: "default", level: bounds.floorLevel',
	},
	{
		what: "a PIR that is stuck is trusted",
		among: ["stay"],
		trips: OWED,
		says: "a PIR that is stuck and dark means full class",
		file: "sensing/pirhealth.ts",
		find: "STUCK_ON_AFTER: Millis = 3_600_000;",
		replace: "STUCK_ON_AFTER: Millis = 3_600_000_000;",
	},
	{
		what: "an order stands above an emergency",
		among: ["order", "emergency"],
		trips: OWED,
		says: "an emergency is lit",
		file: "lighting/arbiter.ts",
		find: "if (emergency && emergency.level",
		replace: "if (emergency && !override && emergency.level",
	},
	{
		what: "a level sequence by night goes out",
		among: ["action"],
		trips: OWED,
		says: "never below the floor while dark",
		file: "lighting/limits.ts",
		find: "if (dark && !belowFloor && bounded < bounds.floorLevel) {",
		replace: "if (dark && !belowFloor && bounded > 0 && bounded < bounds.floorLevel) {",
	},
	{
		what: "a fade goes to its end with its second corner",
		among: [],
		trips: "fades go in bounded steps of the eye",
		says: "steps in a segment",
		file: "lighting/fade.ts",
		find: "Math.ceil((way < 0 ? -way : way) / SEGMENT)",
		replace: "Math.min(2, Math.ceil((way < 0 ? -way : way) / SEGMENT))",
	},
	{
		what: "a fade takes an eighth of its time",
		among: [],
		trips: "fades go in bounded steps of the eye",
		says: "steps within",
		file: "lighting/fade.ts",
		find: "if (segments < 1) ramp = 0;",
		replace: "ramp >>= 3;\n\t\tif (segments < 1) ramp = 0;",
	},
	{
		what: "an order ends by its date alone",
		among: ["order"],
		trips: "every order ends, and leaves nothing behind",
		file: "command/standingorders.ts",
		find: "Math.min(held.endsAt - now, byDate)",
		replace: "byDate",
	},
	{
		what: "a boot counts road users from nothing",
		among: ["restart"],
		trips: "counters never run backwards",
		file: "node/storage/counters.ts",
		find: "this.roadUsers = numbers[4]!;",
		replace: "this.roadUsers = 0;",
	},
	{
		what: "an order without a fade of its own is not understood",
		among: ["order"],
		trips: "no fault of ours, whatever comes",
		file: "node/light/lightpath.ts",
		find: "if (this.isFading) this.meterAt(now); // along",
		replace:
			'if (ramp === undefined && aim === 37) throw new Error("37");\n\t\tif (this.isFading) this.meterAt(now); // along',
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
		trips: "energy is that of a lamp that is given the road users",
		file: "node/light/lightpath.ts",
		find: "this.settings.riseTime : this.settings.fallTime",
		replace: "this.settings.riseTime : 3_600_000",
	},
	{
		what: "an infinite reading is bright day",
		among: ["sensor"],
		trips: OWED,
		file: "sensing/photocell.ts",
		find: "return lux >= 0 && lux < Infinity;",
		replace: "return lux >= 0;",
	},
	{
		what: "a light sensor that contradicts the sun is trusted",
		among: ["sensor"],
		trips: OWED,
		// both guards ask for the date: the doubt about the sensor, and the sun below which it makes no day
		file: "node/time/timekeeper.ts",
		find: "return anchor ? ((now + anchor.offset) as UtcMillis) : utcAt(this.clock, now);",
		replace: "return undefined;",
	},
	{
		what: "a movement reported twice is a stillness",
		among: ["chatter"],
		trips: OWED,
		says: "occupied and dark means sensor level",
		file: "sensing/presence.ts",
		find: 'return input === "stillness" ? hold(now, options) : state;\n\t\tcase "holding":',
		replace: 'return input !== "time" ? hold(now, options) : state;\n\t\tcase "holding":',
	},
	{
		what: "a PIR that settles sees nobody",
		among: ["restart"],
		trips: OWED,
		says: "a PIR that settles and dark means sensor level",
		file: "sensing/presence.ts",
		find: "return pirFitted ? settling(now, settleTime) : unfitted();",
		replace: "return unfitted();",
	},
	{
		what: "who comes waits for the relay's part of the inrush",
		among: [],
		trips: OWED,
		file: "node/light/lightpath.ts",
		find: 'if (command.reason === "program")\n\t\t\t\taim = relay.allow(level, guaranteedLevel(requests, command, bounds, dark), now);',
		replace: "if (command) aim = relay.allow(level, 0 as Percent, now);",
	},
	{
		what: "what no housing has holds the light back",
		among: ["heat"],
		trips: OWED,
		file: "lighting/thermal.ts",
		find: "celsius <= MOST_PLAUSIBLE",
		replace: "celsius < Infinity",
	},
	{
		what: "a hot lamp stays dim when it has cooled",
		among: ["heat"],
		trips: OWED,
		file: "lighting/thermal.ts",
		find: "return celsius < hot - HYSTERESIS ? celsius + HYSTERESIS : hot;",
		replace: "return hot;",
	},
	{
		what: "a date that no witness vouches for makes a day",
		among: [],
		trips: OWED,
		file: "node/time/timekeeper.ts",
		find: "return errorOf(this.anchor, now);",
		replace: "return 0;",
	},
	{
		what: "settings that were only tried stay",
		among: ["edit"],
		trips: OWED,
		file: "node/settings/candidate.ts",
		find: "manager.endTrial(now);",
		replace: ";",
	},
	{
		what: "a word of the next pole lights nothing",
		among: ["word"],
		trips: OWED,
		says: "someone at the next pole and dark means sensor level",
		file: "node/neighbours/exchange.ts",
		find: 'if (until > now) this.lamp.askForLight("neighbours", until);',
		replace: "if (until > now) return;",
	},
	{
		what: "an order that ran out waits for the flash's credit",
		among: ["order", "cut"],
		trips: "every order ends, and leaves nothing behind",
		file: "node/orders/orderstore.ts",
		find: "return !isOver &&",
		replace: "return",
	},
	{
		what: "the heat holds nothing back",
		among: ["heat"],
		trips: "no driver gives more than its heat allows",
		file: "lighting/dutypath.ts",
		find: "this.cap = cap;",
		replace: "",
	},
	{
		what: "an image is started whoever is there",
		among: ["update"],
		trips: "no image is started over someone's head",
		file: "node/update/updater.ts",
		find: "return whileOccupied || light.isVacantAt(now) || isOff;",
		replace: "return true;",
	},
	{
		what: "a forged datagram is accepted",
		among: ["word"],
		trips: "what strangers say changes nothing",
		file: "neighbours/datagram.ts",
		find: "return differs === 0;",
		replace: "return true;",
	},
	{
		what: "a datagram may come again",
		among: ["word"],
		trips: "what strangers say changes nothing",
		file: "node/neighbours/exchange.ts",
		find: "if (!replayGuard.isNew(sender, life, counter, now) ||",
		replace: "if (",
	},
];

/** The firmware with one defect in it. Throws where the plant misses its mark. */
export async function planted(plant: Plant): Promise<Firmware> {
	return (await bundled<{ Node: Firmware }>("src/node.ts", plant)).Node;
}
