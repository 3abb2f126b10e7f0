/** Site file: reads a site table (lib/site/sitetable.ts) from a file, by the rules of the contract. */
import { bytesOfFile } from "../lib/files.js";
import { type Site, siteIn } from "../lib/site/sitetable.js";
import { CONTRACT_RULES } from "./settingrules.js";

/** Reads and validates a site file; throws `Trouble` with every fault and its line. */
export function readSite(path: string): Site {
	return siteIn(path, bytesOfFile(path), CONTRACT_RULES);
}
