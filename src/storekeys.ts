/**
 * Store keys: every key of the key-value store but the sections' (settings/bank.ts, keyOf).
 *
 * Frozen: what a lamp stored under a key is read by the next version under the same key. Some words
 * are older than the names in the code. At most 15 characters (NVS of ESP-IDF).
 */

/** A bound that no life has passed; a factory reset leaves it. */
export const LIFE_KEY = "life";
/** Why the life before ended. */
export const REASON_KEY = "reason";
/** Orders in force. */
export const STANDING_KEY = "twin";
/** Ids of the latest orders. */
export const REPEATS_KEY = "repeats";
/** Written, read and erased by a self-test. */
export const SELFTEST_KEY = "selftest";
/** From which slot each section of the settings is read. */
export const BANK_KEY = "bank";
/** Which switch of the settings was reported to the CMS. */
export const REPORTED_KEY = "told";
/** The console's password, as a digest. */
export const SECRET_KEY = "secret";
/** There while a wrong password was the last one. */
export const GUESSED_KEY = "guessed";
/** Before ca, cert and key: the CA, the lamp's certificate, its key. */
export const CERTIFICATE_PREFIX = "tls.";
/** Counters. */
export const COUNTERS_KEY = "totals";
/** Energy of the latest nights. */
export const DAYS_KEY = "days";
/** Samples that wait for the broker. */
export const SAMPLES_KEY = "readings";
/** What is known of date and nights. */
export const TIME_KEY = "time";
/** Health of the sensors. */
export const HEALTH_KEY = "trust";
/** There while a run of forged datagrams stands. */
export const FORGED_KEY = "forged";
/** Life and counters of the node that this one replaces, until the next boot. */
export const HANDOVER_KEY = "place";
/** The images that were tried and kept. */
export const UPDATE_KEY = "update";
/** Public keys of those who may sign images. */
export const IMAGE_KEYS_KEY = "update.key";
