/** Citizens: `npm run citizens`: residents' reports and events (tools/city/citizens/citizens.ts). */
import { citizens } from "../city/citizens/citizens.js";
import { processStation } from "../city/program.js";

process.exitCode = await citizens(process.argv.slice(2), processStation());
