/**
 * Drills: cases that chance seldom brings together, once in any twenty streets: two orders, a clock
 * that is set back under one, a curve of ageing, a loss of power in time for its report. They are added to the words of a drawn street.
 */
import { type Random, random } from "../../lib/random.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { integer } from "./chance.js";
import { WHOLE } from "./images.js";

/** A street's seed modulo this selects its drill; the first has no fault, and an image to install. */
const EVERY = 20;

interface Drilled {
	readonly settings: readonly string[];
	readonly faults: readonly string[];
	readonly inputs: readonly string[];
}

/** An order in text, at a share of the street's length. */
type Drill = (chance: Random, length: number) => Partial<Drilled>;

const seconds = (ms: number) => Math.floor(ms / 1000);
const order = (at: number, fields: object) => `order@${seconds(at)}s:${JSON.stringify(fields)}`;
const raw = (at: number, fields: object) => `raw@${seconds(at)}s:command ${JSON.stringify(fields)}`;
const override = (level: number, minutes: number, more = {}) => ({
	command: "override",
	level,
	expiration: `+${minutes}m`,
	...more,
});

const DRILLS: readonly Drill[] = [
	// an order of five hours ends by its span, although the clock is set back under it, which takes four
	(_chance, length) => ({
		inputs: [order(10 * MINUTE, override(0, 300, { belowFloor: true, inhibitSensors: true }))],
		faults: [`clockWrong@720s+${seconds(length)}s`],
	}),
	// an order that inhibits sensors for the busiest hour
	(chance, length) => ({
		inputs: [order(0.45 * length, override(integer(chance, 5, 40), 90, { inhibitSensors: true }))],
	}),
	// a slow rise that is turned to a higher level on its way
	(_chance, length) => {
		const at = 0.25 * length;
		const slow = (seconds: number) => ({ inhibitSensors: true, rampToLevelTime: seconds });
		return {
			inputs: [
				order(at, override(25, 30, { inhibitSensors: true })),
				order(at + 2 * MINUTE, override(80, 30, slow(100))),
				order(at + 2.6 * MINUTE, override(90, 30, slow(300))),
			],
		};
	},
	// LEDs beyond the end of their curve, and within it
	() => ({ settings: ageing("0 100; 30000 80", 60_000) }),
	(chance) => ({ settings: ageing("0 100; 50000 90; 100000 70", integer(chance, 0, 99_000)) }),
	// an emergency by day, on most evenings
	(_chance, _length) => ({
		inputs: [`raw@300s:emergency {"id":"drill-e","command":"emergency","expiration":"+20m"}`],
	}),
	// work on the lamp at night, which ends by time
	(_chance, length) => ({
		inputs: [order(0.55 * length, { command: "maintenanceMode", expiration: "+30m" })],
	}),
	// a later override replaces the one in force; its end is that of the later one, over a restart
	(chance, length) => ({
		inputs: [
			order(0.5 * length, override(85, 120)),
			order(0.5 * length + 10 * MINUTE, override(integer(chance, 5, 50), 40)),
			order(0.5 * length + 20 * MINUTE, { command: "restart", commandConfirmation: true }),
		],
	}),
	// an order that was cleared, and comes again under its old id
	(_chance, length) => {
		const at = 0.7 * length;
		const dark = { belowFloor: true, inhibitSensors: true, validFor: 3600 };
		const again = { id: "drill-a", ...override(3, 60, dark) };
		return {
			inputs: [
				raw(at, again),
				order(at + 5 * MINUTE, { command: "clearOverride" }),
				raw(at + 10 * MINUTE, again),
			],
		};
	},
	// a restart under an order, when most faults are over
	(_chance, length) => ({
		inputs: [
			order(length - 80 * MINUTE, override(70, 70)),
			order(length - 60 * MINUTE, { command: "restart", commandConfirmation: true }),
		],
	}),
	// an order to a whole group, and to all
	(_chance, length) => ({
		inputs: [
			`raw@${seconds(0.4 * length)}s:/luminode/1/liege/all/command ${JSON.stringify({
				id: "drill-all",
				...override(66, 30),
			})}`,
			`raw@${seconds(0.4 * length + HOUR)}s:/luminode/1/liege/all/emergency ${JSON.stringify({
				id: "drill-alarm",
				command: "emergency",
				expiration: "+15m",
			})}`,
		],
	}),
	// an order to all that is cleared for all
	(_chance, length) => {
		const all = (at: number, fields: object) =>
			`raw@${seconds(at)}s:/luminode/1/liege/all/command ${JSON.stringify(fields)}`;
		return {
			inputs: [
				all(0.6 * length, { id: "drill-b", ...override(90, 100, { inhibitSensors: true }) }),
				all(0.6 * length + 10 * MINUTE, { id: "drill-c", command: "clearOverride" }),
			],
		};
	},
	// power fails for a moment, early enough for its report
	(chance, length) => ({
		faults: [`powerCut@${seconds(0.5 * length)}s+${integer(chance, 5, 90)}s`],
	}),
	// heat that goes while the night lasts
	(_chance, length) => ({ faults: [`hot@${seconds(0.4 * length)}s+${seconds(0.2 * length)}s`] }),
	// a driver that goes out below its minimum
	(chance) => ({
		settings: [
			`power.minimumDuty=${integer(chance, 12, 30)}`,
			"light.floorLevel=5",
			"calendar.program=sunset 60; 21:00 8; 05:30 60; sunrise 0",
		],
	}),
	// traffic that dims a program, and goes
	(chance, length) => ({
		settings: ["calendar.program=sunset 100; 20:00 40 traffic 60; 05:30 100; sunrise 0"],
		inputs: [
			order(0.4 * length, {
				command: "trafficVolume",
				volume: integer(chance, 5, 20),
				expiration: "+120m",
			}),
		],
	}),
	// a new luminaire
	(_chance, length) => ({
		inputs: [order(0.5 * length, { command: "luminaireReplaced", commandConfirmation: true })],
	}),
];

/** An image that nothing hinders. */
const INSTALLED: Drill = () => ({ inputs: [`offer@1200s:${WHOLE} {"spread":0}`] });

function ageing(curve: string, hours: number): string[] {
	return [`power.depreciation=${curve}`, `power.hoursBefore=${hours}`];
}

/** Datagrams are recorded and come again while the row is quiet, in two of three rows. */
function replays(seed: number, length: number): string[] {
	return seed % 3 === 1
		? []
		: [`datagramReplayed@${seconds(0.5 * length)}s+${seconds(0.3 * length)}s`];
}

/** The drill of a street; `length` ms. */
export function drillOf(seed: number, isRow: boolean, length: number): Drilled {
	const index = seed % EVERY;
	const drill = (index > 0 ? DRILLS[index - 1] : INSTALLED)?.(random(seed, "drill"), length);
	const { settings = [], faults = [], inputs = [] } = drill ?? {};
	const more = isRow && index > 0 ? replays(seed, length) : [];
	return { settings, faults: [...faults, ...more], inputs };
}
