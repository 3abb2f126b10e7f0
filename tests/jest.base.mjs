/** What all test commands share: ESM, TypeScript by swc, a tally line at the end. */
import { fileURLToPath } from "node:url";

/** `hosts/esp32` is built for the devkit, it and the desktop on modules of the SDK that misbehave. */
const SDK = "<rootDir>/tests/hosts/esp32/sdk";
const controller = {
	"^luminode/(.*)$": "<rootDir>/src/$1",
	"^host/joined$": "<rootDir>/hosts/esp32/wifi",
	"^host/pins$": "<rootDir>/hosts/esp32/boards/esp32-devkit/pins",
	"^host/(.*)$": ["esp32", "moddable", "desktop"].map((folder) => `<rootDir>/hosts/${folder}/$1`),
	"^embedded:(.*)$": `${SDK}/$1`,
	"^mc/ffi$": `${SDK}/ffi`,
	"^(native/names|native/tls|timer|time)$": `${SDK}/$1`,
};

/** Paths of the tests that `npm run test:street` runs. */
export const STREET = "\\.street\\.test\\.ts$";

export default {
	rootDir: fileURLToPath(new URL("..", import.meta.url)),
	testEnvironment: "<rootDir>/tests/support/environment.mjs",
	extensionsToTreatAsEsm: [".ts"],
	moduleNameMapper: {
		"^fast-check$": "<rootDir>/tests/support/fastcheck.mjs",
		"^(\\.{1,2}/.*)\\.js$": "$1",
		...controller,
	},
	transform: {
		"^.+\\.ts$": [
			"@swc/jest",
			{
				jsc: {
					target: "es2022",
					parser: { syntax: "typescript" },
					transform: { useDefineForClassFields: false }, // as in tsconfig.json
				},
				module: { type: "es6" },
			},
		],
	},
	modulePathIgnorePatterns: ["<rootDir>/.cache/", "<rootDir>/out/"],
	/**
	 * Only ends a test that hangs: ten times as long as the slowest takes on a busy machine, the first
	 * one that needs the engine and compiles it.
	 */
	testTimeout: 3 * 3_600_000,
	reporters: ["default", "<rootDir>/tests/tally.mjs"],
};
