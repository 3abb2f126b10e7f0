/** Bridge: `npx luminode bridge` (city/bridge/bridge.ts). */
import { bridge } from "../bridge/bridge.js";
import { processStation } from "../program.js";

process.exitCode = await bridge(process.argv.slice(2), processStation());
