/** `npm test`: everything that needs Node alone. */
import base from "./jest.base.mjs";

/** The rooms that decide about light: `npm run coverage`. */
export const ROOMS = ["lighting", "sensing", "time", "command", "link", "neighbours"];

/** Set by the gate: the files of which it runs the whole. It runs those, and the rooms, once. */
const soaked = process.env.LUMINODE_SOAKED?.split(" ");
const elsewhere = soaked
	? [...ROOMS.map((room) => `tests/${room}/`), ...soaked.map((name) => `tests/${name}.test.ts$`)]
	: [];

export default {
	...base,
	testMatch: ["<rootDir>/tests/**/*.test.ts"],
	testPathIgnorePatterns: ["tests/slow/", ...elsewhere].map((path) => `<rootDir>/${path}`),
	maxWorkers: 2, // by itself jest takes one less than the cores, and two is what the gate has
};
