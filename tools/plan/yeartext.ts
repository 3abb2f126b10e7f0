/**
 * Year text: energy, baseline, savings and EN 13201-5 figures of one lamp, in lines.
 */

import { oldLampYear, type Traffic, yearOf } from "../../lib/firmware/lampyear.js";
import type { Language } from "../../lib/text/bilingual.js";
import { fill } from "../../lib/text/filled.js";
import { driverOutput, shareAt } from "../../src/lighting/output.js";
import { baselinePower, powerOf } from "../../src/meter/power.js";
import { fullLevelOf } from "../../src/settings/classes.js";
import { type Changes, type Settings, withValues } from "../../src/settings/table.js";
import {
	annualConsumption,
	type Energy,
	powerDensity,
	savingsOf,
	type Tariff,
	tariffOf,
} from "./savings.js";

export const BASELINES = ["oldLamp", "halfNight", "ledFull"] as const;
export type Baseline = (typeof BASELINES)[number];

export interface YearOptions {
	readonly year: number;
	readonly traffic: Traffic;
	/** A name, or the settings of a previous program. */
	readonly baseline: Baseline | Settings;
	readonly tariff: Tariff | undefined;
	/** Width of the lit road with its footways, m. */
	readonly width_m: number | undefined;
}

const TEXTS = {
	en: {
		year: "{0}: {1} kWh, night for {2} h, lit for {3} h, occupied {4} % of the night.",
		baseline: "Baseline {0}: {1} kWh; saved {2} kWh +-{3} ({4} %).",
		doubt: "The uncertainty is as large as the saving.",
		value: "By the tariff of {0}: {1} EUR and {2} kg of CO2 saved.",
		area: "EN 13201-5, {0} m by {1} m: PDI {2} mW/(lx m2), AECI {3} kWh/m2.",
		bill: "Modelled energy is not a bill.",
		names: {
			oldLamp: "old lamp all night",
			halfNight: "old lamp, out from 0 to 5 h",
			ledFull: "LED at 100 % all night",
			previous: "previous program",
		},
	},
	fr: {
		year: "{0} : {1} kWh, {2} h de nuit, allumé {3} h, présence {4} % de la nuit.",
		baseline: "Référence, {0} : {1} kWh ; économie {2} kWh ±{3} ({4} %).",
		doubt: "L'incertitude est aussi grande que l'économie.",
		value: "Au tarif de {0} : {1} EUR et {2} kg de CO2 évités.",
		area: "EN 13201-5, {0} m sur {1} m : PDI {2} mW/(lx m2), AECI {3} kWh/m2.",
		bill: "L'énergie modélisée n'est pas une facture.",
		names: {
			oldLamp: "ancien luminaire toute la nuit",
			halfNight: "ancien luminaire éteint de 0 à 5 h",
			ledFull: "LED à 100 % toute la nuit",
			previous: "programme précédent",
		},
	},
} as const;

/** Hours in which the old lamp is out in a half-night street. */
const OUT = [0, 5] as const;

export function yearText(settings: Settings, options: YearOptions, language: Language): string[] {
	const texts = TEXTS[language];
	const figure = (value: number, digits = 1) => {
		const text = value.toFixed(digits);
		return language === "fr" ? text.replace(".", ",") : text;
	};
	const { year, traffic, baseline, tariff, width_m } = options;
	const option = yearOf(settings, year, traffic);
	const tolerance = settings.powerTolerance;
	const reference = baselineOf(settings, baseline, year, traffic);
	const { saved_kWh, share, uncertainty_kWh, isSignificant } = savingsOf(
		{ energy_kWh: option.energy_kWh, tolerance },
		reference,
	);
	const name = texts.names[typeof baseline === "string" ? baseline : "previous"];
	const lines = [
		fill(
			texts.year,
			`${year}`,
			figure(option.energy_kWh),
			figure(option.dark_h, 0),
			figure(option.lit_h, 0),
			figure(option.occupied),
		),
		fill(
			texts.baseline,
			name,
			figure(reference.energy_kWh),
			figure(saved_kWh),
			figure(uncertainty_kWh),
			figure(share),
		),
	];
	if (!isSignificant) lines.push(texts.doubt);
	if (tariff) {
		const { eur, co2_kg } = tariffOf(saved_kWh, tariff);
		lines.push(fill(texts.value, tariff.dated, figure(eur, 2), figure(co2_kg)));
	}
	if (width_m !== undefined) {
		const full = fullLevelOf(settings);
		const output = driverOutput(full, shareAt(settings, settings.cleanedAt), settings);
		const spacing_m = settings.poleSpacing;
		const mean_lx = (settings.installedMean * full) / 100;
		const pdi = powerDensity(powerOf(output, settings), { spacing_m, width_m, mean_lx });
		const aeci = annualConsumption(option.energy_kWh, { spacing_m, width_m });
		if (pdi !== undefined && aeci !== undefined)
			lines.push(
				fill(texts.area, `${spacing_m}`, figure(width_m), figure(1000 * pdi), figure(aeci, 2)),
			);
	}
	lines.push(texts.bill);
	return lines;
}

/** The baseline's energy; the tolerance is that of the lamp's own figures. */
export function baselineOf(
	settings: Settings,
	baseline: YearOptions["baseline"],
	year: number,
	traffic: Traffic,
): Energy {
	const tolerance = settings.powerTolerance;
	if (typeof baseline !== "string")
		return { energy_kWh: yearOf(baseline, year, traffic).energy_kWh, tolerance };
	if (baseline === "halfNight") return { energy_kWh: oldLampYear(settings, year, OUT), tolerance };
	const power = baselinePower(withValues(settings, { baseline } as Changes));
	return { energy_kWh: (yearOf(settings, year).dark_h * power) / 1000, tolerance };
}
