/**
 * The page at the pole in Chromium, from a file and from its server, with the port replaced by a stream
 * to a lamp of the simulator; and to the firmware in this process, where time is to pass at once.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { recordingIn } from "../../../lib/recording/recordingfile.js";
import { Vault } from "../../../lib/vault/vault.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { poleFiles } from "../../../tools/pole/assets.js";
import { type Served, servePole } from "../../../tools/pole/pole.js";
import { certificateFor } from "../../support/authority.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";
import { type Program, streetAtSerialLines } from "../support/programs.js";
import { type FarEnd, type Opened, openPage } from "./polepage.js";

const PHRASE = "correct horse battery staple";
const SITE_KEY = "the key of the whole site";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const SITE = [
	"pole;node;site;latitude;longitude;fullClass;floorClass;installedMean",
	"*;;liege;;;P4;P6;6,2",
	"P1;quai-1;;50,6452;5,5735;;;",
	"P2;quai-2;;50,6455;5,5739;;;",
	"",
];
/** Virtual seconds a second. */
const SPEED = "10";

let folder: string;
let street: Program;
let served: Served;
const ports: { host: string; port: number }[] = [];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	const files = await poleFiles();
	for (const [name, text] of Object.entries(files)) writeFileSync(file(name), text);
	served = await servePole(files, 0);
	writeFileSync(file("site.csv"), SITE.join("\n"));
	Vault.open(file("city.vault"), PHRASE, CHEAP).update((content) => ({
		...content,
		shared: { siteKey: SITE_KEY },
	}));
	street = streetAtSerialLines(2, SPEED);
	for (const lamp of [1, 2]) {
		const match = await street.says(new RegExp(`serial line of lamp ${lamp}: tcp:(\\S+):(\\d+)`));
		ports.push({ host: match[1]!, port: Number(match[2]) });
	}
});

afterAll(async () => {
	await served?.close();
	await street?.stop("SIGINT");
	if (folder) rmSync(folder, { recursive: true });
});

/** The serial line of a lamp of the simulator. */
function lineOf(index: number): FarEnd & { end(): void } {
	const socket: Socket = connect(ports[index]!);
	socket.on("error", () => {});
	return {
		write: (text) => void socket.write(Buffer.from(text, "latin1")),
		listen: (receive) => void socket.on("data", (bytes) => receive(bytes.toString("latin1"))),
		end: () => void socket.destroy(),
	};
}

const button = (page: Page, name: string | RegExp) =>
	page.getByRole("button", { name, exact: true });

async function openFiles(page: Page, vault: string): Promise<void> {
	await page.setInputFiles('input[name="site"]', file("site.csv"));
	await page.setInputFiles('input[name="vault"]', vault);
	await page.getByLabel(/Passphrase/).fill(PHRASE);
	await button(page, "Open the vault").click();
	await page.getByText("The vault is open").waitFor();
}

/** Everything that a browser keeps of the page. */
const kept = (page: Page): Promise<string> =>
	page.evaluate(`(async () => JSON.stringify([
		{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(),
		await caches.keys().catch(() => []), // a file has no caches
		document.documentElement.outerHTML,
		[...document.querySelectorAll("input")].map(({ value }) => value),
	]))()`);

describe.each(["file", "server"] as const)("from the %s", (from) => {
	const index = from === "file" ? 0 : 1;
	const pole = `P${index + 1}`;

	test("commissions a lamp of the simulator; vault and protocol are the laptop's", async () => {
		const url = from === "file" ? `file://${file("index.html")}` : served.url;
		const line = lineOf(index);
		const { browser, page, complaints } = await openPage(url, line);
		try {
			const saved: string[] = [];
			page.on("download", (download) => {
				const path = file(`${from}-${saved.length}-${download.suggestedFilename()}`);
				saved.push(path);
				void download.saveAs(path);
			});
			await openFiles(page, file("city.vault"));
			await page.selectOption('select[name="pole"]', pole);
			await button(page, "Connect to the lamp").click();
			await page.getByText("This lamp has no secret yet").waitFor();
			await button(page, `Commission ${pole}`).click();
			// a lamp of the simulator has a name of the street already
			await page.getByText("Is this the right pole all the same?").waitFor();
			await button(page, "Yes").click();
			await page.getByText("Did you see it shine").waitFor();
			await button(page, "Yes").click();
			await page.getByText(new RegExp(`(PASS|FAIL) pole ${pole}`)).waitFor();
			expect(await page.locator("#commissioned").textContent()).toMatch(
				new RegExp(`PASS pole ${pole}`),
			);
			await button(page, "Save the protocol").click();
			await page.waitForTimeout(500);
			const protocol = readFileSync(saved.find((path) => path.endsWith("protocol.csv"))!, "utf8");
			expect(protocol).toMatch(
				new RegExp(`^\\S+,pass,liege,${pole},quai-${index + 1},.*,seen,`, "m"),
			);
			const last = saved.filter((path) => path.endsWith("city.vault")).at(-1)!;
			const [lamp] = Vault.open(last, PHRASE).read().lamps; // Node's own crypto
			expect(lamp).toMatchObject({ nodes: [expect.anything(), `quai-${index + 1}`] });
			expect(complaints).toEqual([]);
			const surfaces = `${await kept(page)}${protocol}`;
			for (const secret of [lamp!.secret, SITE_KEY, PHRASE]) expect(surfaces).not.toContain(secret);
			// logs in by the vault, explains, forecasts
			await button(page, "Log in").click();
			await page
				.locator("#why")
				.getByText(/The program asks for|dark/)
				.first()
				.waitFor();
			for (const [question, answer] of [
				["Why lit by day?", /^because: /m],
				["Why offline?", /^broker {3}/m],
				["Is the sensor alive?", /^light {4}/m],
				["What was changed?", /^brokerHost = /m],
				["Why dark?", /^next: /m],
			] as const) {
				await button(page, question).click();
				await page.locator("#why").getByText(answer).waitFor();
			}
			expect(await page.locator("svg path.level").getAttribute("d")).toMatch(/^M.+H/);
			expect(await kept(page)).not.toContain(lamp!.secret);
			await button(page, "Open the terminal").click();
			await page.locator("#screen").getByText("luminode>").first().waitFor();
			await page.getByLabel("Line for the lamp").fill("status");
			await button(page, "Send").click();
			await page
				.locator("#screen")
				.getByText(`liege/quai-${index + 1}`)
				.waitFor();
			await button(page, "Close the terminal").click();
			await button(page, "Français").click();
			await page.getByRole("heading", { name: "Au mât" }).waitFor();
			expect(complaints).toEqual([]);
		} finally {
			line.end();
			await browser.close();
		}
	});
});

describe("a lamp in this process", () => {
	/** A commissioned lamp behind the page, logged in. */
	async function opened(): Promise<Opened & { pole: LampOnLine; stop(): Promise<void> }> {
		const pole = new LampOnLine("fake-7");
		pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
		pole.type("\rsecret LEFT-OPEN-BY-A-COLLEAGUE\r");
		let receive: (text: string) => void = () => {};
		const line: FarEnd = {
			write: (text) => receive(pole.type(text)),
			listen: (to) => {
				receive = to;
			},
		};
		const all = await openPage(`file://${file("index.html")}`, line);
		await button(all.page, "Connect to the lamp").click();
		await button(all.page, "All reasons").click();
		await all.page.locator("#why").getByText(/./).first().waitFor();
		return { ...all, pole, stop: () => all.browser.close() };
	}

	test("a certificate's file is compared with the lamp's own, its CA, and a new one beside", async () => {
		const { page, pole, stop } = await opened();
		const names = ["ca", "own", "renewed", "foreign"];
		const files = names.map((name) => certificateFor(requestOf(name, newKey())));
		for (const [index, name] of names.entries()) writeFileSync(file(`${name}.pem`), files[index]!);
		for (const [index, key] of ["tls.ca", "tls.cert"].entries())
			pole.host.store.write(key, files[index]!);
		pole.node.settingsManager.certificates.stage("cert", files[2]!);
		try {
			const verdicts: (string | null)[] = [];
			for (const name of names) {
				await page.setInputFiles('input[name="certificate"]', file(`${name}.pem`));
				await page.locator("#certificate", { hasText: name }).waitFor();
				verdicts.push(await page.locator("#certificate").textContent());
			}
			expect(verdicts.map((verdict) => /\. (.*)$/.exec(verdict ?? "")?.[1])).toEqual([
				"It is the CA of the lamp.",
				"It is the lamp's own.",
				"It is the lamp's own.",
				"The lamp has another one, or none.",
			]);
		} finally {
			await stop();
		}
	});

	test("closed in the middle of a trial, it goes back", async () => {
		const { page, pole, stop } = await opened();
		try {
			await page.getByLabel("fallTime", { exact: true }).fill("44");
			await button(page, "Apply for 10 minutes").click();
			await page.getByText(/In force on trial; \d+:\d\d left/).waitFor();
			expect(pole.node.settings.fallTime).toBe(44_000);
		} finally {
			await stop();
		}
		pole.pass(10 * 60_000 + 1000);
		expect(pole.node.settings.fallTime).toBe(10_000);
	});

	test("is recorded; confirmed it stays, and a refusal is shown with the rule", async () => {
		const { page, pole, stop } = await opened();
		try {
			await page.setViewportSize({ width: 360, height: 740 });
			await page.evaluate("window.showSaveFilePicker = undefined"); // nobody answers its dialogue
			await button(page, "Record").click();
			await page.getByText(/^Inputs: \d+, levels: \d+\./).waitFor();
			const download = page.waitForEvent("download");
			await button(page, "End and save").click();
			const name = (await download).suggestedFilename();
			expect(name).toMatch(/^fake-7-\d{4}-\d\d-\d\dT\d{4}\.recording$/);
			await page.getByText(`Saved as ${name}.`).waitFor();
			await (await download).saveAs(file(name));
			const recording = recordingIn(name, readFileSync(file(name), "utf8"));
			expect(recording).toMatchObject({ node: "fake-7", isBlurred: true });
			await page.getByLabel("fallTime", { exact: true }).fill("44");
			await button(page, "Apply for 10 minutes").click();
			await button(page, "Confirm").click();
			await page.getByText("The settings are kept.").waitFor();
			await page.getByLabel("floorLevel", { exact: true }).fill("130");
			await button(page, "Apply for 10 minutes").click();
			await page.getByText(/floorLevel is unchanged: must be 0 to 100 %/).waitFor();
			expect(pole.boot().settings.fallTime).toBe(44_000);
		} finally {
			await stop();
		}
	});
});

test("without Web Serial it says so, and still previews", async () => {
	const { browser, page, complaints } = await openPage(`file://${file("index.html")}`, undefined);
	try {
		await page.getByText("This browser has no Web Serial").waitFor();
		expect(await button(page, "Connect to the lamp").count()).toBe(0);
		await page.setInputFiles('input[name="site"]', file("site.csv"));
		await page.getByText("Poles: 2", { exact: true }).waitFor();
		await page
			.locator("figcaption")
			.getByText(/^Forecast, night of/)
			.waitFor();
		expect(complaints).toEqual([]);
	} finally {
		await browser.close();
	}
});

test("its policy has no exception, and a foreign script does not run", async () => {
	const html = readFileSync(file("index.html"), "utf8");
	expect(html).toContain("default-src 'none'");
	expect(html).not.toMatch(/unsafe|\*|data:|https?:/);
	const { browser, page } = await openPage(served.url, undefined);
	try {
		const ran = await page.evaluate(`(() => {
			const script = document.createElement("script");
			script.textContent = "globalThis.foreign = true";
			document.body.append(script);
			return "foreign" in globalThis;
		})()`);
		expect(ran).toBe(false);
		expect((await fetch(`${served.url}../package.json`)).status).toBe(404);
	} finally {
		await browser.close();
	}
});
