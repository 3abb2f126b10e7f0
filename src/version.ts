/** Version: of the firmware, for reports and console; the same as in package.json. */

export const SW_VERSION = "0.1.0";
/** Counter of the image; raised when older images must not return (docs/update.md). */
export const IMAGE_COUNTER = 0;
/** Last day of security fixes: five years after the day of the version. */
export const SUPPORTED_UNTIL = "2031-11-24";
/** The day of this version, 2026-11-24 (UTC, ms); no true date is earlier. */
export const SW_DATE = 1_795_478_400_000;
