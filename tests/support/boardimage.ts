/** Board image: writes the copies for a board and prints where they are; a program of its own. */
import { imageOf, type Profile } from "../../tools/toolchain/esp32.js";

const [, , board, profile] = process.argv;
process.stdout.write(JSON.stringify(await imageOf(board!, profile as Profile)));
