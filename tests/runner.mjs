/** Runner: jest-circus with an `expect` that is quick where an assertion holds. */
import circus from "jest-circus/runner"; // CommonJS: its default is a member
import { quick } from "./support/quickexpect.mjs";

export default function run(globalConfig, config, environment, runtime, ...rest) {
	const set = runtime.setGlobalsForRuntime.bind(runtime);
	runtime.setGlobalsForRuntime = (globals) => set({ ...globals, expect: quick(globals.expect) });
	return circus.default(globalConfig, config, environment, runtime, ...rest);
}
