/**
 * Lint: settings of a lamp that are valid and still improbable.
 *
 * One table for console, preview, desk and site file. A finding refuses nothing: it names the
 * setting, the reason and the remedy. The work comes in pieces, because light never waits.
 */
import type { SettingName, Settings } from "../../settings/table.js";
import { LintNights } from "./lintnights.js";
import { type AddFinding, firstPart, type LintRule, lintPart, PARTS } from "./lintrules.js";

export interface Finding {
	readonly rule: LintRule;
	readonly name: SettingName;
	/** For the rule's text. */
	readonly values: readonly (string | number | undefined)[];
}

export class Lint {
	private readonly settings: Settings;
	private readonly only: string;
	private readonly found: Finding[] = [];
	private part: number;
	private isOver = false; // all parts are
	private nights: LintNights | undefined;

	/** `only`: the setting of which findings are wanted, without the nights of the calendar. */
	constructor(settings: Settings, only = "") {
		this.settings = settings;
		this.only = only;
		this.part = Math.max(0, firstPart(only));
		if (only === "") this.nights = new LintNights(settings);
	}

	/** The next finding; null: a piece of the work is done, and more is left; undefined: the end. */
	next(): Finding | null | undefined {
		const { found } = this;
		if (found.length === 0 && !this.work()) return undefined;
		return found.shift() ?? null;
	}

	private readonly add: AddFinding = (rule, name, ...values) => {
		if (this.only === "" || this.only === name) this.found.push({ rule, name, values });
	};

	private work(): boolean {
		if (this.isOver) return this.nights?.work(this.add) === true;
		const { part } = this;
		this.part = lintPart(this.settings, part, this.add);
		const isNewProgram = this.part % PARTS === 1;
		this.isOver = this.part === 0 || (isNewProgram && this.only !== "");
		return true;
	}
}
