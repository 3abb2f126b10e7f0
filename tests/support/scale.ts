/**
 * Scale: how much of a long test is run. `npm test` or `npm run test:street` runs a seeded
 * part of it, `npm run soak` the whole: its configuration sets the variable and takes in each test file that imports this one.
 */
const IS_WHOLE = process.env.LUMINODE_SCALE === "whole";

/** Seeds, rows, counts or spans of a test: the part, or the whole for the soak. */
export const scaled = <T>(part: T, whole: T): T => (IS_WHOLE ? whole : part);
