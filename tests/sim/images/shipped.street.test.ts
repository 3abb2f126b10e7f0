/**
 * The image that ships: a signed image with the structure and the bytes of a controller's, rolled out to
 * twelve lamps, and every image that must not replace it.
 *
 * Promise: Only the signed image that is meant for a lamp replaces its firmware.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { WornFleet } from "../../../hosts/virtual/fleet/wasmfleet.js";
import { MINUTE } from "../../../lib/spans.js";
import { SLOT_BYTES } from "../../../sim/images/catalogue.js";
import { espImage, secured } from "../../support/espimage.js";
import { broken, SERVER, type UpdateRun, type UpdateStreet, updateStreet } from "./updatestreet.js";

const NAMES = { hardware: "esp32-c3/1", version: "1.2.0", profile: "release" };
/** As many segments of as many bytes as the linker made in an image of release for this board. */
const IMAGE = secured(espImage({ ...NAMES, bytes: 1_690_000 }));
const NEXT = secured(espImage({ ...NAMES, version: "1.3.0", bytes: 1_700_000, seed: 7 }));
const flipped = Buffer.from(NEXT);
flipped[1_000_000]! ^= 1;
const unsigned = NEXT.subarray(0, 1_650_000);

interface Row {
	readonly what: string;
	/** The bytes that are signed, and those that the server has. */
	readonly signed?: Buffer;
	readonly served?: Buffer;
	readonly header?: object;
	readonly reason: string;
	/** The header is enough: nothing is fetched. */
	readonly isBefore: boolean;
}
/** The second image of each lamp. */
const ROWS: readonly Row[] = [
	{
		what: "another board",
		header: { hardware: "wt32-eth01/1" },
		reason: "wrongHardware",
		isBefore: true,
	},
	{
		what: "another profile",
		header: { profile: "development" },
		reason: "wrongProfile",
		isBefore: true,
	},
	{ what: "an older counter", header: { counter: 4 }, reason: "olderCounter", isBefore: true },
	{
		what: "another product",
		header: { product: "luminaire" },
		reason: "wrongProduct",
		isBefore: true,
	},
	{
		what: "more bytes than a slot",
		header: { length: SLOT_BYTES + 1 },
		reason: "slotFailed",
		isBefore: true,
	},
	{
		what: "bytes behind it",
		served: Buffer.concat([NEXT, Buffer.alloc(4096, 0xff)]),
		reason: "wrongLength",
		isBefore: false,
	},
	{
		what: "its end cut",
		served: NEXT.subarray(0, 1_650_000),
		reason: "wrongLength",
		isBefore: false,
	},
	{ what: "one bit turned", served: flipped, reason: "wrongHash", isBefore: false },
	{
		what: "its end cut, and then signed",
		signed: unsigned,
		served: unsigned,
		reason: "notActivated",
		isBefore: false,
	},
];
const LAMPS = 12;
const lampOf = (index: number): number => index + 1;

let run: UpdateRun;
let fleet: WornFleet;
/** The bytes of each lamp's slots, when the first image was kept and at the end. */
const slots: Buffer[][][] = [];

const read = () =>
	Array.from({ length: LAMPS }, (_, index) =>
		([0, 1] as const).map((slot) => Buffer.from(fleet.slot(lampOf(index), slot))),
	);

function play(street: UpdateStreet): void {
	fleet = street.fleet as WornFleet;
	const header = { ...NAMES, counter: 5 };
	street.plan(10 * MINUTE, () => {
		for (let index = 0; index < LAMPS; index += 1) street.offer(lampOf(index), IMAGE, {}, header);
	});
	street.plan(50 * MINUTE, () => {
		slots.push(read());
		for (const [index, row] of ROWS.entries()) {
			const path = `/${index}-next.bin`;
			street.server.files.set(path, row.served ?? NEXT);
			const more = { id: "u2", url: `https://${SERVER}${path}` };
			const next = { ...header, version: "1.3.0", ...row.header };
			street.offer(lampOf(index), row.signed ?? NEXT, more, next);
		}
	});
	street.plan(4 * 60 * MINUTE - 1, () => slots.push(read()));
}

beforeAll(async () => {
	const day = "--seed 5 --start 2026-11-24T10:00:00+01:00 --duration 240m --quiet";
	const names = "--hardware esp32-c3/1 --profile release";
	run = await updateStreet(`--lamps ${LAMPS} ${day} ${names}`, play);
});

const KEPT = ["updateOffered", "updateStarted", "updateActivated", "updateKept"];

describe("an image of 1.7 MB, as a controller's", () => {
	test("is fetched by twelve lamps, whole, and kept; the light is that of any day", () => {
		for (let index = 0; index < LAMPS; index += 1)
			expect([index, run.story(lampOf(index)).slice(0, 4)]).toEqual([index, KEPT]);
		expect([broken(run), run.summary.deaths]).toEqual([[], 0]);
	});
	test("is in the slot as it is in the file, byte by byte, and the other slot is as it was", () => {
		expect(IMAGE.length).toBeGreaterThan(1_690_000);
		for (const [first, second] of slots[0]!) {
			expect(first!.length).toBe(0);
			expect(second!.equals(IMAGE)).toBe(true);
		}
	});
	test("is what lamps report to be: board, profile and slot", () => {
		const births = [...run.births.values()].map((all) => all.at(-1)!);
		expect(births.map(({ hardware, profile }) => [hardware, profile])).toEqual(
			Array.from({ length: LAMPS }, () => [NAMES.hardware, NAMES.profile]),
		);
	});
	test.each(ROWS.map((row, index) => ({ ...row, nth: index })))(
		"does not give way to one with $what: $reason",
		({ nth: index, reason, isBefore }) => {
			const story = run.story(lampOf(index)).slice(4);
			expect(story.at(-1)).toBe(`updateFailed ${reason}`);
			if (isBefore) {
				const paths = run.server.requests.filter(({ lamp }) => lamp === lampOf(index));
				expect(paths.map(({ path }) => path)).not.toContain(`/${index}-next.bin`);
			}
			expect(slots[1]![index]![1]!.equals(IMAGE)).toBe(true);
		},
	);
	test("stays where nothing else is offered", () => {
		for (let index = ROWS.length; index < LAMPS; index += 1)
			expect(run.story(lampOf(index))).toEqual(KEPT);
	});
});
