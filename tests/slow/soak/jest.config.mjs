/** `npm run soak`: the long runs. `npm test` and `npm run test:street` run a seeded small part of them. */
import { readdirSync, readFileSync } from "node:fs";
import base from "../../jest.base.mjs";

process.env.LUMINODE_SCALE = "whole"; // tests/support/scale.ts

/** Test files outside this folder of which those run a part. */
const scaled = readdirSync(`${base.rootDir}tests`, { recursive: true })
	.filter((name) => name.endsWith(".test.ts") && !name.startsWith("slow/"))
	.filter((name) => /"(\.\.?\/)+support\/scale\.js"/.test(text(name)));

function text(name) {
	return readFileSync(`${base.rootDir}tests/${name}`, "utf8");
}

export default {
	...base,
	testMatch: [
		"<rootDir>/tests/slow/soak/**/*.test.ts",
		...scaled.map((name) => `<rootDir>/tests/${name}`),
	],
	testTimeout: 48 * 3_600_000,
	maxWorkers: 1,
	forceExit: true, // the compiler's service that a test used stays, in this one process
};
