/** Preview in the machine: a lamp is asked over the broker what its night will be, and then lives it. */
import { afterAll, expect, test } from "@jest/globals";
import { MINUTE } from "../../../../lib/spans.js";

import { dutyOf } from "../../../properties/eye.js";
import { EPOCH, publish, XsLamp } from "../../../support/xslamp.js";

let pole: XsLamp;
afterAll(() => pole?.fleet.dispose());

interface Piece {
	readonly from: string;
	readonly level: number;
	readonly by: readonly string[];
}

test("what the reply forecast is what the PWM then does", async () => {
	pole = await XsLamp.of();
	const program = "sunset 100; 21:00 70; 22:30 45; 00:00 out; 04:00 5; 05:30 90; sunrise 0";
	const place = { zone: "CET-1CEST,M3.5.0,M10.5.0/3", latitude: 50.6, longitude: 5.6 };
	pole.store("calendar", { program, ...place });
	pole.store("sensing", { pirFitted: false, photocell: false });
	pole.boot().untilOnline();
	pole.vouch();
	const { now, statistics: before } = pole;
	const order = { id: "p", command: "preview", issued: new Date(EPOCH + now).toISOString() };
	pole.send(publish(JSON.stringify(order)));
	pole.run(now + MINUTE);
	const reply = pole.replies.find(({ id }) => id === "p") as unknown as {
		pieces: Piece[];
		until: string;
		pages: number;
	};
	expect(reply).toMatchObject({ status: "done", pages: 1, energyIsModelled: true });
	expect(reply.pieces.map(({ level, by }) => [level, by.join()])).toEqual([
		[100, "program"],
		[70, "program"],
		[45, "program"],
		[0, "lightsOut"],
		[20, "program,floor"],
		[90, "program"],
	]);
	expect(pole.statistics.slotsPeak - before.slotsPeak).toBeLessThan(400);
	pole.run(Date.parse("2026-11-25T08:00:00Z") - EPOCH);
	const dutyAt = (instant: number) =>
		Number(
			pole.light
				.map((line) => line.split(" ").map(Number))
				.filter(([at]) => at! <= instant)
				.at(-1)?.[1],
		);
	const ends = [...reply.pieces.slice(1).map(({ from }) => from), reply.until];
	reply.pieces.forEach(({ from, level }, index) => {
		const [begin, end] = [Date.parse(from) - EPOCH, Date.parse(ends[index]!) - EPOCH];
		const duty = dutyOf(level);
		for (const at of [Math.max(now, begin + 15_000), end - 1])
			expect([from, dutyAt(at)]).toEqual([from, duty]);
	});
	const typed = 3 * MINUTE; // the typed date may be wrong by two, and drifts
	expect(dutyAt(Date.parse(reply.until) - EPOCH + typed)).toBe(0);
	expect(pole.deaths).toEqual([]);
});

test("sixteen points with a rule each: the lamp has memory for a second plan", async () => {
	const times = Array.from(
		{ length: 14 },
		(_, n) => `${String((18 + n) % 24).padStart(2, "0")}:30`,
	);
	const points = times.map((time, n) => `${time} ${20 + 5 * n} min 80`);
	const program = ["sunset 100", ...points, "sunrise 0"].join("; ");
	const lamp = await XsLamp.of();
	lamp.store("calendar", {
		program,
		zone: "CET-1CEST,M3.5.0,M10.5.0/3",
		latitude: 50.6,
		longitude: 5.6,
	});
	lamp.store("sensing", { neighbourGroup: 7, siteKey: "k".repeat(16), poleNumber: 3 });
	lamp.boot().untilOnline();
	const { slotsLive } = lamp.statistics;
	for (const page of [1, 2]) {
		const issued = new Date(EPOCH + lamp.now).toISOString();
		lamp.send(publish(JSON.stringify({ id: `p${page}`, command: "preview", page, issued })));
		lamp.run(lamp.now + MINUTE);
	}
	expect(lamp.deaths).toEqual([]);
	expect(lamp.replies).toMatchObject([
		{ id: "p1", status: "done", pages: 2 },
		{ id: "p2", status: "done", page: 2 },
	]);
	expect(lamp.statistics.slotsPeak - slotsLive).toBeLessThan(260);
	lamp.fleet.dispose();
});
