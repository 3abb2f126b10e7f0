/**
 * Examples: one payload of each kind that a lamp sends, out of a whole evening against a broker.
 *
 * `docs/broker.md` shows them; a test compares.
 */
import type { Lux, Percent, UtcMillis } from "../../src/units.js";
import { OPTIONS, World } from "./linkfakes.js";

/** Topic suffix (or `will`) to payload text, each as it went over the wire. */
export function examples(): Map<string, string> {
	const world = new World({ cleanSession: true }).networkUp().run(9_000);
	const found = new Map<string, string>();
	world.turn(); // the view is of now
	world.journal.append(
		{ type: "clockSet", attributes: { source: "ntp" } },
		world.now,
		world.view.time.utc,
	);
	world.run(60_000);
	world.view.light.chain = [
		{ by: "program", level: 40 as Percent, source: "00:00 40" },
		{ by: "sensor", level: 80 as Percent, source: "presence" },
	];
	world.view.light.reason = "sensor";
	world.view.light.feedback = 80 as Percent;
	world.view.sensing.lightLevel = 3.4 as Lux;
	world.view.traffic.accumulatedRoadUserNumber = 5;
	world.view.traffic.accumulatedSince = Date.UTC(2026, 10, 24, 15) as UtcMillis;
	world.turn();
	world.run(1_000_000);
	world.turn(() => {
		world.link.reply(world.now, { id: "a1", status: "accepted" });
		world.link.reply(world.now, {
			id: "a2",
			status: "rejected",
			reason: "outOfRange",
			field: "level",
		});
		world.link.reply(world.now, { id: "a3", status: "done", explain: true });
		const at = Date.parse("2026-11-24T21:08:30Z") as UtcMillis;
		world.link.reply(world.now, { id: "a5", status: "done", past: { at, presence: true } });
		world.link.reply(world.now, { id: "a6", status: "done", log: { page: 1 } });
		world.link.reply(world.now, { id: "a4", status: "done", preview: { day: 20_781, page: 1 } });
	});
	world.run(1000);
	found.set("will", world.connects()[0]!.will!.payload.toString());
	for (const { packet } of world.packets) {
		if (packet.cmd !== "publish") continue;
		const suffix = packet.topic.split("/").at(-1)!;
		const payload = packet.payload.toString();
		const name = suffix === "reply" ? `reply ${JSON.parse(payload).id}` : suffix;
		found.set(name, payload); // the last of each
	}
	const [question] = new World({ tls: true }).networkUp().run(15_000).published("clock/question");
	found.set("clockQuestion", question!.payload.toString());
	return found;
}

/** What the topics look like for the lamp of the examples. */
export const PREFIX = `${OPTIONS.root}/${OPTIONS.site}/${OPTIONS.node}/`;
