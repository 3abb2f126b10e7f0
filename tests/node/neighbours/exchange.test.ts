/** Exchange: what one lamp sends, forwards, asks and reports, on an owner in plain memory. */
import { describe, expect, test } from "@jest/globals";
import { NeighbourExchange } from "../../../src/node/neighbours/exchange.js";
import { FORGED_LEAST, Forgeries } from "../../../src/node/neighbours/forgeries.js";
import { Neighbours } from "../../../src/node/neighbours/neighbours.js";
import { type Changes, DEFAULTS, withValues } from "../../../src/settings/table.js";
import type { Millis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { datagramOf, GROUP, KEY, type Said, SITE, saidIn } from "../../support/neighbour.js";

const POLE = 10;
const CAR: Millis = 2160;
const ROW = { site: SITE, siteKey: KEY, neighbourGroup: GROUP, poleNumber: POLE };

class Pole {
	readonly host = new FakeHost();
	/** Until when each report requested light. */
	readonly asked: Millis[] = [];
	readonly passed: [at: Millis, weight: number][] = [];
	/** `start` or `end`, and how many forgeries. */
	readonly events: string[] = [];
	readonly life = 1;
	settings;
	readonly store = this.host.store;
	readonly flash = { hasCredit: () => true };
	readonly sensorHealth = {
		onPassedBy: (at: Millis, weight: number) => void this.passed.push([at, weight]),
	};

	constructor(changes: Changes = {}) {
		this.settings = withValues(DEFAULTS, { ...ROW, ...changes });
	}

	askForLight(_source: "neighbours", until: Millis): void {
		this.asked.push(until);
	}

	emit({ startEndFlag, attributes }: { startEndFlag?: string; attributes: object }): void {
		this.events.push(`${startEndFlag} ${JSON.stringify(attributes)}`);
	}

	/** The exchange on a bound port. */
	exchange(): NeighbourExchange {
		this.host.datagrams.bind(1);
		return new NeighbourExchange(this, this.settings, 0, new Forgeries(this, 0), 0);
	}

	/** Runs the task whenever it is due, to `until`. */
	run(task: { readonly dueAt: Millis; tick(now: Millis): void }, until: Millis): void {
		while (task.dueAt <= until) {
			this.host.now = Math.max(this.host.now, task.dueAt);
			task.tick(this.host.now);
		}
		this.host.now = until;
	}

	/** Datagrams arrive at `at`. */
	take(
		task: { readonly dueAt: Millis; tick(now: Millis): void; onDatagram(now: Millis): void },
		at: Millis,
		...messages: Said[]
	): void {
		this.run(task, at);
		this.host.datagramsIn.push(...messages.map(datagramOf));
		task.onDatagram(at);
		this.run(task, at);
	}

	/** Instants and poles of what was sent. */
	get sent(): [at: Millis, pole: number][] {
		return this.host.datagramsOut.map(([at, bytes]) => [at, saidIn(bytes).pole]);
	}
}

describe("own movements", () => {
	const table: [what: string, changes: Changes, still: Millis, sent: Millis[]][] = [
		["over at once: sent twice", {}, 1, [0, 1000]],
		["over after the second: no third", {}, 1500, [0, 1000]],
		["over after the third: no fourth", {}, 3500, [0, 1000, 3000]],
		["of a PIR that is not fitted: not sent", { pirFitted: false }, 1500, []],
	];
	test.each(table)("%s", (_what, changes, still, sent) => {
		const pole = new Pole(changes);
		const exchange = pole.exchange();
		exchange.onMovement(0);
		pole.run(exchange, still);
		exchange.onStillness();
		pole.run(exchange, 60_000);
		expect(pole.sent).toEqual(sent.map((at) => [at, POLE]));
		expect(exchange.dueAt).toBe(Infinity);
	});
	test.each<[what: string, changes: Changes, asked: number[]]>([
		["one who passed this pole: no light behind them", {}, []],
		["none without a PIR: light for a movement next door", { pirFitted: false }, [CAR + 45_000]],
	])("%s", (_what, changes, asked) => {
		const pole = new Pole(changes);
		const exchange = pole.exchange();
		exchange.onMovement(0);
		pole.take(exchange, CAR, { pole: POLE + 1 });
		expect(pole.asked).toEqual(asked);
	});
});

describe("reports of other poles", () => {
	test("a burst: sixteen a turn, the next turn at once, until all are read", () => {
		const pole = new Pole();
		const exchange = pole.exchange();
		for (let index = 0; index < 40; index += 1) pole.host.datagramsIn.push(new Uint8Array(36));
		exchange.onDatagram(5);
		const left: number[] = [];
		while (exchange.dueAt === 5) {
			exchange.tick(5);
			left.push(pole.host.datagramsIn.length);
		}
		expect([left, exchange.dueAt]).toEqual([[24, 8, 0], Infinity]);
	});
	test("a flood: 64 at once, then none for a while, so that other work is not held up", () => {
		const pole = new Pole();
		const exchange = pole.exchange();
		for (let index = 0; index < 200; index += 1) pole.host.datagramsIn.push(new Uint8Array(36));
		exchange.onDatagram(5);
		pole.run(exchange, 5);
		expect(pole.host.datagramsIn).toHaveLength(200 - 64);
		expect(exchange.dueAt).toBeGreaterThan(100);
		pole.run(exchange, 5000);
		expect([pole.host.datagramsIn.length, exchange.dueAt]).toEqual([0, Infinity]);
	});
	test("twenty movements received at once: not all are forwarded, and an own one is sent then", () => {
		const pole = new Pole();
		const exchange = pole.exchange();
		const late = Array.from({ length: 20 }, (_, n) => ({
			pole: POLE - 1,
			counter: n + 1,
			age: 60_000 - 3000 * n,
		}));
		pole.take(exchange, 60_000, ...late);
		expect(pole.sent.length).toBeGreaterThan(8);
		expect(pole.sent.length).toBeLessThan(16);
		exchange.onMovement(60_000);
		pole.run(exchange, 60_000);
		expect(pole.sent.at(-1)).toEqual([60_000, POLE]);
	});
	test("one movement, repeated: forwarded once, light prolonged each time", () => {
		const pole = new Pole();
		const exchange = pole.exchange();
		for (const counter of [1, 2, 3])
			pole.take(exchange, counter * 1000, { pole: POLE - 1, counter, age: (counter - 1) * 1000 });
		expect(pole.sent).toEqual([[1000, POLE - 1]]);
		expect(pole.asked).toEqual([46_000, 47_000, 48_000]);
	});
	const passers: [what: string, places: number[], passed: [number, number][]][] = [
		["one on one side: none", [1], []],
		["one on each side: none", [-1, 1], []],
		["two before, one behind: one who passed", [-2, -1, 1], [[2 * CAR, 4]]],
		["three on one side: one who left", [1, 2, 3], [[0, 1]]],
	];
	test.each(passers)("%s", (_what, places, passed) => {
		const pole = new Pole();
		const exchange = pole.exchange();
		for (const place of places)
			pole.take(exchange, (place + (places[0]! < 0 ? 2 : 0)) * CAR, { pole: POLE + place });
		expect(pole.passed).toEqual(passed);
	});
});

describe("the row in the settings changes", () => {
	/** A lamp under a run of forgeries. */
	function flooded() {
		const pole = new Pole();
		const neighbours = new Neighbours(pole as never, 0);
		for (let index = 0; index < FORGED_LEAST; index += 1) {
			const bytes = datagramOf({ pole: 9, counter: 100 + index });
			bytes[35]! ^= 1;
			pole.host.datagramsIn.push(bytes);
			neighbours.onDatagram(5000);
		}
		pole.run(neighbours, 5000);
		return { pole, neighbours };
	}
	test.each<[what: string, changes: Changes, forged: number | undefined]>([
		["to none: the run of forgeries ends, no port, nothing due", { neighbourGroup: 0 }, undefined],
		["to another: the run of forgeries ends, its count stays", { neighbourGroup: 8 }, 3],
	])("%s", (_what, changes, forged) => {
		const { pole, neighbours } = flooded();
		expect(pole.events).toEqual(['start {"forged":3}']);
		neighbours.configure(withValues(pole.settings, changes), 6000);
		expect(pole.events).toEqual(['start {"forged":3}', 'end {"forged":3}']);
		expect([neighbours.forged, neighbours.dueAt]).toEqual([forged, Infinity]);
		const before = pole.sent.length;
		neighbours.onMovement(7000);
		pole.run(neighbours, 7000);
		expect(pole.sent.length - before).toBe(forged === undefined ? 0 : 1);
	});
	test("from none to one: the port is bound, and movements are sent", () => {
		const pole = new Pole({ neighbourGroup: 0 });
		const neighbours = new Neighbours(pole as never, 0);
		expect([pole.host.boundPort, neighbours.dueAt]).toEqual([undefined, Infinity]);
		pole.settings = withValues(pole.settings, { neighbourGroup: GROUP });
		neighbours.configure(pole.settings, 0);
		neighbours.onMovement(0);
		pole.run(neighbours, 0);
		expect([pole.host.boundPort, pole.sent]).toEqual([49_877, [[0, POLE]]]);
	});
	test("a port that the network refuses is asked for again each minute, until it is bound", () => {
		const pole = new Pole();
		pole.host.boundPort = 1; // another's
		const neighbours = new Neighbours(pole as never, 0);
		pole.run(neighbours, 59_999);
		pole.host.boundPort = undefined;
		expect([neighbours.dueAt, neighbours.forged]).toEqual([60_000, undefined]);
		pole.run(neighbours, 60_000);
		expect([pole.host.boundPort, neighbours.forged]).toEqual([49_877, 0]);
	});
});
