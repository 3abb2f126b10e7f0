/**
 * Settings: writes all files that follow from the firmware's table of settings: docs/settings.md,
 * city/settings.ts, and the parts of the contract (`npm run renew -- contract`).
 *
 * `npm run renew -- settings` after changing a setting.
 */
import { wordsOf } from "../../lib/words.js";
import { citySettings } from "../docs/citysettings.js";
import { contractFiles } from "../docs/contractfiles.js";
import { settingsPage } from "../docs/settingspage.js";
import { writeAll } from "../docs/write.js";

wordsOf({
	command: "npm run renew -- settings",
	help: `usage: npm run renew -- settings

Writes docs/settings.md, city/settings.ts, docs/broker.asyncapi.yaml, docs/messages.md and the limits
of docs/integrators.md from the table of the firmware. To be run after a change of a setting.`,
});

writeAll({
	"docs/settings.md": settingsPage(),
	"city/settings.ts": citySettings(),
	...contractFiles(),
});
