/** Model: light that is shown comes from the world, eased or at once. */
import { describe, expect, test } from "@jest/globals";
import { Model } from "../../../sim/page/client/state/model.js";
import type { Update, Welcome } from "../../../sim/page/messages.js";

const update = (glow: Update["glow"]): Update =>
	({ utc: 0, speed: 1, glow, reports: [], users: [] }) as unknown as Update;

function model(): Model {
	const made = new Model();
	made.onWelcome({ lamps: 2 } as Welcome);
	made.onUpdate(
		update([
			[1, 1000],
			[2, -1],
		]),
		0,
	);
	return made;
}

describe("the light shown", () => {
	test("comes to the world's within a second, then stands still; without power it is dark", () => {
		const made = model();
		let frames = 0;
		for (let now = 16; made.shown[1] !== made.light[1] && frames < 100; now += 16) {
			made.ease(now);
			frames++;
		}
		expect(frames).toBeGreaterThan(10);
		expect(frames).toBeLessThan(60);
		expect([...made.shown]).toEqual([0, 1, 0]);
	});
	test("is the world's at once where motion is not wanted", () => {
		const made = model();
		made.settle();
		expect([...made.shown]).toEqual([0, 1, 0]);
	});
});

test("the log keeps the latest entries, each once", () => {
	const made = model();
	const entry = (id: number) => ({ id }) as (typeof made.log)[number];
	made.onLog([1, 2].map(entry));
	made.onLog([2, 3].map(entry));
	expect(made.log.map(({ id }) => id)).toEqual([1, 2, 3]);
	made.onLog(Array.from({ length: 2_000 }, (_, n) => entry(n + 4)));
	expect(made.log).toHaveLength(1_000);
	expect(made.log.at(-1)!.id).toBe(2_003);
});
