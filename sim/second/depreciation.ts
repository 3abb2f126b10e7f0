/**
 * Depreciation: why the text of a curve is refused.
 *
 * Follows docs/light.md, Values; the curve itself is read by duty.ts.
 */
import { parseDepreciation } from "./duty.js";

export function depreciationErrors(text: string): string | undefined {
	const curve = parseDepreciation(text);
	return "word" in curve ? `point ${curve.at}: ${curve.word}` : undefined;
}
