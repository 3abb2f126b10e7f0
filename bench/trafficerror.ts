/**
 * Traffic error: hourly counts of a street, as the city's program makes them, over the road users that
 * passed in the simulator.
 *
 * `node tools/run.mjs bench/trafficerror.ts` prints a table, the counts of docs/city.md among it; rates may be given.
 */

import { objectOf, placeOf } from "../city/contract.js";
import { hoursOf, type Message, type Row, rowsOf } from "../city/traffic/counts.js";
import { SHARED } from "../city/words.js";
import { type TrueCounts, watchDay } from "./wirebytes.js";

const LAMPS = 12;
const RATES = [3, 20, 120, 600];
/** As `npx luminode traffic` has them. */
const BOUNDS = { k: 5, coverage: 0.5 };
const HOURS_AT_LEAST = 20;

interface Comparison {
	readonly hours: number;
	readonly published: number;
	readonly passed: number;
	/** Of all hours, also those below k, per cent of the truth. */
	readonly counted: number;
	/** Mean of the hours' errors without their sign, per cent. */
	readonly error: number;
	readonly largest: number;
}

/** The hours of a day of which every lamp reported all. */
async function compare(rate: number): Promise<Comparison> {
	const poles = new Map<string, Message[]>();
	const truth = await watchDay(rate, LAMPS, ({ isUp, packet }) => {
		if (!isUp || packet.cmd !== "publish") return;
		const place = placeOf(SHARED.root.default, packet.topic);
		const body = objectOf<Message["body"]>(packet.payload as Buffer);
		if (!place || !body) return;
		poles.set(place.node, [...(poles.get(place.node) ?? []), { kind: place.kind, body }]);
	});
	const hours = [...poles.values()].map(hoursOf);
	const published = rowsOf("street", hours, BOUNDS).slice(1, -1);
	const all = rowsOf("street", hours, { ...BOUNDS, k: 0 });
	return {
		...comparisonOf(all, truth),
		published: published.filter(({ roadUsers }) => roadUsers !== undefined).length,
	};
}

function comparisonOf(rows: readonly Row[], truth: TrueCounts): Omit<Comparison, "published"> {
	let [passed, counted] = [0, 0];
	const errors: number[] = [];
	const hours = rows.slice(1, -1); // the first and the last are no whole hours of the run
	for (const { hour, roadUsers } of hours) {
		const { pedestrian = 0, bicycle = 0, car = 0 } = truth.get(hour) ?? {};
		const sum = pedestrian + bicycle + car;
		if (roadUsers === undefined || sum === 0) continue;
		passed += sum;
		counted += roadUsers;
		errors.push((100 * (roadUsers - sum)) / sum);
	}
	const sizes = errors.map(Math.abs);
	return {
		hours: hours.length,
		passed,
		counted: (100 * counted) / passed,
		error: sizes.reduce((a, b) => a + b, 0) / sizes.length,
		largest: Math.max(0, ...sizes),
	};
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
print(
	"| road users an hour | hours published | passed | counted | error of an hour, mean | largest |",
);
print("|---:|---:|---:|---:|---:|---:|");
const given = process.argv
	.slice(2)
	.map(Number)
	.filter((rate) => rate > 0);
for (const rate of given.length > 0 ? given : RATES) {
	const { hours, published, passed, counted, error, largest } = await compare(rate);
	if (hours < HOURS_AT_LEAST) throw new Error(`${rate} an hour: only ${hours} hours were reported`);
	const figures = [passed, ...[counted, error, largest].map((share) => `${share.toFixed(0)} %`)];
	print(`| ${rate} | ${published} of ${hours} | ${figures.join(" | ")} |`);
}
