/** Commands: `npm run renew -- commands` writes docs/commands.md after a change of tools/docs/verbs.mjs. */
import { wordsOf } from "../../lib/words.js";
import { COMMANDS_COMMAND, COMMANDS_PAGE, commandsPage } from "../docs/commandspage.js";
import { writeAll } from "../docs/write.js";

wordsOf({
	command: COMMANDS_COMMAND,
	help: `usage: ${COMMANDS_COMMAND}

Writes ${COMMANDS_PAGE} from the table of verbs, words and scripts in tools/docs/verbs.mjs.`,
});

writeAll({ [COMMANDS_PAGE]: commandsPage() });
