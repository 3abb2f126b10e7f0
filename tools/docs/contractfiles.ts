/**
 * Contract files: docs/broker.asyncapi.yaml with the settings of the firmware's table, and
 * docs/integrators.md with the reference and the limits that follow from that document.
 */
import { readFileSync } from "node:fs";
import { contractIn, PATH } from "./contractdoc.js";
import { withReference } from "./contractpage.js";
import { withLimits } from "./limitspage.js";
import { withSettings } from "./settingsschemas.js";

const PAGE = "docs/integrators.md";

/** Texts by path; text around the written parts is kept. */
export function contractFiles(): Readonly<Record<string, string>> {
	const text = withSettings(readFileSync(PATH, "utf8"));
	const document = contractIn(text);
	const page = withLimits(withReference(readFileSync(PAGE, "utf8"), document), document);
	return { [PATH]: text, [PAGE]: page };
}
