/** Judges: why a program's or a zone's text is not valid, for the settings, which may not ask their rooms. */
import { isProgram, parseProgram } from "../lighting/program.js";
import type { Judges } from "../settings/validate.js";
import { isZoneRejection, parseZone } from "../time/zonetext.js";

export const JUDGES: Judges = Object.freeze({
	program(text: string): string | undefined {
		const parsed = parseProgram(text);
		return isProgram(parsed) ? undefined : `point ${parsed.where}: ${parsed.why}`;
	},
	zone(text: string): string | undefined {
		const parsed = parseZone(text);
		return isZoneRejection(parsed) ? `character ${parsed.where}: ${parsed.why}` : undefined;
	},
});
