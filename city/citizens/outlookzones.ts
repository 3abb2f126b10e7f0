/**
 * Outlook's zones: the names that Windows gives to the zones of Europe, which Outlook writes into a
 * calendar, and the IANA zone of the same rules (windowsZones of Unicode's CLDR, territory 001).
 */
export const OUTLOOK_ZONES: ReadonlyMap<string, string> = new Map([
	["UTC", "Etc/UTC"],
	["GMT Standard Time", "Europe/London"],
	["Greenwich Standard Time", "Atlantic/Reykjavik"],
	["W. Europe Standard Time", "Europe/Berlin"],
	["Central Europe Standard Time", "Europe/Budapest"],
	["Central European Standard Time", "Europe/Warsaw"],
	["Romance Standard Time", "Europe/Paris"],
	["GTB Standard Time", "Europe/Bucharest"],
	["E. Europe Standard Time", "Europe/Chisinau"],
	["FLE Standard Time", "Europe/Kyiv"],
	["Turkey Standard Time", "Europe/Istanbul"],
]);
