/** Profile table: the rows of docs/flash.md, which name an option of ESP-IDF and its value in each profile. */
import { readFileSync } from "node:fs";
import { PROFILES, type Profile } from "../../lib/profiles.js";

export interface ProfileRow {
	/** With `CONFIG_`. */
	readonly option: string;
	readonly chips: readonly string[];
	readonly values: Readonly<Record<Profile, string>>;
}

export function profileRows(): readonly ProfileRow[] {
	const page = readFileSync("docs/flash.md", "utf8");
	const rows = page.matchAll(/^\| `(\w+)`(?:, (ESP32|C3) alone)? \| (\w+) \| (\w+) \| (\w+) \|/gm);
	return [...rows].map(([, name, chip, ...shown]) => ({
		option: `CONFIG_${name}`,
		chips: chip === undefined ? ["esp32", "esp32c3"] : [chip === "C3" ? "esp32c3" : "esp32"],
		values: Object.fromEntries(
			PROFILES.map((profile, index) => [
				profile,
				shown[index] === "on" ? "y" : shown[index] === "off" ? "n" : shown[index],
			]),
		) as Record<Profile, string>,
	}));
}
