/**
 * Reflash: a lamp that is given another image over the cable keeps its store; what it knew of images is
 * not held against, nor for, the one that runs now. And the record of it, where power fails at a write.
 */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { imageId } from "../../../src/update/header.js";
import { LEAST } from "../../../src/update/probation.js";
import { parseRecord } from "../../../src/update/record.js";
import { SW_VERSION } from "../../../src/version.js";
import { Signer, sha256 } from "../../support/images.js";
import { IMAGE, type ImageRig, poleByDay, SIGNER } from "./imagerig.js";

const ID = imageId({ digest: sha256(IMAGE) });
const CABLE = [
	["an older one", "0.2.0"],
	["a newer one", "0.0.9"],
] as const;

const recordOf = (lamp: ImageRig) => parseRecord(lamp.host.stored.get("update"));

/** An image came over the cable; what ran until then called itself `was`. */
function reflash(lamp: ImageRig, was: string): void {
	const { stored } = lamp.host;
	const text = stored.get("update")!;
	expect(text).toContain(` ${SW_VERSION} `);
	stored.set("update", text.replace(` ${SW_VERSION} `, ` ${was} `));
	lamp.host.imageState = "kept";
	lamp.boot("powerOn");
	lamp.day();
}

/** Offered, fetched, and the lamp has booted into it. */
function tryImage(lamp: ImageRig, more: object = {}, header?: string): void {
	lamp.offer(more, header);
	lamp.pass(MINUTE);
	expect(lamp.types.at(-1)).toBe("updateActivated");
	lamp.host.imageState = "probation";
	lamp.boot("update");
}

function keepImage(lamp: ImageRig): void {
	lamp.host.arrive((now) => lamp.node.updater.onSubscribed(now));
	lamp.pass(LEAST + MINUTE, 1000);
	expect(lamp.types.at(-1)).toBe("updateKept");
}

describe.each(CABLE)("over the cable comes %s", (_which, was) => {
	test("while an image is on trial: that one is no failure, kept neither, and may come again", () => {
		const lamp = poleByDay();
		tryImage(lamp, {}, SIGNER.header(IMAGE, { counter: 5 }));
		reflash(lamp, was);
		expect(recordOf(lamp)).toEqual({
			counter: 0,
			key: 0,
			image: "",
			runs: SW_VERSION,
			failed: [],
			powerLosses: 0,
			trial: undefined,
		});
		tryImage(lamp, { id: "u2" });
		keepImage(lamp);
		expect(recordOf(lamp)).toMatchObject({ image: ID, runs: SW_VERSION });
	});
	test("after an image that was gone back from: that one is still not fetched", () => {
		const lamp = poleByDay();
		tryImage(lamp);
		lamp.host.imageState = "kept";
		lamp.boot("crash");
		lamp.day();
		reflash(lamp, was);
		lamp.offer({ id: "u2" });
		lamp.pass(MINUTE);
		expect(lamp.failures).toEqual([{ reason: "failedBefore", final: true }]);
		tryImage(lamp, { id: "u3", again: true });
	});
	test("in place of one that was kept: that one is no longer taken for what runs", () => {
		const lamp = poleByDay();
		tryImage(lamp, {}, SIGNER.header(IMAGE, { counter: 5 }));
		keepImage(lamp);
		reflash(lamp, was);
		lamp.offer({ id: "u2" }, SIGNER.header(IMAGE, { counter: 4 }));
		expect(lamp.failures).toEqual([{ reason: "olderCounter", final: true }]); // no way round it
		tryImage(lamp, { id: "u3" }, SIGNER.header(IMAGE, { counter: 5 }));
		expect(recordOf(lamp)).toMatchObject({
			counter: 5,
			key: SIGNER.id,
			image: "",
			runs: SW_VERSION,
		});
	});
	test("and the key before the one in use stays retired", () => {
		const lamp = poleByDay();
		const second = new Signer();
		lamp.host.stored.set("update.key", `${SIGNER.text} ${second.text}`);
		tryImage(lamp, {}, second.header(IMAGE));
		keepImage(lamp);
		reflash(lamp, was);
		lamp.offer({ id: "u2" });
		expect(lamp.failures).toEqual([{ reason: "retiredKey", final: true }]);
	});
});

test("the very version that failed comes over the cable: an offer of it finds it running", () => {
	const lamp = poleByDay();
	const header = SIGNER.header(IMAGE, { version: SW_VERSION });
	lamp.host.stored.set("update", `1 0 0 - 0.0.9 ${ID} - - 0 0 0`);
	lamp.boot();
	lamp.day();
	lamp.offer({}, header);
	lamp.pass(MINUTE);
	expect([lamp.types, lamp.requests]).toEqual([[], []]);
});

/** From now on, the power fails at the `nth` write of the record, before or after it was taken. */
function cutAtWrite(lamp: ImageRig, index: number, isTaken: boolean): { isCut: boolean } {
	const { host } = lamp;
	const power = { isCut: false };
	const { write } = host.store;
	const { activate, keep } = host.images;
	let writes = 0;
	host.store.write = (key, value) => {
		if (power.isCut) return "failed";
		if (key === "update" && ++writes === index) {
			power.isCut = true;
			return isTaken ? write(key, value) : "failed";
		}
		return write(key, value);
	};
	host.images.activate = () => !power.isCut && activate();
	host.images.keep = () => !power.isCut && keep();
	return power;
}

describe.each([
	["before", false],
	["after", true],
] as const)("power fails just %s the record is stored", (_when, isTaken) => {
	test.each([
		["as the image is announced", 1],
		["as it is kept", 2],
	])(
		"%s: the lamp has the image in the end, and never another counter than its own",
		(_why, index) => {
			const lamp = poleByDay();
			const power = cutAtWrite(lamp, index, isTaken);
			const header = SIGNER.header(IMAGE, { counter: 5 });
			for (let life = 1; life <= 4 && recordOf(lamp).image === ""; life++) {
				const wasCut = power.isCut;
				lamp.offer({ id: `u${life}` }, header);
				lamp.pass(MINUTE);
				if (lamp.host.isActivated && !power.isCut) {
					lamp.host.imageState = "probation";
					lamp.boot("update");
					lamp.host.arrive((now) => lamp.node.updater.onSubscribed(now));
					lamp.pass(LEAST + MINUTE, 1000);
				}
				if (power.isCut && !wasCut) {
					power.isCut = false;
					lamp.boot("powerOn");
					lamp.day();
				}
				expect([0, 5]).toContain(recordOf(lamp).counter);
				expect(recordOf(lamp).failed).toEqual([]);
			}
			expect(recordOf(lamp)).toMatchObject({ image: ID, counter: 5, key: SIGNER.id });
			expect(recordOf(lamp).trial).toBeUndefined();
		},
	);
	test("as it is gone back from: the next life goes on from what is there", () => {
		const lamp = poleByDay();
		tryImage(lamp);
		const power = cutAtWrite(lamp, 1, isTaken);
		lamp.pass(40 * MINUTE, 1000); // nothing is reported
		expect(power.isCut).toBe(true);
		power.isCut = false;
		lamp.host.imageState = "kept"; // the bootloader's rule
		lamp.boot("powerOn");
		expect(recordOf(lamp)).toMatchObject({
			counter: 0,
			image: "",
			runs: SW_VERSION,
			trial: undefined,
			...(isTaken ? { failed: [ID], powerLosses: 0 } : { failed: [], powerLosses: 1 }),
		});
	});
	test("as the end of a trial is noted at a boot: it is noted at the next", () => {
		const lamp = poleByDay();
		tryImage(lamp);
		lamp.host.imageState = "kept";
		const power = cutAtWrite(lamp, 1, isTaken);
		lamp.boot("powerOn");
		expect(power.isCut).toBe(true);
		power.isCut = false;
		lamp.boot("powerOn");
		expect(recordOf(lamp)).toMatchObject({ trial: undefined, failed: [], powerLosses: 1 });
	});
});
