/**
 * Build esp32: an image for a pole controller, and its flashing.
 *
 * `npm run build:esp32 [-- --board NAME]` builds in an empty `out/`, so that an image to be signed is
 * made of this tree alone; `npm run flash -- --port PATH [--board NAME]`
 * builds and flashes; `--profile release` builds an image that burns fuses (docs/security.md).
 * Needs the Moddable SDK and ESP-IDF 6.0 (docs/flash.md).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { boardOf, imageOf } from "../toolchain/esp32.js";
import { atFixedAddresses, sdkEnvironment } from "../toolchain/sdk.js";
import { refuse, wordsOf } from "../words.js";

const [, , verb] = process.argv;
const flashes = verb === "flash";
const command = flashes ? "npm run flash" : "npm run build:esp32";
const help = `usage: npm run build:esp32 [-- --board NAME] [--profile development|release]
       npm run flash -- --port PATH [--board NAME]

Builds an image for a pole controller, from an empty folder out/; flash builds on what is there, and writes it to the
controller. Needs MODDABLE and ESP-IDF 6.0.
Boards: the folders of hosts/esp32/boards. A release image burns fuses (docs/security.md).`;
const { values } = wordsOf({
	...{ command, help, most: 1 }, // package.json gives the verb
	options: {
		board: { type: "string" },
		port: { type: "string" },
		profile: { type: "string", default: "development" },
	},
});
const { port, profile } = values;
if (flashes && !port) refuse(command, "where is the controller? --port PATH, e.g. /dev/ttyUSB0");
if (profile !== "development" && profile !== "release")
	refuse(command, "--profile is development or release (docs/security.md)");
if (flashes && profile === "release")
	refuse(command, "an image of release is signed first, then written by hand (docs/security.md)");
const board = boardOf(command, values.board);
const env = sdkEnvironment(command);
if (!env.IDF_PATH) refuse(command, "IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)");
// the SDK's makefile has the include folders of Mbed TLS 3 alone
const MBEDTLS = join(env.IDF_PATH, "components/mbedtls");
const FOLDERS = ["port/include", "mbedtls/tf-psa-crypto/include"];
FOLDERS.push("mbedtls/tf-psa-crypto/drivers/builtin/include");
env.CPATH = [...FOLDERS.map((folder) => join(MBEDTLS, folder)), env.CPATH ?? ""].join(":");

const out = join(process.cwd(), "out");
if (!flashes) rmSync(out, { recursive: true, force: true }); // an image to be signed: of this tree alone
mkdirSync(out, { recursive: true });
const { platform, manifest } = await imageOf(board, profile);
const run = (target: string): number => {
	const words = ["-m", "-p", platform, "-t", target, "-o", out, manifest];
	const how = { env: port ? { ...env, UPLOAD_PORT: port } : env, stdio: "inherit" } as const;
	return spawnSync(...atFixedAddresses("mcconfig", words), how).status ?? 1;
};
const built = run("build");
process.exit(built === 0 && flashes ? run("deploy") : built); // deploy alone flashes the last build
