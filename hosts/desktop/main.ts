/**
 * Main: a lamp as an ordinary program on the desktop, in the engine of the controller.
 */
import { answerLines } from "host/judge";
import { runLive } from "host/live";
import { runScript } from "host/scripted";

const USAGE = "usage: luminode --script|--live|--judge < LINES";

export default function (): void {
	if (headless.args[0] === "--script") runScript();
	if (headless.args[0] === "--judge") answerLines();
	if (headless.args[0] === "--live") {
		runLive();
		return;
	}
	headless.print(USAGE);
	headless.exit(64); // EX_USAGE
}
