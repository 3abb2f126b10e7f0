/** `npm run test:system`: against Debian's mosquitto, chromium, socat, picocom and Mbed TLS, four files at a time, for they mostly wait. */
import base from "../../jest.base.mjs";

export default {
	...base,
	testMatch: ["<rootDir>/tests/slow/system/**/*.test.ts"],
	maxWorkers: 4,
	testSequencer: "<rootDir>/tests/slow/system/sequencer.mjs",
	forceExit: true, // a test that fails leaves its broker and its sockets behind
};
