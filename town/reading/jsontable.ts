/**
 * JSON table: lights of a GeoJSON, of an answer of Overpass (OpenStreetMap), or NGSI entities
 * (FIWARE Streetlight) as columns and rows.
 */

import { systemOf } from "./coordinates.js";
import type { ReadSentence } from "./sentence.js";
import type { Table, TableRow } from "./tablerow.js";

/** Columns of the geometry. */
const LON = "(lon)";
const LAT = "(lat)";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** Lights of one feature: their positions, none if it is no point, and the rest by name. */
interface Item {
	readonly positions: readonly (readonly unknown[])[];
	readonly fields: Fields;
}

export function jsonTable(text: string): Table | ReadSentence {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch (problem) {
		return { about: "error", key: "json", text: (problem as Error).message.slice(0, 120) };
	}
	const items = itemsOf(value);
	if (!items) return { about: "error", key: "noFeatures" };
	const columns = new Map<string, number>([LON, LAT].map((name, index) => [name, index]));
	const rows: TableRow[] = [];
	const notes: ReadSentence[] = [];
	for (const [index, item] of items.entries()) {
		if (!item || item.positions.length === 0)
			notes.push({ about: "error", key: "noPoint", line: index + 1, unit: "feature" });
		else
			for (const position of item.positions)
				rows.push({ line: index + 1, cells: cellsOf(item, position, columns) });
	}
	if (rows.length === 0) return { about: "error", key: "noRows" };
	const named = crsOf(value);
	const system = named === undefined ? undefined : systemOf(named);
	if (named !== undefined && system === undefined)
		return { about: "error", key: "unknownSystem", text: titleOf(named) };
	return {
		unit: "feature",
		columns: [...columns.keys()],
		rows,
		position: [LON, LAT],
		...(system === undefined ? {} : { system }),
		notes,
	};
}

function cellsOf(
	{ fields }: Item,
	position: readonly unknown[],
	columns: Map<string, number>,
): string[] {
	const cells = [String(position[0] ?? ""), String(position[1] ?? "")];
	for (const [name, value] of Object.entries(fields)) {
		let place = columns.get(name);
		if (place === undefined) {
			place = columns.size;
			columns.set(name, place);
		}
		while (cells.length < place) cells.push("");
		cells[place] = value === null || value === undefined ? "" : wordOf(value);
	}
	return cells;
}

const wordOf = (value: unknown): string =>
	typeof value === "object" ? JSON.stringify(value) : String(value);

function itemsOf(value: unknown): (Item | undefined)[] | undefined {
	if (isFields(value) && Array.isArray(value.features)) return value.features.map(featureOf);
	if (isFields(value) && Array.isArray(value.elements)) return value.elements.map(nodeOf);
	if (Array.isArray(value))
		return value.map((entity) => (isFields(entity) ? entityOf(entity) : undefined));
	return undefined;
}

/** GeoJSON (RFC 7946); a MultiPoint is as many lights. Export of Overpass Turbo: tags as properties. */
function featureOf(feature: unknown): Item | undefined {
	if (!isFields(feature)) return undefined;
	const properties = isFields(feature.properties) ? feature.properties : {};
	const { tags, ...others } = properties;
	const fields = isFields(tags) ? { ...others, ...tags } : properties;
	return { positions: pointsOf(feature.geometry), fields };
}

function pointsOf(geometry: unknown): readonly (readonly unknown[])[] {
	if (!isFields(geometry) || !Array.isArray(geometry.coordinates)) return [];
	const { type, coordinates } = geometry;
	if (type === "Point") return [coordinates];
	return type === "MultiPoint" ? coordinates.filter(Array.isArray) : [];
}

function nodeOf(node: unknown): Item | undefined {
	if (!isFields(node)) return undefined;
	const { lat, lon, tags } = node;
	const isNode = typeof lat === "number" && typeof lon === "number";
	return { positions: isNode ? [[lon, lat]] : [], fields: isFields(tags) ? tags : {} };
}

/** NGSI v2 or NGSI-LD, normalised or as key and value; of an address its street and locality. */
function entityOf(entity: Fields): Item {
	const plain = Object.fromEntries(
		Object.entries(entity).map(([name, attribute]) => [
			name,
			isFields(attribute) && "value" in attribute ? attribute.value : attribute,
		]),
	);
	const { location, address, ...fields } = plain;
	const street = isFields(address)
		? {
				streetAddress: address.streetAddress,
				district: address.district ?? address.addressLocality,
			}
		: {};
	return { positions: pointsOf(location), fields: { ...fields, ...street } };
}

/** The member `crs` of GeoJSON before RFC 7946: a code, or the definition of a file's own. */
function crsOf(value: unknown): string | undefined {
	const crs = isFields(value) ? value.crs : undefined;
	const named = isFields(crs) && isFields(crs.properties) ? crs.properties.name : undefined;
	return typeof named === "string" ? named : undefined;
}

/** Of a definition its first name. */
const titleOf = (crs: string): string => (/"([^"]*)"/.exec(crs)?.[1] ?? crs).slice(0, 80);
