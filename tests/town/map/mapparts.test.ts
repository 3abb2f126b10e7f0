/** Map parts: camera, pixels, night clock and search of the town's map. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	boxOf,
	columnOf,
	fitted,
	goingTo,
	lightAt,
	moved,
	rowOf,
} from "../../../town/map/camera.js";
import { NIGHT_S, NightClock } from "../../../town/map/nightclock.js";
import { coreOf, crowdOf, gainOf, radiusOf } from "../../../town/map/painter.js";
import { inkOf } from "../../../town/map/palette.js";
import { PixelField } from "../../../town/map/pixelpainter.js";
import { plain, streetsLike } from "../../../town/map/search.js";

const MAP = { width: 700, height: 200 };

describe("camera", () => {
	test("the whole town lies in the map, north up (property)", () => {
		const size = fc.record({
			width: fc.integer({ min: 1, max: 30_000 }),
			height: fc.integer({ min: 1, max: 30_000 }),
		});
		fc.assert(
			fc.property(size, (town) => {
				const camera = fitted(town, MAP);
				expect(columnOf(camera, 0)).toBeGreaterThanOrEqual(0);
				expect(columnOf(camera, town.width)).toBeLessThanOrEqual(MAP.width);
				expect(rowOf(camera, town.height)).toBeGreaterThanOrEqual(0);
				expect(rowOf(camera, 0)).toBeLessThanOrEqual(MAP.height);
			}),
		);
	});
	test("a flight ends with the box below the card, and the light there is found again", () => {
		const [x, y] = [Float32Array.of(100, 900, 950), Float32Array.of(100, 800, 820)];
		const fit = fitted({ width: 1_000, height: 1_000 }, MAP);
		const box = boxOf(Int32Array.of(1, 2), x, y);
		const camera = moved(fit, goingTo(fit, MAP, box, 4));
		expect(columnOf(camera, 925)).toBeCloseTo(350);
		expect(rowOf(camera, 810)).toBeCloseTo(124);
		expect(lightAt(camera, { x, y }, columnOf(camera, 900), rowOf(camera, 800), 10)).toBe(1);
		expect(lightAt(camera, { x, y }, 5, 5, 10)).toBe(-1);
	});
});

describe("pixels", () => {
	const white = inkOf("level", "program", 1);
	const paint = (x: number[], inks: number[], edge = 0) => {
		const field = { ...MAP, bytes: new Uint8ClampedArray(4 * MAP.width * MAP.height) };
		const [xs, ys] = [Float32Array.from(x), new Float32Array(x.length).fill(100)];
		const bytes = (all: number[]) => new Uint8Array(Uint32Array.from(all).buffer);
		const left = bytes(inks.map(() => inkOf("level", "none", 0)));
		const camera = { scale: 1, left: 0, top: 200 };
		new PixelField(xs, ys).paint(field, { camera, edge, left, right: bytes(inks) });
		return (column: number) =>
			Array.from(field.bytes.slice(4 * (100 * MAP.width + column)).slice(0, 3));
	};
	test("a lone light is warm, a crowd is white, the rest stays dark", () => {
		const at = paint([50, 200, 200, 200, 200], [white, white, white, white, white]);
		const [red, , blue] = at(50);
		expect(red! - blue!).toBeGreaterThan(60);
		expect(at(200)).toEqual([255, 255, 255]);
		expect(at(120)).toEqual([4, 6, 13]);
	});
	test("left of the edge a light has the ink of the other option", () => {
		const at = paint([50, 200], [white, white], 100);
		expect(at(50)[0]!).toBeLessThan(80);
		expect(at(200)[0]!).toBeGreaterThan(200);
	});
	test("lights at and beyond the rim are drawn as far as they reach into it", () => {
		expect(() => paint([-4, 0, 299, 304, 5_000], Array(5).fill(white))).not.toThrow();
	});
	test("where points overlap each is dimmed, and a lone one or one at hand is not (property)", () => {
		const dense = 20 / 100 ** 2;
		const gain = (scale: number, crowd: number) =>
			gainOf(scale, crowd, radiusOf(scale, 30_000, 165_000), coreOf(scale));
		const scale = fc.double({ min: 0.01, max: 12, noNaN: true });
		fc.assert(
			fc.property(scale, scale, (first, other) => {
				const [far, near] = [Math.min(first, other), Math.max(first, other)];
				expect(gain(far, dense)).toBeLessThanOrEqual(gain(near, dense) + 1e-9);
				expect(gain(first, 0)).toBe(1);
			}),
		);
		expect(gain(0.03, dense)).toBeLessThan(0.3);
		expect(gain(4, dense)).toBe(1);
	});
	test("the crowd of a town is that around its middle light", () => {
		const x = Float32Array.from({ length: 30 }, (_, index) => (index < 20 ? index : 5_000 * index));
		expect(crowdOf(x, new Float32Array(30))).toBeCloseTo(20 / 100 ** 2);
	});
	test("a crowd of lights is drawn smaller, a street larger", () => {
		const pixels = 900_000;
		expect(radiusOf(0.07, 200_000, pixels)).toBeLessThan(radiusOf(0.07, 30_000, pixels));
		expect(radiusOf(4, 30_000, pixels)).toBeGreaterThan(30);
	});
});

test("a night is played in twenty seconds, and comes to rest on its full picture", () => {
	const clock = new NightClock();
	clock.begin([1_000, 61_000], 30_000);
	expect([clock.at, clock.advance(1_000)]).toEqual([30_000, false]);
	clock.play(true);
	let played = 0;
	while (clock.advance(50)) played += 50;
	expect(played / 1_000).toBeCloseTo(NIGHT_S, 0);
	expect([clock.at, clock.isPlaying]).toEqual([30_000, false]);
	clock.seek(99_999);
	expect(clock.at).toBe(61_000);
	clock.play();
	expect(clock.at).toBe(1_000);
});

test.each([
	["foch", ["Avenue Foch", "Rue du Maréchal Foch"]],
	["RUE DU MARECHAL", ["Rue du Maréchal Foch"]],
	["saint anne", ["Place Sainte-Anne"]],
	["sainte-anne", ["Place Sainte-Anne"]],
	["arech", ["Rue du Maréchal Foch"]],
	["rue", ["Rue de l'Aiguillerie", "Rue du Maréchal Foch"]],
	["", []],
	["12 rue foch", ["Rue du Maréchal Foch"]],
	["12bis, rue Foch, 34000 Montpellier", ["Rue du Maréchal Foch"]],
	["34000", []],
	["zzz", []],
	["(", []],
])("“%s” proposes %j", (typed, wanted) => {
	const names = [
		"Rue du Maréchal Foch",
		"Place Sainte-Anne",
		"",
		"Avenue Foch",
		"Rue de l'Aiguillerie",
	];
	expect(streetsLike(typed, names, 5).map((place) => names[place])).toEqual(wanted);
});

test("a name is compared without accents, case and signs", () => {
	expect(plain(" Rue de l'Église-St.-Éloi ")).toBe("rue de l eglise st eloi");
});
