/** Images on the misbehaving controller: ESP-IDF's slots, states and refusals, reported as the door reports them. */
import { describe, expect, test } from "@jest/globals";
import { rigOf } from "./rig.js";

const bytes = Uint8Array.of(1, 2, 3, 4);

describe("a slot", () => {
	test("is written, verified and made the next; one cut short is not", () => {
		const { pole, controller } = rigOf();
		expect([pole.images.begin(3), pole.images.write(bytes, 1, 3)]).toEqual([true, true]);
		expect([pole.images.activate(), controller.image]).toEqual([true, [2, 3, 4]]);
		expect([pole.images.begin(3), pole.images.write(bytes, 0, 2)]).toEqual([true, true]);
		expect(pole.images.activate()).toBe(false);
		expect(controller.images.filter((word) => word !== "closed")).toEqual(["activated"]);
	});
	test("once activated is not written on, nor activated again", () => {
		const { pole } = rigOf();
		expect([pole.images.begin(1), pole.images.write(bytes, 0, 1)]).toEqual([true, true]);
		expect([pole.images.activate(), pole.images.write(bytes, 0, 1)]).toEqual([true, false]);
		expect(pole.images.activate()).toBe(false);
	});
	test("begun anew gives back what it held: the SDK's handle is aborted", () => {
		const { pole, controller } = rigOf();
		expect([pole.images.begin(3), pole.images.begin(3)]).toEqual([true, true]);
		expect(controller.images).toEqual(["closed"]);
	});
	test.each<[why: string, what: string]>([
		["ESP-IDF begins no update", "update"],
		["the flash takes no byte", "flash"],
	])("that fails because %s is an answer, no exception", (_why, what) => {
		const { pole } = rigOf(({ broken }) => void broken.add(what));
		const began = pole.images.begin(3);
		expect([began, began && pole.images.write(bytes, 0, 3)]).toEqual([what !== "update", false]);
		expect(pole.images.activate()).toBe(false);
	});
});

describe("the running image", () => {
	const UNDEFINED = 0xffff_ffff;
	test.each<[why: string, otaState: number | undefined, state: string]>([
		["it came over the cable", undefined, "kept"],
		["ESP-IDF has no state of it", UNDEFINED, "kept"],
		["it was kept before", 2, "kept"],
		["it boots for the first time", 1, "probation"],
	])("when %s", (_why, otaState, state) => {
		const { pole } = rigOf((controller) => void (controller.otaState = otaState));
		expect(pole.images.state()).toBe(state);
	});
	test("on probation that was restarted into is an update; a crash stays one", () => {
		const causeOf = (resetReason: number) =>
			rigOf((controller) => Object.assign(controller, { otaState: 1, resetReason })).pole
				.powerCause;
		expect([3, 4, 1].map(causeOf)).toEqual(["update", "crash", "powerOn"]);
	});
	test("gives its slot and its profile, as ESP-IDF and the descriptor have them", () => {
		const namesOf = (slot: number, profile: string) => {
			const { pole } = rigOf((it) => Object.assign(it, { slot, profile }));
			return [pole.images.slot(), pole.profile];
		};
		expect(namesOf(0, "release")).toEqual([0, "release"]);
		expect(namesOf(1, "bring-up")).toEqual([1, "bring-up"]);
	});
	// security: an image that fails goes back
	test("on probation keeps the other slot, until it is kept itself", () => {
		const { pole, controller } = rigOf((it) => void (it.otaState = 1));
		expect(pole.images.begin(3)).toBe(false);
		expect([pole.images.keep(), controller.images]).toEqual([true, ["kept"]]);
	});
});
