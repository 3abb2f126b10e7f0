/**
 * Coordinates: positions against PROJ 9.6 (cs2cs between EPSG:4326 and the code, without grids),
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

	test.each(rows)("%s: %s is recognised by its numbers", (system, _place, _lat, _lon, x, y) => {
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
		["EPSG:3857", undefined],
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
