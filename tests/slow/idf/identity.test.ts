/** The identity of a lamp, made by ESP-IDF's generator, read by its own tool and by our reader. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "@jest/globals";
import { identityOf, sealedSecret } from "../../../tools/factory/identity.js";
import { newNvsKeys, nvsImage } from "../../../tools/factory/nvs.js";
import { CA, CONTENT, KEY, LAMP, UPDATE_KEYS } from "../../support/factory.js";
import { textsIn } from "../../support/nvsreader.js";

const BYTES = 0x10000;
const GOLDEN = "tests/tools/factory/nvs.json";
const folder = mkdtempSync(join(tmpdir(), "luminode-idf-"));
afterAll(() => rmSync(folder, { recursive: true }));

const tool = (path: string, args: readonly string[]) => {
	const script = join(process.env.IDF_PATH ?? "", "components/nvs_flash", path);
	const { stdout, stderr, status } = spawnSync("python3", [script, ...args], { encoding: "utf8" });
	expect([stderr, status]).toEqual(["", 0]);
	return stdout;
};

const lamp = { ...LAMP, key: KEY };
const lampData = { lamp, console: sealedSecret(lamp.secret), certificate: CA };
const values = identityOf(
	{ profile: "release", updateKeys: UPDATE_KEYS, ca: CA },
	lampData,
	CONTENT,
);
const unprefixed = (found: ReadonlyMap<string, string>) =>
	Object.fromEntries([...found].map(([key, value]) => [key.replace(/^luminode:/, ""), value]));

test("plain, it is what IDF's nvs_tool and our reader find", () => {
	const image = nvsImage(values, BYTES, process.env);
	expect(image.length).toBe(BYTES);
	expect(unprefixed(textsIn(image))).toEqual(values);
	expect(readByIdf(image)).toEqual(values);
});

test("encrypted under the lamp's keys, it is the same, and nothing of it in plain", () => {
	const keys = newNvsKeys(process.env);
	const image = nvsImage(values, BYTES, process.env, keys);
	expect([keys.length, image.length]).toEqual([4096, BYTES]);
	expect(image.includes("L-0017")).toBe(false);
	expect(unprefixed(textsIn(image, keys))).toEqual(values);
	expect(() => textsIn(image, newNvsKeys(process.env))).toThrow("checksum");
	const file = (name: string) => join(folder, `${name}.bin`);
	writeFileSync(file("image"), image);
	writeFileSync(file("keys"), keys);
	const generator = "nvs_partition_generator/nvs_partition_gen.py";
	tool(generator, ["decrypt", file("image"), file("keys"), file("plain")]);
	expect(readByIdf(readFileSync(file("plain")))).toEqual(values);
	if (process.env.WRITE_GOLDEN) writeGolden(image, keys);
});

test("the generator's own words are reported", () => {
	expect(() => nvsImage({ [`${"k".repeat(16)}`]: "v" }, BYTES, process.env)).toThrow(
		/^nvs_partition_gen.py: .+/,
	);
});

function readByIdf(image: Buffer): Record<string, string> {
	const path = join(folder, "read");
	writeFileSync(path, image);
	tool("nvs_partition_tool/nvs_tool.py", ["-i", "-d", "none", path]);
	const output = tool("nvs_partition_tool/nvs_tool.py", ["-d", "minimal", "-f", "json", path]);
	const rows = JSON.parse(output) as { namespace: string; key: string; data: string }[];
	expect(new Set(rows.map(({ namespace }) => namespace))).toEqual(new Set(["luminode"]));
	return Object.fromEntries(rows.map(({ key, data }) => [key, data.replace(/\0$/, "")]));
}

/** The image for tests without ESP-IDF (tests/tools/factory/identity.test.ts). */
function writeGolden(image: Buffer, keys: Buffer): void {
	const golden = {
		keys: keys.subarray(0, 68).toString("base64"),
		values,
		image: gzipSync(image, { level: 9 }).toString("base64"),
	};
	writeFileSync(GOLDEN, `${JSON.stringify(golden, undefined, "\t")}\n`);
}
