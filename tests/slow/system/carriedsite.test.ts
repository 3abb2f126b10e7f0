/** The page as a folder on a static web server: on a phone's screen, with a town, and with nobody else asked. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Program } from "../support/programs.js";
import { served } from "../support/served.js";
import { complaintsOf, type Seen, see } from "./pages.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-site-"));
let server: Awaited<ReturnType<typeof served>>;
let seen: Seen;
const asked: string[] = [];

beforeAll(async () => {
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--site", folder, "--town", "example"];
	const made = new Program(process.execPath, words);
	expect([await made.ended(), made.output]).toEqual([0, expect.stringContaining("index.html")]);
	server = await served(folder);
	seen = await see(server.url, { viewport: { width: 390, height: 740 } });
	seen.page.on("request", (request) => asked.push(request.url()));
});
afterAll(async () => {
	await seen?.close();
	server?.close();
	rmSync(folder, { recursive: true });
});

test("it opens with the town, and one of its streets runs live", async () => {
	const { page } = seen;
	await page
		.getByText(/Ville de Montpellier/)
		.first()
		.waitFor();
	await page.goto(`${seen.url}#view=show&lang=en`);
	await page.getByText(/^All \d+ lamps are online\.$/).waitFor();
	await page.locator(".plates li").first().waitFor();
});

// security: a page that is passed on loads or sends something
test("nobody else was asked, and it never complained", () => {
	const { origin } = new URL(seen.url);
	const elsewhere = asked.filter((url) => !url.startsWith(origin) && !/^(blob|data):/.test(url));
	expect([elsewhere, complaintsOf(seen)]).toEqual([[], []]);
});

test.each([
	[
		["--second", "on"],
		"--second: a page cannot have it; the simulator can: npm start -- --second ...",
	],
	[["--port", "8000"], "--port: a page cannot have it; the simulator can: npm start -- --port ..."],
	[["--out", "street.html"], "say where: --site DIR or --out FILE, one of them"],
	[["--engine", "nowhere.wasm"], "--engine nowhere.wasm: cannot be read (ENOENT)"],
	[["--engine", "README.md"], "--engine README.md: is not a WebAssembly module"],
])("with %j it says what is wrong and writes nothing", async (more, line) => {
	const empty = mkdtempSync(join(tmpdir(), "luminode-site-"));
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--site", empty, ...more];
	const refused = new Program(process.execPath, words);
	expect([await refused.ended(), refused.output]).toEqual([2, expect.stringContaining(line)]);
	expect(readdirSync(empty)).toEqual([]);
	rmSync(empty, { recursive: true });
});

test.each([
	[
		"README.md/street.html",
		"--out README.md/street.html: cannot be written (README.md is not a folder)",
	],
	["docs", "--out docs: is a folder; name a file in it"],
])("a page that cannot be written to %s is refused before its nights", async (path, line) => {
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--out", path, "--town", "example"];
	const refused = new Program(process.execPath, words);
	expect([await refused.ended(), refused.output]).toEqual([2, `luminode page: ${line}\n`]);
});
