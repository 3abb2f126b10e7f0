/** Choice: the options of the run that a person chooses on the page in the place of another. */
import { type Values, without } from "./values.js";

/** A street of a town in the place of a scenario's name. */
const STREET = /^town:(\d{1,6})$/;
/** Options of the town, and those that a street's own poles replace. */
const NOT_OF_A_STREET = ["town", "lines", "whole", "lamps", "group", "neighbours", "scenario"];

/** The streets of a town, as options of a run. */
export interface TownStreets {
	/** With which it begins; undefined: with the options of the start. */
	readonly first: number | undefined;
	/** Undefined: there is no such street. */
	streetValues(street: number): Values | undefined;
}

export const streetName = (street: number): string => `town:${street}`;

/**
 * The options of `name`: a scenario, a street of the town, or the empty text for the run of the start, whose
 * options are `start`.
 */
export function chosen(name: string, start: Values, town?: TownStreets): Values {
	const number = STREET.exec(name)?.[1];
	const street = number === undefined ? town?.first : Number(number);
	if (town && street !== undefined && (number !== undefined || name === "")) {
		const values = town.streetValues(street) ?? {};
		const kept = without(start, [...Object.keys(values), ...NOT_OF_A_STREET]);
		return { ...kept, neighbours: true, ...values };
	}
	if (name === "") return start;
	const { port } = start;
	return { scenario: name, ...(port === undefined ? {} : { port }) };
}
