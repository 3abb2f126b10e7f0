/**
 * Scenarios: named runs, each for a situation that a street must withstand. `--scenario NAME` sets
 * the options below; options on the command line override them.
 */

export interface NamedScenario {
	/** Its purpose, in a line. */
	readonly what: string;
	/** Options in the form of the command line, without `--`. */
	readonly words: Readonly<Record<string, string | true | readonly string[]>>;
}

const EVENING = "2026-11-24T15:00:00+01:00";
const NOON = "2026-11-02T12:00:00+01:00";

export const SCENARIOS: Readonly<Record<string, NamedScenario>> = {
	car: {
		what: "cars at 50 km/h, 20 % of datagrams lost: light 2 s before the cone",
		words: {
			...{ neighbours: true, "datagram-loss": "20", procession: "car@50/90s" },
			...{ start: "2026-11-24T23:00:00+01:00", duration: "26m" },
		},
	},
	deadPir: {
		what: "a PIR fails: its neighbours detect it, full class; it recovers",
		words: {
			...{ neighbours: true, "datagram-loss": "20", lamps: "5" },
			...{ start: EVENING, duration: "6h", fault: ["pirDead@2h+3h/3"] },
		},
	},
	deadPirAlone: {
		what: "the same on a single lamp, detected by its silence",
		words: { lamps: "2", start: EVENING, duration: "80h", fault: ["pirDead@2h+70h/2"] },
	},
	lostClock: {
		what: "a week without time server, one power cut: program within 15 min",
		words: {
			...{ lamps: "2", start: NOON, duration: "288h" },
			fault: ["clockLost@100h+168h", "powerCut@180h+20m"],
		},
	},
	switchedFeeder: {
		what: "the same on a feeder that is on from dusk to dawn",
		words: {
			...{ lamps: "2", start: NOON, duration: "288h" },
			fault: ["feeder@2h", "clockLost@100h+168h", "powerCut@180h+20m"],
		},
	},
	halfNightFeeder: {
		what: "the same on a feeder also off from 23:00 to 04:00 UTC",
		words: {
			...{ lamps: "2", start: NOON, duration: "288h" },
			fault: ["feederHalf@2h", "clockLost@100h+168h"],
		},
	},
	lightsOut: {
		what: "lights out, sensor effects, a calendar, no short relight",
		words: {
			...{ lamps: "3", start: "2026-06-18T21:00:00+02:00", duration: "29h" },
			program: "sunset 80; 00:00 out min 60 hold 20; 05:00 60; sunrise 0",
			program2: "weekend: sunset 80; 01:00 50 set 90 hold 45; sunrise 0",
			calendar: "Fri,Sat: weekend",
			"minimum-lights-on": "60",
		},
	},
	facing: {
		what: "lamps that face each other, and a boot at night",
		words: {
			...{ lamps: "3", start: EVENING, duration: "24h" },
			fault: ["facingNear", "powerCut@10h+1m/2"],
		},
	},
};

/** One line for each. */
export function listScenarios(): string[] {
	return Object.entries(SCENARIOS).map(([name, { what }]) => `  ${name.padEnd(15)} ${what}`);
}
