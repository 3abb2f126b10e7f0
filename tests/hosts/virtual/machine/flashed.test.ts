/** Flashed: the second fleet of an image starts from a copy of the loaded image, and of nothing else. */
import { describe, expect, test } from "@jest/globals";
import { buildEngine } from "../../../../hosts/virtual/engine/engine.js";
import { Flashed } from "../../../../hosts/virtual/fleet/flashed.js";
import type { Image } from "../../../../hosts/virtual/fleet/fleet.js";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { CREATION, deaths, imageOf, logs, Street, theEngine } from "../../../support/xsstreet.js";

/** Counts in a variable of the module, writes to the store, and draws from its random stream. */
const MODULES = {
	"test/part": "export const part = { count: 0 };",
	"test/main": `
		import { part } from "./part.js";
		export default function () {
			return () => {
				native.storeWrite("count", String(++part.count));
				const bytes = new Uint8Array(4);
				native.random(bytes);
				native.log(part.count + " " + bytes.join());
			};
		}`,
};
const image = (more: Partial<Image> = {}) => imageOf({ ...MODULES }, more);

async function story(of: Image, seed = 1, first = 0): Promise<string[]> {
	const street = await Street.of(of, { seed, first });
	street.fleet.boot(first, 0, "powerOn");
	for (let at = 1; at <= 3; at++) street.post(first, at, INPUT.movement);
	return logs(street.run(10), first);
}

describe("a second fleet of an image", () => {
	test("repeats the first to the byte: nothing of the first fleet's lamps is in the copy", async () => {
		const first = await story(image());
		expect(first).toHaveLength(3);
		expect(Flashed.find(await theEngine(), image())).toBeDefined();
		expect(await story(image())).toEqual(first);
		expect(await story(image())).toEqual(first);
	});
	test("is of the same engine, built or asked for again", async () => {
		expect(await buildEngine(() => {})).toBe(await theEngine());
	});
	test("has its own seed, numbers and computron budget", async () => {
		const [first, other] = [await story(image(), 1), await story(image(), 2, 5)];
		expect(other).not.toEqual(first);
		expect(other.map((line) => line[0])).toEqual(first.map((line) => line[0]));
		const street = await Street.of(image({ computronBudget: 1 }));
		street.bootAll();
		expect(deaths(street.run(0))).toHaveLength(1);
	});
	test("holds as much memory", async () => {
		const bytes = [0, 1].map(async () => (await Street.of(image())).fleet.memoryBytes());
		const [first, second] = await Promise.all(bytes);
		expect(second).toBe(first);
	});
});

const main = (source: string) => ({ ...MODULES, "test/main": source });
const other = MODULES["test/main"].replace("++part.count", "--part.count");
test.each<[what: string, image: Image]>([
	["one text", imageOf(main(other))],
	["one more module", imageOf({ "test/more": "export {};", ...MODULES })],
	["the name of a module", imageOf({ ...main(MODULES["test/main"]), "test/part2": "" })],
	["the module to start", image({ main: "test/part" })],
	["the chunks", image({ creation: { ...CREATION, chunkBytes: 32768 } })],
	["the slots", image({ creation: { ...CREATION, slots: 1024 } })],
	["the stack", image({ creation: { ...CREATION, stackSlots: 512 } })],
	["the keys", image({ creation: { ...CREATION, keys: 65 } })],
])("an image that differs in %s is loaded for itself", async (_what, changed) => {
	await story(image());
	const engine = await theEngine();
	expect(Flashed.find(engine, changed)).toBeUndefined();
	expect(Flashed.find(engine, image())).toBeDefined();
});

test("an image that is broken is broken each time, and keeps nothing", async () => {
	await story(image());
	for (let time = 0; time < 2; time++)
		await expect(Street.of(imageOf(main("export const = ;")))).rejects.toThrow(/test\/main/);
	expect(await story(image())).toEqual(await story(image()));
});
