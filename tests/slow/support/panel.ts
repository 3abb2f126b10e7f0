/** Panel: builds the lamp for Moddable's simulator, which it does not open; a program of its own. */
import { buildProgram } from "../../../tools/toolchain/desktop.js";
import { sdkEnvironment } from "../../../tools/toolchain/sdk.js";

await buildProgram("lin", sdkEnvironment("panel"), ["-t", "build"]);
