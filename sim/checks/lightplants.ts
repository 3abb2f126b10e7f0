/**
 * Light plants: defects in sensors, fades and reports, each of which `npm run explore` must find
 * within twenty streets, by the check that it names.
 */
import type { Plant } from "./plant.js";

export const LIGHT_PLANTS: Readonly<Record<string, Plant>> = {
	replayed: {
		what: "a replayed datagram is accepted",
		trips: "explained",
		specifier: "luminode/neighbours/replayguard",
		find: "return life > lastLife || (life === lastLife && counter > latest[at + COUNTER]!);",
		replace: "return true;",
	},
	shortBubble: {
		what: "the light bubble is a pole short",
		trips: "bubble",
		specifier: "luminode/neighbours/approach",
		find: "away > neighbourBubble)",
		replace: "away >= neighbourBubble)",
	},
	longBubble: {
		what: "the light bubble is a pole too long",
		trips: "bubble",
		specifier: "luminode/neighbours/approach",
		find: "away > neighbourBubble)",
		replace: "away > neighbourBubble + 1)",
	},
	hastyRise: {
		what: "a rise is at its end before the last segment",
		trips: "evenFade",
		specifier: "luminode/lighting/dutypath",
		find: "points[last] = ramp;",
		replace: "if (last > 0) points[last - 1] = end + 0.5;\n\t\tpoints[last] = ramp;",
	},
	slowedRise: {
		what: "a higher target slows a rise that is under way",
		trips: "evenFade",
		specifier: "luminode/lighting/fade",
		find: "if (keeping < ramp) ramp = keeping;",
		replace: "",
	},
	zeroLux: {
		what: "0 lx counts as no reading",
		trips: "reported",
		specifier: "luminode/sensing/photocell",
		find: "return lux >= 0 && lux < Infinity;",
		replace: "return lux > 0 && lux < Infinity;",
	},
	cloBeyond: {
		what: "constant light output goes on beyond its curve",
		trips: "explained",
		specifier: "luminode/lighting/clo",
		find: "if (!last || !(hours < last.hours)) return 1;",
		replace:
			"if (!last) return 1;\n\tif (!(hours < last.hours)) return last.remaining / points[0]!.remaining;",
	},
	lingerDeaf: {
		what: "a movement while the light lingers is ignored",
		trips: "sensorRise",
		specifier: "luminode/sensing/presence",
		find: 'if (input === "movement") return MOVING;\n\t\t\treturn now < state.until ? state : VACANT;',
		replace: "return now < state.until ? state : VACANT;",
	},
	keptSoon: {
		what: "an image is kept a minute after its boot",
		trips: "images",
		specifier: "luminode/update/probation",
		find: "export const LEAST: Millis = 10 * 60_000;",
		replace: "export const LEAST: Millis = 60_000;",
	},
	shortHold: {
		what: "the hold ends at once",
		trips: "explained",
		specifier: "luminode/sensing/presence",
		find: '{ kind: "holding", until: now + options.hold }',
		replace: '{ kind: "holding", until: now + options.hold / 8 }',
	},
	dearEnergy: {
		what: "the meter counts a tenth more energy than the model",
		trips: "counted",
		specifier: "luminode/meter/meter",
		find: "this.active_Wh += (power * span) / PER_HOUR;",
		replace: "this.active_Wh += (1.1 * power * span) / PER_HOUR;",
	},
	twoUsers: {
		what: "each movement counts as two road users",
		trips: "counted",
		specifier: "luminode/sensing/traffic",
		find: "(isSame ? 0 : 1)",
		replace: "(isSame ? 0 : 2)",
	},
	falseLevel: {
		what: "the state reports the level that is asked for as the actual one",
		trips: "reported",
		specifier: "luminode/link/reports",
		find: "const actual = decimal(light.actual, 1);",
		replace: "const actual = decimal(light.feedback / 2, 1);",
	},
	silentLoss: {
		what: "a loss of power is not reported",
		trips: "alarms",
		specifier: "luminode/node/health/monitor",
		find: 'this.lamp.emit({ type: "supplyLoss", attributes: { supplyLossCount } }, now);',
		replace: "",
	},
	falseAlarm: {
		what: "a PIR that is active for five seconds counts as stuck",
		trips: "alarms",
		specifier: "luminode/sensing/pirhealth",
		find: "now >= this.activeSince + STUCK_ON_AFTER",
		replace: "now >= this.activeSince + 5_000",
	},
	grudge: {
		what: "a PIR that was stuck active is never trusted again",
		trips: "recovered",
		specifier: "luminode/sensing/pirhealth",
		find: "onStillness(now: Millis): void {\n\t\tthis.activeSince = Infinity;",
		replace:
			'onStillness(now: Millis): void {\n\t\tif (this.doubt !== "stuckOn") this.activeSince = Infinity;',
	},
	noLinger: {
		what: "after the hold the light falls to the program at once",
		trips: "explained",
		specifier: "luminode/sensing/presence",
		find: "const until = since + options.linger;",
		replace: "const until = since;",
	},
};
