/** The background: no task is due before the instant at which the lamp wakes for it. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Task } from "../../src/node/task.js";
import type { Node } from "../../src/node.js";
import type { Lux, Millis, UtcMillis } from "../../src/units.js";
import { FakeHost } from "../support/fakehost.js";
import { FakeFlash } from "../support/flash.js";
import { bootLamp } from "../support/lamp.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const SETTINGS = {
	identity: { site: "liege", node: "pole-1" },
	link: { brokerHost: "broker" }, // out of reach: samples wait for the store
	sensing: { lampResponse: 20 },
};

interface Inside {
	readonly background: { readonly tasks: readonly Task[] };
	readonly backgroundAt: Millis;
}

/** The first task that is due before the background runs; undefined: none is. */
function early(node: Node): string | undefined {
	const { background, backgroundAt } = node as unknown as Inside;
	const found = background.tasks.find(({ dueAt }) => dueAt < backgroundAt);
	return found && `${found.constructor.name} at ${found.dueAt}, not ${backgroundAt}`;
}

test("a change of the light wakes each task that it makes due", () => {
	const step = fc.tuple(fc.constantFrom("edge", "lux", "pass"), fc.integer({ min: 1, max: 90 }));
	const night = fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
		const host = new FakeHost();
		host.flashLog = new FakeFlash(16);
		const { node } = bootLamp({ host, settings: SETTINGS, lux: 0, utc: NIGHT, until: HOUR });
		let [moves, lux] = [false, 0];
		for (const [kind, span] of steps) {
			if (kind === "edge") {
				moves = !moves;
				host.deliver((inputs, now) => (moves ? inputs.onMovement(now) : inputs.onStillness(now)));
			} else if (kind === "lux") {
				lux = (lux + span) % 40;
				host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
			}
			expect(early(node)).toBeUndefined();
			host.run(host.now + (kind === "pass" ? MINUTE : 1000) * span);
			expect(early(node)).toBeUndefined();
		}
	});
	fc.assert(night, { numRuns: 20 });
});
