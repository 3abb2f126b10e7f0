/** Record: `npx luminode record`: saves a lamp's flight recorder (tools/laptop/record/record.ts). */
import { record } from "../laptop/record/record.js";

const { stdin, stdout, stderr, env } = process;
process.exitCode = await record(process.argv.slice(2), {
	stdin,
	stdout,
	stderr,
	environment: env,
	now: () => new Date(),
});
