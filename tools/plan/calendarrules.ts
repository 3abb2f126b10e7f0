/**
 * Calendar rules: those of a lamp's calendar that no night uses, found on the nights of thirteen years.
 *
 * Thirteen years contain each date but the leap day on each weekday; other years are tried if the
 * rule names them.
 */
import { faultOfCalendar, programFor, ruleTest } from "../../src/lighting/calendar.js";
import { pointTexts } from "../../src/lighting/program.js";
import type { Settings } from "../../src/settings/table.js";
import { firstDayOf } from "../../src/time/civil.js";
import { dateOf } from "../../src/time/date.js";
import type { AddFinding } from "./lamprules.js";

const FIRST = 2026;
const LAST = 2038;
/** Years that a clock can reach. */
const FROM = 2000;
const SPAN = 70;
/** The program that stands for those of the earlier rules. */
const TAKEN = "taken";

/** Adds a finding for each rule without a night of its own. */
export function lintCalendar({ calendar, holidays }: Settings, add: AddFinding): void {
	const rules = faultOfCalendar(calendar) ? [] : pointTexts(calendar);
	for (const [index, rule] of rules.entries()) {
		const earlier = rules.slice(0, index).join(";");
		const fault = faultOf(rule, earlier.replace(/:[^;]*/g, `:${TAKEN}`), holidays);
		if (fault) add(fault, "calendar", `"${rule.trim()}"`);
	}
}

/** The reason why the rule has no night; undefined: it has one. */
function faultOf(
	rule: string,
	earlier: string,
	holidays: string,
): "neverFits" | "shadowed" | undefined {
	const fits = ruleTest(rule, holidays);
	let isShadowed = false; // it fits a night, which an earlier rule takes
	for (const year of yearsOf(rule))
		for (let day = firstDayOf(year); day < firstDayOf(year + 1); day += 1) {
			const evening = dateOf(day);
			const morning = dateOf(day + 1);
			if (!fits(evening, morning)) continue;
			if (programFor(earlier, holidays, evening, morning) !== TAKEN) return undefined;
			isShadowed = true;
		}
	return isShadowed ? "shadowed" : "neverFits";
}

/** The thirteen years first, so that a usual calendar takes less than a year of nights. */
function yearsOf(rule: string): number[] {
	const years = Array.from({ length: SPAN }, (_, index) => FROM + ((FIRST - FROM + index) % SPAN));
	return years.filter((year) => (year >= FIRST && year <= LAST) || rule.includes(`${year}-`));
}
