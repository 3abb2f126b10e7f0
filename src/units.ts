/**
 * Units: the numbers that the firmware exchanges, each with its own type.
 *
 * A branded type costs nothing at run time, and rules out a level in place of a duty. Instants and
 * durations are milliseconds throughout, as ECMA-419 requires.
 */

/** Milliseconds on the monotonic clock since this boot, or a duration. Never a date. */
export type Millis = number;

/** Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (ECMA-262 time value). */
export type UtcMillis = number & { readonly unit: "utc" };

/** Light output, 0 to 100 percent of the luminaire's maximum (TALQ DimLevel). */
export type Percent = number & { readonly unit: "percent" };

/** A value for the PWM output, 0 to 2^resolution - 1 (ECMA-419 clause 10, PWM). */
export type Duty = number & { readonly unit: "duty" };

/** A position on the logarithmic dimming curve, 0 (off) to 254 (100 %) (IEC 62386-102, 9.3). */
export type Step = number & { readonly unit: "step" };

/** Illuminance in lux at the node's own light sensor. */
export type Lux = number & { readonly unit: "lux" };

/** Electrical power at the mains, in watts. */
export type Watts = number & { readonly unit: "watts" };
