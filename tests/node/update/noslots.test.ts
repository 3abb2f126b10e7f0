/** No slots: a lamp on the desktop, which has none, and an image that is offered to it. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { closedDoors } from "../../../hosts/desktop/closed.js";
import { HOUR } from "../../../lib/spans.js";
import { FakeHost } from "../../support/fakehost.js";
import { ImageRig, SIGNER } from "./imagerig.js";

const rig = () => Object.assign(new FakeHost(), { images: closedDoors.images });

test("an image for any board ends as wrongHardware, and nothing is fetched", () => {
	const lamp = new ImageRig(rig());
	lamp.day();
	lamp.offer({}, SIGNER.header(lamp.image, { hardware: "esp32-c3/1" }));
	lamp.pass(HOUR);
	expect(lamp.failures).toEqual([{ reason: "wrongHardware", final: true }]);
	expect(lamp.requests).toEqual([]);
});

test("an image in its own name ends as slotFailed, and no server is called", () => {
	const lamp = new ImageRig(rig());
	lamp.day();
	lamp.offer();
	lamp.pass(12 * HOUR, 1000);
	expect(lamp.failures.at(-1)).toMatchObject({ reason: "slotFailed", final: true });
	expect([lamp.requests, lamp.host.opened]).toEqual([[], []]);
});

test("names of the desktop are none of those that are signed for the simulator", () => {
	for (const file of ["live.ts", "scripted.ts", "panel/main.ts"])
		expect(readFileSync(`hosts/desktop/${file}`, "utf8")).toMatch(/hardware: "(desktop|mcsim)\/1"/);
});
