/** City: `npx luminode city`: all programs of one configuration file (city/launcher.ts). */
import { BRIDGE, bridge } from "../bridge/bridge.js";
import { METRICS, metrics } from "../bridge/metrics.js";
import { brokerCheck, CHECK } from "../check/brokercheck.js";
import { CITIZENS, citizens } from "../citizens/citizens.js";
import { CLOCK, clock } from "../clock/clock.js";
import { DESK, desk } from "../desk/desk.js";
import { city } from "../launcher.js";
import { processStation } from "../program.js";
import { TRAFFIC, traffic } from "../traffic/traffic.js";

process.exitCode = await city(process.argv.slice(2), processStation(), [
	{ frame: TRAFFIC, launchArgs: ["collect"], run: traffic },
	{ frame: CITIZENS, launchArgs: ["serve"], run: citizens },
	{ frame: BRIDGE, launchArgs: [], run: bridge },
	{ frame: METRICS, launchArgs: [], run: metrics },
	{ frame: DESK, launchArgs: ["watch"], run: desk },
	{ frame: CLOCK, launchArgs: [], run: clock },
	{ frame: CHECK, run: brokerCheck },
]);
