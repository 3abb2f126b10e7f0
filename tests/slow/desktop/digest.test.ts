/** Two builds of one tree are one image, as far as the SDK builds without ESP-IDF. */
import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";

test("two builds give one digest", () => {
	const digests = [1, 2].map(() => {
		const args = ["tools/run.mjs", "tools/bin/imagecheck.ts", "--board", "esp32-c3"];
		const { stdout, stderr } = spawnSync("node", args, { encoding: "utf8" });
		return /sha256 of the contents ([0-9a-f]{64})/.exec(stdout)?.[1] ?? stderr;
	});
	expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
	expect(digests[1]).toBe(digests[0]);
});
