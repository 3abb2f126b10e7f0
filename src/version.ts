/** Version: of the firmware, as the reports and the console tell it; the same as in package.json. */

export const SW_VERSION = "0.1.0";
