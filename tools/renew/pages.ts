/** Pages: the generated files that are computed at once, as texts by path, and written where they are stale. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { citySettings } from "../docs/citysettings.js";
import { COMMANDS_PAGE, commandsPage } from "../docs/commandspage.js";
import { packageTable, withBlock } from "../docs/components.js";
import { contractFiles } from "../docs/contractfiles.js";
import { SETTINGS_PAGES, settingsPage } from "../docs/settingspage.js";
import { preloadOrder } from "../toolchain/modules.js";
import { boardPages } from "./boards.js";
import { CHECKS_PAGE, checksPage } from "./checks.js";

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>;

const MANIFEST = "manifest.json";
const COMPONENTS = "docs/components.md";
const read = (path: string) => readFileSync(path, "utf8");

/** Each job by its name, in the order in which they are done. */
export const PAGES: Readonly<Record<string, () => Texts>> = {
	manifest: () => ({ [MANIFEST]: withPreload(read(MANIFEST)) }),
	settings: () => ({
		[SETTINGS_PAGES.en]: settingsPage("en"),
		[SETTINGS_PAGES.fr]: settingsPage("fr"),
		"city/settings.ts": citySettings(),
		...contractFiles(),
	}),
	contract: contractFiles,
	commands: () => ({ [COMMANDS_PAGE]: commandsPage() }),
	checks: () => ({ [CHECKS_PAGE]: checksPage(read(CHECKS_PAGE)) }),
	boards: boardPages,
	packages: () => ({ [COMPONENTS]: withBlock(read(COMPONENTS), "packages", packageTable()) }),
};

/** Writes the texts that differ from their files, and returns the paths of those. */
export function writeStale(texts: Texts): string[] {
	const stale = Object.entries(texts).filter(
		([path, text]) => !existsSync(path) || read(path) !== text,
	);
	for (const [path, text] of stale) writeFileSync(path, text);
	return stale.map(([path]) => path);
}

/**
 * The modules of `src/` to preload, each after its imports: the order in which the linker of the SDK and
 * the virtual machines evaluate them, so both images hold the same slots.
 */
function withPreload(manifest: string): string {
	const list = preloadOrder("src").map((name) => `\t\t${JSON.stringify(name)}`);
	return manifest.replace(
		/(\n\t"preload": \[)[^\]]*\]/,
		(_all, head: string) => `${head}\n${list.join(",\n")}\n\t]`,
	);
}
