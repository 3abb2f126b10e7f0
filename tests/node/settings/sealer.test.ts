/** Sealer: a depot's settings are judged once, and then trusted. */
import { describe, expect, test } from "@jest/globals";
import { DAY } from "../../../lib/spans.js";
import { SEAL_AFTER } from "../../../src/node/settings/sealer.js";
import { withValues } from "../../../src/settings/table.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

const LIGHT = '{"floorLevel":30,"riseTime":0.3}';
const BROKEN = '{"ledPower_W":40,"standbyPower_W":"little"}';

/** A lamp whose depot wrote two sections, one of them with a fault. */
function lamp(): FakeHost {
	const host = new FakeHost();
	host.stored.set("set.light", LIGHT);
	host.stored.set("set.power", BROKEN);
	return host;
}

/** What lies in the store, without its seal. */
const bare = (text: string | undefined) => text?.slice(text.indexOf("{"));

describe("settings that a boot had to judge", () => {
	test("are sealed as they are, once the boot is no part of a row of crashes", () => {
		const host = lamp();
		bootLamp({ host });
		host.run(SEAL_AFTER - 1);
		expect(host.stored.get("set.light")).toBe(LIGHT);
		host.run(SEAL_AFTER);
		expect(host.stored.get("set.light")).toMatch(/^\d+\{/);
		expect(bare(host.stored.get("set.light"))).toBe(LIGHT);
	});
	test("mean the same at the next boot, which writes none of them", () => {
		const host = lamp();
		const before = bootLamp({ host }).node.settings;
		host.run(SEAL_AFTER);
		const sealed = host.stored.get("set.light");
		const next = bootLamp({ host }).node;
		expect(next.settings).toEqual(before);
		expect(next.settings.floorLevel).toBe(30);
		host.run(3 * SEAL_AFTER);
		expect(host.stored.get("set.light")).toBe(sealed);
	});
	test("are judged and reported again at each boot where something was wrong", () => {
		const host = lamp();
		bootLamp({ host });
		host.run(2 * SEAL_AFTER);
		expect(host.stored.get("set.power")).toBe(BROKEN);
	});
	test("wait where the flash was written too often", () => {
		const host = lamp();
		const node = bootLamp({ host }).node;
		host.run(SEAL_AFTER - 1);
		while (node.flash.hasCredit("action", host.now))
			node.store.write("other", `${host.storeWrites}`);
		host.run(SEAL_AFTER);
		expect(host.stored.get("set.light")).toBe(LIGHT);
		host.run(node.flash.creditAt("action") + 1); // others may write again, and come first
		expect(host.stored.get("set.light")).toBe(LIGHT);
		host.run(DAY);
		expect(host.stored.get("set.light")).not.toBe(LIGHT);
	});
	test("are left to the next boot when others are put in force meanwhile", () => {
		const host = lamp();
		const node = bootLamp({ host }).node;
		node.configure(withValues(node.settings, { hold: 60_000 }), host.now);
		host.run(2 * SEAL_AFTER);
		expect(host.stored.get("set.light")).toBe(LIGHT);
	});
});
