/** IDF: `npm run host -- idf`: tests with ESP-IDF's and Espressif's own tools, where they are installed. */
import { spawnSync } from "node:child_process";
import { refuse, wordsOf } from "../../lib/words.js";
import { generatorTrouble } from "../factory/nvs.js";

const COMMAND = "npm run host -- idf";
const { positionals } = wordsOf({
	command: COMMAND,
	help: `usage: npm run host -- idf [PATH ...]

Compares identities, options and profiles with ESP-IDF's own tools (IDF_PATH; docs/flash.md).`,
	most: 100,
});
const trouble = generatorTrouble(process.env);
if (trouble) refuse(COMMAND, trouble.message);
const jest = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js"];
const config = ["--config", "tests/slow/idf/jest.config.mjs"];
const run = spawnSync(process.execPath, [...jest, ...config, ...positionals], { stdio: "inherit" });
process.exitCode = run.status ?? 1;
