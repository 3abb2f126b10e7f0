/** `npm test`: everything that needs Node alone. */
import base from "./jest.base.mjs";

export default {
	...base,
	testMatch: ["<rootDir>/tests/**/*.test.ts"],
	testPathIgnorePatterns: ["<rootDir>/tests/slow/"],
	testTimeout: 300_000, // the first test that needs the engine compiles it
	maxWorkers: 2, // by itself jest takes one less than the cores, and two is what the gate has
};
