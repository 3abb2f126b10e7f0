/**
 * Plants: defects seeded in the firmware on purpose, to show that each check can fail.
 *
 * A plant edits the source of one module before it is compiled. The text to be replaced must occur
 * exactly once, or the run refuses to begin: a plant that misses its place proves nothing.
 */
import { BUS_PLANTS } from "./busplants.js";
import { edited } from "./edit.js";
import { LIGHT_PLANTS } from "./lightplants.js";
import { ORDER_PLANTS } from "./orderplants.js";
import type { Plant } from "./plant.js";
import { PROMISE_PLANTS } from "./promiseplants.js";

export const PLANTS: Readonly<Record<string, Plant>> = {
	blind: {
		what: "presence never raises the light",
		trips: "sensorRise",
		specifier: "luminode/sensing/presence",
		find: "return occupied;",
		replace: "return undefined;",
	},
	slowRise: {
		what: "a rise takes as long as a fall",
		trips: "sensorRise",
		specifier: "luminode/node/light/lightpath",
		find: "aim > level ? this.settings.riseTime : this.settings.fallTime",
		replace: "this.settings.fallTime",
	},
	noFloor: {
		what: "the program's level is given even below the floor",
		trips: "floor",
		specifier: "luminode/lighting/limits",
		find: "bounded < bounds.floorLevel",
		replace: "bounded < 0",
	},
	neverStill: {
		what: "presence never ends",
		trips: "vacantReturn",
		specifier: "luminode/node",
		find: 'this.light.onEdge("stillness", now)',
		replace: 'this.light.onEdge("movement", now)',
	},
	chatter: {
		what: "each duty is written twice",
		trips: "dutyLimits",
		specifier: "luminode/node/light/driver",
		find: "if (duty !== held) this.dimmer.write(duty);",
		replace: "this.dimmer.write(duty), this.dimmer.write(duty);",
	},
	lateFade: {
		what: "the last piece of a fade takes two seconds longer",
		trips: "sensorRise",
		specifier: "luminode/lighting/dutypath",
		find: "points[last] = ramp;",
		replace: "points[last] = ramp + 2_000;",
	},
	sag: {
		what: "a fade passes below the floor on its way",
		trips: "floor",
		specifier: "luminode/lighting/dutypath",
		find: "points[next + 1] = (raw *= ratio) + 0.5;",
		replace: "points[next + 1] = (raw *= ratio) / 4;",
	},
	overdrive: {
		what: "full duty is one step beyond the range of the PWM",
		trips: "dutyLimits",
		specifier: "luminode/node/light/driver",
		find: "this.largest = (1 << this.dimmer.resolution) - 1;",
		replace: "this.largest = 1 << this.dimmer.resolution;",
	},
	stuckRelay: {
		what: "the relay, once open, is not closed again",
		trips: "floor",
		specifier: "luminode/node/light/driver",
		find: "this.contact?.write(true);",
		replace: "{}",
	},
	endless: {
		what: "an override lasts for ever",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "belowFloor: order.belowFloor,\n\t\t\t\t\t...ends(order, now),",
		replace: "belowFloor: order.belowFloor, until: undefined, endsAt: now + 1e12,",
	},
	effectless: {
		what: "a program's sensor effects change nothing",
		trips: "sensorRise",
		scenario: "lightsOut",
		specifier: "luminode/node/light/requests",
		find: "const level = ruled(rule, usual);",
		replace: "const level = usual;",
	},
	neverOut: {
		what: "lights that are out keep the floor",
		trips: "vacantReturn",
		scenario: "lightsOut",
		specifier: "luminode/node/schedule/schedule",
		find: "command.belowFloor = true;",
		replace: "",
	},
	everyNight: {
		what: "the calendar has no effect",
		trips: "vacantReturn",
		scenario: "lightsOut",
		specifier: "luminode/node/schedule/tonight",
		find: 'if (calendar === "") return DEFAULT_NAME;',
		replace: "if (calendar) return DEFAULT_NAME;",
	},
	deafRow: {
		what: "announcements of neighbours light nothing",
		trips: "lightAhead",
		scenario: "car",
		specifier: "luminode/node/neighbours/exchange",
		find: "const until = lightUntil(this.hits, place, now, this.settings);",
		replace: "const until = 0;",
	},
	blindRow: {
		what: "passages beside a silent PIR are not counted",
		trips: "doubtLit",
		scenario: "deadPir",
		specifier: "luminode/node/neighbours/exchange",
		find: "if (passed > Number.NEGATIVE_INFINITY) lamp.sensorHealth.onPassedBy(passed, MISSED_PASSING);",
		replace: "return;",
	},
	lateMidnight: {
		what: "a midnight learnt from the nights is an hour late",
		trips: "vacantReturn",
		scenario: "halfNightFeeder",
		specifier: "luminode/time/midnight",
		find: "const utc = sunMidnightNear(place, (about + nearest - now) as UtcMillis);",
		replace: "const utc = sunMidnightNear(place, about + nearest - now) - 3_600_000;",
	},
	dayBurner: {
		what: "the photocell never gives day",
		trips: "dayOff",
		specifier: "luminode/sensing/photocell",
		find: 'const to = lux >= options.offLevel ? "day" : "night";',
		replace: 'const to = "night" as const;',
	},
};

/** All plants: those of the checks of the light, and of the promises of `npm run explore`. */
export const ALL_PLANTS: Readonly<Record<string, Plant>> = {
	...PLANTS,
	...ORDER_PLANTS,
	...LIGHT_PLANTS,
	...BUS_PLANTS,
	...PROMISE_PLANTS,
};

/** One line for each plant. */
export function listPlants(): string[] {
	return Object.entries(ALL_PLANTS).map(
		([name, { what, trips, board }]) =>
			`  ${name.padEnd(12)} ${what} (${trips}${board ? `, --board ${board}` : ""})`,
	);
}

/** The edit of a plant, as readImage takes it; undefined: no plant of that name. */
export function editOf(
	name: string,
): Readonly<Record<string, (source: string) => string>> | undefined {
	if (!Object.hasOwn(ALL_PLANTS, name)) return undefined;
	const { specifier, find, replace } = ALL_PLANTS[name]!;
	return {
		[specifier]: (source) =>
			edited(source, { file: `--plant ${name}: ${specifier}`, find, replace }),
	};
}
