/**
 * Settings: writes docs/settings.md from the table of the firmware.
 *
 * `npm run settings` after changing a setting.
 */
import { writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { settingsPage } from "../docs/settingspage.js";

wordsOf({
	command: "npm run settings",
	help: `usage: npm run settings

Writes docs/settings.md from the table of the firmware. To be run after a change of a setting.`,
});

const path = "docs/settings.md";
writeFileSync(path, settingsPage());
process.stdout.write(`${path} is written\n`);
