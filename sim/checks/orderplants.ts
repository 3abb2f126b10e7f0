/**
 * Order plants: defects in how a lamp obeys, each of which `npm run explore` must find within twenty
 * streets, by the check that it names.
 */
import type { Plant } from "./plant.js";

export const ORDER_PLANTS: Readonly<Record<string, Plant>> = {
	deafToOverrides: {
		what: "an override is accepted and has no effect",
		trips: "second",
		specifier: "luminode/node/orders/intake",
		find: "this.sequence?.request ?? this.standing.override ?? this.standing.maintenance",
		replace: "this.sequence?.request ?? this.standing.maintenance",
	},
	deafToEmergencies: {
		what: "an emergency is accepted and has no effect",
		trips: "second",
		specifier: "luminode/node/orders/intake",
		find: "return this.standing.emergency;",
		replace: "return undefined;",
	},
	emergencyByNight: {
		what: "an emergency lights by night alone",
		trips: "second",
		specifier: "luminode/lighting/arbiter",
		find: "if (emergency && emergency.level",
		replace: "if (emergency && dark && emergency.level",
	},
	weakEmergency: {
		what: "an override hides an emergency",
		trips: "second",
		specifier: "luminode/lighting/arbiter",
		find: "if (emergency && emergency.level",
		replace: "if (emergency && !override && emergency.level",
	},
	heldDown: {
		what: "presence does not raise an override",
		trips: "sensorRise",
		specifier: "luminode/lighting/arbiter",
		find: "sensor.level > command.level && !command.inhibitSensors",
		replace: "sensor.level > command.level && !override",
	},
	uninhibited: {
		what: "presence raises an override that inhibits sensors",
		trips: "sensorRise",
		specifier: "luminode/lighting/arbiter",
		find: "sensor.level > command.level && !command.inhibitSensors",
		replace: "sensor.level > command.level",
	},
	dateAlone: {
		what: "an order ends by date alone, whatever the clock has become",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "Math.min(held.endsAt - now, byDate)",
		replace: "(byDate === Infinity ? held.endsAt - now : byDate)",
	},
	halfTime: {
		what: "an order ends after half of its time",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "return { until, endsAt: now + duration };",
		replace: "return { until, endsAt: now + duration / 2 };",
	},
	uncleared: {
		what: "a cleared override stays",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "return standing.override ? { ...standing, override: undefined } : standing;",
		replace: "return standing;",
	},
	lastingWork: {
		what: "maintenance does not end by time",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "maintained(order.id, levels.level, ends(order, now))",
		replace: "maintained(order.id, levels.level, { until: undefined, endsAt: now + 1e12 })",
	},
	dimWork: {
		what: "maintenance holds the floor instead of the light at its begin",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "maintained(order.id, levels.level, ends(order, now))",
		replace: "maintained(order.id, 1 as Percent, ends(order, now))",
	},
	staleByClock: {
		what: "the age of an order goes by the clock alone",
		trips: "second",
		specifier: "luminode/node/time/timekeeper",
		find: "return { utc: this.dateAt(now), error: this.errorAt(now), isDayOpen, past };",
		replace: "return { utc: utcAt(this.clock, now), error: 0, isDayOpen: false, past };",
	},
	lostAtBoot: {
		what: "a restart ends the orders in force",
		trips: "second",
		specifier: "luminode/node/orders/orderstore",
		find: "this.standing = orNothing(restore(text, now, owner.utcAt(now), fullLevel, past));",
		replace: "",
	},
	firstWins: {
		what: "a later override does not replace the one in force",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "override: {\n\t\t\t\t\treason",
		replace: "override: standing.override ?? {\n\t\t\t\t\treason",
	},
	someLevel: {
		what: "an override lights a tenth too little",
		trips: "second",
		specifier: "luminode/command/standingorders",
		find: "level: order.level,\n\t\t\t\t\trampToLevelTime",
		replace: "level: (order.level * 0.9) as Percent,\n\t\t\t\t\trampToLevelTime",
	},
	againActing: {
		what: "an order whose id was accepted acts again",
		trips: "second",
		specifier: "luminode/node/orders/intake",
		find: "if (!this.stored.hasAccepted(order.id)) {",
		replace: "{",
	},
	noBlink: {
		what: "identify and self-test leave the light alone",
		trips: "second",
		specifier: "luminode/node/orders/intake",
		find: "this.sequence?.request ?? this.standing.override ?? this.standing.maintenance",
		replace: "this.standing.override ?? this.standing.maintenance",
	},
	endlessBlink: {
		what: "identify and self-test last for twenty minutes more",
		trips: "second",
		specifier: "luminode/command/levelsequence",
		find: "this.endsAt = now + (",
		replace: "this.endsAt = now + 1_200_000 + (",
	},
	groupClear: {
		what: "a clear to many is ignored",
		trips: "second",
		specifier: "luminode/node/orders/intake",
		find: "const { fullLevel } = owner.light;\n",
		replace:
			'const { fullLevel } = owner.light;\n\t\t\t\tif (order.kind === "clearOverride" && envelope.toMany) return undefined;\n',
	},
};
