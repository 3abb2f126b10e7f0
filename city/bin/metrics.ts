/** Metrics: `npx luminode metrics` (city/bridge/metrics.ts). */
import { metrics } from "../bridge/metrics.js";
import { processStation } from "../program.js";

process.exitCode = await metrics(process.argv.slice(2), processStation());
