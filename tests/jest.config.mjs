/** `npm test`: everything that needs Node alone, with branch coverage enforced where light is decided. */
import base from "./jest.base.mjs";

const decided = { branches: 90 };
export default {
	...base,
	testMatch: ["<rootDir>/tests/**/*.test.ts"],
	testPathIgnorePatterns: ["<rootDir>/tests/slow/"],
	testSequencer: "<rootDir>/tests/sequencer.mjs",
	testTimeout: 300_000, // the first test that needs the engine compiles it
	maxWorkers: 2, // by itself jest takes one less than the cores, and two is what the gate has
	coverageProvider: "v8",
	collectCoverageFrom: ["src/**/*.ts"],
	coverageDirectory: "<rootDir>/coverage",
	coverageReporters: ["text-summary", "json-summary"],
	coverageThreshold: {
		"./src/lighting/": decided,
		"./src/sensing/": decided,
		"./src/time/": decided,
		"./src/command/": decided,
		"./src/link/packet.ts": decided,
		"./src/link/decoder.ts": decided,
	},
};
