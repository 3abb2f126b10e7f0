/** What all test commands share: ESM, TypeScript by swc, a tally line at the end. */
import { fileURLToPath } from "node:url";

export default {
	rootDir: fileURLToPath(new URL("..", import.meta.url)),
	testEnvironment: "node",
	extensionsToTreatAsEsm: [".ts"],
	moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
	transform: {
		"^.+\\.ts$": [
			"@swc/jest",
			{ jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" } },
		],
	},
	modulePathIgnorePatterns: ["<rootDir>/.cache/", "<rootDir>/out/"],
	reporters: ["default", "<rootDir>/tests/tally.mjs"],
};
