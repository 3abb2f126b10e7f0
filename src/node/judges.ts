/** Judges: why a program's or a zone's text is not valid, for the settings, which may not ask their rooms. */
import { isInvalidCalendar, parseCalendar, parseHolidays } from "../lighting/calendar.js";
import { isProgram, parseNamedProgram, parseProgram } from "../lighting/program.js";
import type { Judges } from "../settings/validate.js";
import { isZoneRejection, parseZone } from "../time/zonetext.js";

export const JUDGES: Judges = Object.freeze({
	program(text: string): string | undefined {
		const parsed = parseProgram(text);
		return isProgram(parsed) ? undefined : `point ${parsed.where}: ${parsed.why}`;
	},
	namedProgram(text: string): string | undefined {
		const parsed = text === "" ? undefined : parseNamedProgram(text);
		return parsed && "why" in parsed ? `point ${parsed.where}: ${parsed.why}` : undefined;
	},
	calendar(text: string): string | undefined {
		const parsed = parseCalendar(text);
		return isInvalidCalendar(parsed) ? `rule ${parsed.where}: ${parsed.why}` : undefined;
	},
	holidays(text: string): string | undefined {
		const parsed = parseHolidays(text);
		return isInvalidCalendar(parsed) ? `day ${parsed.where}: ${parsed.why}` : undefined;
	},
	zone(text: string): string | undefined {
		const parsed = parseZone(text);
		return isZoneRejection(parsed) ? `character ${parsed.where}: ${parsed.why}` : undefined;
	},
});
