/**
 * Lint nights: tries the rules of a calendar on the nights of thirteen years, a few at a time.
 *
 * Thirteen years contain each date but the leap day on each weekday; other years are tried if the
 * rule names them. A rule is done at its first night that no earlier rule takes, so a usual calendar
 * takes less than a year of nights.
 */
import { faultOfCalendar, programFor, ruleTest } from "../../lighting/calendar.js";
import { pointTexts } from "../../lighting/program.js";
import type { Settings } from "../../settings/table.js";
import { firstDayOf } from "../../time/civil.js";
import { type CivilDate, dateOf } from "../../time/date.js";
import type { AddFinding } from "./lintrules.js";

const FIRST = 2026;
const LAST = 2038;
/** Years that a clock can reach. */
const FROM = 2000;
const SPAN = 70;
/** Nights of one piece of work. */
const NIGHTS = 8;
/** The program that stands for those of the earlier rules. */
const TAKEN = "taken";

export class LintNights {
	private readonly rules: readonly string[];
	private readonly holidays: string;
	private nth = -1; // the rule
	private rule = "";
	private earlier = ""; // rules
	private fits: ReturnType<typeof ruleTest> = () => false;
	/** The rule fits a night, which an earlier one takes. */
	private isShadowed = false;
	private years = 0; // that are done
	private day = 0; // of the evening
	private evening: CivilDate = dateOf(0);

	constructor({ calendar, holidays }: Settings) {
		this.rules = faultOfCalendar(calendar) ? [] : pointTexts(calendar);
		this.holidays = holidays;
		this.begin();
	}

	/** Tries some nights, and adds a finding for a rule without one; false: there are no more rules. */
	work(add: AddFinding): boolean {
		const { rules, nth } = this;
		if (nth >= rules.length) return false;
		const hasNight = this.tryNights();
		if (hasNight === false)
			add(this.isShadowed ? "shadowed" : "neverFits", "calendar", `"${rules[nth]!.trim()}"`);
		if (hasNight !== undefined) this.begin();
		return true;
	}

	/** Goes on to the next rule. */
	private begin(): void {
		const { rules } = this;
		this.nth += 1;
		const rule = rules[this.nth];
		if (rule === undefined) return;
		this.rule = rule;
		this.earlier = rules
			.slice(0, this.nth)
			.join(";")
			.replace(/:[^;]*/g, `:${TAKEN}`);
		this.fits = ruleTest(rule, this.holidays);
		this.isShadowed = false;
		this.years = -1;
		this.nextYear();
	}

	/** Whether the rule has a night of its own; undefined: there is more to try. */
	private tryNights(): boolean | undefined {
		for (let count = 0; count < NIGHTS; count += 1) {
			const { evening } = this;
			const morning = dateOf(this.day + 1);
			const isFitting = this.fits(evening, morning);
			if (isFitting && programFor(this.earlier, this.holidays, evening, morning) !== TAKEN)
				return true;
			this.isShadowed ||= isFitting;
			this.day += 1;
			this.evening = morning;
			if (morning.year !== evening.year && !this.nextYear()) return false;
			if (isFitting) return undefined; // the earlier rules took as long as many nights
		}
		return undefined;
	}

	/** Goes on to the next year that is to be tried; false: there is none. */
	private nextYear(): boolean {
		for (this.years += 1; this.years < SPAN; this.years += 1) {
			const year = FROM + ((FIRST - FROM + this.years) % SPAN);
			if ((year < FIRST || year > LAST) && !this.rule.includes(`${year}-`)) continue;
			this.day = firstDayOf(year);
			this.evening = dateOf(this.day);
			return true;
		}
		return false;
	}
}
