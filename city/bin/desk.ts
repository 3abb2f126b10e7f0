/** Desk: `npx luminode desk`: assigns, configures and updates the lamps of a site (city/desk/desk.ts). */
import { desk } from "../desk/desk.js";
import { processStation } from "../program.js";

process.exitCode = await desk(process.argv.slice(2), processStation());
