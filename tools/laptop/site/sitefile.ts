/**
 * Site file: reads a site table (lib/site/sitetable.ts) from a file, by the firmware's rules.
 */
import { bytesOfFile } from "../../../lib/files.js";
import { type Site, siteIn } from "../../../lib/site/sitetable.js";
import { zoneHint } from "../../plan/settingsfile.js";
import { firmwareRules } from "./firmwarerules.js";

const RULES = firmwareRules((setting, cell) => ({
	en: zoneHint(setting, cell, "en"),
	fr: zoneHint(setting, cell, "fr"),
}));

/** Reads and validates a site file; throws `Trouble` with every fault and its line. */
export function readSite(path: string): Site {
	return siteIn(path, bytesOfFile(path), RULES);
}
