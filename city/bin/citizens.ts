/** Citizens: `npx luminode citizens`: residents' reports and events (city/citizens/citizens.ts). */
import { citizens } from "../citizens/citizens.js";
import { processStation } from "../program.js";

process.exitCode = await citizens(process.argv.slice(2), processStation());
