/**
 * Main: a lamp as an ordinary program on the desktop, in the engine of the controller.
 */
import { runScript } from "host/scripted";

const USAGE = "usage: luminode --script < SCRIPT";

export default function (): void {
	if (headless.args[0] === "--script") runScript();
	headless.print(USAGE);
	headless.exit(64); // EX_USAGE
}
