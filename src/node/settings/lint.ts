/**
 * Lint: settings of a lamp that are valid and still improbable.
 *
 * One table for console, preview, desk and site file. A finding refuses nothing: it names the
 * setting, the reason and the remedy. The work comes in pieces, because light never waits.
 */
import type { SettingName, Settings } from "../../settings/table.js";
import { LintNights } from "./lintnights.js";
import {
	firstPart,
	type LintFinding,
	type LintPart,
	type LintRule,
	lintPart,
} from "./lintrules.js";

export interface Finding {
	readonly rule: LintRule;
	readonly name: SettingName;
	/** For the rule's text. */
	readonly values: readonly (string | number)[];
}

export class Lint {
	private readonly settings: Settings;
	private readonly only: string | undefined;
	private readonly found: LintFinding[] = [];
	private part: LintPart | undefined;
	private readonly nights: LintNights | undefined;

	/** `only`: the setting of which findings are wanted, without the nights of the calendar. */
	constructor(settings: Settings, only?: string) {
		this.settings = settings;
		this.only = only;
		this.part = firstPart(only);
		if (only === undefined) this.nights = new LintNights(settings);
	}

	/** The next finding; null: a piece of the work is done, and more is left; undefined: the end. */
	next(): Finding | null | undefined {
		const { found, only } = this;
		if (found.length === 0 && !this.work()) return undefined;
		const first = found.shift();
		if (!first) return null;
		const [rule, name, ...values] = first;
		if (only !== undefined && name !== only) return null;
		return { rule, name, values };
	}

	private work(): boolean {
		const { found, settings, nights } = this;
		if (this.part) this.part = lintPart(settings, this.part, found, this.only);
		else return nights?.work(found) === true;
		return true;
	}
}
