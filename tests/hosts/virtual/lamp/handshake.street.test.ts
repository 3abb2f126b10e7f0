/**
 * The handshake of TLS against light: the machine takes no input for more than a second, and so there is
 * light before it begins. Judged from the PWM of a lamp in an XS machine, which stands still that long.
 *
 * Promise: There is light before the handshake of TLS holds up the machine.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HANDSHAKE, INPUT } from "../../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../../lib/spans.js";
import type { StreamEnd } from "../../../../src/host.js";
import { scaled } from "../../../support/scale.js";
import { EPOCH, XsLamp } from "../../../support/xslamp.js";

const SEED = 7;
const FULL = 4095;
/** Of the program's 30 %, which the poles of these tests have for nobody. */
const LOW = 1229;
const SECURE = {
	brokerHost: "broker",
	brokerPort: 8883,
	brokerTls: true,
	reconnectSpread: 10,
	telemetryInterval: 86_400,
};
/** From the broker's answer to the handshake. */
const AHEAD = 2000;

/** A lamp by night with nobody about, online over TLS for a while. */
async function atNight(link: object = {}): Promise<XsLamp> {
	const pole = await lamp(link);
	pole.boot();
	pole.run(10 * MINUTE);
	return pole;
}

async function lamp(link: object): Promise<XsLamp> {
	const pole = await XsLamp.of();
	pole.hasPeople = false;
	pole.store("link", { ...SECURE, ...link });
	return pole;
}

/** The duty that stands just before `at`. */
function dutyAt({ light }: XsLamp, at: number): number {
	const before = light.filter((line) => Number(line.split(" ")[0]) < at);
	return Number(before.at(-1)?.split(" ")[1] ?? 0);
}

/** The next handshake's flight, from now on. */
function nextFlight(pole: XsLamp): number {
	const { length } = pole.flights;
	while (pole.flights.length === length) pole.run(pole.fleet.nextDue());
	return pole.flights[length]!;
}

/** Changes of the PWM in [from, to). */
function changesIn({ light }: XsLamp, from: number, to: number): string[] {
	return light.filter(
		(line) => Number.parseInt(line, 10) >= from && Number.parseInt(line, 10) < to,
	);
}

describe("a handshake by night", () => {
	// security: a handshake was a blocking operation
	test.each([1, 300, HANDSHAKE - 1])("someone %d ms into it finds light", async (after) => {
		const pole = await atNight();
		expect([pole.online, dutyAt(pole, pole.now)]).toEqual([true, LOW]);
		pole.hangUp();
		const flight = nextFlight(pole);
		expect(dutyAt(pole, flight)).toBe(FULL);
		pole.post(flight + after, INPUT.movement);
		pole.post(flight + after + 500, INPUT.stillness);
		pole.run(flight + 10_000);
		expect(changesIn(pole, flight, flight + 10_000)).toEqual([]); // neither dark nor late
		expect(pole.online).toBe(true);
	});

	test("without anybody costs a few seconds of light, and then it is as before", async () => {
		const pole = await atNight();
		pole.hangUp();
		const flight = nextFlight(pole);
		const begun = changesIn(pole, flight - AHEAD - 1000, flight);
		expect(Number.parseInt(begun[0]!, 10)).toBeGreaterThanOrEqual(flight - AHEAD - 100);
		pole.run(flight + MINUTE);
		const fallen = changesIn(pole, flight, pole.now);
		expect(Number.parseInt(fallen[0]!, 10) - flight).toBeLessThan(HANDSHAKE + 1500);
		expect(dutyAt(pole, pole.now)).toBe(LOW);
		expect(pole.flights).toHaveLength(2);
	});

	test("is not begun before anybody answers: a street without its broker does not breathe", async () => {
		const pole = await atNight();
		pole.reach = "unreachable";
		pole.hangUp();
		const from = pole.now;
		pole.run(from + 60 * MINUTE);
		expect(pole.connections).toBeGreaterThan(30);
		expect(changesIn(pole, from, pole.now)).toEqual([]);
	});

	const plain = { brokerPort: 1883, brokerTls: false };
	test("there is none without TLS, and no light for it", async () => {
		const pole = await atNight(plain);
		const from = pole.now;
		pole.hangUp();
		pole.run(from + MINUTE);
		expect([pole.online, pole.connections, pole.flights]).toEqual([true, 2, []]);
		expect(changesIn(pole, from, pole.now)).toEqual([]);
	});
});

test("by day a handshake lights nothing", async () => {
	const pole = (await lamp({})).boot(5000, EPOCH - 6 * 60 * MINUTE);
	pole.run(10 * MINUTE);
	const from = pole.now;
	pole.hangUp();
	const flight = nextFlight(pole);
	pole.run(flight + MINUTE);
	expect(pole.online).toBe(true);
	expect(changesIn(pole, from, pole.now)).toEqual([]);
});

test("every road user in a handshake finds light, however it ends; and the lamp comes back", async () => {
	const ends = fc.constantFrom<(StreamEnd | "open")[]>(
		"open",
		"tlsRefused",
		"closedByPeer",
		"timedOut",
	);
	const visit = fc.record({ end: ends, after: fc.integer({ min: 0, max: 2 * HANDSHAKE }) });
	await fc.assert(
		fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 4 }), async (visits) => {
			const pole = await atNight();
			for (const { end, after } of visits) {
				pole.handshake = end;
				pole.hangUp(); // else it is away already, and tries again
				const flight = nextFlight(pole);
				pole.post(flight + after, INPUT.movement);
				pole.post(flight + after + 100, INPUT.stillness);
				pole.run(flight + after);
				expect(after >= HANDSHAKE || dutyAt(pole, flight + after) === FULL).toBe(true);
				pole.run(flight + 20_000);
			}
			pole.handshake = "open";
			pole.run(pole.now + 2 * 60 * MINUTE);
			expect(pole.online).toBe(true);
			expect(pole.deaths).toEqual([]);
		}),
		{ seed: SEED, numRuns: scaled(4, 8) },
	);
});
