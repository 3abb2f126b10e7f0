/** Offer payload: what the CMS may write on `update`, field by field, and nothing that makes the reader throw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeOffer } from "../../src/update/offerpayload.js";

const OFFER = {
	id: "u7",
	url: "https://images.example/luminode/1.2.0.bin",
	header: "TFVNAQ==",
	notBefore: "2026-11-25T09:00:00Z",
};
const FULL = {
	...OFFER,
	spread: 600,
	canary: "quay",
	canaryLead: 7200,
	whileOccupied: true,
	again: true,
};
const decoded = (value: object) => decodeOffer(JSON.stringify(value));

describe("an offer", () => {
	test("of the least is filled up with defaults", () => {
		expect(decoded(OFFER)).toEqual({
			id: "u7",
			header: "TFVNAQ==",
			notBefore: Date.UTC(2026, 10, 25, 9),
			spread: 3_600_000,
			source: { host: "images.example", port: 443, tls: true, path: "/luminode/1.2.0.bin" },
			canary: undefined,
			canaryLead: 86_400_000,
			whileOccupied: false,
			again: false,
		});
	});
	test("may say everything", () => {
		expect(decoded(FULL)).toMatchObject({
			spread: 600_000,
			canary: "quay",
			canaryLead: 7_200_000,
			whileOccupied: true,
			again: true,
		});
	});
	test.each([
		["http://10.0.0.7:8080/a", { host: "10.0.0.7", port: 8080, tls: false, path: "/a" }],
		["http://a/", { host: "a", port: 80, tls: false, path: "/" }],
		[`https://${"b".repeat(253)}/`, { host: "b".repeat(253), port: 443, tls: true, path: "/" }],
		["http://a:65535/", { host: "a", port: 65_535, tls: false, path: "/" }],
		["https://a.b-c:1/x?y=%20", { host: "a.b-c", port: 1, tls: true, path: "/x?y=%20" }],
	])("lies at %s", (url, source) => {
		expect(decoded({ ...OFFER, url })).toMatchObject({ source });
	});
	test.each<[why: string, change: object]>([
		["no id", { id: undefined }],
		["an id of an order's own signs", { id: "a b" }],
		["no url", { url: undefined }],
		["another scheme", { url: "ftp://a/b" }],
		["no path", { url: "https://a" }],
		["no host", { url: "https:///b" }],
		["a user", { url: "https://u@a/b" }],
		["an IPv6 address", { url: "https://[::1]/b" }],
		["a line's end in the path", { url: "https://a/b\r\nX: y" }],
		["a space in the path", { url: "https://a/b c" }],
		["a port of 0", { url: "https://a:0/b" }],
		["a port over 65,535", { url: "https://a:65536/b" }],
		["a host of 254", { url: `https://${"b".repeat(254)}/` }],
		["a path of 201", { url: `https://a/${"b".repeat(200)}` }],
		["no header", { header: undefined }],
		["no notBefore", { notBefore: undefined }],
		["a date that is none", { notBefore: "tomorrow" }],
		["half a second of spread", { spread: 0.5 }],
		["a spread over a week", { spread: 604_801 }],
		["a lead below 0", { canaryLead: -1 }],
		["a canary that is no name", { canary: "quay/1" }],
		["an empty canary", { canary: "" }],
		["a flag that is none", { whileOccupied: 1 }],
		["stop, too", { stop: true }],
		["an unknown field", { force: true }],
	])("with %s is none", (_why, change) => {
		expect(decoded({ ...OFFER, ...change })).toBeUndefined();
	});
});

test("a list of keys is one, with its id and nothing else", () => {
	expect(decoded({ id: "k1", keys: "TFVL" })).toEqual({ id: "k1", keys: "TFVL" });
	const wrong = [{ keys: "TFVL" }, { id: "k1", keys: 1 }, { id: "k1", keys: "TFVL", url: "" }];
	for (const json of wrong) expect([json, decoded(json)]).toEqual([json, undefined]);
});

describe("the order to stop", () => {
	test("is an id and the word alone", () => {
		expect(decoded({ id: "s1", stop: true })).toEqual({ id: "s1", stop: true });
		for (const wrong of [
			{ stop: true },
			{ id: "s1", stop: false },
			{ id: "s1", stop: true, url: "" },
		])
			expect(decoded(wrong)).toBeUndefined();
	});
});

test("any text is an offer, a stop or none", () => {
	const values = fc.oneof(fc.jsonValue(), ...Object.values(FULL).map(fc.constant));
	const text = fc.dictionary(fc.constantFrom(...Object.keys(FULL), "stop", "keys"), values);
	fc.assert(
		fc.property(
			fc.oneof(
				text.map((fields) => JSON.stringify(fields)),
				fc.string(),
			),
			(payload) => {
				const offer = decodeOffer(payload);
				if (offer && "source" in offer) expect(offer.source.path.charAt(0)).toBe("/");
			},
		),
		{ numRuns: 500 },
	);
});
