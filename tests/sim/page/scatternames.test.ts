/** In Compare no name lies on a point or on another name, wherever the points of this street lie. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { KNOWN_OPTIONS } from "../../../lib/lightingoptions/knownoptions.js";
import { optionOf } from "../../../lib/lightingoptions/options.js";
import {
	boxOfDot,
	boxOfName,
	common,
	POINT,
	placesOf,
} from "../../../sim/page/client/prove/scatternames.js";
import { Speech } from "../../../sim/page/client/words.js";

const WITHIN = { left: 54, right: 460, top: 0, bottom: 250 };
const RADIUS = 7;
/** As the chart draws it: per cent of time below full class, and of energy. */
const at = (below: number, energy: number) => ({ x: 54 + below * 7.64, y: 250 - 2.3 * energy });

describe.each(["en", "fr"] as const)("in %s", (language) => {
	const speech = new Speech(language, "Europe/Brussels");
	const points = KNOWN_OPTIONS.map(({ option, below, energy }) => ({
		name: speech.text(optionOf(option).short),
		...at(below, energy),
	}));
	const hidden = (street: readonly { x: number; y: number }[]) => {
		const dots = street.map((dot) => ({ ...dot, radius: RADIUS }));
		const places = placesOf(points, dots, WITHIN);
		const names = places.map((place, n) => boxOfName(points[n]!.name, place));
		const round = [...points.map((point) => ({ ...point, radius: POINT })), ...dots].map(boxOfDot);
		return names.flatMap((box, n) => [
			...round.filter((dot) => common(box, dot) > 0).map(() => points[n]!.name),
			...names
				.slice(n + 1)
				.filter((other) => common(box, other) > 0)
				.map(() => points[n]!.name),
			...(box.right > WITHIN.right || box.left < WITHIN.left ? [points[n]!.name] : []),
		]);
	};
	test.each([
		["no street", []],
		["a street beside neighbours", [at(2, 55)]],
		["dots on two names", [at(14.2, 71), at(6, 58.5)]],
	])("%s", (_, street) => {
		expect(hidden(street)).toEqual([]);
	});
	test("any two dots (property)", () => {
		const dot = fc
			.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 100 }))
			.map(([below, energy]) => at(below, energy));
		fc.assert(
			fc.property(dot, dot, (a, b) => expect(hidden([a, b])).toEqual([])),
			{ numRuns: 500 },
		);
	});
});
