/**
 * Mcsim: builds the lamp for the Moddable SDK's simulator, and opens it there with a drawn pole.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { wordsOf } from "../../lib/words.js";
import { buildProgram } from "../toolchain/desktop.js";
import { sdkEnvironment } from "../toolchain/sdk.js";

wordsOf({
	command: "npm run host -- mcsim",
	help: `usage: npm run host -- mcsim

Builds the lamp for the simulator of the Moddable SDK, and opens it there. Needs MODDABLE.`,
});

const root = process.cwd();
const out = join(root, "out");
const env = sdkEnvironment("npm run host -- mcsim");
mkdirSync(join(homedir(), ".config"), { recursive: true }); // mcsim crashes without it
await buildProgram("lin", env, ["-t", "build"]);
const args = [
	join(root, "hosts/desktop/panel/mcsim"),
	join(out, "bin/lin/mc/release/luminode/mc.so"),
];
process.exit(spawnSync("mcsim", args, { env, stdio: "inherit" }).status ?? 1);
