/** Broker check: `npm run broker-check`: qualifies a broker (tools/city/check/brokercheck.ts). */
import { brokerCheck } from "../city/check/brokercheck.js";
import { processStation } from "../city/program.js";

process.exitCode = await brokerCheck(process.argv.slice(2), processStation());
