/** Kit: that of this checkout, for a page that runs without it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildEngine, engineHere } from "../../hosts/virtual/engine/engine.js";
import { readImage } from "../../hosts/virtual/engine/image.js";
import { projectRoot } from "../../lib/root.mjs";
import type { Kit } from "../browser/kit.js";
import { SCENARIOS } from "../cli/scenarios.js";
import { readForms } from "../files/orderforms.js";
import { readPress } from "../files/press.js";
import type { About } from "../page/messages.js";

/** The engine as a file holds it. Rejects with a line to print if it cannot be built. */
export async function readEngine(print: (line: string) => void): Promise<Uint8Array> {
	await buildEngine(print);
	return readFileSync(engineHere().file);
}

/** All but the engine. Throws MachineError if the firmware does not compile. */
export function readKit(): Omit<Kit, "engine"> {
	const root = projectRoot();
	const images = { pwm: readImage(root), zhaga: readImage(root, { start: "zhaga" }) };
	const press = readPress();
	const image = createHash("sha256").update(images.pwm.modules[0]!.source).digest("hex");
	const about: About = { version: press.version, commit: commitOf(root), image };
	return { images, scenarios: SCENARIOS, forms: readForms(), press, about };
}

/** `unknown` outside of a checkout; with a `+` if files of it were changed. */
function commitOf(root: string): string {
	const git = (...words: string[]) =>
		execFileSync("git", words, {
			cwd: root,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
		});
	try {
		const isChanged = git("status", "--porcelain", "--untracked-files=no").trim() !== "";
		return `${git("rev-parse", "HEAD").trim()}${isChanged ? "+" : ""}`;
	} catch {
		return "unknown";
	}
}
