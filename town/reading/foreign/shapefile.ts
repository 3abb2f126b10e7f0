/** Shapefile: its points and columns as GeoJSON, in the coordinates of the file. */
import { parseDbf, parseShp } from "shpjs";
import type { ReadSentence } from "../sentence.js";
import { geojsonOf } from "./geojson.js";

/** `part`: a file of the archive by its ending. */
export function shapefileText(
	part: (ending: string) => Uint8Array | undefined,
): string | ReadSentence {
	const [table, definition, encoding] = [part(".dbf"), part(".prj"), part(".cpg")];
	if (!table) return { about: "error", key: "noTable" };
	// without the definition of the system: the package would leave out the shift of its datum
	const geometries = parseShp(part(".shp")!);
	const word = encoding && new TextDecoder().decode(encoding).trim();
	const rows = parseDbf(table, word || "windows-1252");
	const features = geometries.map((geometry, index) => [geometry, rows[index] ?? {}] as const);
	return geojsonOf(features, definition && new TextDecoder().decode(definition));
}
