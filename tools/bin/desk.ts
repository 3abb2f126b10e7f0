/** Desk: `npm run desk`: assigns, configures and updates the lamps of a site (tools/city/desk/desk.ts). */
import { desk } from "../city/desk/desk.js";
import { processStation } from "../city/program.js";

process.exitCode = await desk(process.argv.slice(2), processStation());
