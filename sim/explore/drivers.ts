/**
 * Drivers: a street whose lamps have D4i drivers on buses, the faults of those, and falls to off, which
 * on a bus is a level like any other.
 */
import type { Random } from "../../lib/random.js";
import { FAULTS } from "../faults/faults.js";
import { integer, pick } from "./chance.js";
import type { Plan, StreetKind } from "./streetkind.js";

/** Share of the streets. */
const SHARE = 1 / 12;
/** Of them each fault of a bus or of its driver is in so many, and a dying LED. */
const OF_EACH = 1 / 5;
export const BUS_FAULTS = Object.keys(FAULTS).filter((name) => FAULTS[name]!.bus !== undefined);
const OF_SENSOR = /^sensor/;
/** Share of luminaires with two drivers. */
const TWO = 1 / 3;
/** Share of luminaires with a sensor in the lower socket, in place of the lamp's own or beside them. */
const SENSOR = 1 / 3;
/** Share of streets on buses with that fault of the bus. */
export const shareOfBusFault = (name: string): number =>
	OF_EACH * (OF_SENSOR.test(name) ? SENSOR : name === "driverTwo" ? 1 - TWO : 1);
/** Illuminance at its largest value (LUX_MOST of lib/dali/devices.ts). */
const SENSOR_LUX = 10_000;
const MINUTE = 60;
/** A dying LED goes out so often, each time for longer. */
const TIMES = 3;
/** They end so long before the street does, s, so that what they leave behind is seen. */
const LEFT = 40 * MINUTE;

/** Orders that put all lamps out, each by a fall of its own length, ms, for some minutes. */
const OFFS = 3;
const FALL = { least: 20, most: 45_000 };
const OFF_FOR = 5;

const placeOf = (chance: Random, lamps: number) =>
	lamps > 1 && chance.next() < 0.7 ? `/${integer(chance, 1, lamps)}` : "";

/** At any time; one of three for a moment, one for minutes, one for hours. */
function faultOf(chance: Random, name: string, { lamps, length }: Plan): string {
	const last = Math.floor(length / 1000) - LEFT;
	const at = integer(chance, MINUTE, last - MINUTE);
	const most = pick(chance, [5, 30 * MINUTE, last]);
	const span = integer(chance, 1, Math.max(1, Math.min(most, last - at)));
	return `${name}@${at}s+${span}s${placeOf(chance, lamps)}`;
}

function dyingLed(chance: Random, { lamps, length }: Plan): string[] {
	const place = placeOf(chance, lamps);
	const each = Math.floor(length / 1000 / (TIMES + 1));
	return Array.from({ length: TIMES }, (_, index) => {
		const at = index * each + integer(chance, MINUTE, Math.floor(each / 2));
		return `lampDead@${at}s+${integer(chance, MINUTE, (index + 1) * 10 * MINUTE)}s${place}`;
	});
}

function off(chance: Random, { length }: Plan): string {
	const at = Math.floor(integer(chance, MINUTE * 1000, length - LEFT * 1000) / 1000);
	const order = {
		command: "override",
		level: 0,
		expiration: `+${OFF_FOR}m`,
		inhibitSensors: true,
		belowFloor: true,
		rampToLevelTime: integer(chance, FALL.least, FALL.most) / 1000,
	};
	return `order@${at}s:${JSON.stringify(order)}`;
}

function withSensor(chance: Random): (readonly [string, string])[] {
	const mode = pick(chance, ["instead", "beside"]);
	const lux = ["--set", `sensing.lowerSensorLux=${SENSOR_LUX}`] as const;
	return [["--set", `sensing.lowerSensor=${mode}`], lux];
}

export const ON_BUSES: StreetKind = {
	name: "drivers on buses",
	share: SHARE,
	draw(chance, plan) {
		const isTwo = chance.next() < TWO;
		// the fault adds a driver; a third one has no address of those that the lamp asks
		const hasSensor = chance.next() < SENSOR;
		const names = BUS_FAULTS.filter(
			(name) => (!isTwo || name !== "driverTwo") && (hasSensor || !OF_SENSOR.test(name)),
		);
		const faults = names.flatMap((name) =>
			chance.next() < OF_EACH ? [faultOf(chance, name, plan)] : [],
		);
		if (chance.next() < OF_EACH) faults.push(...dyingLed(chance, plan));
		const offs = Array.from({ length: OFFS }, () => off(chance, plan));
		const options = faults.map((fault) => ["--fault", fault] as const);
		const inputs = offs.map((input) => ["--input", input] as const);
		const two = isTwo ? [["--set", "power.drivers=2"] as const] : [];
		const sensor = hasSensor ? withSensor(chance) : [];
		return [["--board", "zhaga"], ...two, ...sensor, ...options, ...inputs];
	},
};
