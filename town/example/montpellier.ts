/**
 * Montpellier: its lights as the example town, from the register's file.
 *
 *     npx luminode town example LIGHTS.csv town/example/montpellier.town
 *
 * Ville de Montpellier, Supports d'éclairage public (2013); streets, districts and traffic derived
 * from its Filaire des voies (2014), Quartiers and counts. Licence Ouverte (Etalab).
 */
import { compactOf } from "../reading/compactfile.js";
import { readTown, type Town } from "../reading/readtown.js";

const ABOUT = {
	name: "Montpellier",
	source: "Ville de Montpellier, données ouvertes, 2013-2014",
	licence: "Licence Ouverte / Open Licence (Etalab)",
	date: "2013-2014",
} as const;

/** The compact file of the register's lights; or the account of why there is none. */
export function exampleOf(
	bytes: Uint8Array,
): { readonly town: Town; readonly file: Uint8Array } | undefined {
	const { town, read } = readTown(ABOUT.name, bytes);
	if (!town) return undefined;
	const derived = { about: "assumed", key: "example" } as const;
	const example = { ...town, ...ABOUT, read: [...read, derived] };
	return { town: example, file: compactOf(example) };
}
