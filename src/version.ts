/** Version: of the firmware, as the reports and the console tell it; the same as in package.json. */

export const SW_VERSION = "0.1.0";
/** The day of this version, 2026-11-24 (UTC, ms): no true date is earlier. */
export const SW_DATE = 1_795_478_400_000;
