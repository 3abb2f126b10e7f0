/** Engine: one that was compiled from changed sources plays in a page's file, in the place of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { chooseCompiler, compile } from "../../../hosts/virtual/engine/compilers.js";
import { engineJob, machineSources } from "../../../hosts/virtual/engine/engine.js";
import { projectRoot } from "../../../lib/root.mjs";
import { fileOf, makePage } from "../../../sim/pack/page.js";
import { until } from "../../support/until.js";
import { complaintsOf, see } from "../system/pages.js";

const START = "2026-11-24T22:30:00+01:00";

test("an engine with a changed line of C plays in the page", async () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-engine-"));
	const machine = machineSources(projectRoot());
	const effects = "machine/effects.c";
	const changed = `${machine.get(effects)!.toString()}\nint changed(void) { return 42; }\n`;
	machine.set(effects, Buffer.from(changed));
	const cache = join(projectRoot(), ".cache", "packages");
	const job = await engineJob(machine, () => {});
	const engine = await compile(chooseCompiler(), job, folder, cache, () => {});
	const file = join(folder, "street.html");
	const values = { lamps: "3", seed: "7", start: START };
	writeFileSync(file, fileOf(await makePage({ values }, () => {})));
	const seen = await see(pathToFileURL(file).href, { offline: true });
	try {
		const { page } = seen;
		const isEarly = async () => /^22:3/.test((await page.locator("#clock").textContent()) ?? "");
		await page.getByRole("radio", { name: "600×", exact: true }).check({ force: true });
		await until("later", async () => !(await isEarly()));
		await page.setInputFiles("input[type=file]", engine);
		await until("it begins anew", isEarly);
		await page.getByText("All 3 lamps are online.").waitFor();
		expect(complaintsOf(seen)).toEqual([]);
	} finally {
		await seen.close();
		rmSync(folder, { recursive: true });
	}
});
