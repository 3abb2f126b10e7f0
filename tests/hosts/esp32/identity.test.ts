/** A controller whose store ESP-IDF's generator made (tests/slow/idf/identity.test.ts) has that identity. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { textsIn } from "../../support/nvsreader.js";
import { rigOf } from "./rig.js";

test("a controller is named by the store of the factory, and has its keys of images", () => {
	const golden = JSON.parse(readFileSync("tests/tools/factory/nvs.json", "utf8"));
	const image = gunzipSync(Buffer.from(golden.image, "base64"));
	const texts = textsIn(image, Buffer.from(golden.keys, "base64"));
	const { pole } = rigOf(({ nvs }) => {
		for (const [key, value] of texts) nvs.set(key.replace("luminode:", ""), value);
	});
	expect(pole.serial).toBe("L-0017");
	expect(pole.store.read("update.key")).toMatch(/^[0-9a-f]{128}\n[0-9a-f]{128}$/);
});
