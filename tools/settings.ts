/**
 * Settings: writes docs/settings.md from the table of the firmware.
 *
 * `node tools/run.mjs tools/settings.ts` after changing a setting.
 */
import { writeFileSync } from "node:fs";
import { settingsPage } from "./settingspage.js";

const path = "docs/settings.md";
writeFileSync(path, settingsPage());
process.stdout.write(`${path} is written\n`);
