/**
 * Savings: energy of an option beside that of a baseline, with the uncertainty of both.
 *
 * Pure: figures in, figures out. Terms: PDI, power density indicator, W/(lx m2), and AECI, annual
 * energy consumption indicator, kWh/m2 (EN 13201-5), of one lamp over spacing times width. Modelled
 * energy is not a bill.
 */

/** Modelled energy and its tolerance. */
export interface Energy {
	readonly energy_kWh: number;
	/** Deviation of the true power from the model, per cent. */
	readonly tolerance: number;
}

interface Savings {
	/** Below 0: this option uses more than the baseline. */
	readonly saved_kWh: number;
	/** Of the baseline, per cent; 0 if the baseline is 0. */
	readonly share: number;
	/** The true saving lies within this much of `saved_kWh`, both deviations being independent. */
	readonly uncertainty_kWh: number;
	/** False: the uncertainty is as large as the saving. */
	readonly isSignificant: boolean;
}

export function savingsOf(option: Energy, baseline: Energy): Savings {
	const saved_kWh = baseline.energy_kWh - option.energy_kWh;
	const deviation = ({ energy_kWh, tolerance }: Energy) => (energy_kWh * tolerance) / 100;
	const uncertainty_kWh = Math.hypot(deviation(option), deviation(baseline));
	const share = baseline.energy_kWh > 0 ? (100 * saved_kWh) / baseline.energy_kWh : 0;
	return {
		saved_kWh,
		share,
		uncertainty_kWh,
		isSignificant: Math.abs(saved_kWh) > uncertainty_kWh,
	};
}

/** Price and emissions with the date for which they hold: both change from year to year. */
export interface Tariff {
	readonly price_eur_kWh: number;
	readonly co2_g_kWh: number;
	/** `2026-01`, as stated by their source. */
	readonly dated: string;
}

export function tariffOf(energy_kWh: number, { price_eur_kWh, co2_g_kWh }: Tariff) {
	return { eur: energy_kWh * price_eur_kWh, co2_kg: (energy_kWh * co2_g_kWh) / 1000 };
}

/** The lit area of one lamp and its light. */
interface Area {
	readonly spacing_m: number;
	readonly width_m: number;
	/** Maintained mean at the level in question. */
	readonly mean_lx: number;
}

/** PDI, W/(lx m2); undefined without area or light. */
export function powerDensity(power_W: number, { spacing_m, width_m, mean_lx }: Area) {
	const flux = spacing_m * width_m * mean_lx;
	return flux > 0 ? power_W / flux : undefined;
}

/** AECI, kWh/m2 and year; undefined without area. */
export function annualConsumption(
	energy_kWh: number,
	{ spacing_m, width_m }: Pick<Area, "spacing_m" | "width_m">,
) {
	const area = spacing_m * width_m;
	return area > 0 ? energy_kWh / area : undefined;
}
