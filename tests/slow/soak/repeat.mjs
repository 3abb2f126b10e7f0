/** Repeat: prints below each failed file of a round of `npm run soak -- fresh` the line that repeats it. */
import { relative } from "node:path";

export default class Repeat {
	#root;

	constructor({ rootDir }) {
		this.#root = rootDir;
	}

	onTestFileResult({ path }, { numFailingTests, testExecError }) {
		if (numFailingTests === 0 && !testExecError) return;
		const line = `npm run soak -- fresh --seed ${process.env.LUMINODE_SEED} ${relative(this.#root, path)}`;
		process.stderr.write(`repeat: ${line}\n\n`);
	}
}
