/** Metrics: `npm run metrics` (tools/city/bridge/metrics.ts). */
import { metrics } from "../city/bridge/metrics.js";
import { processStation } from "../city/program.js";

process.exitCode = await metrics(process.argv.slice(2), processStation());
