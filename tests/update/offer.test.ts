/** Offers: which image is refused before its signature is looked at, and when a lamp's turn is, in tables. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../lib/spans.js";
import type { UtcMillis } from "../../src/units.js";
import { type ImageHeader, imageId, PRODUCT } from "../../src/update/header.js";
import { LATE_SPREAD, refusalOf, turnOf } from "../../src/update/offer.js";

describe("an image is refused before its signature is looked at", () => {
	const digest = new Uint8Array(32).fill(1);
	const image: ImageHeader = {
		keyId: 1,
		product: PRODUCT,
		hardware: "fake/1",
		version: "9.0.0",
		counter: 5,
		length: 1,
		profile: "release",
		digest,
		signed: new Uint8Array(120),
		signature: new Uint8Array(8),
	};
	const installed = {
		hardware: "fake/1",
		profile: "release" as const,
		version: "1.0.0",
		counter: 5,
		image: "",
		failed: [],
	};
	const gone = { ...installed, failed: [imageId(image)] };
	const older = { ...image, counter: 4 };
	/** `again` lifts one refusal alone: that of an image which this lamp went back from. */
	test.each([
		["one that fits is not", image, installed, undefined, undefined],
		["of another product", { ...image, product: "other" }, gone, "wrongProduct", "wrongProduct"],
		["for other hardware", { ...image, hardware: "x/1" }, gone, "wrongHardware", "wrongHardware"],
		["of development", { ...image, profile: "development" }, gone, "wrongProfile", "wrongProfile"],
		["below the counter", older, installed, "olderCounter", "olderCounter"],
		["below the counter and gone back from", older, gone, "olderCounter", "olderCounter"],
		["gone back from", image, gone, "failedBefore", undefined],
	] as const)("%s", (_what, header, has, first, again) => {
		expect(refusalOf(header, { again: false }, has)).toBe(first);
		expect(refusalOf(header, { again: true }, has)).toBe(again);
	});
});

describe("a lamp's turn", () => {
	const at = (hours: number) => (hours * HOUR) as UtcMillis;
	const offer = { notBefore: at(10), spread: HOUR, canary: "quay", canaryLead: 24 * HOUR };
	test.each([
		["a canary, in its own part of the spread", "quay", 0.5, 0, 10.5],
		["another, a lead later", "hill", 0.5, 0, 34.5],
		["one without a group", "", 0.25, 0, 34.25],
		["one that gets it too late, within ten minutes", "quay", 0.5, 20, 20 + LATE_SPREAD / HOUR / 2],
		["one that gets it just before", "quay", 0.5, 10.4, 10.5],
	])("%s", (_who, group, position, received, turn) => {
		expect(turnOf(offer, group, position, at(received))).toBe(at(turn));
	});
});
