/**
 * Fastcheck: fast-check, whose lists and texts reach the greatest length that a property states.
 *
 * By itself it draws ten elements at most, whatever `maxLength` says.
 */
import fc from "../../node_modules/fast-check/lib/fast-check.js";

fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

export * from "../../node_modules/fast-check/lib/fast-check.js";
export default fc;
