/**
 * Table: energy, light debt, passages and hours without light of each option, as lines of a Markdown
 * table.
 */
import type { NightFigures } from "../../sim/run/playedoptions.js";

export interface Outcome {
	readonly energy_kWh: number;
	readonly person_s: number;
	readonly below_s: number;
	/** Seconds weighted by the missing share of the level; absent: not counted. */
	readonly missing_s?: number;
	/** Road users who pass at night; and those of them who pass a lamp without light. */
	readonly passed: number;
	readonly unlit: number;
	/** Hours without light while it is dark. */
	readonly unlit_h: number;
}

export const NO_COST: Outcome = {
	energy_kWh: 0,
	person_s: 0,
	below_s: 0,
	passed: 0,
	unlit: 0,
	unlit_h: 0,
};

export function outcomeOf(figures: NightFigures, missing_s?: number): Outcome {
	const { energy_kWh, person_s, below_s, passed, unlit, unlit_h } = figures;
	const all = (counts: NightFigures["passed"]) => counts.pedestrian + counts.bicycle + counts.car;
	const missing = missing_s === undefined ? {} : { missing_s };
	return {
		energy_kWh,
		person_s,
		below_s,
		passed: all(passed),
		unlit: all(unlit),
		unlit_h,
		...missing,
	};
}

export function plus(a: Outcome, b: Outcome): Outcome {
	const missing_s = (a.missing_s ?? 0) + (b.missing_s ?? 0);
	return {
		energy_kWh: a.energy_kWh + b.energy_kWh,
		person_s: a.person_s + b.person_s,
		below_s: a.below_s + b.below_s,
		passed: a.passed + b.passed,
		unlit: a.unlit + b.unlit,
		unlit_h: a.unlit_h + b.unlit_h,
		...(b.missing_s === undefined ? {} : { missing_s }),
	};
}

/** By name; the first is the reference for energy. */
export function* linesOf(outcomes: ReadonlyMap<string, Outcome>): Iterable<string> {
	const [measure] = outcomes.values();
	yield "| option | energy, kWh | of full | below class, person-s | of all | light missing | passages without light | without light, h |";
	yield "|---|---:|---:|---:|---:|---:|---:|---:|";
	for (const [name, outcome] of outcomes) {
		const percent = (part: number, total: number) => `${((100 * part) / total).toFixed(1)} %`;
		const used = percent(outcome.energy_kWh, measure!.energy_kWh);
		const below = `${outcome.below_s.toFixed(0)} of ${outcome.person_s.toFixed(0)}`;
		const missing =
			outcome.missing_s === undefined ? "-" : percent(outcome.missing_s, outcome.person_s);
		const light = `${percent(outcome.below_s, outcome.person_s)} | ${missing}`;
		const dark = `${outcome.unlit} of ${outcome.passed} | ${outcome.unlit_h.toFixed(1)}`;
		yield `| ${name} | ${outcome.energy_kWh.toFixed(2)} | ${used} | ${below} | ${light} | ${dark} |`;
	}
}
