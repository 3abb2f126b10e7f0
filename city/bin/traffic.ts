/** Traffic: `npx luminode traffic`: counts an hour and a street (city/traffic/traffic.ts). */
import { processStation } from "../program.js";
import { traffic } from "../traffic/traffic.js";

process.exitCode = await traffic(process.argv.slice(2), processStation());
