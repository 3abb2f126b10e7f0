/** `npm run host -- headless --broker`: the firmware on the desktop in XS 17, at a real mosquitto. */
import base from "../../jest.base.mjs";

export default {
	...base,
	testMatch: ["<rootDir>/tests/slow/desktop/**/*.test.ts"],
	maxWorkers: 1,
	bail: 1, // a step stands on the one before
};
