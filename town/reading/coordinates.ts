/**
 * Coordinates: positions of a file as WGS 84, from the coordinate systems of Belgium and France.
 *
 * Belgian Lambert 72 (EPSG:31370, by its seven parameters to WGS 84, 1 m), Lambert 2008 (EPSG:3812)
 * and Lambert 93 (EPSG:2154), whose datums are WGS 84 within a decimetre.
 */
import proj4 from "proj4";
import type { SystemName } from "./mapping.js";

/** Degrees east and north, or metres east and north. */
export type Position = readonly [x: number, y: number];
/** West, south, east, north. */
type Box = readonly [number, number, number, number];

const CONIC = "+proj=lcc +units=m +no_defs";
const GRS80 = "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0";
const DEFINITIONS: Readonly<Record<Exclude<SystemName, "wgs84">, string>> = {
	lambert72:
		`${CONIC} +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 ` +
		"+x_0=150000.013 +y_0=5400088.438 +ellps=intl " +
		"+towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747",
	lambert2008:
		`${CONIC} +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 ` +
		`+lat_2=51.1666666666667 +x_0=649328 +y_0=665262 ${GRS80}`,
	lambert93: `${CONIC} +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${GRS80}`,
};

/** The land of a system, with a margin; of WGS 84 the whole earth. */
const LAND: Readonly<Record<SystemName, Box>> = {
	wgs84: [-180, -90, 180, 90],
	lambert72: [15_000, 15_000, 305_000, 255_000],
	lambert2008: [510_000, 510_000, 810_000, 755_000],
	lambert93: [90_000, 6_040_000, 1_250_000, 7_120_000],
};
/** Degrees in which swapped axes are recognised: Europe from the Canaries to the North Cape. */
const EUROPE: Box = [-32, 27, 45, 72];

export const SYSTEM_NAMES: Readonly<Record<SystemName, string>> = {
	wgs84: "WGS 84",
	lambert72: "Lambert 72",
	lambert2008: "Lambert 2008",
	lambert93: "Lambert 93",
};

/** Names by which files call a system: codes of EPSG. */
const CODES: readonly (readonly [RegExp, SystemName])[] = [
	[/\b31370\b|\b6190\b/, "lambert72"],
	[/\b3812\b/, "lambert2008"],
	[/\b2154\b/, "lambert93"],
	[/\b4326\b|CRS84/i, "wgs84"],
];

/** The system of a name such as `urn:ogc:def:crs:EPSG::31370`; undefined: another one. */
export function systemOf(name: string): SystemName | undefined {
	return CODES.find(([code]) => code.test(name))?.[1];
}

const isWithin = ([west, south, east, north]: Box, [x, y]: Position): boolean =>
	x >= west && x <= east && y >= south && y <= north;

/** Whether a position can be one of the system's land. */
export function isOnLand(system: SystemName, position: Position): boolean {
	return isWithin(LAND[system], position);
}

/** Systems in which a position can be on land, by the size of its numbers. */
export function systemFor(position: Position): SystemName | undefined {
	if (isWithin(LAND.wgs84, position)) return "wgs84";
	const metric = ["lambert72", "lambert2008", "lambert93"] as const;
	return metric.find((system) => isOnLand(system, position));
}

/** Whether the position is one of the system only with its axes changed over. */
export function isSwapped(system: SystemName, [x, y]: Position): boolean {
	const land = system === "wgs84" ? EUROPE : LAND[system];
	return !isWithin(land, [x, y]) && isWithin(land, [y, x]);
}

interface Projection {
	toWgs84(position: Position): Position;
	fromWgs84(position: Position): Position;
}

export function projectionOf(system: SystemName): Projection {
	if (system === "wgs84") return { toWgs84: (position) => position, fromWgs84: (place) => place };
	const between = proj4(DEFINITIONS[system], "WGS84");
	const pair = ([x, y]: Position): [number, number] => [x, y];
	return {
		toWgs84: (position) => between.forward(pair(position)),
		fromWgs84: (position) => between.inverse(pair(position)),
	};
}
