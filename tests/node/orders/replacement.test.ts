/** Replacement: a node in a dead one's place, and a new light source, over restarts and power cuts. */
import { describe, expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import type { OrderVia } from "../../../src/command/orders.js";
import { ANSWER_WAIT } from "../../../src/node/orders/actions.js";
import type { Node } from "../../../src/node.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

const MIDNIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;

class Cut extends Error {}

class ReplacementRig {
	host!: FakeHost;
	node!: Node;
	/** Loses power at this write or erasure of the store, from now on. */
	cutAt = Infinity;
	private readonly stored = new Map<string, string>();
	private orders = 0;

	constructor(settings: Record<string, object> = {}) {
		for (const [section, values] of Object.entries(settings))
			this.stored.set(`set.${section}`, JSON.stringify(values));
		this.boot();
	}

	boot(cause: FakeHost["powerCause"] = "powerOn"): void {
		const host = new FakeHost();
		this.host = host;
		host.powerCause = cause;
		for (const [key, value] of this.stored) host.stored.set(key, value);
		const { write, erase } = host.store;
		const spend = () => {
			if (this.cutAt <= 0) throw new Cut();
			this.cutAt -= 1;
		};
		host.store.write = (key, value) => {
			spend();
			this.stored.set(key, value);
			return write(key, value);
		};
		host.store.erase = (key) => {
			spend();
			this.stored.delete(key);
			return erase(key);
		};
		this.node = bootLamp({ host, lux: 0, utc: MIDNIGHT, isVouched: true }).node;
	}

	run(span: number): void {
		this.host.run(this.host.now + span);
	}

	order(fields: object, via: OrderVia = "node", id = `o${++this.orders}`): string {
		const issued = new Date(MIDNIGHT + this.host.now).toISOString();
		const text = JSON.stringify({ id, issued, commandConfirmation: true, ...fields });
		const { status, reason } = this.node.takeOrder(
			text,
			{ via, retained: false, toMany: false },
			this.host.now,
		);
		this.node.tick(this.host.now);
		return reason ?? status;
	}

	/** Life, kWh used and saved, hours, switch-ons, road users. */
	get counters(): number[] {
		const { meter, traffic, identity } = this.node.view;
		return [
			identity.life,
			meter.activeEnergy_kWh,
			meter.energySaved_kWh,
			meter.operatingHours,
			meter.switchOnCounter,
			traffic.accumulatedRoadUserNumber,
		].map((value) => Math.round(value * 100) / 100);
	}

	get events(): string[] {
		const { journal } = this.node;
		return Array.from({ length: journal.newest }, (_, i) => journal.read(i + 1)!).map(
			({ type, attributes }) => `${type} ${attributes}`,
		);
	}
}

describe("nodeReplaced", () => {
	const dead = {
		command: "nodeReplaced",
		life: 17,
		activeEnergy_kWh: 1234.5,
		energySaved_kWh: 2345,
		operatingHours: 4021,
		switchOnCounter: 365,
		accumulatedRoadUserNumber: 99,
		accumulatedSince: "2025-01-01T00:00:00Z",
	};

	test("the next life is the one after the dead node's last, and its counters go on", () => {
		const pole = new ReplacementRig();
		pole.run(60_000);
		expect(pole.order(dead)).toBe("accepted");
		pole.run(ANSWER_WAIT);
		expect(pole.host.restarts).toEqual(["nodeReplaced"]);
		pole.boot("restart");
		expect(pole.counters).toEqual([18, 1234.5, 2345, 4021, 366, 99]);
		expect(pole.node.view.traffic.accumulatedSince).toBe(Date.UTC(2025, 0, 1));
		expect(pole.events[0]).toBe('restarted {"cause":"restart","reason":"nodeReplaced"}');
		pole.run(3 * HOUR);
		const later = pole.counters;
		expect(later[1]! > 1234.5 && later[3]! >= 4022.9 && later[4] === 366).toBe(true);
		pole.boot();
		expect(pole.counters[0]).toBe(19);
		expect(pole.counters[3]).toBeGreaterThanOrEqual(later[3]!);
	});
	test("what is not reported goes on as it is here, and a higher life of its own stays", () => {
		const pole = new ReplacementRig();
		for (let life = 1; life < 20; life += 1) pole.boot();
		pole.run(2 * HOUR);
		const before = pole.counters;
		pole.order({ command: "nodeReplaced", life: 17, switchOnCounter: 7 });
		pole.run(ANSWER_WAIT);
		pole.boot("restart");
		const [life, active, saved, hours, , users] = before;
		expect(pole.counters).toEqual([life! + 1, active, saved, hours, 8, users]);
	});
	test("power cut at any write leaves the node as it was, or in its place", () => {
		const seen = new Set<string>();
		for (let cut = 0, isCut = true; isCut; cut += 1) {
			const pole = new ReplacementRig();
			pole.cutAt = cut;
			isCut = false;
			for (const step of [
				() => pole.order(dead),
				() => pole.run(ANSWER_WAIT),
				() => pole.boot("restart"),
			])
				try {
					step();
				} catch (error) {
					if (!(error instanceof Cut)) throw error;
					isCut = true;
					break;
				}
			pole.cutAt = Infinity;
			pole.boot();
			const [life, ...counters] = pole.counters;
			seen.add(`${life! > 17} ${counters}`);
			expect([...seen].length).toBeLessThanOrEqual(2);
		}
		expect([...seen].sort()).toEqual(["false 0.04,0,1,101,0", "true 1234.5,2345,4021,366,99"]);
	});
	test("a store that takes nothing: it is refused, and nothing happens", () => {
		const pole = new ReplacementRig();
		pole.host.storeFails = true;
		expect(pole.order(dead)).toBe("storeFailure");
		pole.run(HOUR);
		expect(pole.host.restarts).toEqual([]);
	});
	test("while one action waits for its answer another is refused", () => {
		const pole = new ReplacementRig();
		expect(pole.order({ command: "restart" }, "console")).toBe("accepted");
		expect(pole.order(dead)).toBe("rateExceeded");
		expect(pole.order({ command: "luminaireReplaced" })).toBe("rateExceeded");
	});
});

describe("luminaireReplaced", () => {
	const old = {
		power: {
			depreciation: "0 100; 1000 80",
			hoursBefore: 900,
			cleanedAt: 50,
			ledPower_W: 37,
			ledPower50_W: 20,
		},
	};
	const shareOf = (pole: ReplacementRig) => pole.node.view.light.duty;

	test("its hours begin at 0, for constant light output, too; the event reports the old one's", () => {
		const pole = new ReplacementRig(old);
		pole.run(101 * HOUR);
		const aged = shareOf(pole);
		expect(pole.node.view.meter.operatingHours).toBeGreaterThan(70);
		expect(pole.order({ command: "luminaireReplaced", ledPower_W: 29.5 })).toBe("accepted");
		expect(pole.node.view.meter.operatingHours).toBe(0);
		expect(shareOf(pole)).toBeLessThan(aged);
		const { hoursBefore, cleanedAt, ledPower_W, ledPower50_W } = pole.node.settings;
		expect([hoursBefore, cleanedAt, ledPower_W, ledPower50_W]).toEqual([0, 0, 29.5, 0]);
		expect(pole.events.slice(-2)).toEqual([
			'settingsChanged {"section":"power","by":"broker"}',
			'luminaireReplaced {"id":"o1","operatingHours":75}',
		]);
		const duty = shareOf(pole);
		pole.boot();
		expect(pole.node.view.meter.operatingHours).toBeLessThanOrEqual(1); // what may have been reported
		pole.run(60_000);
		expect(shareOf(pole)).toBe(duty);
		pole.run(2 * HOUR);
		expect(pole.node.view.meter.operatingHours).toBeLessThan(2.1);
	});
	test("without a power the watts stay, and at the pole it is the console's change", () => {
		const pole = new ReplacementRig(old);
		expect(pole.order({ command: "luminaireReplaced" }, "console")).toBe("accepted");
		expect(pole.node.settings.ledPower_W).toBe(37);
		expect(pole.node.settings.ledPower50_W).toBe(20);
		expect(pole.events.at(-2)).toBe('settingsChanged {"section":"power","by":"console"}');
	});
	test("a repeat resets nothing again", () => {
		const pole = new ReplacementRig(old);
		pole.order({ command: "luminaireReplaced" }, "node", "x");
		pole.run(2 * HOUR);
		expect(pole.order({ command: "luminaireReplaced" }, "node", "x")).toBe("accepted");
		expect(pole.node.view.meter.operatingHours).toBeGreaterThan(1);
	});
	test("a store that takes nothing: it is refused, and the hours go on", () => {
		const pole = new ReplacementRig(old);
		pole.run(2 * HOUR);
		pole.host.store.write = () => "failed";
		expect(pole.order({ command: "luminaireReplaced" })).toBe("storeFailure");
		expect(pole.node.view.meter.operatingHours).toBeGreaterThan(1);
		expect(pole.node.settings.hoursBefore).toBe(900);
	});
});
