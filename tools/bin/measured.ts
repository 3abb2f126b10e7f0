/** Measured: `npx luminode measured --pole NAME --readings LUX,...`: installed mean by a lux meter. */
import { measured } from "../night/measured.js";

const { status, text } = measured(
	process.argv.slice(2),
	new Date().toISOString().slice(0, 10),
	process.env,
);
(status === 2 ? process.stderr : process.stdout).write(text);
process.exitCode = status;
