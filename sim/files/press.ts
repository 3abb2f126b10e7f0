/** Press: version and style sheet of the reports, from the files of this checkout. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import type { Press } from "../report/report.js";

/** Of a document that stands alone. */
export function readPress(): Required<Press> {
	const read = (...path: string[]) => readFileSync(join(projectRoot(), ...path), "utf8");
	const { version } = JSON.parse(read("package.json")) as { version: string };
	const folder = ["sim", "report"];
	const style = [read(...folder, "style.css"), read(...folder, "decision", "style.css")];
	return { version, style: style.join("\n") };
}
