/**
 * Coordinates: positions against PROJ 9.6 (between EPSG:4326 and the code, without grids),
 * which shares no code with the library in use.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	isOnLand,
	isSwapped,
	projectionOf,
	systemFor,
	systemOf,
} from "../../../town/reading/coordinates.js";
import { SYSTEMS, type SystemName } from "../../../town/reading/mapping.js";

/** Degrees north and east, metres east and north. */
type Row = readonly [place: string, lat: number, lon: number, x: number, y: number];
const PROJ: Readonly<Record<Exclude<SystemName, "wgs84">, readonly Row[]>> = {
	lambert72: [
		["Liege", 50.6453, 5.5736, 235212.404, 148988.409],
		["Antwerp", 51.2194, 4.4025, 152357.483, 212161.981],
		["Arlon", 49.6833, 5.8167, 254490.971, 42313.912],
		["Brussels", 50.8467, 4.3525, 148855.423, 170699.676],
		["Mons", 50.4542, 3.9523, 120426.689, 127122.268],
		["Bruges", 51.2093, 3.2247, 70053.476, 211652.916],
		["Charleroi", 50.4108, 4.4446, 155391.619, 122214.99],
		["Ostend", 51.23, 2.92, 48808.426, 214327.001],
		["Tournai", 50.6059, 3.3878, 80564.014, 144371.639],
		["Malmedy", 50.4267, 6.0346, 268357.363, 125309.579],
	],
	lambert2008: [
		["Liege", 50.6453, 5.5736, 735213.903, 648999.144],
		["Antwerp", 51.2194, 4.4025, 652352.129, 712162.334],
		["Arlon", 49.6833, 5.8167, 754505.031, 542327.824],
		["Mons", 50.4542, 3.9523, 620431.724, 627119.5],
	],
	lambert93: [
		["Montpellier", 43.6108, 3.8767, 770795.509, 6279476.135],
		["Paris", 48.8566, 2.3522, 652469.023, 6862035.259],
		["Brest", 48.3904, -4.4861, 146632.979, 6836262.327],
		["Nice", 43.7102, 7.262, 1043410.16, 6299400.043],
		["Lille", 50.6292, 3.0573, 704061.146, 7059136.589],
	],
	cc42: [
		["Ajaccio", 41.9192, 8.7386, 2175651.962, 1206971.258],
		["Bastia", 42.7028, 9.45, 2227961.817, 1297957.135],
	],
	cc43: [
		["Montpellier", 43.6108, 3.8767, 1770771.465, 2268223.841],
		["Perpignan", 42.6887, 2.8948, 1691379.323, 2165425.953],
	],
	cc44: [
		["Nimes", 43.8367, 4.3601, 1809373.356, 3182758.983],
		["Valence", 44.9334, 4.8924, 1849376.438, 3305430.128],
	],
	cc45: [
		["Bordeaux", 44.8378, -0.5792, 1417111.352, 4188225.291],
		["Grenoble", 45.1885, 5.7245, 1914055.178, 4224546.073],
	],
	cc46: [
		["Lyon", 45.764, 4.8357, 1842779.109, 5175416.428],
		["La Rochelle", 46.1603, -1.1511, 1379543.229, 5226168.972],
	],
	cc47: [
		["Nantes", 47.2184, -1.5536, 1355306.36, 6234298.856],
		["Dijon", 47.322, 5.0415, 1854304.788, 6237805.819],
	],
	cc48: [
		["Strasbourg", 48.5734, 7.7521, 2050445.094, 7274559.133],
		["Brest", 48.3904, -4.4861, 1146480.416, 7270301.303],
	],
	cc49: [
		["Paris", 48.8566, 2.3522, 1652467.869, 8184256.869],
		["Reims", 49.2583, 4.0317, 1775092.219, 8229234.026],
	],
	cc50: [
		["Lille", 50.6292, 3.0573, 1704054.199, 9269986.105],
		["Dunkirk", 51.0344, 2.3768, 1656282.275, 9315244.172],
	],
	utm28: [["Santa Cruz", 28.4636, -16.2518, 377445.279, 3149197.589]],
	utm29: [["Lisbon", 38.7223, -9.1393, 487890.758, 4285969.859]],
	utm30: [["Nantes", 47.2184, -1.5536, 609513.617, 5230449.219]],
	utm31: [["Liege", 50.6453, 5.5736, 681949.942, 5613542.821]],
	utm32: [["Strasbourg", 48.5734, 7.7521, 407949.379, 5380786.129]],
	utm33: [["Rome", 41.9028, 12.4964, 292335.313, 4642015.5]],
	utm34: [["Athens", 37.9838, 23.7275, 739542.029, 4207528.059]],
	utm35: [["Helsinki", 60.1699, 24.9384, 385611.317, 6672118.38]],
	utm36: [["Kyiv", 50.4501, 30.5234, 324182.209, 5591607.607]],
	utm37: [["Moscow", 55.7558, 37.6173, 413224.138, 6179766.954]],
	utm38: [["Tbilisi", 41.7151, 44.8271, 485617.137, 4618159.332]],
	mercator: [
		["Liege", 50.6453, 5.5736, 620450.314, 6558789.615],
		["Brest", 48.3904, -4.4861, -499390.368, 6172050.987],
		["North Cape", 71.1685, 25.7832, 2870172.695, 11460133.848],
	],
};
const rows = Object.entries(PROJ).flatMap(([system, all]) =>
	all.map((row) => [system as SystemName, ...row] as const),
);

describe("systems", () => {
	test.each(rows)("%s: %s within a centimetre", (system, _place, lat, lon, x, y) => {
		const { fromWgs84, toWgs84 } = projectionOf(system);
		const [east, north] = fromWgs84([lon, lat]);
		expect(Math.hypot(east - x, north - y)).toBeLessThan(0.01);
		const [back, up] = toWgs84([x, y]);
		expect(Math.hypot((back - lon) * 71_000, (up - lat) * 111_000)).toBeLessThan(0.01);
	});

	/** Every zone of UTM has the same numbers; those of Web Mercator are those of Lambert 93, too. */
	const told = rows.filter(([system]) => !/utm|mercator/.test(system));
	test.each(told)("%s: %s is recognised by its numbers", (system, _place, _lat, _lon, x, y) => {
		expect(systemFor([x, y])).toBe(system);
		expect(isOnLand(system, [x, y])).toBe(true);
	});

	test("there and back is the same position", () => {
		const metric = SYSTEMS.filter((system) => system !== "wgs84");
		const land = fc.record({
			system: fc.constantFrom(...metric),
			lon: fc.double({ min: 2.6, max: 6.3, noNaN: true }),
			lat: fc.double({ min: 49.6, max: 51.4, noNaN: true }),
		});
		fc.assert(
			fc.property(land, ({ system, lon, lat }) => {
				const { fromWgs84, toWgs84 } = projectionOf(system);
				const [back, up] = toWgs84(fromWgs84([lon, lat]));
				expect(Math.hypot((back - lon) * 71_000, (up - lat) * 111_000)).toBeLessThan(0.01);
			}),
		);
	});

	test.each([
		["urn:ogc:def:crs:EPSG::31370", "lambert72"],
		["EPSG:3812", "lambert2008"],
		["urn:ogc:def:crs:EPSG::2154", "lambert93"],
		["urn:ogc:def:crs:OGC:1.3:CRS84", "wgs84"],
		["EPSG:3857", "mercator"],
		["EPSG:27572", undefined],
	])("the name %s", (name, system) => {
		expect(systemOf(name)).toBe(system);
	});

	test.each([
		["Montpellier in degrees, changed over", "wgs84", [43.6, 3.88], true],
		["Montpellier in degrees", "wgs84", [3.88, 43.6], false],
		["Lambert 93, changed over", "lambert93", [6_279_476, 770_795], true],
		["Montreal, which is outside of the rule", "wgs84", [-73.6, 45.5], false],
	] as const)("%s", (_case, system, position, expected) => {
		expect(isSwapped(system, position)).toBe(expected);
	});
});
