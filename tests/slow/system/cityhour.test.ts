/**
 * City hour: an hour of a few lamps with the city's programs, each killed twice, while the broker and
 * the database restart; `npm run soak -- cityweek` has the whole.
 */
import { afterAll, expect, test } from "@jest/globals";
import { CityLife } from "../support/citylife.js";
import { verdict } from "../support/cityverdict.js";

const LAMPS = 5;
const size = { lamps: LAMPS, streets: 1, parts: 1, hours: 12 };
const city = new CityLife({ ...size, killing: 1, speed: 240, kills: 2 });
afterAll(() => city.stop());

test("each event once, each request judged or open, each campaign ended", async () => {
	await city.start();
	const { output, online } = await city.run();
	const figures = await verdict(city);
	if (process.env.SHOW) process.stdout.write(`${JSON.stringify(figures)}\n${output}\n`);
	expect(online).toBe(LAMPS);
	expect(figures.closed).toBeGreaterThan(0);
});
