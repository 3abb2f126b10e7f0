/** Tally: ends a run with `N passed, N failed`, and adds the counts to LUMINODE_TALLY if it is set. */
import { appendFileSync } from "node:fs";

export default class Tally {
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
		if (process.env.LUMINODE_TALLY)
			appendFileSync(process.env.LUMINODE_TALLY, `${numPassedTests} ${failed}\n`);
	}
}
