/** Address: the page's state in its URL, whatever stands there. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readAddress, VIEWS, writeAddress } from "../../../sim/page/client/state/address.js";

test("what is written is read again (property)", () => {
	const place = fc.record({
		view: fc.constantFrom(...VIEWS),
		lamp: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
		time: fc.constantFrom(undefined, "00:00", "23:59"),
		language: fc.constantFrom(undefined, "en" as const, "fr" as const),
		inputs: fc.array(
			fc.tuple(fc.constantFrom("seed", "fault", "neighbours"), fc.string({ maxLength: 9 })),
		),
	});
	fc.assert(
		fc.property(place, (drawnPlace) => {
			expect(readAddress(writeAddress(drawnPlace), 12)).toEqual({
				place: drawnPlace,
				wrong: undefined,
			});
		}),
	);
});

test("any text is a place, and the first word that means nothing is named, cut", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (hash) => {
			const { place, wrong } = readAddress(hash, 12);
			expect(VIEWS).toContain(place.view);
			expect((wrong?.word ?? "").length).toBeLessThanOrEqual(24);
		}),
	);
	expect(readAddress("#view=x&lamp=0", 12).wrong).toEqual({ what: "view", word: "x" });
	expect(readAddress("#lamp=13", 12).wrong).toEqual({ what: "lamp", word: "13" });
	expect(readAddress("#lamp=13", undefined).wrong).toBeUndefined();
	expect(readAddress("#lang=de", 12).wrong).toEqual({ what: "language", word: "de" });
	expect(readAddress("#lang=fr&x=1", 12)).toMatchObject({
		place: { language: "fr" },
		wrong: { what: "field", word: "x" },
	});
	expect(readAddress("#x", 12).wrong).toEqual({ what: "field", word: "x" });
	expect(readAddress("#", 12).wrong).toBeUndefined();
	expect(readAddress("#t=24:00", 12).wrong).toEqual({ what: "time", word: "24:00" });
});
