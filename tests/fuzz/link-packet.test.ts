/** The codec against mqtt-packet, and golden packets cut in every way there is. */
import { describe, expect, test } from "@jest/globals";
import { Decoder } from "../../src/link/decoder.js";
import { bytesOf, FROM_BROKER } from "../support/packets.js";
import { PROPERTIES } from "./codec.js";

/** A seeded small part; 100,000 in tests/slow/soak. */
const RUNS = 600;

describe("codec", () => {
	test.each(Object.entries(PROPERTIES))("%s", (_what, holds) => {
		holds(RUNS);
	});
});

/** 2^(n-1) ways to cut n bytes: 16,384 for the longest of these. */
const CUT_WHOLLY = 15;
const short = FROM_BROKER.filter(([, , hex]) => bytesOf(hex).length <= CUT_WHOLLY);

test.each(short)("%s (%s), cut in every way there is", (_what, _clause, hex, { kind }) => {
	const bytes = bytesOf(hex);
	for (let cuts = 0; cuts < 2 ** (bytes.length - 1); cuts++) {
		const decoder = new Decoder();
		const found: string[] = [];
		for (let from = 0; from < bytes.length; ) {
			let to = from + 1;
			while (to < bytes.length && ((cuts >> (to - 1)) & 1) === 0) to++;
			decoder.room().set(bytes.subarray(from, to));
			decoder.took(to - from);
			from = to;
			for (let next = decoder.next(); next !== "nothing"; next = decoder.next()) found.push(next);
		}
		if (found.length !== 1 || found[0] !== kind) expect([cuts, found]).toEqual([cuts, [kind]]);
	}
	expect(short.length).toBeGreaterThan(8);
});
