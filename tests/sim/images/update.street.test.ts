/**
 * Update: the whole way in XS machines, from the offer to the image that is kept, and each way off it.
 *
 * Promise: An update that fails at any byte or for any reason leaves a lamp that lights.
 */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { SW_VERSION as own } from "../../../src/version.js";
import { imageOf, Signer } from "../../support/images.js";
import { scaled } from "../../support/scale.js";
import { broken, cutAt, SERVER, SIGNER, type UpdateStreet, updateStreet } from "./updatestreet.js";

const IMAGE = imageOf(20_000);
const OFFERED = ["updateOffered", "updateStarted", "updateActivated"];
const KEPT = [...OFFERED, "updateKept"];
/** Retained, it comes again with the connection after; then it is offered under another id. */
const REFUSED_TWICE = ["updateFailed failedBefore", "updateFailed failedBefore"];
/** Crashes at its first boot (hosts/virtual/machine/images.c). */
const DYING = Buffer.concat([Buffer.from("DIES"), imageOf(4_000)]);

interface Case {
	readonly why: string;
	readonly story: readonly string[];
	/** Requests at the server. */
	readonly asked: number;
	readonly play: (street: UpdateStreet, lamp: number) => void;
}

const offered =
	(image: Buffer, more?: object, header?: object): Case["play"] =>
	(street, lamp) =>
		street.plan(10 * MINUTE, () => street.offer(lamp, image, more, header));
const again = (street: UpdateStreet, lamp: number, image: Buffer, at: number) =>
	street.plan(at, () => street.offer(lamp, image, { id: "u2" }));

const CASES: readonly Case[] = [
	{
		why: "it is kept, and not fetched again",
		story: KEPT,
		asked: 1,
		play: (street, lamp) => {
			offered(IMAGE)(street, lamp);
			again(street, lamp, IMAGE, 70 * MINUTE);
		},
	},
	{
		why: "it is of another product",
		story: ["updateFailed wrongProduct"],
		asked: 0,
		play: offered(IMAGE, {}, { product: "luminaire" }),
	},
	{
		why: "it is for other hardware",
		story: ["updateFailed wrongHardware"],
		asked: 0,
		play: offered(IMAGE, {}, { hardware: "virtual/2" }),
	},
	{
		why: "a stranger signed it in our key's name",
		story: ["updateFailed wrongSignature"],
		asked: 0,
		play: (street, lamp) => {
			const header = new Signer().header(IMAGE, { hardware: "virtual/1", keyId: SIGNER.id });
			offered(IMAGE, { header })(street, lamp);
		},
	},
	{
		why: "its counter is older than that of the one kept before",
		story: [...KEPT, "updateFailed olderCounter"],
		asked: 1,
		play: (street, lamp) => {
			offered(IMAGE, {}, { counter: 7 })(street, lamp);
			street.plan(70 * MINUTE, () =>
				street.offer(lamp, imageOf(9_000), { id: "u2" }, { counter: 6 }),
			);
		},
	},
	{
		why: "the server breaks off twice: it is taken up where it ended",
		story: [
			"updateOffered",
			"updateStarted",
			"updateFailed closedByPeer (again)",
			"updateFailed closedByPeer (again)",
			"updateActivated",
			"updateKept",
		],
		asked: 3,
		play: offered(IMAGE),
	},
	{
		why: "the server has another image",
		story: [
			"updateOffered",
			"updateStarted",
			"updateFailed wrongHash (again)",
			"updateFailed wrongHash",
		],
		asked: 2,
		play: (street, lamp) => {
			street.server.files.set(`/${lamp}.bin`, imageOf(20_000, 2));
			offered(IMAGE)(street, lamp);
		},
	},
	{
		why: "it crashes at its first boot: it is gone back from, and not fetched again",
		story: [...OFFERED, "updateReverted crashed", ...REFUSED_TWICE],
		asked: 1,
		play: (street, lamp) => {
			offered(DYING)(street, lamp);
			again(street, lamp, DYING, 70 * MINUTE);
		},
	},
	{
		why: "the broker is not seen under it: it is gone back from, and not fetched again",
		story: [...OFFERED, "updateReverted noBroker", ...REFUSED_TWICE],
		asked: 1,
		play: (street, lamp) => {
			offered(IMAGE)(street, lamp);
			street.onRestart((who, reason) => {
				if (who !== lamp) return;
				if (reason === "update") street.deaf.add(lamp);
				else street.deaf.delete(lamp);
			});
			again(street, lamp, IMAGE, 70 * MINUTE);
		},
	},
	{
		why: "power fails while it is on probation: it is gone back from, and fetched again",
		story: [...OFFERED, "updateReverted powerLost", ...KEPT],
		asked: 2,
		play: (street, lamp) => {
			offered(IMAGE)(street, lamp);
			street.onRestart((who, _reason, at) => {
				if (who !== lamp || at > 20 * MINUTE) return;
				street.plan(at + 2 * MINUTE, () => street.fleet.armPowerCut(lamp, 0));
			});
		},
	},
	{
		why: "the order to stop comes in time",
		story: ["updateOffered", "updateFailed stopped"],
		asked: 0,
		play: (street, lamp) => {
			offered(IMAGE, { notBefore: new Date(street.epochUtc + 40 * MINUTE).toISOString() })(
				street,
				lamp,
			);
			street.plan(30 * MINUTE, () => street.publish(lamp, { id: "s1", stop: true }));
		},
	},
	{
		why: "others go first, and the stop comes before its turn",
		story: ["updateOffered", "updateFailed stopped"],
		asked: 0,
		play: (street, lamp) => {
			offered(IMAGE, { canary: "quay", canaryLead: 3600 })(street, lamp);
			street.plan(40 * MINUTE, () => street.publish(lamp, { id: "s1", stop: true }));
		},
	},
];

describe("an afternoon of twelve lamps, each offered an image", () => {
	let run: Awaited<ReturnType<typeof updateStreet>>;
	test("no check of the light is broken, and no machine ends but the one that has to", async () => {
		const line = `--lamps ${CASES.length} --seed 7 --start 2026-11-24T13:00:00+01:00 --duration 100m`;
		run = await updateStreet(line, (street) => {
			for (const [index, { play }] of CASES.entries()) play(street, index + 1);
			street.server.mood = (lamp, _path, index) =>
				CASES[lamp - 1]!.asked === 3 && index < 3 ? { cutAfter: 6_000 } : undefined;
		});
		expect(broken(run)).toEqual([]);
		expect([run.summary.deaths, run.powerCuts]).toEqual([1, 1]); // the image that crashes
	});
	test.each(CASES.map((testCase, index) => [testCase.why, index + 1, testCase] as const))(
		"%s",
		(_why, lamp, { story, asked }) => {
			expect(run.story(lamp)).toEqual(story);
			expect(run.server.requests.filter((request) => request.lamp === lamp)).toHaveLength(asked);
		},
	);
	// security: 5.3-13
	// security: 5.3-11, 5.3-12
	test("the birth reports that the image is on probation, and later no more", () => {
		const flags = run.births.get(1)!.map(({ imageOnProbation }) => imageOnProbation);
		expect([flags.includes(true), flags.at(-1)]).toEqual([true, undefined]);
		expect(run.births.get(2)!.every((birth) => birth.supportedUntil === "2031-11-24")).toBe(true);
	});
});

/** Runs under the version of its first line (hosts/virtual/machine/images.c). */
const runs = (version: string) => Buffer.concat([Buffer.from(`RUNS ${version}\n`), imageOf(4_000)]);

describe("the version that a lamp reports", () => {
	/** Offers a second image an hour after the first. */
	const thenOffered =
		(first: string, second: string): Case["play"] =>
		(street, lamp) => {
			const after = runs(second);
			offered(runs(first), {}, { version: first })(street, lamp);
			const path = `/${lamp}-back.bin`;
			street.server.files.set(path, after);
			const url = `https://${SERVER}${path}`;
			street.plan(70 * MINUTE, () =>
				street.offer(lamp, after, { id: "u2", url }, { version: second }),
			);
		};
	const cases: [why: string, play: Case["play"], versions: readonly string[]][] = [
		[
			"an image without a version is the factory's",
			offered(IMAGE, {}, { version: "1.2.0" }),
			[own],
		],
		["that of its image", offered(runs("1.2.0"), {}, { version: "1.2.0" }), [own, "1.2.0"]],
		["a shorter one", offered(runs("2.0"), {}, { version: "2.0" }), [own, "2.0"]],
		["one without room stays out", offered(runs("1.2.0-rc1"), {}, { version: "1.2.0" }), [own]],
		["and back again", thenOffered("1.2.0", own), [own, "1.2.0", own]],
		[
			"back, when power fails on probation",
			(street, lamp) => {
				offered(runs("1.2.0"), {}, { version: "1.2.0" })(street, lamp);
				street.onRestart((who, _reason, at) => {
					if (who !== lamp || at > 20 * MINUTE) return;
					street.plan(at + 2 * MINUTE, () => street.fleet.armPowerCut(lamp, 0));
				});
			},
			[own, "1.2.0", own, "1.2.0"], // and fetched again
		],
	];
	let run: Awaited<ReturnType<typeof updateStreet>>;
	test("lamps of several versions break no check", async () => {
		const line = `--lamps ${cases.length} --seed 7 --start 2026-11-24T13:00:00+01:00 --duration 120m`;
		run = await updateStreet(line, (street) => {
			for (const [index, [, play]] of cases.entries()) play(street, index + 1);
		});
		expect(broken(run)).toEqual([]);
	});
	test.each(cases.map(([why, , versions], index) => [why, index + 1, versions] as const))(
		"%s",
		(_why, lamp, versions) => {
			const births = run.births.get(lamp)!.map(({ swVersion }) => swVersion);
			expect(births.filter((birth, index) => birth !== births[index - 1])).toEqual(versions);
		},
	);
});

describe("power that fails while an image is written", () => {
	const image = imageOf(8_000);
	const CUTS = scaled(12, 24);
	/** Over the same bytes, however many. */
	const steps = (from: number, step: number) =>
		Array.from({ length: CUTS }, (_, index) => from + index * step * (24 / CUTS));
	// security: 5.3-1, 5.3-2
	test.each([
		["all along", steps(0, 401), CUTS - scaled(2, 4)],
		["while the record and the journal are written at its end", steps(7_990, 9), CUTS],
	])(
		"%s leaves a lamp that boots, lights, and has the image in the end",
		async (_when, cuts, powerCuts) => {
			const run = await cutAt(cuts, image);
			expect(broken(run)).toEqual([]);
			expect(run.powerCuts).toBeGreaterThanOrEqual(powerCuts);
			expect(run.summary.deaths).toBe(0);
			for (const lamp of cuts.keys())
				expect([lamp, run.story(lamp + 1).at(-1)]).toEqual([lamp, "updateKept"]);
		},
	);
});

describe("a night with people about", () => {
	const NIGHT_LAMPS = scaled(3, 6);
	const lamps = Array.from({ length: NIGHT_LAMPS }, (_, index) => index + 1);
	test("no lamp restarts over someone's head, and every check of the night holds", async () => {
		const line = `--lamps ${NIGHT_LAMPS} --seed 7 --start 2026-11-24T19:00:00+01:00 --duration 5h`;
		const run = await updateStreet(line, (street) => {
			for (const lamp of lamps) street.plan(30 * MINUTE, () => street.offer(lamp, IMAGE));
		});
		expect(broken(run)).toEqual([]);
		expect(run.summary.deaths).toBe(0);
		const updates = run.restarts.filter(({ reason }) => reason === "update");
		expect(updates.map(({ lamp }) => lamp).sort()).toEqual(lamps);
		expect(updates.filter(({ wasSeen }) => wasSeen)).toEqual([]);
		for (const lamp of lamps) expect(run.story(lamp)).toEqual(KEPT);
	});
});
