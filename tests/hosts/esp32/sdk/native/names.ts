/** `native/names`: answers later, when the test says so; its queue is short. */
import { power } from "../../controller.js";

export function lookUp(name: string, answer: (name: string, address?: string) => void): void {
	power.on.fail("resolver");
	power.on.lookups.push([name, (address) => answer(name, address)]);
}
