/**
 * Lint nights: tries the rules of a calendar on the nights of thirteen years, a few at a time.
 *
 * Thirteen years contain each date but the leap day on each weekday; other years are tried if the
 * rule names them. A rule is done at its first night that no earlier rule takes, so a usual calendar
 * takes less than a year of nights.
 */
import { faultOfCalendar, programFor, ruleTest } from "../../lighting/calendar.js";
import type { Settings } from "../../settings/table.js";
import { firstDayOf } from "../../time/civil.js";
import { type CivilDate, dateOf } from "../../time/date.js";
import type { LintFinding } from "./lintrules.js";

const FIRST = 2026;
const LAST = 2038;
/** Years that a clock can reach. */
const FROM = 2000;
const SPAN = 70;
/** Nights of one piece of work. */
const NIGHTS = 8;
/** The program that stands for those of the earlier rules. */
const TAKEN = "taken";

/** The rules of a calendar, one after the other. */
export class LintNights {
	private readonly rules: readonly string[];
	private readonly holidays: string;
	private nth = 0;
	private trial: RuleTrial | undefined;

	constructor({ calendar, holidays }: Settings) {
		const isSound = calendar !== "" && !faultOfCalendar(calendar);
		this.rules = isSound ? calendar.split(";").filter((rule) => rule.trim() !== "") : [];
		this.holidays = holidays;
	}

	/** Tries some nights and appends a finding for a rule without one; false: there are no more. */
	work(found: LintFinding[]): boolean {
		const { rules, nth } = this;
		if (nth === rules.length) return false;
		this.trial ??= new RuleTrial(rules, nth, this.holidays);
		const { trial } = this;
		const verdict = trial.work();
		if (verdict === undefined) return true;
		if (verdict === "none")
			found.push([
				trial.isShadowed ? "shadowed" : "neverFits",
				"calendar",
				`"${rules[nth]!.trim()}"`,
			]);
		this.nth += 1;
		this.trial = undefined;
		return true;
	}
}

/** One rule. */
class RuleTrial {
	/** It fits a night, which an earlier rule takes. */
	isShadowed = false;
	private readonly rule: string;
	private readonly fits: ReturnType<typeof ruleTest>;
	private readonly earlier: string;
	private readonly holidays: string;
	private years = 0; // that are done
	private day = firstDayOf(FIRST); // of the evening
	private evening: CivilDate = dateOf(firstDayOf(FIRST));

	constructor(rules: readonly string[], nth: number, holidays: string) {
		this.rule = rules[nth]!;
		this.fits = ruleTest(this.rule, holidays);
		this.holidays = holidays;
		const before = rules.slice(0, nth).map((each) => each.slice(0, each.indexOf(":")));
		this.earlier = before.map((days) => `${days}:${TAKEN}`).join(";");
	}

	/** `own`: the rule has a night of its own; `none`: it has none; undefined: there is more to try. */
	work(): "own" | "none" | undefined {
		for (let count = 0; count < NIGHTS; count += 1) {
			const { evening } = this;
			const morning = dateOf(this.day + 1);
			const isFitting = this.fits(evening, morning);
			if (isFitting && programFor(this.earlier, this.holidays, evening, morning) !== TAKEN)
				return "own";
			this.isShadowed ||= isFitting;
			this.day += 1;
			this.evening = morning;
			if (morning.year !== evening.year && !this.nextYear()) return "none";
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
