/**
 * Foreign: GeoPackage, zipped shapefile and workbook as the text of the same lights, which is then
 * read like every other text.
 *
 * The packages that read them are loaded when such a file comes, and not before.
 */
import { type Unzipped, unzipSync } from "fflate";
import type { ReadSentence } from "../sentence.js";
import { kindOf } from "./kinds.js";

/** Of the parts of an archive together; a file of 500,000 lights needs less. */
const UNPACKED_MOST = 400_000_000;

const error = (key: string, text?: string): ReadSentence => ({
	about: "error",
	key,
	...(text === undefined ? {} : { text }),
});

/** The text of a file, as bytes: of a text itself. Or the sentence that says why there is none. */
export async function textOfForeign(bytes: Uint8Array): Promise<Uint8Array | ReadSentence> {
	const kind = kindOf(bytes);
	if (kind === undefined) return bytes;
	if (kind === "shapeAlone" || kind === "oldWorkbook") return error(kind);
	try {
		const text = kind === "archive" ? await archiveText(bytes) : await geopackageText(bytes);
		return typeof text === "string" ? new TextEncoder().encode(text) : text;
	} catch (problem) {
		return error("damaged", (problem as Error).message.slice(0, 120));
	}
}

async function geopackageText(bytes: Uint8Array): Promise<string | ReadSentence> {
	return (await import("./geopackage.js")).geopackageText(bytes);
}

async function archiveText(bytes: Uint8Array): Promise<string | ReadSentence> {
	let size = 0;
	const names: string[] = [];
	unzipSync(bytes, {
		filter: ({ name, originalSize }) => {
			names.push(name);
			size += originalSize;
			return false;
		},
	});
	if (size > UNPACKED_MOST) return error("archiveTooLarge");
	if (names.includes("xl/workbook.xml")) return (await import("./workbook.js")).workbookText(bytes);
	const shapes = names.filter((name) => /\.shp$/i.test(name) && !name.startsWith("__MACOSX"));
	if (shapes.length === 0) return error("archive", names.slice(0, 5).join(", "));
	if (shapes.length > 1) return error("layers", shapes.join(", "));
	const stem = shapes[0]!.slice(0, -4).toLowerCase();
	const wanted = [".shp", ".dbf", ".prj", ".cpg"].map((ending) => stem + ending);
	const parts = unzipSync(bytes, { filter: ({ name }) => wanted.includes(name.toLowerCase()) });
	const part = (ending: string) => partOf(parts, stem + ending);
	return (await import("./shapefile.js")).shapefileText(part);
}

const partOf = (parts: Unzipped, name: string): Uint8Array | undefined =>
	Object.entries(parts).find(([path]) => path.toLowerCase() === name)?.[1];
