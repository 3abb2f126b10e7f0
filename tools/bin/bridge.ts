/** Bridge: `npm run bridge` (tools/city/bridge/bridge.ts). */
import { bridge } from "../city/bridge/bridge.js";
import { processStation } from "../city/program.js";

process.exitCode = await bridge(process.argv.slice(2), processStation());
