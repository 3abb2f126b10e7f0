/**
 * Seed: where a test's own random numbers begin, as in `random(seed(7), "name")` of `lib/random.ts`.
 * fastcheck.mjs does the same for properties.
 */
const { LUMINODE_SEED: fresh } = process.env;

/** `fixed`; in a round of `npm run soak -- fresh` that round's. */
export const seed = (fixed: number): number => (fresh === undefined ? fixed : Number(fresh));
