/** Settings over the link: what is wanted is handed over, what waits is reported, each section once. */
import { expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { World } from "../support/linkfakes.js";

const NODE = "luminode/1/liege/pole-00001";
const report = (section: string) => ({
	section,
	revision: 5,
	status: "active" as const,
	rejected: undefined,
	settings: '{"floorLevel":30}',
});

function send(world: World, topic: string, payload: string | Buffer): void {
	const head = { cmd: "publish", qos: 1, messageId: 7, dup: false, retain: true } as const;
	world.peer!.send(mqtt.generate({ ...head, topic, payload }));
	world.run(1000);
}

test("a section that is wanted is handed over as it came, retained or not", () => {
	const world = new World().online();
	send(world, `${NODE}/settings/desired/light`, '{"revision":5}');
	expect(world.desired).toEqual([["light", '{"revision":5}']]);
	expect(world.orders).toEqual([]);
});
test.each([
	["no text", Buffer.from([0xc0, 0xaf]), [["light", undefined]]],
	["too long", Buffer.alloc(2049, 32), [["light", undefined]]],
	["empty: the CMS cleared it", "", []],
])("a payload that is %s", (_what, payload, desired) => {
	const world = new World().online();
	send(world, `${NODE}/settings/desired/light`, payload);
	expect(world.desired).toEqual(desired);
});
test("another lamp's is left alone", () => {
	const world = new World().online();
	send(world, "luminode/1/liege/pole-2/settings/desired/light", '{"revision":5}');
	expect([world.desired, world.orders]).toEqual([[], []]);
});
test("what waits is reported after status, birth and state, retained, one section after the other", () => {
	const world = new World();
	world.untold.push(report("light"), report("power"));
	world.online().run(5000);
	const topics = world.published().map(({ topic }) => topic.slice(NODE.length + 1));
	expect(topics.slice(0, 5)).toEqual(
		["status", "birth", "state"].concat(["settings/reported/light", "settings/reported/power"]),
	);
	expect(
		world
			.published()
			.slice(0, 5)
			.every(({ retain, qos }) => retain && qos === 1),
	).toBe(true);
	expect(world.untold).toEqual([]);
});
