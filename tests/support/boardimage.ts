/**
 * Board image: writes the copies for a board, or for a program, and prints where they are; a program of
 * its own. `boardimage.ts NAME [PROFILE [written|compressed]]`: with the last word, in a folder of
 * its own, so that tests that run side by side do not share one.
 */
import { join } from "node:path";
import { makeBoardImage } from "../../tools/toolchain/boardimage.js";
import { programFor } from "../../tools/toolchain/desktop.js";
import { imageOf } from "../../tools/toolchain/esp32.js";
import type { Profile } from "../../tools/toolchain/sdkconfig.js";

const [, , name = "", profile, how] = process.argv;
const isAsWritten = how === "written";
const made =
	name === "x-cli-lin" || name === "lin"
		? await programFor(name)
		: how === undefined
			? await imageOf(name, profile as Profile)
			: await makeBoardImage(join("hosts/esp32/boards", name), `${name}-${how}-${process.ppid}`, {
					isAsWritten,
				});
process.stdout.write(JSON.stringify(made));
