/** Layout: a table of partitions, ESP-IDF's plan, and the flash that both make. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { flashOf, planIn } from "../../../tools/emulator/layout.js";
import { type Partition, partitionOf, partitionsIn } from "../../../tools/toolchain/partitions.js";

const table = readFileSync("hosts/esp32/sdkconfig/partitions.csv", "utf8");
const plan = JSON.stringify({
	flash_settings: { flash_size: "4MB" },
	flash_files: { "0x30000": "firmware.bin", "0x0": "boot.bin", "0x21000": "choice.bin" },
});

describe("a table of partitions", () => {
	test("of this tree has the places that the host names, one after the other", () => {
		const partitions = partitionsIn(table);
		const names = ["nvs", "otadata", "ota_0", "ota_1", "journal"];
		for (const name of names) expect(partitionOf(partitions, name).bytes).toBeGreaterThan(0);
		for (const [index, { offset, bytes }] of partitions.entries())
			expect(offset + bytes).toBeLessThanOrEqual(partitions[index + 1]?.offset ?? 4 << 20);
	});
	test("has sizes in bytes, kilobytes and megabytes, and comments between them", () => {
		const text =
			"# Name, Type\na, data, nvs, 0x9000, 0x4000,\nb, app, ota_0, 65536, 64K\n\nc,app,ota_1,0x20000,1M,\n";
		expect(partitionsIn(text)).toEqual([
			{ name: "a", offset: 0x9000, bytes: 0x4000 },
			{ name: "b", offset: 65_536, bytes: 65_536 },
			{ name: "c", offset: 0x20000, bytes: 1 << 20 },
		]);
	});
	test.each(["a, data, nvs, , 0x4000", "a, data, nvs, 0x9000,", "a, data, nvs, 0x9000, many"])(
		"with the line %j is refused",
		(line) => {
			expect(() => partitionsIn(`${line}\n`)).toThrow(`no partition: ${line}`);
		},
	);
	test("names the partition that it does not have", () => {
		expect(() => partitionOf(partitionsIn(table), "music")).toThrow("no partition music");
	});
});

describe("a plan", () => {
	test("has its parts in the order of their places", () => {
		const { bytes, parts } = planIn(plan);
		expect([bytes, parts.map(({ file }) => file)]).toEqual([
			4 << 20,
			["boot.bin", "choice.bin", "firmware.bin"],
		]);
	});
	test.each(["{}", '{"flash_settings":{"flash_size":"4MB"},"flash_files":{}}'])(
		"of the text %s is refused",
		(text) => {
			expect(() => planIn(text)).toThrow("names no flash");
		},
	);
});

describe("a flash", () => {
	const partitions: Partition[] = [
		{ name: "store", offset: 0x1000, bytes: 0x1000 },
		{ name: "slot", offset: 0x2000, bytes: 0x2000 },
	];
	const made = (parts: Record<number, number>, bytes = 0x4000) =>
		flashOf(
			{
				bytes,
				parts: Object.keys(parts).map((offset) => ({ offset: Number(offset), file: offset })),
			},
			partitions,
			(file) => new Uint8Array(parts[Number(file)]!).fill(1),
		);
	test("contains each part at its place, and is erased elsewhere", () => {
		const flash = made({ 0: 16, 8192: 0x2000 });
		expect([flash.length, flash[15], flash[16], flash[0x1fff], flash[0x3fff]]).toEqual([
			0x4000, 1, 255, 255, 1,
		]);
	});
	test.each<[why: string, parts: Record<number, number>, says: string]>([
		["before a partition runs into it", { 0: 0x1001 }, "0 exceeds its place"],
		["is larger than its partition", { 4096: 0x1001 }, "4096 exceeds store"],
		["is larger than the flash", { 12288: 0x1001 }, "12288 exceeds its place"],
		["begins inside the one before", { 8192: 0x1800, 12288: 1 }, "12288 overlaps"],
	])("is refused where a part %s", (_why, parts, says) => {
		expect(() => made(parts)).toThrow(says);
	});
});
