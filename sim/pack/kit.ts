/** Kit: that of this checkout, for a page that runs without it. */
import { buildEngine } from "../../hosts/virtual/engine/engine.js";
import { readImage } from "../../hosts/virtual/engine/image.js";
import { projectRoot } from "../../lib/root.mjs";
import type { Kit } from "../browser/kit.js";
import { SCENARIOS } from "../cli/scenarios.js";
import { readPress } from "../files/press.js";

/** Rejects with a line to print if the engine cannot be built. */
export async function readKit(print: (line: string) => void): Promise<Kit> {
	const root = projectRoot();
	return {
		engine: await buildEngine(print),
		images: { pwm: readImage(root), zhaga: readImage(root, { start: "zhaga" }) },
		scenarios: SCENARIOS,
		press: readPress(),
	};
}
