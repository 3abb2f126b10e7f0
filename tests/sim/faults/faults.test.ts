/** Faults of the world: when they begin and end, and what the sensors then report to the lamps. */
import { describe, expect, test } from "@jest/globals";
import { INPUT, LIGHT_SENSOR_RANGE } from "../../../hosts/virtual/protocol.js";
import { HOUR } from "../../../lib/spans.js";
import { FaultPlan } from "../../../sim/faults/faultplan.js";
import { FAULTS } from "../../../sim/faults/faults.js";
import { readFault } from "../../../sim/faults/order.js";
import { Air } from "../../../sim/network/air.js";
import { SHORT_LOOKAHEAD } from "../../../sim/street/network.js";
import type { Witness } from "../../../sim/street/witness.js";
import { Agenda } from "../../../sim/util/agenda.js";
import { LightSensors } from "../../../sim/world/lightsensor.js";
import { Pirs, RELEASE } from "../../../sim/world/pir.js";
import { Weather } from "../../../sim/world/weather.js";

const SEED = 7;
const LAMPS = 3;

/** Sensors of three lamps in a street where nobody passes unless `pass` says so. */
function street(faults: string[], luxAt: (at: number) => number = () => 0) {
	const agenda = new Agenda();
	const posted: [at: number, lamp: number, kind: number, value: number][] = [];
	const said: [at: number, lamp: number, name: string, on: boolean][] = [];
	const witness: Witness = { onFault: (...args) => said.push(args) };
	const post = (lamp: number, at: number, kind: number, value = 0) =>
		void posted.push([at, lamp, kind, value]);
	const pirs = new Pirs(agenda, LAMPS, SEED, post, witness);
	const sky = { luxAt, nextAfter: (utc: number) => utc + 30_000 };
	const lightSensors = new LightSensors(agenda, sky, 0, LAMPS, SEED, true, post, witness);
	const orders = faults.map((fault) => readFault(fault, LAMPS));
	for (const order of orders) if (typeof order === "string") throw new Error(order);
	const weather = new Weather(sky);
	const plan = new FaultPlan(
		orders as Exclude<(typeof orders)[0], string>[],
		LAMPS,
		{
			pirs,
			lightSensors,
			air: new Air(agenda, LAMPS, 0, SEED, post, SHORT_LOOKAHEAD),
			supply: undefined as never,
			luminaires: undefined,
			setTimeServer() {},
			setTimeError() {},
			setReach() {},
			setForged() {},
			setErratic() {},
			scrawlFlash() {},
			setBrokerMood() {},
			setImagesBroken() {},
			setCelsius() {},
			setDeaf() {},
			setFlash() {},
			setLuck() {},
			setBroker() {},
			setWeather: (at, kind, on) => weather.set(at, kind, on),
		},
		agenda,
		witness,
	);
	for (let lamp = 0; lamp < LAMPS; lamp++) lightSensors.onBoot(0, lamp);
	const user = { id: 1, kind: "car", forth: true, bornAt: 0, speed: 10 } as const;
	const pass = (at: number, lamp: number) => {
		agenda.add(at, { due: () => pirs.onEnter(at, lamp, user) });
		agenda.add(at + 1000, { due: () => pirs.onLeave(at + 1000, lamp, user) });
	};
	const edges = (lamp: number) =>
		posted.filter(([, n, kind]) => n === lamp && kind <= INPUT.stillness);
	const lux = (lamp: number) =>
		posted.filter(([, n, kind]) => n === lamp && kind === INPUT.illuminance);
	return {
		agenda,
		pirs,
		lightSensors,
		plan,
		weather,
		pass,
		edges,
		lux,
		said,
		run: (at: number) => agenda.run(at),
	};
}

test("a fault that stands twice ends with the last of them", () => {
	const { run, said } = street(["pirDead@1h+4h", "pirDead@2h+1h/2"]);
	run(6 * HOUR);
	expect(said.filter(([, lamp]) => lamp === 1)).toEqual([
		[HOUR, 1, "pirDead", true],
		[5 * HOUR, 1, "pirDead", false],
	]);
});

test("a fault begins and ends when and where it is ordered, and the checks receive both", () => {
	const { run, said } = street(["pirDead@1h+2h/2", "luxDead@3h"]);
	run(5 * HOUR);
	expect(said).toEqual([
		[HOUR, 1, "pirDead", true],
		[3 * HOUR, 1, "pirDead", false],
		[3 * HOUR, 0, "luxDead", true],
		[3 * HOUR, 1, "luxDead", true],
		[3 * HOUR, 2, "luxDead", true],
	]);
});

describe("while the run goes on", () => {
	test("a fault begins at the next instant and ends when a person ends it, once", () => {
		const { run, said, plan } = street([]);
		run(HOUR);
		plan.add({ name: "pirDead", lamp: 2, at: HOUR + 1, until: Infinity });
		expect(plan.standing).toEqual([]);
		run(2 * HOUR);
		const [standing] = plan.standing;
		expect(standing).toMatchObject({ name: "pirDead", lamp: 2, since: HOUR + 1, until: Infinity });
		expect(plan.end(2 * HOUR + 1, standing!.id)).toBe(true);
		run(3 * HOUR);
		expect(plan.standing).toEqual([]);
		expect(plan.end(3 * HOUR, standing!.id)).toBe(false);
		expect(said).toEqual([
			[HOUR + 1, 1, "pirDead", true],
			[2 * HOUR + 1, 1, "pirDead", false],
		]);
	});
	test("one that was ended does not end again at its planned time", () => {
		const { run, said, plan } = street(["luxDead@1h+2h/1"]);
		run(1.5 * HOUR);
		plan.end(1.5 * HOUR, plan.standing[0]!.id);
		run(5 * HOUR);
		expect(said.map(([at, , , on]) => [at, on])).toEqual([
			[HOUR, true],
			[1.5 * HOUR, false],
		]);
	});
	test("a work light adds its lux to the sensor's", () => {
		const { run, lux } = street(["foreignLight@1h+1h/1"]);
		run(4 * HOUR);
		const readings = lux(0).filter(([at]) => at >= HOUR);
		expect(readings.map(([at, , , value]) => [at, value])).toEqual([
			[HOUR + 1000, 150],
			[2 * HOUR + 1000, 0],
		]);
	});
	test("a cloud comes within two minutes, for all lamps at once, and leaves the night alone", () => {
		const { run, weather } = street(["cloud@1h+1h"], (at) => (at > 3 * HOUR ? 0 : 1000));
		const at = (hours: number) => {
			run(hours * HOUR);
			return weather.luxAt(hours * HOUR);
		};
		expect([at(0.9), at(1.9), at(2), at(2 + 1 / 60), at(2.1), at(3.5)]).toEqual([
			1000, 80, 80, 540, 1000, 0,
		]);
	});
});

describe("the PIR", () => {
	test("dead: it sees nobody; mended: it sees the next", () => {
		const { pass, run, edges } = street(["pirDead@1m+1h/1"]);
		pass(10 * 60_000, 0);
		pass(10 * 60_000, 1);
		pass(62 * 60_000, 0);
		run(63 * 60_000);
		const dead = edges(0).filter(([at]) => at > 60_000 && at < 61 * 60_000);
		expect(dead).toEqual([]);
		expect(edges(0).some(([at]) => at === 62 * 60_000)).toBe(true);
		expect(edges(1).some(([at]) => at === 10 * 60_000)).toBe(true);
	});
	test("stuck on: one edge, and stillness only when it is mended", () => {
		const { pass, run, edges } = street(["pirStuckOn@1m+1h/1"]);
		pass(10 * 60_000, 0);
		run(70 * 60_000);
		const since = edges(0).filter(([at]) => at >= 60_000);
		expect(since.map(([at, , kind]) => [at, kind])).toEqual([
			[60_000, INPUT.movement],
			[61 * 60_000 + RELEASE, INPUT.stillness],
		]);
	});
	test("noisy: some hundred movements an hour, of a sound one hardly any", () => {
		const { run, edges } = street(["pirNoisy/1"]);
		run(10 * HOUR);
		const movements = (lamp: number) => edges(lamp).filter(([, , kind]) => kind === INPUT.movement);
		expect(movements(0).length / 10).toBeGreaterThan(120);
		expect(movements(0).length / 10).toBeLessThan(190);
		expect(movements(1).length).toBeLessThan(5);
	});
	test("shaken by its radio: four of five transmissions make it fire within a quarter of a second", () => {
		const { run, edges, agenda, pirs } = street(["pirRadio/1"]);
		for (let i = 1; i <= 100; i++)
			agenda.add(i * 60_000, {
				due: (at) => [0, 1].forEach((lamp) => void pirs.onTransmission(at, lamp)),
			});
		run(101 * 60_000);
		const soon = (lamp: number) =>
			edges(lamp).filter(([at, , kind]) => kind === INPUT.movement && at % 60_000 <= 250).length;
		expect(Math.abs(soon(0) - 80)).toBeLessThan(12);
		expect(soon(1)).toBeLessThan(2);
	});
});

describe("the light sensor", () => {
	const ramp = (at: number) => at / 60_000; // one lux a minute
	test("dead: nothing more is reported", () => {
		const { run, lux } = street(["luxDead@1h/1"], ramp);
		run(2 * HOUR);
		expect(lux(0).at(-1)![0]).toBeLessThanOrEqual(HOUR);
		expect(lux(1).at(-1)![0]).toBeGreaterThan(HOUR);
	});
	test("stuck: it reports the end of its range once", () => {
		const { run, lux } = street(["luxStuck@1h/1"], ramp);
		run(2 * HOUR);
		const last = lux(0).at(-1)!;
		expect([last[0], last[3]]).toEqual([HOUR, LIGHT_SENSOR_RANGE]);
		expect(lux(0).filter(([, , , value]) => value === LIGHT_SENSOR_RANGE)).toHaveLength(1);
	});
	test("covered: a thousandth of a bright day, and daylight beyond the range is cut to it", () => {
		const { run, lux } = street(["luxDark/1"], () => 90_000);
		run(HOUR);
		expect(lux(0).at(-1)![3]).toBeCloseTo(90, 9);
		expect(lux(1).at(-1)![3]).toBe(LIGHT_SENSOR_RANGE);
	});
	test("facing: own light and the neighbours' fall on it", () => {
		const { run, lux, agenda, lightSensors } = street(["facing"]);
		agenda.add(1000, { due: (at) => lightSensors.onLight(at, 1, 1, 1, at) });
		run(HOUR);
		expect([0, 1, 2].map((lamp) => lux(lamp).at(-1)![3])).toEqual([60, 30, 60]);
	});
	test("in a fade it samples the light of that instant, and again a second after its end", () => {
		const { run, lux, agenda, lightSensors } = street(["facing"]);
		agenda.add(10_000, { due: (at) => lightSensors.onLight(at, 1, 0, 1, at + 5_000) });
		agenda.add(15_000, { due: (at) => lightSensors.onLight(at, 1, 1, 1, at) });
		run(HOUR);
		const seen = lux(1).filter(([at]) => at > 10_000);
		expect(seen.map(([at, , , value]) => [at, value])).toEqual([
			[11_000, 6],
			[16_000, 30],
		]);
	});
});

test.each(Object.entries(FAULTS))("%s says what it is, in a line of the help", (name, { what }) => {
	expect(`  ${name.padEnd(11)} ${what}`.length).toBeLessThanOrEqual(100);
});
