/** Traffic: `npm run traffic`: counts an hour and a street (tools/city/traffic/traffic.ts). */
import { processStation } from "../city/program.js";
import { traffic } from "../city/traffic/traffic.js";

process.exitCode = await traffic(process.argv.slice(2), processStation());
