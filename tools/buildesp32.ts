/**
 * Build esp32: an image for a pole controller, and onto it.
 *
 * `npm run build:esp32 [-- --board NAME]` builds; `npm run flash -- --port PATH [--board NAME]` builds
 * and writes it; `--profile release` with fuses (docs/security.md). Needs the Moddable SDK and ESP-IDF 6.0
 * (docs/flash.md).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { boardOf, platformOf, releaseOf } from "./esp32.js";
import { sdkEnvironment } from "./sdk.js";

const words = process.argv.slice(2);
const flashes = words[0] === "flash";
const command = flashes ? "npm run flash" : "npm run build:esp32";
const env = sdkEnvironment(command);
if (!env.IDF_PATH) refuse("IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)");
const at = words.indexOf("--port");
const port = at < 0 ? undefined : words[at + 1];
if (flashes && !port) refuse("where is the controller? --port PATH, e.g. /dev/ttyUSB0");

const profileAt = words.indexOf("--profile");
const profile = profileAt < 0 ? "development" : words[profileAt + 1];
if (profile !== "development" && profile !== "release")
	refuse("--profile is development or release (docs/security.md)");
const board = boardOf(words);
const platform = profile === "release" ? releaseOf(board) : platformOf(board);

const out = join(process.cwd(), "out");
mkdirSync(out, { recursive: true });
const target = flashes ? ["-t", "deploy"] : ["-t", "build"];
const { status } = spawnSync("mcconfig", ["-m", "-p", platform, ...target, "-o", out], {
	env: port ? { ...env, UPLOAD_PORT: port } : env,
	stdio: "inherit",
});
process.exit(status ?? 1);

function refuse(why: string): never {
	process.stderr.write(`${command}: ${why}\n`);
	process.exit(2);
}
