/**
 * Site file: reads a site table (sitetable.ts) from a file.
 */
import { zoneHint } from "../plan/settingsfile.js";
import { bytesOfFile } from "./files.js";
import { type Site, siteIn } from "./sitetable.js";

/** Reads and validates a site file; throws `Trouble` with every fault and its line. */
export function readSite(path: string): Site {
	return siteIn(path, bytesOfFile(path), (setting, cell) => ({
		en: zoneHint(setting, cell, "en"),
		fr: zoneHint(setting, cell, "fr"),
	}));
}
