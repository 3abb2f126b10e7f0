/**
 * Names: every word by which lamps, their stores and the CMS know each other.
 *
 * Keys of the store as the cases touch them; the rest from the closed lists of the code and from the
 * broker contract, which tests/contract holds against each other.
 */

import { readContract, type Schema } from "../../lib/firmware/contractdoc.js";
import { FIELDS, ORDERS } from "../../src/command/table.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../../src/indication.js";
import { SEVERITY } from "../../src/journal/events.js";
import { SETTINGS } from "../../src/settings/table.js";
import { EVENTS, LINK_ENDS, REASONS, REVERT_REASONS, UPDATE_FAULTS } from "../support/tables.js";
import { CASES } from "./cases.js";
import { outcomeOf, stateOf } from "./record.js";

export type Names = Readonly<Record<string, readonly string[]>>;

export function liveNames(): Names {
	const keys = new Set<string>();
	const touch = (key: string) => keys.add(key);
	for (const name of Object.keys(CASES)) outcomeOf(name, stateOf(name, touch), touch);
	const { channels, components } = readContract();
	const fields = new Set<string>();
	const values = new Set<string>();
	for (const schema of Object.values(components.schemas)) walk(schema, fields, values);
	return {
		storeKeys: sorted(keys),
		topics: sorted(Object.values(channels).map(({ address }) => address)),
		fields: sorted(fields),
		values: sorted(values),
		events: sorted(Object.entries(SEVERITY).map(([type, severity]) => `${type} ${severity}`)),
		attributes: sorted(
			EVENTS.flatMap(({ type, attributes }) =>
				Object.keys(attributes).map((name) => `${type}.${name}`),
			),
		),
		orders: sorted(
			Object.entries(ORDERS).map(([name, { fields }]) => `${name} ${sorted(fields).join(" ")}`),
		),
		orderFields: sorted(Object.keys(FIELDS)),
		rejections: sorted(REASONS),
		linkEnds: sorted(LINK_ENDS),
		updateFaults: sorted(UPDATE_FAULTS),
		revertReasons: sorted(REVERT_REASONS),
		settings: sorted(SETTINGS.map(({ section, name }) => `${section}.${name}`)),
		/** Their places are numbers of the trace. */
		indication: [PRESENCE, PHOTOCELL, REASON, LINK].map((list) => list.join(" ")),
	};
}

function walk(schema: Schema, fields: Set<string>, values: Set<string>): void {
	for (const value of [schema.const, ...(schema.enum ?? [])])
		if (typeof value === "string") values.add(value);
	for (const [name, inner] of Object.entries(schema.properties ?? {})) {
		fields.add(name);
		walk(inner, fields, values);
	}
	if (schema.items) walk(schema.items, fields, values);
}

function sorted(names: Iterable<string>): string[] {
	return [...new Set(names)].sort();
}
