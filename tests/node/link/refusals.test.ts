/** Refusals: a broker that refuses a lamp, or never returns from the handshake, over its restarts. */
import { describe, expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import type { PowerCause } from "../../../src/host.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { randomOf } from "../../support/linkfakes.js";

const SPREAD = MINUTE;
const SETTINGS = { link: { brokerHost: "broker.example", reconnectSpread: SPREAD / 1000 } };

/** Instants of the attempts over `span`: each reaches the broker, and the lamp restarts in the handshake. */
function attempts(cause: PowerCause, span: number): number[] {
	const host = new FakeHost();
	const chance = randomOf(7);
	host.crypto.random = (into) => void into.set(Buffer.from(into).map(() => 256 * chance()));
	const found: number[] = [];
	for (let next: PowerCause = "powerOn"; host.now < span; next = cause) {
		host.powerCause = next;
		bootLamp({ host, settings: SETTINGS });
		host.deliver((inputs, now) => inputs.onNetwork(now, true));
		const before = host.opened.length;
		while (host.opened.length === before) host.run(host.now + 1000);
		found.push(host.now);
		host.deliver((inputs, now) => inputs.onStreamReached(now, 0));
		host.run(host.now + 1000);
	}
	return found;
}

describe("a lamp that restarts in each handshake, over a day", () => {
	// security: the cause of a hang or crash comes again
	test.each<PowerCause>(["watchdog", "crash", "restart", "update"])(
		"%s: tries more and more seldom, as a lamp that is refused",
		(cause) => {
			const found = attempts(cause, 24 * HOUR);
			expect(found.length).toBeGreaterThan(24); // and is not given up
			expect(found.length).toBeLessThan(120);
			const late = found.filter((at) => at > 12 * HOUR);
			expect(late.length).toBeLessThan(50);
		},
	);
	test.each<PowerCause>(["powerOn", "brownout"])(
		"%s: memory is lost, each life is the first",
		(cause) => {
			expect(attempts(cause, 3 * HOUR).length).toBeGreaterThan(150);
		},
	);
});
