/** The page with a town as one file: its streets open and run live in it, by `file://` with the network cut. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SOURCES } from "../../../sim/cli/words.js";
import { optionsOf } from "../../../sim/options/options.js";
import { Speech } from "../../../sim/page/client/words.js";
import { prepare } from "../../../sim/run/scenario.js";
import { townServerOf } from "../../../town/main.js";
import { Program } from "../support/programs.js";
import { complaintsOf, lightsFile, type Seen, see } from "./pages.js";

/** Largest file of a town as large as Montpellier, bytes. */
const MOST = 3_000_000;
const OPTIONS = optionsOf({ town: "example" }, SOURCES);

const folder = mkdtempSync(join(tmpdir(), "luminode-town-"));
const file = join(folder, "town.html");
const en = new Speech("en", "Europe/Paris");
let seen: Seen;

beforeAll(async () => {
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--out", file, "--town", "example"];
	const made = new Program(process.execPath, words);
	expect([await made.ended(), made.output]).toEqual([0, expect.stringContaining(file)]);
	seen = await see(pathToFileURL(file).href, { offline: true });
});
afterAll(async () => {
	await seen?.close();
	rmSync(folder, { recursive: true });
});

test("each street of the town is one that can run", async () => {
	const server = await townServerOf({ ...OPTIONS, keeps: true }, () => {});
	if (typeof server === "string") throw new Error(server);
	const { shownTown } = server;
	const { streets } = shownTown.about.town;
	const cannot = streets.filter(
		(_, n) => typeof prepare(optionsOf(shownTown.streetValues(n)!, SOURCES)) === "string",
	);
	expect([streets.length > 2_000, cannot]).toEqual([true, []]);
});

/** Chooses a street of the town in sight by its name, and runs it. */
async function runLive(street: string) {
	const { page } = seen;
	await page.goto(`${page.url().replace(/#.*/, "")}#view=town&lang=en`);
	const field = page.getByRole("combobox", { name: en.say("town.street") });
	await field.fill(street);
	await field.press("Enter");
	const card = page.locator(".townCard");
	const [, lights] = /(\d+) lights/.exec((await card.textContent())!)!;
	await card.getByRole("button", { name: en.say("town.show") }).click();
	await page.getByText(`All ${lights} lamps are online.`).waitFor();
	await page.getByRole("button", { name: /^Lamp 2 ?: \d+.% ?, / }).click();
	await page.locator(".reasons li").first().waitFor();
}

test.each(["Rue Foch", "Avenue d'Assas", "Rue de l'Aiguillerie"])(
	"%s of the example town runs live in the file",
	runLive,
);

test("a commune's own file: its nights are simulated first, and both of its streets run live", async () => {
	const [csv, html] = ["commune.csv", "commune.html"].map((name) => join(folder, name));
	writeFileSync(csv!, lightsFile());
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--out", html!, "--town", csv!];
	const made = new Program(process.execPath, words);
	expect([await made.ended(), made.output]).toEqual([0, expect.stringContaining(html!)]);
	await seen.page.goto(pathToFileURL(html!).href);
	for (const street of ["Rue du Moulin", "Rue de l'Église"]) await runLive(street);
});

test("the file has 3 MB at most, and never complained", () => {
	expect(statSync(file).size).toBeLessThanOrEqual(MOST);
	expect(complaintsOf(seen)).toEqual([]);
});
