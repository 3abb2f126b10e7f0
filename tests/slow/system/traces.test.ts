/** Traces: the same seed is the same street, to the byte, in Node, in Chromium and in Firefox. */
import { execFileSync } from "node:child_process";
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { edited } from "../../../sim/checks/edit.js";
import { type Values, wordsOf } from "../../../sim/options/values.js";
import { differenceOf, traceInNode } from "../../sim/run/trace.js";
import { ROOT } from "../support/programs.js";
import { thirtyInputs } from "../support/thirty.js";
import { BrowserStreet } from "../support/traces.js";
import { see } from "./pages.js";

const BROWSERS = ["chromium", "firefox"] as const;
let browsers: readonly BrowserStreet[];
beforeAll(async () => {
	browsers = await Promise.all(BROWSERS.map((which) => BrowserStreet.open(which)));
});
afterAll(() => Promise.all(browsers.map((browser) => browser.close())));

const FAULTS = ["pirDead@5m/3", "powerCut@10m+4m/5", "brokerLost@15m+4m", "brokerSlow@22m+5m"];
const INPUTS = [
	'order@8m/2:{"command":"override","level":60,"expiration":"+10m"}',
	"type@9m/4:status",
	"offer@2m/7:whole.bin",
	"offer@3m/8:spoilt.bin",
	'retained@6m/1:settings/desired/light {"revision":1,"count":1,"settings":{"hold":20}}',
];
const EVENING = { start: "2026-11-24T21:30:00+01:00" };

test.each<[string, Values]>([
	["12 lamps, two hours from dusk", { lamps: "12", seed: "7", neighbours: true, duration: "2h" }],
	["12 lamps, two hours with thirty inputs", thirtyInputs(52)],
	[
		"40 lamps on DALI buses, with faults, orders and updates",
		{
			...{ ...EVENING, lamps: "40", seed: "9", board: "zhaga", duration: "35m" },
			...{ neighbours: true, group: "quay,square", fault: FAULTS, input: INPUTS },
		},
	],
	[
		"200 lamps, with faults, orders and updates",
		{
			...{ ...EVENING, lamps: "200", seed: "11", duration: "30m", neighbours: true },
			...{ "datagram-loss": "5", "slow-link": "1000/2/5", fault: FAULTS, input: INPUTS },
		},
	],
])("%s", async (_what, values) => {
	const node = await traceInNode(values);
	for (const [n, browser] of browsers.entries()) {
		const { text } = await browser.trace(values);
		expect([BROWSERS[n], differenceOf(node.text, text)]).toEqual([BROWSERS[n], undefined]);
	}
	expect(node.text.length).toBeGreaterThan(100_000);
});

/** What a checkout needs to write the page and to run a street. */
const TREES = ["src", "hosts", "lib", "sim", "town", "tools", "city", "docs"];
const FILES = ["package.json", "manifest.json", "tsconfig.json", "LICENSE", "NOTICE"];

/** A page's file runs the street with its own pieces: worker, engine and firmware. */
const RUN_OF_PAGE = `async (values) => {
	const unpacked = (name) => {
		const bytes = Uint8Array.from(atob(document.getElementById(name).textContent), (c) => c.charCodeAt(0));
		return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
	};
	const script = URL.createObjectURL(await unpacked("worker.js").blob());
	const engine = new Uint8Array(await unpacked("engine.wasm").arrayBuffer());
	const worker = new Worker(script);
	const kit = { ...(await unpacked("kit.bin").json()), engine };
	worker.postMessage({ kind: "make", kit, task: { kind: "trace", values } });
	return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data.text ?? data.why)));
}`;

test("a line of src/lighting that is changed in a checkout changes its page and its simulator alike", async () => {
	const copy = mkdtempSync(join(tmpdir(), "luminode-changed-"));
	const [page, trace] = [join(copy, "street.html"), join(copy, "trace.txt")];
	const values: Values = { ...EVENING, lamps: "4", seed: "3", neighbours: true, duration: "20m" };
	try {
		for (const name of [...TREES, ...FILES])
			cpSync(join(ROOT, name), join(copy, name), { recursive: true });
		mkdirSync(join(copy, ".cache"));
		for (const name of ["node_modules", ".cache/engine", ".cache/packages"])
			symlinkSync(join(ROOT, name), join(copy, name));
		const changed = join(copy, "src/lighting/dutypath.ts");
		const later = {
			file: changed,
			find: "points[last] = ramp;",
			replace: "points[last] = ramp + 1;",
		};
		writeFileSync(changed, edited(readFileSync(changed, "utf8"), later));
		const run = (...words: string[]) =>
			execFileSync(process.execPath, ["tools/run.mjs", ...words], { cwd: copy, stdio: "pipe" });
		run("sim/pagemain.ts", "--out", page);
		// second lamps are written from the documents, so they would find the change
		run("sim/main.ts", "--headless", "--second", "off", "--trace", trace, ...wordsOf(values));
		const seen = await see(pathToFileURL(page).href, { offline: true });
		const inPage = await seen.page.evaluate<string>(`(${RUN_OF_PAGE})(${JSON.stringify(values)})`);
		await seen.close();
		const inNode = readFileSync(trace, "utf8");
		expect(differenceOf(inNode, inPage)).toBeUndefined();
		expect(inNode).not.toBe((await traceInNode(values)).text);
	} finally {
		rmSync(copy, { recursive: true });
	}
});
