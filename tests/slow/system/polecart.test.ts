/**
 * Twelve poles by the page at the pole in Chromium, with the cable pulled and the page killed in the
 * middle: no pole under two names, nothing lost. The firmware is at the other end of a TCP port.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Vault } from "../../../lib/vault/vault.js";
import { newKey, requestOf } from "../../../tools/laptop/provision/certificate.js";
import { recordedIn } from "../../../tools/laptop/site/protocolline.js";
import { poleFiles } from "../../../tools/pole/assets.js";
import { certificateFor } from "../../support/authority.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";
import { Cable, type Opened, openPage } from "./polepage.js";

const LAMPS = 12;
const PHRASE = "correct horse battery staple";
const SITE_KEY = "the key of the whole site";
/** Answers of the lamp after which the cable is pulled, by the lamp's number. */
const PULLED = new Map([
	[2, 3],
	[5, 9],
	[9, 11],
]);
/** Lamps in whose commissioning the page is killed: its last words are those of the tests. */
const KILLED = [3, 7];

let folder: string;
const file = (name: string) => join(folder, name);
const poles: LampOnLine[] = [];
let opened: Opened;
const cable = new Cable();
let saved: string[] = [];
let count = 0;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	for (const [name, text] of Object.entries(await poleFiles())) writeFileSync(file(name), text);
	const rows = Array.from({ length: LAMPS }, (_, index) => `P${index + 1},quai-${index + 1}`);
	writeFileSync(
		file("site.csv"),
		["pole,node,site", "*,,liege", ...rows.map((r) => `${r},`), ""].join("\n"),
	);
	Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared: { siteKey: SITE_KEY },
	}));
	saved = [file("city.vault")];
	for (let index = 1; index <= LAMPS; index += 1) {
		const pole = await new LampOnLine(`L-00${index + 10}`).fitBroker().plug();
		pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
		pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
		poles.push(pole);
	}
	await start();
});

afterAll(async () => {
	await opened?.browser.close();
	for (const pole of poles) await pole.unplug();
	if (folder) rmSync(folder, { recursive: true });
});

const button = (name: string | RegExp) => opened.page.getByRole("button", { name, exact: true });
const last = (name: string) => saved.filter((path) => path.endsWith(name)).at(-1);

/** Opens the page, with the newest vault and protocol that were saved. */
async function start(): Promise<void> {
	opened = await openPage(`file://${file("index.html")}`, cable);
	const { page } = opened;
	page.on("dialog", (dialog) => void dialog.accept());
	page.on("download", (download) => {
		const path = file(`${(count += 1)}-${download.suggestedFilename()}`);
		void download.saveAs(path).then(() => saved.push(path));
	});
	await page.setInputFiles('input[name="site"]', file("site.csv"));
	await page.setInputFiles('input[name="vault"]', last("city.vault")!);
	const protocol = last("protocol.csv");
	if (protocol) await page.setInputFiles('input[name="protocol"]', protocol);
	await page.getByLabel(/Passphrase/).fill(PHRASE);
	await button("Open the vault").click();
	await page.getByText("The vault is open").waitFor();
}

/** `begins`: called as the commissioning begins. */
async function commissioned(pole: LampOnLine, begins: () => void = () => {}): Promise<string> {
	const { page } = opened;
	cable.plug(pole.line.port);
	await button("Connect to the lamp").click();
	await button("Next missing pole").click();
	await page.waitForTimeout(300);
	begins();
	await button(/^Commission P/).click();
	const ended = page.getByText(/(PASS|FAIL) pole P\d+/);
	const seen = page.getByText("Did you see it shine");
	await ended.or(seen).or(page.getByText("Is this the right pole")).first().waitFor();
	if (await seen.isVisible()) await button("Yes").click();
	await ended.first().waitFor();
	return (await page.locator("#commissioned").textContent()) ?? "";
}

/** Pulls the cable once the lamp has given as many answers more. */
function pullAfter(pole: LampOnLine, count: number): void {
	const from = pole.output.length;
	const watch = setInterval(() => {
		if ([...pole.output.slice(from).matchAll(/^ok/gm)].length < count) return;
		clearInterval(watch);
		void cable.pull(opened.page);
	}, 1);
}

async function savedProtocol(): Promise<string> {
	const before = saved.length;
	await button("Save the protocol").click();
	while (saved.length === before) await opened.page.waitForTimeout(50);
	return readFileSync(last("protocol.csv")!, "utf8");
}

const kept = (page: Page): Promise<string> =>
	page.evaluate(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie,
		document.documentElement.outerHTML, [...document.querySelectorAll("input")].map(({ value }) => value)])`);

test("twelve poles, three pulled cables and two killed pages", async () => {
	for (const [index, pole] of poles.entries()) {
		const number = index + 1;
		const pulledAfter = PULLED.get(number);
		if (pulledAfter !== undefined) {
			const outcome = await commissioned(pole, () => pullAfter(pole, pulledAfter));
			expect([number, outcome]).toEqual([
				number,
				expect.stringMatching(/FAIL pole P\d+: .*unplugged/),
			]);
		}
		if (KILLED.includes(number)) {
			await savedProtocol(); // what is saved is what a killed page leaves
			const over = commissioned(pole).catch(() => "killed");
			while (!pole.line.received.includes("test all\r")) await opened.page.waitForTimeout(5);
			await opened.browser.close();
			expect(await over).toBe("killed");
			await start();
		}
		expect([number, await commissioned(pole)]).toEqual([
			number,
			expect.stringMatching(/PASS pole P\d+/),
		]);
		await button("Disconnect").click();
	}
	const protocol = await savedProtocol();
	const passed = recordedIn("protocol.csv", protocol).filter(({ result }) => result === "pass");
	expect(new Set(passed.map(({ pole }) => pole)).size).toBe(LAMPS);
	const names = poles.map((pole) => pole.boot().settings.node);
	expect(new Set(names)).toEqual(
		new Set(Array.from({ length: LAMPS }, (_, index) => `quai-${index + 1}`)),
	);
	for (const { serial, node } of passed)
		expect(names[poles.findIndex(({ host }) => host.serial === serial)]).toBe(node);
	const { lamps } = Vault.open(last("city.vault")!, PHRASE).read();
	expect(lamps.map(({ serial, nodes }) => `${serial} ${nodes.at(-1)}`).sort()).toEqual(
		passed.map(({ serial, node }) => `${serial} ${node}`).sort(),
	);
	await opened.page.locator("#summary").getByText("all poles have passed: 12").waitFor();
	const surfaces = `${await kept(opened.page)}${protocol}`;
	for (const secret of [SITE_KEY, PHRASE, ...lamps.map((lamp) => lamp.secret)])
		expect(surfaces).not.toContain(secret);
	expect(opened.complaints).toEqual([]);
});

test("a label, a certificate with its days left, and a protocol that is none", async () => {
	const { page } = opened;
	const key = newKey();
	const until = Date.now() + 100.5 * 86_400_000;
	writeFileSync(file("lamp.crt.pem"), certificateFor(requestOf("L-0011", key), until));
	await page.setInputFiles('input[name="certificate"]', file("lamp.crt.pem"));
	await page
		.getByText(/^subject CN=L-0011, valid until \d{4}-\d\d-\d\d, days left: 100$/)
		.waitFor();
	await page.setInputFiles('input[name="certificate"]', file("site.csv"));
	await page.getByRole("alert").getByText("is not a certificate in PEM").waitFor();
	writeFileSync(file("semicolons.csv"), "time;result;pole\n1;pass;P1\n");
	await page.setInputFiles('input[name="protocol"]', file("semicolons.csv"));
	await page.getByRole("alert").getByText('has no title "result"').waitFor();
	await button("Français").click();
	await page.getByRole("alert").getByText("n'est pas un protocole").waitFor();
	await page.setInputFiles('input[name="certificate"]', file("lamp.crt.pem"));
	await page
		.getByText(/^sujet CN=L-0011, valable jusqu'au \d{4}-\d\d-\d\d, jours restants : 100$/)
		.waitFor();
});

test("on a phone Commission comes first, and a finger hits every control", async () => {
	const { page } = opened;
	await page.setViewportSize({ width: 390, height: 844 });
	const low = await page.evaluate(
		"[...document.querySelectorAll('button, select, summary, input')].filter((each) => each.offsetHeight > 0 && each.offsetHeight < 48).map((each) => each.outerHTML)",
	);
	expect(low).toEqual([]);
	const { y } = (await page.locator("section").first().boundingBox())!;
	expect(await page.locator("section").first().getAttribute("aria-label")).toMatch(
		/^Commission|en service$/,
	);
	expect(y).toBeLessThan(400);
});

test.each([320, 390, 768, 1280, 1920])(
	"nothing is wider than a screen of %i pixels",
	async (width) => {
		const { page } = opened;
		await page.setViewportSize({ width, height: 800 });
		for (const name of ["English", "Français"]) {
			await button(name).click();
			const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
			expect([name, wide]).toEqual([name, 0]);
		}
	},
);

test.each(["en", "fr"])(
	"the guide to print in %s: a box a step, A4, none cut",
	async (language) => {
		const { page } = opened;
		await page.goto(`file://${file(`guide-${language}.html`)}`);
		const steps = await page.evaluate(
			"document.querySelectorAll('li.step > .box, li.step > p > .box').length",
		);
		const items = await page.evaluate("document.querySelectorAll('li.step').length");
		expect([Number(items) > 20, steps]).toEqual([true, items]);
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
		expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/); // points of A4
		await page.emulateMedia({ media: "print" });
		await page.setViewportSize({ width: 673, height: 1000 });
		expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
		expect(opened.complaints).toEqual([]);
	},
);
