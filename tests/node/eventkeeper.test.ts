/** Event keeper: what is stored when, erases while the light rests, and a log that fails. */
import { describe, expect, test } from "@jest/globals";
import { STORE_AFTER } from "../../src/journal/keptjournal.js";
import { Node } from "../../src/node.js";
import type { Lux, UtcMillis } from "../../src/units.js";
import { FakeHost } from "../hosts/fakehost.js";
import { FakeFlash } from "../journal/flash.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;

function boot(flash = new FakeFlash(16), cause: FakeHost["powerCause"] = "powerOn", before = 0) {
	const host = Object.assign(new FakeHost(), { flashLog: flash, powerCause: cause });
	host.stored.set("life", String(before));
	const node = new Node(host);
	host.inputs = node;
	node.tick(0);
	return { host, node, flash };
}

describe("an event", () => {
	test("that only informs is stored a minute later", () => {
		const { host, flash } = boot();
		host.run(STORE_AFTER - 1);
		expect(flash.written).toBe(0);
		host.run(STORE_AFTER);
		expect(flash.written).toBeGreaterThan(0);
	});
	test("that matters is stored in the turn of its own, with all before it", () => {
		const { flash } = boot(undefined, "watchdog");
		const next = boot(flash, "powerOn", 1).node;
		expect(next.journal.next()).toMatchObject({ life: 1, seq: 1, type: "restarted" });
	});
	test("that is delivered within the minute never wears the flash", () => {
		const { host, node, flash } = boot();
		for (; node.journal.waits; node.journal.delivered()) node.journal.next();
		host.run(10 * STORE_AFTER);
		expect(flash.written).toBe(0);
	});
	test("of the turn that restarts the lamp is stored before", () => {
		const { host, node, flash } = boot();
		while (host.restarts.length === 0) node.onFault(host.now, new Error(`e${host.now++}`));
		const kept = boot(flash, "powerOn", 1).node.journal;
		const types = [];
		for (; kept.flash.waits; kept.delivered()) types.push(kept.next()!.type);
		expect(types[0]).toBe("started");
		expect(types).toContain("fault");
	});
});

test("a sector is erased ahead when no fade runs, not while one does", () => {
	const { host, node, flash } = boot();
	host.tell((inputs, now) => inputs.onTime(now, NIGHT));
	host.tell((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
	host.run(600_000);
	const erases = flash.erases;
	expect(erases).toBe(1); // the first sector; one ahead is within the budget after five hours
	const { journal } = node;
	for (let seq = 0; !journal.flash.isEraseDue; seq += 1)
		journal.flash.append({
			...{ life: 1, seq, type: "fault", startEndFlag: undefined, severity: "repair" },
			...{ uptime: 0, utc: NIGHT, count: 1, attributes: "{}" },
		});
	node.flash.sectorErases = 0;
	host.tell((inputs, now) => inputs.onMovement(now));
	expect(node.light.stepDueAt).toBeLessThan(Infinity);
	host.run(host.now + 300);
	expect(flash.erases).toBe(erases);
	host.run(host.now + 900_000);
	expect(flash.erases).toBe(erases + 1);
	expect(node.view.machine.flashErases).toBe(1);
});

test("a log that fails is told once, and the journal goes on in memory", () => {
	const { host, node, flash } = boot();
	flash.isBroken = true;
	host.run(20 * STORE_AFTER);
	const types = [];
	for (let seq = 1; seq <= node.journal.newest; seq += 1) types.push(node.journal.read(seq)!.type);
	expect(types.filter((type) => type === "storeFailure")).toHaveLength(1);
	expect(node.journal.waits).toBe(true);
	expect(node.journal.next()).toMatchObject({ seq: 1, type: "started" });
});
