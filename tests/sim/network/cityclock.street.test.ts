/**
 * The city's clock in the simulator: lamps over TLS get the world's time, whatever time servers
 * say.
 *
 * Promise: A lamp that asks the city's clock has the right time, whatever time servers say.
 */
import { describe, expect, test } from "@jest/globals";
import { rehearse } from "../../../sim/files/stage.js";
import { clockAnswer } from "../../../sim/network/broker/cityclock.js";
import { Run } from "../../../sim/run/run.js";

const START = "2026-11-24T20:00:00Z";
const MINUTES = 40;

interface Seen {
	readonly questions: number;
	/** The clock's source in each telemetry, and how far its date was from the world's, ms. */
	readonly telemetry: readonly (readonly [source: string, off: number | undefined])[];
}

async function street(...args: string[]): Promise<Seen> {
	const line = `--lamps 1 --seed 3 --quiet --start ${START} --duration ${MINUTES}m`;
	const stage = await rehearse([...line.split(" "), ...args]);
	let questions = 0;
	const telemetry: [string, number | undefined][] = [];
	stage.network.onReport((at, topic, payload) => {
		if (topic.endsWith("/clock/question")) questions += 1;
		if (!topic.endsWith("/telemetry")) return;
		const { clockSource, time, uptime_ms } = JSON.parse(String(Buffer.from(payload)));
		const off = time === undefined ? undefined : Date.parse(time) - Date.parse(START) - uptime_ms;
		telemetry.push([clockSource, off]);
		void at;
	});
	const why = await new Run(stage).go();
	await stage.network.close();
	stage.fleet.dispose();
	expect(why).toBeUndefined();
	return { questions, telemetry };
}

const TLS = ["--set", "link.brokerTls=true"];
const NO_SERVER = ["--fault", "clockLost@0s+2h"];

describe("a street", () => {
	test("over TLS without a time server has the world's time, to half a round trip", async () => {
		const { questions, telemetry } = await street(...TLS, ...NO_SERVER);
		expect(questions).toBe(1);
		expect(telemetry.length).toBeGreaterThan(1);
		for (const [source, off] of telemetry) {
			expect(source).toBe("synchronised");
			expect(Math.abs(off!)).toBeLessThan(1_000);
		}
	});

	test("without TLS asks nothing, and has no time", async () => {
		const { questions, telemetry } = await street(...NO_SERVER);
		expect(questions).toBe(0);
		expect(telemetry.map(([source]) => source)).not.toContain("synchronised");
	});

	test("over a TLS whose broker is slow takes longer, and errs by no more than it took", async () => {
		const { telemetry } = await street(...TLS, ...NO_SERVER, "--fault", "brokerSlow@0s+2h");
		for (const [source, off] of telemetry)
			if (source === "synchronised") expect(Math.abs(off!)).toBeLessThan(15_000);
	});
});

describe("the answer", () => {
	const asked = (body: unknown) => Buffer.from(JSON.stringify(body));
	const cases: [why: string, topic: string, payload: Uint8Array, answer: unknown][] = [
		[
			"has the nonce and the time",
			"luminode/1/liege/pole-1/clock/question",
			asked({ node: "pole-1", nonce: "0f" }),
			{ topic: "luminode/1/liege/pole-1/clock/answer", payload: '{"nonce":"0f","utc_ms":1000}' },
		],
		["to another topic: none", "luminode/1/liege/pole-1/state", asked({ nonce: "0f" }), undefined],
		["without a nonce: none", "a/clock/question", asked({}), undefined],
		["to no object: none", "a/clock/question", Buffer.from("]["), undefined],
	];
	test.each(cases)("%s", (_why, topic, payload, answer) => {
		expect(clockAnswer(topic, payload, 1000)).toEqual(answer);
	});
});
