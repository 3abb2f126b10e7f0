/** `npm run soak`: the long runs whose seeded small part is in `npm test`. */
import base from "../../jest.base.mjs";

export default {
	...base,
	testMatch: ["<rootDir>/tests/slow/soak/**/*.test.ts"],
	testTimeout: 6 * 3_600_000,
	maxWorkers: 1,
};
