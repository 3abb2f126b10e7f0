/**
 * Main: puts random nights to every property. `npm run nights -- [SEED [COUNT]]`; 1 if one broke.
 *
 * The same as night.test.ts, and much faster: outside the test runner's sandbox.
 */
import { holds, PROPERTIES } from "./properties.js";

const [seed = 20261124, count = 10_000] = process.argv.slice(2).map(Number);
for (const property of PROPERTIES) {
	const before = process.cpuUsage().user;
	let said = "held";
	try {
		holds(property, seed, count);
	} catch (error) {
		said = `BROKE\n${(error as Error).message}`;
		process.exitCode = 1;
	}
	const seconds = ((process.cpuUsage().user - before) / 1e6).toFixed(0);
	process.stdout.write(`${count} nights, seed ${seed}, ${seconds} s: ${property.name}: ${said}\n`);
}
