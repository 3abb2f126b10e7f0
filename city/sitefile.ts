/** Site file: reads a site table (lib/site/sitetable.ts) from a file, by the rules of the contract. */
import { bytesOfFile } from "../lib/files.js";
import { type Site, siteIn } from "../lib/site/sitetable.js";
import { CONTRACT_RULES } from "./settingrules.js";

/** Reads and validates a site file; throws `Trouble` with every fault and its line. */
export function readSite(path: string): Site {
	return siteIn(path, bytesOfFile(path), CONTRACT_RULES);
}

/** The names of its lamps; of one site alone if `site` is given, which is also that of a file without a column site. */
export function lampsOf(
	path: string,
	site?: string,
): readonly { readonly site: string; readonly node: string }[] {
	const all = readSite(path).poles.map(({ values }) => ({
		site: values.get("site") || site || "",
		node: values.get("node")!,
	}));
	return all.filter((lamp) => lamp.site !== "" && (site === undefined || lamp.site === site));
}
