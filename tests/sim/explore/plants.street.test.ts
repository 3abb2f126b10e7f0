/**
 * Plants of `npm run explore`: each check has a planted defect, and the search finds each of those
 * for orders, light and reports within twenty streets, by the check that it names.
 *
 * Promise: The search finds a defect in orders, light or reports within twenty streets.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Zone } from "../../../lib/zone.js";
import { createChecks } from "../../../sim/checks/all.js";
import { BUS_PLANTS } from "../../../sim/checks/busplants.js";
import { STREET_VALUES } from "../../../sim/checks/configured.js";
import { LIGHT_PLANTS } from "../../../sim/checks/lightplants.js";
import { ORDER_PLANTS } from "../../../sim/checks/orderplants.js";
import { ALL_PLANTS, editOf } from "../../../sim/checks/plants.js";
import { draw } from "../../../sim/explore/draw.js";
import { ON_BUSES } from "../../../sim/explore/drivers.js";
import { runStreet } from "../../../sim/explore/night.js";
import { noneLeft } from "../../support/mend.js";
import { scaled } from "../../support/scale.js";

const WITHIN = 20;
const FOUND = { ...ORDER_PLANTS, ...LIGHT_PLANTS, ...BUS_PLANTS };
const names = Object.keys(FOUND);

describe("plants of the exploration", () => {
	test.each(names)("%s has its mark in the source, once", (name) => {
		const { specifier } = FOUND[name]!;
		const file = join(process.cwd(), `${specifier.replace("luminode/", "src/")}.ts`);
		const source = readFileSync(file, "utf8");
		expect(editOf(name)![specifier]!(source)).not.toBe(source);
	});
	test.each(scaled(["someLevel", "hastyRise"], names))(
		`%s is found within ${WITHIN} streets`,
		async (name) => {
			const { trips, board } = FOUND[name]!;
			const isFound = async (seed: number) => {
				const { args } = draw(seed, undefined, board && ON_BUSES);
				const { broken } = await runStreet([...args, "--plant", name]);
				return broken.some((breach) => breach.name === trips);
			};
			let seed = 1;
			while (seed <= WITHIN && !(await isFound(seed))) seed++;
			expect(seed).toBeLessThanOrEqual(WITHIN);
		},
	);
	test("each check has one", () => {
		const zone = Zone.of("Europe/Brussels")!;
		const street = { ...STREET_VALUES, zone, latitude: 50.6, longitude: 5.6, neighbours: true };
		const { checks } = createChecks(4, street, Date.UTC(2026, 10, 24));
		const tripped = new Set(Object.values(ALL_PLANTS).map(({ trips }) => trips));
		noneLeft(
			checks.map(({ name }) => name).filter((name) => !tripped.has(name)),
			"plant a defect that trips it, in sim/checks/lightplants.ts",
		);
	});
});
