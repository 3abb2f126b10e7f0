/**
 * JSON table: lights of a GeoJSON, of an answer of Overpass (OpenStreetMap), or NGSI entities
 * (FIWARE Streetlight) as columns and rows.
 */

import { systemOf } from "./coordinates.js";
import type { SystemName } from "./mapping.js";
import type { ReadSentence } from "./sentence.js";
import type { Table, TableRow } from "./tablerow.js";

/** Columns of the geometry. */
const LON = "(lon)";
const LAT = "(lat)";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** One light: its position, and the rest by name. */
interface Item {
	readonly position: readonly unknown[] | undefined;
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
		if (!item?.position)
			notes.push({ about: "error", key: "noPoint", line: index + 1, unit: "feature" });
		else rows.push({ line: index + 1, cells: cellsOf(item, item.position, columns) });
	}
	if (rows.length === 0) return { about: "error", key: "noRows" };
	const system = crsOf(value);
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

/** GeoJSON (RFC 7946); of several points the first. Export of Overpass Turbo: tags as properties. */
function featureOf(feature: unknown): Item | undefined {
	if (!isFields(feature)) return undefined;
	const properties = isFields(feature.properties) ? feature.properties : {};
	const { tags, ...others } = properties;
	const fields = isFields(tags) ? { ...others, ...tags } : properties;
	return { position: pointOf(feature.geometry), fields };
}

function pointOf(geometry: unknown): readonly unknown[] | undefined {
	if (!isFields(geometry) || !Array.isArray(geometry.coordinates)) return undefined;
	const { type, coordinates } = geometry;
	if (type === "Point") return coordinates;
	return type === "MultiPoint" && Array.isArray(coordinates[0]) ? coordinates[0] : undefined;
}

function nodeOf(node: unknown): Item | undefined {
	if (!isFields(node)) return undefined;
	const { lat, lon, tags } = node;
	const isNode = typeof lat === "number" && typeof lon === "number";
	return { position: isNode ? [lon, lat] : undefined, fields: isFields(tags) ? tags : {} };
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
	return { position: pointOf(location), fields: { ...fields, ...street } };
}

/** The member `crs` of GeoJSON before RFC 7946. */
function crsOf(value: unknown): SystemName | undefined {
	const crs = isFields(value) ? value.crs : undefined;
	const named = isFields(crs) && isFields(crs.properties) ? crs.properties.name : undefined;
	return typeof named === "string" ? systemOf(named) : undefined;
}
