/**
 * Settings: writes docs/settings.md and city/settings.ts from the table of the firmware.
 *
 * `npm run settings` after changing a setting.
 */
import { writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { citySettings } from "../docs/citysettings.js";
import { settingsPage } from "../docs/settingspage.js";

wordsOf({
	command: "npm run settings",
	help: `usage: npm run settings

Writes docs/settings.md and city/settings.ts from the table of the firmware. To be run after a change of a setting.`,
});

const files = { "docs/settings.md": settingsPage(), "city/settings.ts": citySettings() };
for (const [path, text] of Object.entries(files)) {
	writeFileSync(path, text);
	process.stdout.write(`${path} is written\n`);
}
