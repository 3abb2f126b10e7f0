/** Event keeper: what is stored when, erases while the light rests, and a log that fails. */
import { describe, expect, test } from "@jest/globals";
import { STORE_AFTER, YOUNG } from "../../src/journal/keptjournal.js";
import { TALLY_SECTORS } from "../../src/journal/tally.js";
import { Node } from "../../src/node.js";
import { withValues } from "../../src/settings/table.js";
import type { Lux, UtcMillis } from "../../src/units.js";
import { FakeHost } from "../hosts/fakehost.js";
import { FakeFlash, SECTOR } from "../journal/flash.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;

function boot(flash = new FakeFlash(16), cause: FakeHost["powerCause"] = "powerOn") {
	const host = Object.assign(new FakeHost(), { flashLog: flash, powerCause: cause });
	const node = new Node(host);
	host.inputs = node;
	node.tick(0);
	return { host, node, flash };
}

const log = ({ bytes }: FakeFlash) => bytes.subarray(0, bytes.length - TALLY_SECTORS * SECTOR);
const isLogBlank = (flash: FakeFlash) => log(flash).every((byte) => byte === 255);
const logErases = ({ wear }: FakeFlash) =>
	wear.slice(0, -TALLY_SECTORS).reduce((sum, count) => sum + count, 0);

describe("an event", () => {
	test("that only informs is stored a minute later", () => {
		const { host, flash } = boot();
		host.run(STORE_AFTER - 1);
		expect(isLogBlank(flash)).toBe(true);
		host.run(STORE_AFTER);
		expect(isLogBlank(flash)).toBe(false);
	});
	test("that matters is stored in the turn of its own, with all before it", () => {
		const { host, node, flash } = boot(undefined, "watchdog");
		host.run(YOUNG);
		node.happened({ type: "storeFailure", attributes: { key: "k", result: "full" } }, host.now);
		node.tick(host.now);
		const next = boot(flash).node.journal;
		expect(next.next()).toMatchObject({ life: 1, seq: 1, type: "restarted" });
		next.delivered();
		expect(next.next()).toMatchObject({ life: 1, seq: 2, type: "storeFailure" });
	});
	test("of a life's first minute waits until it is over, but for the worst", () => {
		const { host, node, flash } = boot(undefined, "watchdog");
		host.run(YOUNG - 1);
		expect(isLogBlank(flash)).toBe(true);
		node.happened(
			{ type: "lampFailure", startEndFlag: "start", attributes: { inference: true } },
			host.now,
		);
		node.tick(host.now);
		expect(boot(flash).node.journal.next()).toMatchObject({ life: 1, seq: 1, type: "restarted" });
	});
	test("that is delivered within the minute never wears the flash", () => {
		const { host, node, flash } = boot();
		for (; node.journal.waits; node.journal.delivered()) node.journal.next();
		host.run(9 * STORE_AFTER);
		expect(isLogBlank(flash)).toBe(true);
	});
	test("of the turn that restarts the lamp is stored before", () => {
		const { host, node, flash } = boot();
		while (host.restarts.length === 0) node.onFault(host.now, new Error(`e${host.now++}`));
		const kept = boot(flash).node.journal;
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
	expect(logErases(flash)).toBe(1); // the first sector; one ahead is within the budget after five hours
	host.run(5.5 * 3_600_000);
	const erases = logErases(flash);
	expect(erases).toBe(2);
	host.run(11 * 3_600_000); // a third is within the budget
	const { journal } = node;
	for (let seq = 0; !journal.flash.isEraseDue; seq += 1)
		journal.flash.append({
			...{ life: 1, seq, type: "fault", startEndFlag: undefined, severity: "repair" },
			...{ uptime: 0, utc: NIGHT, count: 1, attributes: "{}" },
		});
	host.tell((inputs, now) => inputs.onMovement(now));
	expect(node.light.stepDueAt).toBeLessThan(Infinity);
	host.run(host.now + 300);
	expect(logErases(flash)).toBe(erases);
	host.run(host.now + 900_000);
	expect(logErases(flash)).toBe(erases + 1);
	expect(node.view.machine.flashErases).toBe(flash.erases);
});

describe("by night below its class a lamp erases nothing ahead", () => {
	const dim = () => {
		const { host, node, flash } = boot();
		node.configure(withValues(node.settings, { program: "sunset 30; sunrise 0" }), host.now);
		host.tell((inputs, now) => inputs.onTime(now, NIGHT));
		host.tell((inputs, now) => inputs.onIlluminance(now, 0 as Lux));
		host.run(6.5 * 3_600_000); // one ahead is within the budget after five hours
		expect(node.light.actual).toBe(30);
		expect(node.journal.flash.isEraseDue).toBe(true);
		expect(logErases(flash)).toBe(1);
		return { host, flash };
	};
	test("until someone comes, for whom it is lit", () => {
		const { host, flash } = dim();
		host.tell((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 121_000);
		expect(logErases(flash)).toBe(2);
	});
	test("until it is day", () => {
		const { host, flash } = dim();
		host.tell((inputs, now) => inputs.onIlluminance(now, 5_000 as Lux));
		host.run(host.now + 2 * 3_600_000);
		expect(logErases(flash)).toBe(2);
	});
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
