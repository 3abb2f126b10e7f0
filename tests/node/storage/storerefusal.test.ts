/**
 * Store refusal: what flash does not take is reported, and written later; nothing passes for stored that is
 * not. The oracle is the store as the next life finds it.
 */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import {
	FORGED_CALM,
	FORGED_LEAST,
	Forgeries,
	type ForgeriesOwner,
} from "../../../src/node/neighbours/forgeries.js";
import { ANSWER_WAIT } from "../../../src/node/orders/actions.js";
import { readHealth } from "../../../src/node/sensors/healthrecord.js";
import { storeHandover, takeHandover } from "../../../src/node/storage/handover.js";
import type { Node } from "../../../src/node.js";
import { SECRET_KEY } from "../../../src/storekeys.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { KEPT_QUICKLY, SECRET, typeAt } from "../../support/technician.js";

const EVENING = Date.parse("2026-12-02T20:30:00Z") as UtcMillis;

/** A host whose store refuses to write or erase what is named in `writes` and `erases`. */
function refusing(): FakeHost & { writes: string[]; erases: string[] } {
	const host = Object.assign(new FakeHost(), { writes: [] as string[], erases: [] as string[] });
	const { write, erase } = host.store;
	Object.assign(host.store, {
		write: (key: string, value: string) => (host.writes.includes(key) ? "full" : write(key, value)),
		erase: (key: string) => (host.erases.includes(key) ? "failed" : erase(key)),
	});
	return host;
}

const power = (host: FakeHost): Node => bootLamp({ host }).node;

function failures({ journal }: Node): string[] {
	return Array.from({ length: journal.newest }, (_, index) => journal.read(index + 1))
		.filter((entry) => entry?.type === "storeFailure")
		.map((entry) => entry!.attributes);
}

describe("a node in a dead one's place, whose store refuses", () => {
	const COUNTERS = "5000.000 9000.000 3600000 12 34 0 5000.000 3600000 12";
	const read = (host: FakeHost) => [host.stored.get("totals"), host.stored.get("life")];
	test.each(["totals", "life"])("%s once: the next boot takes the place, whole", (key) => {
		const host = refusing();
		storeHandover(host.store, 17, COUNTERS);
		host.writes.push(key);
		takeHandover(host.store, "totals", "days");
		host.writes.length = 0;
		takeHandover(host.store, "totals", "days");
		expect(read(host)).toEqual([COUNTERS, expect.stringMatching(/>17$/)]);
		expect(host.stored.has("place")).toBe(false);
	});
	test("to erase the note of it: what is counted since does not run back", () => {
		const host = refusing();
		storeHandover(host.store, 17, COUNTERS);
		host.erases.push("place");
		takeHandover(host.store, "totals", "days");
		const later = COUNTERS.replaceAll("5000.000", "6000.000");
		host.store.write("totals", later);
		takeHandover(host.store, "totals", "days");
		expect(host.stored.get("totals")).toBe(later);
	});
});

test("a night that the store refused is in the book of days an hour later", () => {
	const host = refusing();
	const node = power(host);
	host.run(0); // the second turn stores the first counters
	host.deliver((inputs, now) => inputs.onTime(now, EVENING));
	host.writes.push("days");
	host.run(HOUR);
	expect(host.stored.has("days")).toBe(false);
	expect(failures(node)).toContain('{"key":"days","result":"full"}');
	host.writes.length = 0;
	host.run(2 * HOUR);
	expect(host.stored.get("days")).toMatch(/^20789 /); // 2 December 2026
});

test("a doubt that the store refused is stored ten minutes later", () => {
	const host = refusing();
	host.configure({ sensing: { pirFitted: true } });
	const node = power(host);
	host.writes.push("trust");
	host.deliver((inputs, now) => inputs.onMovement(now)); // and never a stillness: stuck
	let at = 0;
	while (node.sensorHealth.pir.doubt === undefined && at < 48 * HOUR) host.run((at += MINUTE));
	expect(node.sensorHealth.pir.doubt).toBe("stuckOn");
	expect(host.stored.has("trust")).toBe(false);
	expect(failures(node)).toContain('{"key":"trust","result":"full"}');
	host.writes.length = 0;
	host.run(at + 11 * MINUTE);
	expect(readHealth(host.stored.get("trust")).pir).toBe("stuckOn");
});

test("a run of forgeries that is over is erased as soon as the store does it", () => {
	const host = refusing();
	const flags: unknown[] = [];
	const lamp = {
		store: host.store,
		flash: { hasCredit: () => true },
		emit: ({ startEndFlag }: { startEndFlag: string }) => void flags.push(startEndFlag),
	} as unknown as ForgeriesOwner;
	const forgeries = new Forgeries(lamp, 0);
	for (let index = 0; index < FORGED_LEAST; index += 1) forgeries.note(0);
	host.erases.push("forged");
	forgeries.end(FORGED_CALM);
	expect(host.stored.has("forged")).toBe(true);
	host.erases.length = 0;
	expect(forgeries.dueAt).toBe(2 * FORGED_CALM);
	forgeries.end(2 * FORGED_CALM);
	expect([host.stored.has("forged"), forgeries.dueAt]).toEqual([false, Infinity]);
	expect(flags).toEqual(["start", "end"]);
});

describe("a factory reset whose store refuses to erase the secret", () => {
	function reset(writes: string[]): { host: ReturnType<typeof refusing>; node: Node } {
		const host = refusing();
		host.stored.set("set.link", '{"brokerHost":"broker.example"}');
		const node = power(host);
		host.erases.push(SECRET_KEY);
		typeAt(host, "factoryReset fake-0001");
		host.writes.push(...writes);
		host.run(host.now + ANSWER_WAIT);
		return { host, node };
	}
	test("empties it: the reset is done", () => {
		const { host } = reset([]);
		expect(host.restarts).toEqual(["factoryReset"]);
		expect([host.stored.get(SECRET_KEY), host.stored.has("set.link")]).toEqual(["", false]);
		expect(host.stored.get("reason")).toBe("factoryReset");
	});
	test("nor to empty it: does not pass for one, and an event says why", () => {
		const { host, node } = reset([SECRET_KEY]);
		expect(host.stored.get(SECRET_KEY)).toBe(KEPT_QUICKLY);
		expect(host.restarts).toEqual([]);
		expect(host.stored.has("reason")).toBe(false);
		expect(failures(node)).toEqual(['{"key":"secret","result":"failed"}']);
	});
});

describe("a store that cannot be opened, nor read, nor written (NVS that is worn or damaged)", () => {
	const dead = (): FakeHost => {
		const host = new FakeHost();
		const [nothing, failed] = [() => undefined, () => "failed" as const];
		Object.assign(host.store, { read: nothing, write: failed, erase: failed });
		return host;
	};
	test("leaves a lamp that is lit by night, answers at its console and says why", () => {
		const host = dead();
		const { node } = bootLamp({ host, utc: EVENING });
		host.run(MINUTE);
		expect(node.view.light.actual).toBeGreaterThan(0);
		expect(host.restarts).toEqual([]);
		expect(failures(node)).toContain('{"key":"totals","result":"failed"}');
		const answers = ["status", `secret ${SECRET}`].map((line) => {
			host.serialOut = "";
			const bytes = Buffer.from(`${line}\r`);
			host.serialIn.push(...bytes);
			host.deliver((inputs, now) => inputs.onSerialReadable(now, bytes.length));
			host.run(host.now + 1000);
			return host.serialOut;
		});
		expect(answers[0]).toMatch(/monitor +storeFailure, /);
		expect(answers[1]).toMatch(/not done: storeFailure/);
	});
});
