/** `npm run host -- idf`: what ESP-IDF's and Espressif's own tools make and read, where they are installed (docs/flash.md). */
import base from "../../jest.base.mjs";

export default {
	...base,
	testMatch: ["<rootDir>/tests/slow/idf/**/*.test.ts"],
	maxWorkers: 1,
};
