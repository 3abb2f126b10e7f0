/** Broker check: `npx luminode broker-check`: qualifies a broker (city/check/brokercheck.ts). */
import { brokerCheck } from "../check/brokercheck.js";
import { processStation } from "../program.js";

process.exitCode = await brokerCheck(process.argv.slice(2), processStation());
