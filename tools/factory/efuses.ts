/**
 * eFuses: read and burnt by espefuse, at a chip on a port, or on virtual eFuses in a file, which it
 * keeps as a chip does.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../../lib/text/trouble.js";
import type { Chip, Field, Fuse, Summary } from "./fuses.js";
import { text } from "./texts.js";
import type { Tools } from "./tools.js";

/** `--port PATH`, or `--virt --path-efuse-file FILE`. */
export type Where = readonly string[];

export async function summaryOf(tools: Tools, chip: Chip, where: Where): Promise<Summary> {
	return tools.inFolder(async (folder) => {
		const file = join(folder, "summary.json");
		const args = ["summary", "--format", "json", "--file", file];
		await tools.run("espefuse", ["--chip", chip, ...where, ...args]);
		return summaryIn(readFileSync(file, "utf8"));
	});
}

/** The fields of espefuse's JSON. Throws `Trouble` for another text. */
export function summaryIn(json: string): Summary {
	try {
		const rows = Object.entries(JSON.parse(json) as Record<string, Record<string, unknown>>);
		const fields = rows.map(([name, { value, readable, writeable }]): [string, Field] => [
			name,
			{ value: String(value), readable: readable === true, writeable: writeable === true },
		]);
		return Object.fromEntries(fields);
	} catch {
		throw new Trouble(text("toolFailed", "espefuse", json.slice(0, 80)));
	}
}

/** Burns one fuse of the table; bits that are burnt stay burnt. */
export async function burn(
	tools: Tools,
	chip: Chip,
	where: Where,
	fuse: Fuse,
	key?: Uint8Array,
): Promise<void> {
	await tools.inFolder(async (folder) => {
		const file = join(folder, "key.bin");
		if (key) writeFileSync(file, key, { mode: 0o600 });
		const args = wordsFor(fuse, file).map((word, index) => (index === 0 ? tools.word(word) : word));
		const common = ["--chip", chip, ...where, "--do-not-confirm"];
		await tools.run("espefuse", [...common, ...args]);
	});
}

/** The command of espefuse, as version 5 spells it. */
function wordsFor(fuse: Fuse, keyFile: string): string[] {
	if (fuse.kind === "protect") return ["write-protect-efuse", fuse.name];
	if (fuse.kind === "value") return ["burn-efuse", fuse.name, String(fuse.value)];
	const { name, purpose, isSecret } = fuse;
	if (purpose) return ["burn-key", name, keyFile, purpose.value];
	return ["burn-key", isSecret ? "flash_encryption" : "secure_boot_v2", keyFile];
}
