/** Centre lines: the named lines of a file, from which a light without a street takes its name. */
import type { ReadSentence } from "./sentence.js";

type Point = readonly [x: number, y: number];
type Fields = Readonly<Record<string, unknown>>;

interface Segment {
	readonly name: string;
	readonly from: Point;
	readonly to: Point;
}

/** A light further from a line than this stands in no street, m. */
const NEAR = 60;
const NAMES = ["name", "nom", "street", "nom_voie", "libelle", "via", "straat"];

export interface NamedLines {
	/** Name of the line next to a point, if one is near. */
	nearest(point: Point): string | undefined;
}

/** The named lines of a GeoJSON; `flat`: degrees as metres. */
export function linesOf(text: string, flat: (place: Point) => Point): NamedLines | ReadSentence {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		return { about: "error", key: "lines" };
	}
	const features = (value as Fields | null)?.features;
	const segments = Array.isArray(features)
		? features.flatMap((feature: Fields) => segmentsOf(feature, flat))
		: [];
	return segments.length === 0 ? { about: "error", key: "lines" } : new Grid(segments);
}

function segmentsOf(feature: Fields, flat: (place: Point) => Point): Segment[] {
	const properties = (feature.properties ?? {}) as Fields;
	const key = NAMES.find((name) => typeof properties[name] === "string" && properties[name] !== "");
	const geometry = (feature.geometry ?? {}) as Fields;
	const { type, coordinates } = geometry;
	if (key === undefined || !Array.isArray(coordinates)) return [];
	const name = properties[key] as string;
	const lines = type === "LineString" ? [coordinates] : coordinates;
	if (type !== "LineString" && type !== "MultiLineString") return [];
	return (lines as Point[][]).flatMap((line) => {
		const points = line.map(([lon, lat]) => flat([lon, lat]));
		return points.slice(1).map((to, index) => ({ name, from: points[index]!, to }));
	});
}

/** Segments by the squares that they pass. */
class Grid implements NamedLines {
	readonly #cells = new Map<string, Segment[]>();

	constructor(segments: readonly Segment[]) {
		for (const segment of segments) {
			const [x1, y1] = segment.from.map((metres) => Math.floor(metres / NEAR)) as [number, number];
			const [x2, y2] = segment.to.map((metres) => Math.floor(metres / NEAR)) as [number, number];
			for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x++)
				for (let y = Math.min(y1, y2); y <= Math.max(y1, y2); y++) this.#put(`${x} ${y}`, segment);
		}
	}

	#put(key: string, segment: Segment): void {
		const cell = this.#cells.get(key);
		if (cell) cell.push(segment);
		else this.#cells.set(key, [segment]);
	}

	nearest(point: Point): string | undefined {
		const [x, y] = point.map((metres) => Math.floor(metres / NEAR)) as [number, number];
		let [best, name]: [number, string | undefined] = [NEAR, undefined];
		for (let dx = -1; dx <= 1; dx++)
			for (let dy = -1; dy <= 1; dy++)
				for (const segment of this.#cells.get(`${x + dx} ${y + dy}`) ?? []) {
					const far = distanceTo(segment, point);
					if (far < best || (far === best && name !== undefined && segment.name < name))
						[best, name] = [far, segment.name];
				}
		return name;
	}
}

function distanceTo({ from, to }: Segment, [x, y]: Point): number {
	const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
	const long2 = dx * dx + dy * dy;
	const along = long2 === 0 ? 0 : ((x - from[0]) * dx + (y - from[1]) * dy) / long2;
	const on = Math.max(0, Math.min(1, along));
	return Math.hypot(from[0] + on * dx - x, from[1] + on * dy - y);
}
