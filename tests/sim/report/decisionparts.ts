/** Decision parts: the figures of a decision as its tests take them, without a simulated night. */
import { readPrice } from "../../../lib/lightingoptions/money.js";
import { Zone } from "../../../lib/zone.js";
import { readOptions } from "../../../sim/cli/words.js";
import type { DecisionData, Inputs } from "../../../sim/report/decision/data.js";
import { yearsOf } from "../../../sim/report/years.js";
import { NO_NIGHT } from "../page/pageparts.js";

const START = "2026-11-24T15:00:00+01:00";
const answer = readOptions(["--headless", "--lamps", "2", "--seed", "7", "--start", START]);
if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
const epochUtc = Date.parse(START);
export const year = await yearsOf(answer.options, epochUtc);

const passed = { pedestrian: 50, bicycle: 30, car: 120 };
/** A night in which so many of 1,000 person-seconds are below the class. */
const night = (below_s: number) => ({ ...NO_NIGHT, person_s: 1000, below_s, passed });
const dark = { ...night(100), unlit: { pedestrian: 2, bicycle: 1, car: 6 }, unlit_h: 5 };
const light = {
	from: epochUtc,
	step: 300_000,
	rows: 1,
	levels: Buffer.alloc(216).toString("base64"),
};
export const NONE: Inputs = {
	from: "full",
	prices: {},
	emission: undefined,
	count: 1,
	vat: "",
};
export const given = (text: string) => readPrice(`${text}@2026-11`)!;
export const ALL: Inputs = {
	from: "full",
	count: 2400,
	vat: "with",
	prices: {
		price: given("0.30"),
		node: given("110..170"),
		connection: given("1"),
		maintenance: given("2"),
	},
	emission: { g_kWh: 275, year: "2023", source: "ORES" },
};

export function dataOf(inputs: Inputs, traffic = year.traffic): DecisionData {
	return {
		inputs,
		name: undefined,
		lamps: 2,
		seed: 7,
		epochUtc,
		hours: 18,
		zone: Zone.of("Europe/Brussels")!,
		place: [50.645, 5.573],
		year: { ...year, traffic },
		nights: {
			full: night(0),
			profile: night(130),
			off: dark,
			weeknights: dark,
			presence: night(150),
			neighbours: night(10),
			hourly: night(350),
		},
		lights: { presence: light, neighbours: light, hourly: light },
		dark: [epochUtc + 2 * 3_600_000, epochUtc + 17 * 3_600_000],
		users: [{ utc: epochUtc, counts: passed }],
		findings: [
			{
				fault: "lampDead",
				lamp: 2,
				began: 3_600_000,
				found: 4_500_000,
				ended: undefined,
				by: "",
				reportable: true,
			},
		],
		failed: [],
		checks: 16,
		command: "npx luminode report --decision",
	};
}
