/**
 * City week: 1,000 lamps in ten streets for a week with the city's programs, each killed ten times, while
 * broker and database restart: each event once, each request judged or open, each campaign ended.
 *
 * A shorter run: `CITY_LAMPS` of a street, `CITY_STREETS`, `CITY_HOURS`, `CITY_SPEED`, `CITY_KILLS`;
 * `CITY_MINUTES` of the wall, after which what was reached is judged.
 */
import { afterAll, expect, test } from "@jest/globals";
import { CityLife } from "../support/citylife.js";
import { verdict } from "../support/cityverdict.js";

const given = (name: string, usual: number) => Number(process.env[name] ?? usual);
const lamps = given("CITY_LAMPS", 100);
const streets = given("CITY_STREETS", 10);
const hours = given("CITY_HOURS", 168);
const city = new CityLife({
	lamps,
	streets,
	parts: Math.min(2, streets),
	hours,
	killing: hours,
	speed: given("CITY_SPEED", 240),
	kills: given("CITY_KILLS", 10),
	minutes: given("CITY_MINUTES", Infinity),
});
afterAll(() => city.stop());

test("each event once, each request judged or open, each campaign ended", async () => {
	await city.start();
	const { output, online } = await city.run();
	process.stdout.write(`${output}\n`);
	const figures = await verdict(city);
	process.stdout.write(`${JSON.stringify({ span: city.span, ...figures })}\n`);
	expect(online).toBe(lamps * streets);
	expect(figures.closed).toBeGreaterThan(0);
});
