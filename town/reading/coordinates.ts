/**
 * Coordinates: positions of a file as WGS 84, from the coordinate systems of Belgium, France and Europe.
 *
 * Belgian Lambert 72 (EPSG:31370) by its seven parameters to WGS 84, 1 m: they are applied also where
 * a file's own definition leaves them out, which would put its lights 100 m beside their place. The
 * datums of the others are WGS 84 within a metre.
 */
import proj4 from "proj4";
import { SYSTEMS, type SystemName } from "./mapping.js";

/** Degrees east and north, or metres east and north. */
export type Position = readonly [x: number, y: number];
/** West, south, east, north. */
type Box = readonly [number, number, number, number];

interface System {
	/** Codes of EPSG. */
	readonly codes: readonly number[];
	/** Of PROJ. */
	readonly definition: string;
	/** Its land, with a margin. */
	readonly land: Box;
	/** Names of it in definitions (WKT), and in names of columns behind their axis, in small letters and digits. */
	readonly words: RegExp;
	/** Positions without a stated system are taken for one of it by the size of their numbers. */
	readonly isGuessed: boolean;
}

const CONIC = "+proj=lcc +units=m +no_defs";
const GRS80 = "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0";

const LAMBERT72: System = {
	codes: [31370, 6190],
	definition:
		`${CONIC} +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 ` +
		"+x_0=150000.013 +y_0=5400088.438 +ellps=intl " +
		"+towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747",
	land: [15_000, 15_000, 305_000, 255_000],
	words: /^(l|lb|bl|lambert|belgelambert|belge1972belgianlambert|belgianlambert)(19)?72$/,
	isGuessed: true,
};
const LAMBERT2008: System = {
	codes: [3812],
	definition:
		`${CONIC} +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 ` +
		`+lat_2=51.1666666666667 +x_0=649328 +y_0=665262 ${GRS80}`,
	land: [510_000, 510_000, 810_000, 755_000],
	words: /^(l|lb|bl|lambert|belgelambert|etrs89belgianlambert|belgianlambert)(20)?08$/,
	isGuessed: true,
};
const LAMBERT93: System = {
	codes: [2154, 9793, 9794],
	definition: `${CONIC} +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${GRS80}`,
	land: [90_000, 6_040_000, 1_250_000, 7_120_000],
	words: /^(l|lambert|rgf(19)?93(v\d|v2b)?lambert)93$|^rgf93$/,
	isGuessed: true,
};

/** A conformal conic of France, by its latitude: 42 to 50. */
function conic(zone: number): System {
	const north = (zone - 41) * 1_000_000 + 200_000;
	return {
		codes: [3900 + zone],
		definition:
			`${CONIC} +lat_0=${zone} +lon_0=3 +lat_1=${zone - 0.75} +lat_2=${zone + 0.75} ` +
			`+x_0=1700000 +y_0=${north} ${GRS80}`,
		land: [1_100_000, north - 150_000, 2_350_000, north + 150_000],
		words: new RegExp(`^(rgf(19)?93(v\\d|v2b)?|lambert)?cc${zone}$`),
		isGuessed: true,
	};
}

/** A zone of UTM north of the equator, on WGS 84 or ETRS89. */
function zone(number: number): System {
	return {
		codes: [32_600 + number, 25_800 + number],
		definition: `+proj=utm +zone=${number} +datum=WGS84 +units=m +no_defs`,
		land: [100_000, 2_900_000, 900_000, 9_400_000],
		words: new RegExp(`^(wgs(19)?84|etrs(19)?89)?utm(zone)?${number}n?$`),
		isGuessed: false, // every zone has the same numbers
	};
}

const WGS84: System = {
	codes: [4326, 4258, 4171],
	definition: "WGS84",
	land: [-180, -90, 180, 90],
	words: /^(gcs)?(wgs(19)?84|etrs(19)?89|rgf(19)?93geo|crs84|gps)$/,
	isGuessed: true,
};
const MERCATOR: System = {
	codes: [3857, 900_913],
	definition:
		"+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m " +
		"+nadgrids=@null +no_defs",
	land: [-3_600_000, 3_100_000, 5_100_000, 11_600_000],
	words: /^(wgs(19)?84)?(web|pseudo)mercator(auxiliarysphere)?$/,
	isGuessed: false, // its numbers are also those of Lambert 93
};

const SINGLE: Readonly<Partial<Record<SystemName, System>>> = {
	wgs84: WGS84,
	lambert72: LAMBERT72,
	lambert2008: LAMBERT2008,
	lambert93: LAMBERT93,
	mercator: MERCATOR,
};

function systemNamed(name: SystemName): System {
	const number = Number(name.slice(-2));
	return SINGLE[name] ?? (name.startsWith("cc") ? conic(number) : zone(number));
}
const ALL = new Map(SYSTEMS.map((name) => [name, systemNamed(name)]));

/** Degrees in which swapped axes are recognised: Europe from the Canaries to the North Cape. */
const EUROPE: Box = [-32, 27, 45, 72];

const find = (isIt: (system: System) => boolean): SystemName | undefined =>
	SYSTEMS.find((name) => isIt(ALL.get(name)!));
const ofCode = (code: string | undefined): SystemName | undefined =>
	find(({ codes }) => codes.includes(Number(code)));
const ofWord = (word: string): SystemName | undefined => find(({ words }) => words.test(word));
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The system of a code such as `urn:ogc:def:crs:EPSG::31370`, or of a definition (WKT); undefined: another one. */
export function systemOf(text: string): SystemName | undefined {
	const name = /^\s*[A-Z_]+\["([^"]*)"/.exec(text)?.[1];
	if (name === undefined)
		return ofCode(/(\d+)\D*$/.exec(text)?.[1]) ?? ofWord(plain(text.split(":").at(-1)!));
	const code = /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/.exec(text)?.[1];
	return ofCode(code) ?? ofWord(plain(name.split(" + ")[0]!));
}

/** The axis and the system in the name of a column, such as `X_L93`. */
export function axisIn(
	column: string,
): { readonly axis: "x" | "y"; readonly system: SystemName } | undefined {
	const found = /^(?:coord)?(x|y|lon|lat|easting|northing)(.+)$/.exec(plain(column));
	if (!found) return undefined;
	const system = ofWord(found[2]!) ?? ofCode(found[2]);
	return system && { axis: /^(x|lon|e)/.test(found[1]!) ? "x" : "y", system };
}

const isWithin = ([west, south, east, north]: Box, [x, y]: Position): boolean =>
	x >= west && x <= east && y >= south && y <= north;

/** Whether a position can be one of the system's land. */
export function isOnLand(system: SystemName, position: Position): boolean {
	return isWithin(ALL.get(system)!.land, position);
}

/** Whether it is in Europe, though perhaps beyond the system's land. */
export const isInEurope = (system: SystemName, position: Position): boolean =>
	isWithin(EUROPE, projectionOf(system).toWgs84(position));

/** Systems in which a position can be on land, by the size of its numbers. */
export function systemFor(position: Position): SystemName | undefined {
	return find(({ isGuessed, land }) => isGuessed && isWithin(land, position));
}

/** Whether the position is one of the system only with its axes changed over. */
export function isSwapped(system: SystemName, [x, y]: Position): boolean {
	const land = system === "wgs84" ? EUROPE : ALL.get(system)!.land;
	return !isWithin(land, [x, y]) && isWithin(land, [y, x]);
}

interface Projection {
	toWgs84(position: Position): Position;
	fromWgs84(position: Position): Position;
}

export function projectionOf(system: SystemName): Projection {
	if (system === "wgs84") return { toWgs84: (position) => position, fromWgs84: (place) => place };
	const between = proj4(ALL.get(system)!.definition, "WGS84");
	const pair = ([x, y]: Position): [number, number] => [x, y];
	return {
		toWgs84: (position) => between.forward(pair(position)),
		fromWgs84: (position) => between.inverse(pair(position)),
	};
}
