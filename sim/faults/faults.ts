/**
 * Faults: defects of the world while the street runs. One row a fault, one table for the command
 * line, the page and the checks.
 *
 * A plant (sim/checks/plants.ts) breaks the firmware and must fail a check; a fault breaks the
 * world, and the checks still apply to the firmware. To add one: a row here, and in `FaultyWorld`
 * the part of the world that it acts on.
 */

import type { Door } from "../../hosts/virtual/protocol.js";
import { DAY, HOUR } from "../../lib/spans.js";
import type { BrokerMood } from "../street/network.js";
import { GLARE, SEEN_LIGHT } from "../world/lightsensor.js";
import type { PassingLight } from "../world/passinglight.js";
import { BUS_FAULTS } from "./busfaults.js";
import type { Fault } from "./fault.js";

export const FAULTS: Readonly<Record<string, Fault>> = {
	pirDead: {
		what: "the PIR reports no movement any more",
		breaks: "pir",
		mute: true,
		litWithin: 54 * HOUR,
		trustedAfter: 1,
		act: ({ pirs }, on, at, lamp) => pirs.setMode(at, lamp, on ? "dead" : "sound"),
	},
	pirStuckOn: {
		what: "the PIR's output stays active",
		breaks: "pir",
		litWithin: HOUR + 60_000,
		doubtedFor: HOUR,
		act: ({ pirs }, on, at, lamp) => pirs.setMode(at, lamp, on ? "stuckOn" : "sound"),
	},
	pirNoisy: {
		what: "the PIR triggers without movement, three times a minute",
		breaks: "pir",
		litWithin: 24.5 * HOUR,
		needs: "life",
		doubtedFor: 2 * HOUR,
		act: ({ pirs }, on, at, lamp) => pirs.setMode(at, lamp, on ? "noisy" : "sound"),
	},
	pirRadio: {
		what: "the PIR triggers after four of five transmissions of the lamp's own radio",
		breaks: "pir",
		litWithin: 2 * HOUR,
		needs: "radio",
		doubtedFor: 4 * HOUR,
		trustedAfter: 30,
		act: ({ pirs }, on, at, lamp) => pirs.setMode(at, lamp, on ? "radio" : "sound"),
	},
	luxDead: {
		what: "the light sensor gives no more readings",
		breaks: "lightSensor",
		sensor: "dead",
		doubtedFor: DAY,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setMode(at, lamp, on ? "dead" : "sound"),
	},
	luxStuck: {
		what: "the light sensor is saturated for ever",
		breaks: "lightSensor",
		sensor: "stuck",
		doubtedFor: DAY,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setMode(at, lamp, on ? "stuck" : "sound"),
	},
	luxDark: {
		what: "the light sensor is covered: a thousandth of the light comes through",
		breaks: "lightSensor",
		sensor: "dark",
		doubtedFor: DAY,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setMode(at, lamp, on ? "dark" : "sound"),
	},
	datagramDoubled: {
		what: "each datagram comes twice, the second time late",
		disturbs: "air",
		act: ({ air }, on, _at, lamp) => air.setFault(lamp, "doubled", on),
	},
	datagramLate: {
		what: "three datagrams of ten come up to 3 s late, overtaken by others",
		disturbs: "air",
		act: ({ air }, on, _at, lamp) => air.setFault(lamp, "late", on),
	},
	datagramForged: {
		what: "twenty datagrams of a sender without the key come with each one",
		disturbs: "air",
		act: ({ air }, on, _at, lamp) => air.setFault(lamp, "forged", on),
	},
	datagramReplayed: {
		what: "five datagrams that were received before come with each one",
		disturbs: "air",
		act: ({ air }, on, _at, lamp) => air.setFault(lamp, "replayed", on),
	},
	clockLost: {
		what: "no time server answers",
		act: (world, on, _at, lamp) => world.setTimeServer(lamp, !on),
	},
	clockWrong: {
		what: "the time server's answers are three hours late",
		act: (world, on, at, lamp) => world.setTimeError(at, lamp, on ? -3 * HOUR : 0),
	},
	clockErratic: {
		what: "each answer of the time server is off by another amount, up to 40 h",
		act: (world, on, _at, lamp) => world.setErratic(lamp, on),
	},
	timeForged: {
		what: "somebody answers for the time server: any date, or 14 min more each time",
		act: (world, on, at, lamp) => world.setForged(at, lamp, on),
	},
	networkLost: {
		what: "the lamp is out of the network's reach",
		disturbs: "link",
		isolates: true,
		act: (world, on, at, lamp) => world.setReach(at, lamp, !on),
	},
	brokerLost: {
		what: "the broker is gone",
		street: true,
		drops: true,
		disturbs: "link",
		act: (world, on) => world.setBroker(!on),
	},
	brokerSlow: {
		what: "the broker waits up to 12 s before it sends",
		street: true,
		disturbs: "link",
		act: moody("slow"),
	},
	brokerTwice: {
		what: "each message of the operator comes twice",
		street: true,
		act: moody("twice"),
	},
	brokerLate: {
		what: "each message of the operator comes up to 6 s late, overtaken by others",
		street: true,
		act: moody("late"),
	},
	brokerForgets: {
		what: "the broker acknowledges the messages of the lamps and keeps none, and restarts",
		street: true,
		drops: true,
		forgets: true,
		disturbs: "link",
		act: moody("forgetful"),
	},
	imagesBroken: {
		what: "the image server cuts, refuses, and answers with other bytes",
		street: true,
		disturbs: "images",
		act: (world, on) => world.setImagesBroken(on),
	},
	hot: {
		what: "the housing is at 95 degrees",
		heats: true,
		act: (world, on, at, lamp) => world.setCelsius(at, lamp, on ? 95 : 25),
	},
	brokerDeaf: {
		what: "connections to the broker open, and nothing that the lamp sends arrives",
		disturbs: "link",
		act: (world, on, at, lamp) => world.setDeaf(at, lamp, on),
	},
	powerCut: {
		what: "the lamp has no power",
		disturbs: "power",
		act: ({ supply }, on, at, lamp) => supply.cut(at, lamp, on),
	},
	powerBlinks: {
		what: "a loose contact: power fails for 20 ms to 3 s, every 4 min on average",
		disturbs: "power",
		act: ({ supply }, on, at, lamp) => supply.loosen(at, lamp, on),
	},
	flashCut: {
		what: "power fails in the middle of a write to flash, every 10 min on average",
		disturbs: "power",
		act: (world, on, at, lamp) => world.setFlash(at, lamp, "cut", on),
	},
	flashWorn: {
		what: "the flash takes nothing: each write and erase fails",
		disturbs: "store",
		act: (world, on, at, lamp) => world.setFlash(at, lamp, "worn", on),
	},
	flashForeign: {
		what: "the lamp has no power, and then another's bytes in its flash log",
		disturbs: "power",
		forgets: true,
		act: ({ supply, scrawlFlash }, on, at, lamp) => {
			if (!on) scrawlFlash(lamp);
			supply.cut(at, lamp, on);
		},
	},
	feeder: {
		what: "the feeder is switched: on at dusk, off at dawn without warning",
		switched: true,
		act: ({ supply }, on, at, lamp) => supply.switch(at, lamp, on ? "night" : "always"),
	},
	feederHalf: {
		what: "the feeder is switched, and off from 23:00 to 04:00 UTC, too",
		switched: true,
		act: ({ supply }, on, at, lamp) => supply.switch(at, lamp, on ? "halfNight" : "always"),
	},
	lampDead: {
		what: "the LED gives no light at any duty",
		seen: true,
		act: ({ lightSensors, luminaires }, on, at, lamp) => {
			lightSensors.setLampMode(at, lamp, on ? "dead" : "sound");
			luminaires?.setSource(at, lamp, on ? "open" : "sound");
		},
	},
	...BUS_FAULTS,
	driverStuck: {
		what: "the driver keeps the light that it gave when it broke",
		seen: true,
		glare: SEEN_LIGHT,
		act: ({ lightSensors }, on, at, lamp) =>
			lightSensors.setLampMode(at, lamp, on ? "stuck" : "sound"),
	},
	dayBurner: {
		what: "the lamp shines at full by day and night",
		seen: true,
		glare: SEEN_LIGHT,
		act: ({ lightSensors }, on, at, lamp) =>
			lightSensors.setLampMode(at, lamp, on ? "burning" : "sound"),
	},
	facing: {
		what: "lamps face each other: each neighbour's light adds 60 lx to a sensor, its own 30 lx",
		glare: GLARE,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setFacing(at, lamp, on ? 60 : 0),
	},
	facingFar: {
		what: "likewise from further away: 25 lx of each neighbour",
		glare: GLARE,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setFacing(at, lamp, on ? 25 : 0),
	},
	facingNear: {
		what: "likewise from near: one neighbour alone, 80 lx, is brighter than offLevel",
		glare: GLARE,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setFacing(at, lamp, on ? 80 : 0),
	},
	foreignLight: {
		what: "a work light shines on the light sensor: 150 lx",
		foreign: true,
		act: ({ lightSensors }, on, at, lamp) => lightSensors.setForeign(at, lamp, on ? 150 : 0),
	},
	dimmedLight: {
		what: "a light of 60 to 250 lx comes and goes over 5 to 60 min",
		foreign: true,
		act: passing("dimmed"),
	},
	headlights: {
		what: "headlights of 40 to 2,000 lx stand before the sensor, up to 90 s at a time",
		foreign: true,
		act: passing("headlights"),
	},
	billboard: {
		what: "a billboard changes each 5 to 15 s, up to 90 lx",
		foreign: true,
		act: passing("billboard"),
	},
	lightning: {
		what: "lightning of up to 20,000 lx",
		foreign: true,
		act: passing("lightning"),
	},
	cloud: {
		what: "a thunder cloud: 8 % of the daylight comes through",
		street: true,
		act: (world, on, at) => world.setWeather(at, "cloud", on),
	},
	fog: {
		what: "fog: 35 % of the daylight comes through",
		street: true,
		act: (world, on, at) => world.setWeather(at, "fog", on),
	},
	snow: {
		what: "snow under a moon: 0.4 lx by night, and four times the lamp's own light on its sensor",
		glare: GLARE,
		act: (world, on, at, lamp) => {
			world.setWeather(at, "snow", on);
			world.lightSensors.setSnow(at, lamp, on);
		},
	},
	chanceStore: unlucky(
		"store",
		"writes and erases of keys fail by chance, some as if full",
		"store",
	),
	chanceFlash: unlucky(
		"flash",
		"reads, writes and erases of the flash log fail by chance",
		"store",
	),
	chanceStreams: unlucky(
		"streams",
		"streams do not open, and reads give a part, by chance",
		"link",
	),
	chanceDatagrams: unlucky("datagrams", "the port is not bound, datagrams are not sent", "air"),
	chanceImages: unlucky(
		"images",
		"writes of an image fail by chance, its start, its end",
		"images",
	),
	chanceRetained: unlucky("retained", "memory that survives a restart is damaged by chance"),
	chanceSerial: unlucky("serial", "the serial line takes and gives a part, by chance"),
	chanceAlarm: unlucky("alarm", "alarms come up to 50 ms late, by chance"),
};

function unlucky(door: Door, what: string, disturbs?: Fault["disturbs"]): Fault {
	const act: Fault["act"] = (world, on, _at, lamp) => world.setLuck(lamp, door, on);
	return disturbs === undefined ? { what, door, act } : { what, door, disturbs, act };
}

function moody(mood: BrokerMood): Fault["act"] {
	return (world, on, _at, lamp) => {
		if (lamp === 0) world.setBrokerMood(mood, on);
	};
}

function passing(light: PassingLight): Fault["act"] {
	return ({ lightSensors }, on, at, lamp) => lightSensors.setPassing(at, lamp, light, on);
}
