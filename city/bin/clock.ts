/** Clock: `npx luminode clock`: authenticated time for the lamps (city/clock/clock.ts). */
import { clock } from "../clock/clock.js";
import { processStation } from "../program.js";

process.exitCode = await clock(process.argv.slice(2), processStation());
