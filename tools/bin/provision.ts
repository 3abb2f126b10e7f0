/** Provision: `npx luminode provision`: commissions one lamp (tools/laptop/provision/provision.ts). */
import { provision } from "../laptop/provision/provision.js";

const { stdin, stdout, stderr, env } = process;
process.exitCode = await provision(process.argv.slice(2), {
	stdin,
	stdout,
	stderr,
	environment: env,
	now: () => new Date(),
});
