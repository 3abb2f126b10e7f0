/**
 * Sources: public figures that a visitor may take for an input, each with its source and date. None
 * is taken by itself.
 *
 * There is none for the price: a commune pays its own contract, and statistics of households or
 * industry are not of street lighting.
 */
export const GRID_CO2 = {
	/** Grams a kWh of the electricity generated in Belgium, life cycle, mean of that year. */
	grams: 118,
	year: 2024,
	source: "Ember, Yearly electricity data (CC BY 4.0)",
} as const;
