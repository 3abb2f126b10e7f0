/** A program whose reader ends before it, as `head` does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

test("a program whose reader has ended ends, too, and complains of nothing", async () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-"));
	const file = join(folder, "endless.ts");
	writeFileSync(file, 'setInterval(() => process.stdout.write("line ".repeat(99)), 1);\n');
	try {
		const program = spawn(process.execPath, ["tools/run.mjs", file]);
		let errorOutput = "";
		program.stderr.on("data", (data) => (errorOutput += data));
		program.stdout.once("data", () => program.stdout.destroy());
		const [code] = await once(program, "close");
		expect([code, errorOutput]).toEqual([0, ""]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
