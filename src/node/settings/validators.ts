/**
 * Validators: parse errors of texts, passed in to `settings`, which may not import their parsers.
 */
import { faultOfCalendar, faultOfHolidays } from "../../lighting/calendar.js";
import { isFault, parseDepreciation } from "../../lighting/clo.js";
import { type InvalidProgram, namedProgramFault, programFault } from "../../lighting/program.js";
import type { Validators } from "../../settings/validate.js";
import { isZoneRejection, parseZone } from "../../time/zonetext.js";

export const VALIDATORS: Validators = Object.freeze({
	program(text: string): string | undefined {
		return placed(programFault(text));
	},
	namedProgram(text: string): string | undefined {
		return text === "" ? undefined : placed(namedProgramFault(text));
	},
	calendar(text: string): string | undefined {
		const fault = faultOfCalendar(text);
		return fault && `rule ${fault.where}: ${fault.why}`;
	},
	holidays(text: string): string | undefined {
		const fault = faultOfHolidays(text);
		return fault && `day ${fault.where}: ${fault.why}`;
	},
	zone(text: string): string | undefined {
		const parsed = parseZone(text);
		return isZoneRejection(parsed) ? `character ${parsed.where}: ${parsed.why}` : undefined;
	},
	depreciation(text: string): string | undefined {
		const parsed = parseDepreciation(text);
		return isFault(parsed) ? `point ${parsed.where}: ${parsed.why}` : undefined;
	},
});

function placed(fault: InvalidProgram | undefined): string | undefined {
	return fault && `point ${fault.where}: ${fault.why}`;
}
