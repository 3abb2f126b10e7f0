/**
 * Store keys: every key of the key-value store but those of the sections (settings/bank.ts, keyOf).
 *
 * Frozen: each version reads the values that an earlier one stored under the same keys. So some of
 * these words are older than the names in the code. At most 15 characters (NVS of ESP-IDF).
 */

/** An upper bound of the numbers of lives so far; a factory reset leaves it. */
export const LIFE_KEY = "life";
/** The reason for the end of the life before. */
export const REASON_KEY = "reason";
/** Standing orders. */
export const STANDING_KEY = "twin";
/** Ids of the latest orders. */
export const REPEATS_KEY = "repeats";
/** Written, read and erased by a self-test. */
export const SELFTEST_KEY = "selftest";
/** The bank: the slot from which each section of the settings is read. */
export const BANK_KEY = "bank";
/** The last switch of the settings that was reported to the CMS. */
export const REPORTED_KEY = "told";
/** The console's password, as a digest. */
export const SECRET_KEY = "secret";
/** Present while the last password entered was wrong. */
export const GUESSED_KEY = "guessed";
/** Prefix of ca, cert and key: the CA, the lamp's certificate and its private key. */
export const CERTIFICATE_PREFIX = "tls.";
/** Prefix of new ones that are tried: ca, cert and key. */
export const TRIAL_PREFIX = "try.";
/** The record of that trial, and whether a session stood with the stored ones. */
export const TRIAL_KEY = "tls.trial";
/** Counters. */
export const COUNTERS_KEY = "totals";
/** Energy of the latest nights. */
export const DAYS_KEY = "days";
/** Samples that wait for the broker. */
export const SAMPLES_KEY = "readings";
/** Date, time fed and nights. */
export const TIME_KEY = "time";
/** Health of the sensors. */
export const HEALTH_KEY = "trust";
/** Present while a run of forged datagrams stands. */
export const FORGED_KEY = "forged";
/** Life and counters of the node that this one replaces, until the next boot. */
export const HANDOVER_KEY = "place";
/** The record of images tried and kept. */
export const UPDATE_KEY = "update";
/** A list of such keys on trial. */
export const TRIED_KEYS_KEY = "update.try";
/** Type and serial number of the driver on the bus. */
export const DRIVER_KEY = "driver";
/** Likewise of the sensor in the lower socket of the luminaire. */
export const SENSOR_KEY = "sensor";
/** Public keys that verify images. */
export const IMAGE_KEYS_KEY = "update.key";
