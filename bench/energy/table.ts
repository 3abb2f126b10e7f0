/**
 * Table: energy and light debt of each strategy, as lines of a Markdown table.
 */
import type { Strategy } from "./strategies.js";

export interface Outcome {
	readonly energy_kWh: number;
	readonly personMs: number;
	readonly owedMs: number;
	readonly missingMs: number;
}

export const NO_COST: Outcome = {
	energy_kWh: 0,
	personMs: 0,
	owedMs: 0,
	missingMs: 0,
};

export function plus(a: Outcome, b: Outcome): Outcome {
	return {
		energy_kWh: a.energy_kWh + b.energy_kWh,
		personMs: a.personMs + b.personMs,
		owedMs: a.owedMs + b.owedMs,
		missingMs: a.missingMs + b.missingMs,
	};
}

/** The first strategy is the reference for energy. */
export function* linesOf(outcomes: ReadonlyMap<Strategy, Outcome>): Iterable<string> {
	const [measure] = outcomes.values();
	yield "| way of lighting | energy, kWh | of full | below sensor level, person-s | of all | light missing |";
	yield "|---|---:|---:|---:|---:|---:|";
	for (const [{ name }, { energy_kWh, personMs, owedMs, missingMs }] of outcomes) {
		const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
		const used = percent(energy_kWh, measure!.energy_kWh);
		const owed = `${(owedMs / 1000).toFixed(0)} of ${(personMs / 1000).toFixed(0)}`;
		const shares = `${percent(owedMs, personMs)} | ${percent(missingMs, personMs)}`;
		yield `| ${name} | ${energy_kWh.toFixed(2)} | ${used} | ${owed} | ${shares} |`;
	}
}
