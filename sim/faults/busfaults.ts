/** Bus faults: defects of DALI buses and of the drivers on them (docs/dali.md). */
import { HOUR } from "../../lib/spans.js";
import type { BusFault } from "../world/driver/bus.js";
import type { Fault } from "./fault.js";

/** A sensor without answers is lost within 10 s, and found again within a few, ms. */
const SENSOR_LOST = 15_000;
const SENSOR_FOUND = 20_000;

export const BUS_FAULTS: Readonly<Record<string, Fault>> = {
	busShorted: {
		what: "the DALI bus is shorted: no frame passes, the driver shines fully",
		bus: "shinesFully",
		act: onBus("shorted"),
	},
	busNoisy: {
		what: "a fifth of the frames on the DALI bus is broken",
		bus: "disobeys",
		act: onBus("noisy"),
	},
	driverMute: {
		what: "the driver obeys and answers nothing",
		bus: "obeys",
		act: onBus("mute"),
	},
	driverSlow: {
		what: "the driver answers up to 25 ms after the frame, often too late",
		bus: "obeys",
		act: onBus("slow"),
	},
	driverTwo: {
		what: "a second driver is on the DALI bus, and both answer",
		bus: "obeys",
		act: ({ luminaires }, on, at, lamp) => luminaires?.setSecond(at, lamp, on),
	},
	driverReset: {
		what: "the driver is reset to its factory's settings and shines fully, once",
		bus: "flashesUp",
		act: ({ luminaires }, on, at, lamp) => {
			if (on) luminaires?.reset(at, lamp);
		},
	},
	driverForgets: {
		what: "the driver's settings become any, once: levels, range, fade, dimming curve",
		bus: "forgets",
		act: ({ luminaires }, on, at, lamp) => {
			if (on) luminaires?.forget(at, lamp);
		},
	},
	driverOther: {
		what: "the lamp has no power, and then another driver with its factory's settings",
		bus: "isOther",
		disturbs: "power",
		act: ({ supply, luminaires }, on, at, lamp) => {
			if (!on) luminaires?.replace(at, lamp);
			supply.cut(at, lamp, on);
		},
	},
	driverForeign: {
		what: "each byte of the driver's memory banks is any, but for its identity",
		bus: "obeys",
		act: ({ luminaires }, on, _at, lamp) => luminaires?.setForeign(lamp, on),
	},
	sensorGone: {
		what: "the sensor in the lower socket is taken out",
		bus: "obeys",
		breaks: "pir",
		litWithin: SENSOR_LOST,
		doubtedFor: SENSOR_FOUND,
		act: ({ luminaires }, on, at, lamp) => luminaires?.setSensor(at, lamp, !on, false),
	},
	sensorOther: {
		what: "the sensor in the lower socket is taken out, and then another one is put in",
		bus: "obeys",
		breaks: "pir",
		litWithin: SENSOR_LOST,
		doubtedFor: SENSOR_FOUND,
		act: ({ luminaires }, on, at, lamp) => luminaires?.setSensor(at, lamp, !on, true),
	},
	sensorBlind: {
		what: "the sensor in the lower socket sees no movement",
		bus: "obeys",
		breaks: "pir",
		doubtedFor: HOUR,
		act: ({ luminaires }, on, _at, lamp) => luminaires?.setBlind(lamp, on),
	},
};

function onBus(fault: BusFault): Fault["act"] {
	return ({ luminaires }, on, at, lamp) => luminaires?.setFault(at, lamp, fault, on);
}
