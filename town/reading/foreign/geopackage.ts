/**
 * GeoPackage: the layer of points of the file as GeoJSON, in the coordinates of the file.
 *
 * OGC 12-128r19: clause 2.1 (tables of features), 2.1.3 (the blob of a geometry: a head, then WKB).
 */
import open, { type Database } from "sql.js/dist/sql-wasm-inline.js";
import type { ReadSentence } from "../sentence.js";
import { geojsonOf } from "./geojson.js";

const LAYERS = `
	SELECT c.table_name, g.column_name, s.organization || ':' || s.organization_coordsys_id
	FROM gpkg_contents c
	JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
	JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
	WHERE c.data_type = 'features' AND upper(g.geometry_type_name) IN ('POINT', 'MULTIPOINT', 'GEOMETRY')`;

export async function geopackageText(bytes: Uint8Array): Promise<string | ReadSentence> {
	const { Database } = await open();
	const database = new Database(bytes);
	try {
		return textOf(database);
	} finally {
		database.close();
	}
}

function textOf(database: Database): string | ReadSentence {
	const layers = database.exec(LAYERS)[0]?.values ?? [];
	const [layer] = layers;
	if (!layer) return { about: "error", key: "noLayer" };
	const [table, geometry, system] = layer as readonly string[];
	if (layers.length > 1)
		return { about: "error", key: "layers", text: layers.map(([name]) => name).join(", ") };
	const quoted = table!.replaceAll('"', '""');
	const { columns, values } = database.exec(`SELECT * FROM "${quoted}"`)[0] ?? {
		columns: [],
		values: [],
	};
	const at = columns.indexOf(geometry!);
	const features = values.map((row) => {
		const others = columns.flatMap((name, index) => (index === at ? [] : [[name, row[index]]]));
		const blob = row[at];
		return [
			blob instanceof Uint8Array ? geometryOf(blob) : null,
			Object.fromEntries(others) as object,
		] as const;
	});
	return geojsonOf(features, system!);
}

/** Bytes of the envelope by its kind. */
const ENVELOPE = [0, 32, 48, 48, 64] as const;
/** Magic, version, flags, system. */
const HEAD = 8;
const [POINT, MULTI_POINT] = [1, 4] as const;

/** Null: another kind. An empty point has no numbers (NaN). */
function geometryOf(blob: Uint8Array): object | null {
	const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
	const flags = view.getUint8(3);
	const at = HEAD + (ENVELOPE[(flags >> 1) & 7] ?? 0);
	const { kind, isLittle, body } = headOf(view, at);
	if (kind === POINT) return { type: "Point", coordinates: pairAt(view, body, isLittle) };
	if (kind !== MULTI_POINT) return null;
	let next = body + 4;
	const coordinates = Array.from({ length: view.getUint32(body, isLittle) }, () => {
		const point = headOf(view, next);
		next = point.body + 8 * point.axes;
		return pairAt(view, point.body, point.isLittle);
	});
	return { type: "MultiPoint", coordinates };
}

/** Of WKB (ISO 19125): the order of bytes, and the kind with a thousand for each axis beyond two. */
function headOf(view: DataView, at: number) {
	const isLittle = view.getUint8(at) === 1;
	const code = view.getUint32(at + 1, isLittle);
	const axes = 2 + [0, 1, 1, 2][Math.floor(code / 1000)]!;
	return { kind: code % 1000, axes, isLittle, body: at + 5 };
}

const pairAt = (view: DataView, at: number, isLittle: boolean): [x: number, y: number] => [
	view.getFloat64(at, isLittle),
	view.getFloat64(at + 8, isLittle),
];
