/**
 * Bus plants: defects in the light and the reports of a driver on a bus, each of which `npm run explore` must find
 * within twenty streets of such drivers.
 */
import type { Plant } from "./plant.js";

export const BUS_PLANTS: Readonly<Record<string, Plant>> = {
	hairAbove: {
		what: "a fade of some lengths ends a hair before its end",
		trips: "dayOff",
		board: "zhaga",
		specifier: "luminode/dali/levelpath",
		find: "if (!(left > 0)) return this.end;\n\t\tconst passed = ((span - left) * points[count - POINT]!) / span;",
		replace:
			"if (left === -Infinity) return this.end;\n\t\tconst passed = (span - left) * (points[count - POINT]! / span);",
	},
	dimBus: {
		what: "a driver is sent two levels less",
		trips: "floor",
		board: "zhaga",
		specifier: "luminode/dali/levelpath",
		find: "return Math.ceil(placeOf(((duty * 100) / LARGEST) as Percent) - PART);",
		replace: "return Math.ceil(placeOf(((duty * 100) / LARGEST) as Percent) - PART) - 2;",
	},
	silentDriver: {
		what: "a fault of the driver or its bus is no event",
		trips: "alarms",
		board: "zhaga",
		specifier: "luminode/node/gear",
		find: "if (fault) this.report(fault, true, now);\n\t\t\telse this.renew(now);",
		replace: "if (!fault) this.renew(now);",
	},
	endlessDriver: {
		what: "the end of a fault of the driver or its bus is no event",
		trips: "alarms",
		board: "zhaga",
		specifier: "luminode/node/gear",
		find: "if (before) this.report(before, false, now);",
		replace: "",
	},
	quietReset: {
		what: "a driver that had lost its settings is no event",
		trips: "alarms",
		board: "zhaga",
		specifier: "luminode/node/gear",
		find: 'if (differed > 0) lamp.emit({ type: "driverReset", attributes: { settings: differed } }, now);',
		replace: "",
	},
	quietDriver: {
		what: "another driver is no event",
		trips: "alarms",
		board: "zhaga",
		specifier: "luminode/node/gear",
		find: "if (before !== undefined)\n\t\t\tlamp.emit",
		replace: "if (before === now)\n\t\t\tlamp.emit",
	},
	deafToLamp: {
		what: "a light source that the driver calls failed is no event",
		trips: "alarms",
		board: "zhaga",
		specifier: "luminode/node/gear",
		find: "if (this.failures >= IN_A_ROW) {",
		replace: "if (this.failures >= Infinity) {",
	},
};
