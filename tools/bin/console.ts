/** Console: `npx luminode console`: a lamp's serial line on this terminal (tools/laptop/line/terminal.ts). */
import { terminal } from "../laptop/line/terminal.js";

const { stdin, stdout, stderr, env } = process;
process.exitCode = await terminal(process.argv.slice(2), {
	stdin,
	stdout,
	stderr,
	environment: env,
	now: () => new Date(),
});
