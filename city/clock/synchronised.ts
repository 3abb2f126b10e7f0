/**
 * Synchronised: whether the clock of this machine follows a time server.
 *
 * The kernel has a flag for it, which chrony (with `rtcsync`), systemd-timesyncd and ntpd keep;
 * `timedatectl` of systemd shows it. Another command can be given, which ends with 0 while the clock
 * is synchronised.
 */
import { exec, execFile } from "node:child_process";

/** `unknown`: this machine has no `timedatectl` that answers, and no command was given. */
export type Synchronised = "yes" | "no" | "unknown";

/** ms for the command; a longer one is ended. */
const COMMAND_WITHIN = 10_000;
const TIMEDATECTL = ["show", "--property=NTPSynchronized", "--value"];

/** Asks the command, or `timedatectl` if there is none. Never rejects. */
export function synchronised(command: string | undefined): Promise<Synchronised> {
	const limits = { timeout: COMMAND_WITHIN, killSignal: "SIGKILL" as const };
	return new Promise((resolve) => {
		if (command !== undefined)
			exec(command, limits, (error) => resolve(error === null ? "yes" : "no"));
		else
			execFile("timedatectl", TIMEDATECTL, limits, (error, output) => {
				const word = output.trim();
				resolve(error === null && (word === "yes" || word === "no") ? word : "unknown");
			});
	});
}
