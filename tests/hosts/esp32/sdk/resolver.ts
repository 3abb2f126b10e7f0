/** `host/resolver`: answers later, when the test says so; its queue is short. */
import { power } from "../controller.js";

export function resolve(name: string, done: (address: string | undefined) => void): void {
	power.on.fail("resolver");
	power.on.lookups.push([name, done]);
}
