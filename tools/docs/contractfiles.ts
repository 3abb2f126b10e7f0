/**
 * Contract files: docs/broker.asyncapi.yaml with the settings of the firmware's table; from that
 * document docs/messages.md, and the limits in docs/integrators.md.
 */
import { readFileSync } from "node:fs";
import { contractIn, PATH } from "../../lib/firmware/contractdoc.js";
import { contractPage } from "./contractpage.js";
import { withLimits } from "./limitspage.js";
import { withSettings } from "./settingsschemas.js";

const LIMITS_PAGE = "docs/integrators.md";
export const MESSAGES_PAGE = "docs/messages.md";

/** Texts by path; text around the written parts is kept. */
export function contractFiles(): Readonly<Record<string, string>> {
	const text = withSettings(readFileSync(PATH, "utf8"));
	const document = contractIn(text);
	const limits = withLimits(readFileSync(LIMITS_PAGE, "utf8"), document);
	return { [PATH]: text, [MESSAGES_PAGE]: contractPage(document), [LIMITS_PAGE]: limits };
}
