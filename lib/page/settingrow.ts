/** Setting row: a setting of the firmware's table as a page shows it. */
import type { Text } from "../text/bilingual.js";

export interface SettingRow {
	readonly name: string;
	readonly section: string;
	readonly kind: "number" | "boolean" | "choice" | "text";
	readonly choices: readonly string[];
	readonly initial: string | number | boolean;
	readonly range: Text;
	readonly meaning: Text;
}
