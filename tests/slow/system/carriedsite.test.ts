/** The page as a folder on a static web server: on a phone's screen, with a town, and with nobody else asked. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Program } from "../support/programs.js";
import { complaintsOf, type Seen, see } from "./pages.js";

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html",
	".css": "text/css",
	".js": "text/javascript",
	".wasm": "application/wasm",
};
const folder = mkdtempSync(join(tmpdir(), "luminode-site-"));
let server: Server;
let seen: Seen;
const asked: string[] = [];

beforeAll(async () => {
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--site", folder, "--town", "example"];
	const made = new Program(process.execPath, words);
	expect([await made.ended(), made.output]).toEqual([0, expect.stringContaining("index.html")]);
	server = createServer(({ url = "/" }, response) => {
		const { pathname } = new URL(url, "http://localhost");
		const name = pathname === "/" ? "index.html" : pathname.slice(1);
		response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
		response.end(readFileSync(join(folder, name)));
	});
	await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
	const { port } = server.address() as AddressInfo;
	seen = await see(`http://127.0.0.1:${port}/`, { viewport: { width: 390, height: 740 } });
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
])("with %j it says what is wrong and writes nothing", async (more, line) => {
	const empty = mkdtempSync(join(tmpdir(), "luminode-site-"));
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--site", empty, ...more];
	const refused = new Program(process.execPath, words);
	expect([await refused.ended(), refused.output]).toEqual([2, expect.stringContaining(line)]);
	expect(readdirSync(empty)).toEqual([]);
	rmSync(empty, { recursive: true });
});
