/**
 * Board image: writes the copies for a board, or for a program, and prints where they are; a program of
 * its own: `boardimage.ts NAME [PROFILE]`.
 */

import type { Profile } from "../../lib/profiles.js";
import { programFor } from "../../tools/toolchain/desktop.js";
import { imageOf } from "../../tools/toolchain/esp32.js";

const [, , name = "", profile] = process.argv;
const made =
	name === "x-cli-lin" || name === "lin"
		? await programFor(name)
		: await imageOf(name, profile as Profile);
process.stdout.write(JSON.stringify(made));
