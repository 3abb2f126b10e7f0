/**
 * The page at the pole writes the vault in place, in Chromium, while terminals write the same file: the
 * secrets of all are in it. The browser's file is a file of the test with Chromium's swap file beside it,
 * since no dialogue can be answered here.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Vault } from "../../../lib/vault/vault.js";
import { poleFiles } from "../../../tools/pole/assets.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";
import { DiskFile } from "../../tools/pole/diskfile.js";
import { ROOT } from "../support/programs.js";
import { Cable, type Opened, openPage } from "./polepage.js";

const PHRASE = "correct horse battery staple";

let folder: string;
let pole: LampOnLine;
let opened: Opened;
const file = (name: string) => join(folder, name);
const button = (name: string) => opened.page.getByRole("button", { name, exact: true });
const inVault = () => Vault.open(file("city.vault"), PHRASE).read();

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	for (const [name, text] of Object.entries(await poleFiles())) writeFileSync(file(name), text);
	writeFileSync(file("site.csv"), "pole,node,site\n*,,liege\nP1,quai-1,\n");
	Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared: { siteKey: "the key of the whole site" },
	}));
	pole = await new LampOnLine("L-0010").fitBroker().plug();
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
	const cable = new Cable();
	opened = await openPage(`file://${file("index.html")}`, cable);
	cable.plug(pole.line.port);
	await handOver(opened.page, new DiskFile(file("city.vault")));
});

afterEach(async () => {
	await opened?.browser.close();
	await pole?.unplug();
	rmSync(folder, { recursive: true });
});

/** What the page gets when a person chooses the file and allows changes. */
async function handOver(page: Page, disk: DiskFile): Promise<void> {
	let writer: Awaited<ReturnType<DiskFile["createWritable"]>>;
	await page.exposeFunction("diskFile", async (step: string, text: string) => {
		if (step === "getFile") return (await disk.getFile()).text();
		if (step === "createWritable") writer = await disk.createWritable();
		else await writer[step as "write" | "close" | "abort"](text);
		return "";
	});
	await page.evaluate(`window.showOpenFilePicker = async () => [{
		name: "city.vault",
		requestPermission: async () => "granted",
		getFile: async () => ({ text: () => diskFile("getFile", "") }),
		createWritable: async () => {
			await diskFile("createWritable", "");
			return {
				write: (text) => diskFile("write", text),
				close: () => diskFile("close", ""),
				abort: () => diskFile("abort", ""),
			};
		},
	}]`);
}

async function openInPlace(): Promise<void> {
	const { page } = opened;
	await page.setInputFiles('input[name="site"]', file("site.csv")); // draws the button, too
	await button("Choose a vault to change in its place ...").click();
	await page.getByText("New secrets will be written to city.vault itself").waitFor();
	await page.getByLabel(/Passphrase/).fill(PHRASE);
	await button("Open the vault").click();
	await page.getByText("The vault is open").waitFor();
	await button("Connect to the lamp").click();
	await page.getByText("This lamp has no secret yet").waitFor();
}

/** `npx luminode vault --put` in a terminal. */
async function put(name: string, value: string): Promise<void> {
	const args = [join(ROOT, "tools/luminode.mjs"), "vault", "--vault", file("city.vault")];
	const env = { ...process.env, LUMINODE_PASSPHRASE: PHRASE };
	const program = spawn(process.execPath, [...args, "--put", name], { env });
	program.stdin.end(`${value}\n`);
	const [code] = await once(program, "exit");
	expect(code).toBe(0);
}

async function commissioned(): Promise<string> {
	const { page } = opened;
	await button("Commission P1").click();
	const seen = page.getByText("Did you see it shine");
	const ended = page
		.getByText(/(PASS|FAIL) pole P1/)
		.or(page.locator(".trouble", { hasText: /./ }));
	await ended.or(seen).first().waitFor();
	if (await seen.isVisible()) await button("Yes").click();
	await ended.first().waitFor();
	return `${await page.locator(".trouble").textContent()}${await page.locator("main").textContent()}`;
}

test("a secret that a terminal put after the page had opened the vault is there after a commissioning", async () => {
	await openInPlace();
	await put("brokerPassword", "hunter2hunter2");
	expect(await commissioned()).toContain("PASS pole P1");
	const { shared, lamps } = inVault();
	expect(shared).toEqual({
		siteKey: "the key of the whole site",
		brokerPassword: "hunter2hunter2",
	});
	expect(lamps).toMatchObject([{ serial: "L-0010", nodes: [expect.anything(), "quai-1"] }]);
	expect(pole.node.settings.brokerPassword).toBe("hunter2hunter2");
	expect(opened.complaints).toEqual([]);
});

test("a terminal that puts secrets during the whole commissioning loses none, and nor does the page", async () => {
	await openInPlace();
	const done = commissioned();
	for (const [index, name] of ["brokerPassword", "wifiPassword", "brokerPassword"].entries())
		await put(name, `hunter2hunter2-${index}`);
	expect(await done).toContain("PASS pole P1");
	const { shared, lamps } = inVault();
	expect(shared).toMatchObject({
		brokerPassword: "hunter2hunter2-2",
		wifiPassword: "hunter2hunter2-1",
	});
	expect(lamps).toHaveLength(1);
});

test("an older copy in its place: the lamp gets no secret, and the page says what to do", async () => {
	const backup = readFileSync(file("city.vault"));
	await put("brokerPassword", "hunter2hunter2");
	await openInPlace();
	writeFileSync(file("city.vault"), backup);
	expect(await commissioned()).toContain("an older copy has taken its place");
	expect(readFileSync(file("city.vault"))).toEqual(backup);
	expect(pole.host.stored.has("secret")).toBe(false);
	const download = opened.page.waitForEvent("download");
	await button("Save a copy of the vault").click();
	expect((await download).suggestedFilename()).toBe("copy-of-city.vault");
	await (await download).saveAs(file("kept.vault"));
	expect(Vault.open(file("kept.vault"), PHRASE).read().shared).toMatchObject({
		brokerPassword: "hunter2hunter2",
	});
});
