/** Examples: each file of examples/ is read by the program that it is for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Fleet } from "../../city/bridge/fleet.js";
import { textOf } from "../../city/bridge/metrics.js";
import { readSite } from "../../tools/laptop/site/sitefile.js";
import { accountText } from "../../town/reading/importtexts.js";
import { readTown } from "../../town/reading/readtown.js";

const FOLDER = "examples";
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");

describe("examples", () => {
	test("each file and folder has a row in the table", () => {
		const names = readdirSync(FOLDER, { withFileTypes: true })
			.filter(({ name }) => name !== "README.md")
			.map((entry) => `${entry.name}${entry.isDirectory() ? "/" : ""}`);
		const rows = [...read("README.md").matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!);
		expect(rows.sort()).toEqual(names.sort());
	});
	test("site.csv is a site of three poles, of which one has its own floor", () => {
		const { poles } = readSite(join(FOLDER, "site.csv"));
		expect(poles.map(({ values }) => [values.get("node"), values.get("floorLevel")])).toEqual([
			["quai-7", "20"],
			["quai-8", "30"],
			["quai-9", "20"],
		]);
	});
	test("town.csv is read whole, with power", () => {
		const { town, read: account } = readTown("town.csv", readFileSync(join(FOLDER, "town.csv")));
		expect(accountText(account).en).toMatch(/^10 lights; positions in WGS 84; 2 streets; /);
		expect([town?.x.length, account.filter(({ about }) => about === "error")]).toEqual([10, []]);
	});
	test("dashboard.json asks for series that metrics has", () => {
		const birth = { serial: "L1", node: "pole-1", group: "quay", swVersion: "0.1.0" };
		const fleet = new Fleet("luminode/1", () => 0);
		fleet.take("luminode/1/liege/pole-1/birth", Buffer.from(JSON.stringify(birth)), true);
		const page = textOf(fleet, true);
		const known = new Set([...page.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
		const asked = read("dashboard.json").match(/luminode_\w+/g)!;
		expect(asked.length).toBeGreaterThan(5);
		expect(asked.filter((name) => !known.has(name))).toEqual([]);
	});
	test("the rights of the broker name each topic of a lamp", () => {
		const acl = read("broker/acl");
		const sent = ["status", "birth", "state", "telemetry", "traffic", "event", "reply"];
		for (const topic of sent) expect(acl).toContain(`topic write luminode/1/+/+/${topic}\n`);
		expect(read("broker/mosquitto.conf")).toMatch(/^listener \d+ 127\.0\.0\.1$/m);
	});
});
