/** Foreign light: the whole of tests/sensing/foreignlight.test.ts, 300 skies. */
process.env.LUMINODE_SKIES = "300";
await import("../../sensing/foreignlight.test.js");

export {};
