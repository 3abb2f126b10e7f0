/** Version: of the firmware, as the reports and the console tell it; the same as in package.json. */

export const SW_VERSION = "0.1.0";
/** Of the image: raised where an older one must not come back (docs/update.md). */
export const IMAGE_COUNTER = 0;
/** Faults of its security are mended until then: five years from its day. */
export const SUPPORTED_UNTIL = "2031-11-24";
/** The day of this version, 2026-11-24 (UTC, ms): no true date is earlier. */
export const SW_DATE = 1_795_478_400_000;
