/**
 * `npm run test:street`: the tests that start programs, whole streets or many machines, three files at a
 * time, because some of them mostly wait. They are the files that end in `.street.test.ts`, each beside the
 * other tests of its room.
 */
import base from "./jest.base.mjs";

/** The gate names the files here that its soak runs whole. */
const soaked = process.env.LUMINODE_SOAKED?.split(" ") ?? [];

export default {
	...base,
	testMatch: ["<rootDir>/tests/**/*.street.test.ts"],
	testPathIgnorePatterns: [
		"<rootDir>/tests/slow/",
		...soaked.map((name) => `<rootDir>/tests/${name}.street.test.ts$`),
	],
	maxWorkers: 3,
};
