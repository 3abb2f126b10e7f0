/** `npm test`: what needs Node alone and is done in three minutes. The street tests are the others. */
import base, { STREET } from "./jest.base.mjs";

/** The rooms that decide about light: `npm run coverage`. */
export const ROOMS = ["lighting", "sensing", "time", "command", "link", "neighbours"];

/** The gate sets the variable. It measures the coverage of the rooms, and runs their tests then. */
const elsewhere = process.env.LUMINODE_SOAKED
	? ROOMS.map((room) => `<rootDir>/tests/${room}/`)
	: [];

export default {
	...base,
	testMatch: ["<rootDir>/tests/**/*.test.ts"],
	testPathIgnorePatterns: ["<rootDir>/tests/slow/", STREET, ...elsewhere],
	maxWorkers: 2, // by itself jest takes one less than the cores, and two is what the gate has
};
