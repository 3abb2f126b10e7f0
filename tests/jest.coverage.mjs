/**
 * `npm run coverage`: branch coverage of the rooms that decide about light, by their own tests.
 *
 * Separate from `npm test`, because measuring costs each of its 200 files half a second.
 */
import base, { ROOMS } from "./jest.config.mjs";

const decided = { branches: 90 };
export default {
	...base,
	testMatch: ROOMS.map((room) => `<rootDir>/tests/${room}/**/*.test.ts`),
	collectCoverage: true,
	coverageProvider: "v8",
	collectCoverageFrom: [
		"src/{lighting,sensing,time,command,neighbours}/*.ts",
		"src/link/{packet,decoder}.ts",
	],
	coverageDirectory: "<rootDir>/coverage",
	coverageReporters: ["text-summary", "json-summary"],
	coverageThreshold: {
		"./src/lighting/": decided,
		"./src/sensing/": decided,
		"./src/time/": decided,
		"./src/command/": decided,
		"./src/neighbours/": decided,
		"./src/link/packet.ts": decided,
		"./src/link/decoder.ts": decided,
	},
};
