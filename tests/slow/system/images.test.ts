/** An integrator tries an update in the simulator: keys, signatures, the page and a client at the broker. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { signing } from "../../../tools/image/signing.js";
import { espImage } from "../../support/espimage.js";
import { imageOf } from "../../support/images.js";
import { until } from "../../support/until.js";
import { Program } from "../support/programs.js";
import { type Watched, watch } from "./pages.js";

const dir = mkdtempSync(join(tmpdir(), "images-"));
const at = (name: string) => join(dir, name);
const DEVKIT = { chip: "esp32", hardware: "esp32-devkit/1", bytes: 3000 } as const;
/** Name, what it is, version, counter, and for which lamps. */
const IMAGES = [
	["new.bin", imageOf(20_000), "1.2.0", 5, "virtual/1"],
	["dies.bin", Buffer.concat([Buffer.from("DIES"), imageOf(4_000)]), "1.3.0", 6, "virtual/1"],
	["older.bin", imageOf(3_000), "1.1.0", 4, "virtual/1"],
	["other.bin", espImage({ ...DEVKIT, version: "1.2.1" }), "1.2.1", 7, DEVKIT.hardware],
	["forged.bin", imageOf(3_000), "1.4.0", 9, "virtual/1"],
] as const;

let watched: Watched;
let page: Page;

beforeAll(async () => {
	signing(["keys", at("keys"), "--name", "city"]);
	for (const [name, bytes, version, counter, hardware] of IMAGES) {
		writeFileSync(at(name), bytes);
		const args = `--hardware ${hardware} --version ${version} --counter ${counter}`.split(" ");
		const key = ["--key", at("keys/city.key")];
		expect(signing(["image", at(name), ...key, ...args])).toMatchObject({ status: 0 });
	}
	forge(at("forged.bin.header"));
	const images = ["--image", dir, "--image-key", at("keys/city.public")];
	const start = ["--start", "2026-11-24T11:00:00+01:00"]; // by day nobody has to be waited for
	watched = await watch("--lamps", "3", "--seed", "7", ...start, ...images);
	page = watched.page;
});

afterAll(async () => {
	await watched?.close();
	rmSync(dir, { recursive: true });
});

/** Its signature is another's; its header says what it did. */
function forge(path: string): void {
	const header = Buffer.from(readFileSync(path, "utf8"), "base64");
	header[header.length - 1]! ^= 1;
	writeFileSync(path, header.toString("base64"));
}

const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
const summaryOf = (lamp: number) => textOf(`#rollout li[data-lamp='${lamp}'] summary`);
const story = async (lamp: number) =>
	(await page.locator(`#rollout li[data-lamp='${lamp}'] details ol li`).allTextContents()).map(
		(line) => line.replace(/^\d\d:\d\d:\d\d /, ""),
	);
const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });

async function offer(
	image: string,
	to: "all" | "lamp" = "all",
	fields: Record<string, string> = {},
) {
	await page.locator("#image").selectOption(image);
	await page.locator("#offerTo").selectOption(to);
	for (const name of ["spread", "notBefore", "canary"])
		await page
			.locator(`.ordering [name=${name}]`)
			.fill(fields[name] ?? (name === "spread" ? "0" : ""));
	await page.locator(".ordering button[type=submit]").click();
}

const lampSays = (lamp: number, what: RegExp) =>
	until(`lamp ${lamp} says ${what}`, async () => what.test(await summaryOf(lamp)));

test("lists what may be offered", async () => {
	await page.getByText("All 3 lamps are online.").waitFor();
	await page.goto(`http://127.0.0.1:${watched.port}/#view=prove&lamp=1`);
	await page.getByRole("tab", { name: "Firmware" }).click();
	const options = await page.locator("#image option").allTextContents();
	expect(options).toHaveLength(IMAGES.length);
	expect(options.at(-3)).toMatch(/^new.bin: 1.2.0 for virtual\/1, counter 5, 20,000.bytes$/);
	expect(watched.street.output).toContain(
		"image: https://images.street/forged.bin (luminode 1.4.0",
	);
});

test("an image goes from the offer to where it is kept, step by step", async () => {
	await offer("new.bin");
	await until("it is sent", async () => (await textOf("#sent")).includes("3 lamps"));
	expect(await textOf("#payload")).toContain('"url":"https://images.street/new.bin"');
	await speed("10×");
	const seen = new Set<string>();
	await until("it is handed over piece by piece", async () => {
		const [, bytes] = /has sent ([\d,]+) of 20,000/.exec(await textOf("#rollout")) ?? [];
		if (bytes) seen.add(bytes);
		return seen.size > 1;
	});
	await speed("60×");
	await until("three keep it", async () => (await textOf("#stages")) === "kept: 3.");
	expect(await story(2)).toEqual([
		"1.2.0, counter 5: signature valid, right hardware. Waiting for its turn.",
		"Its turn: disconnects from the broker and downloads 1.2.0, 20,000\u00a0bytes.",
		"1.2.0 is complete and equals the signed image. Restarts with it.",
		"Started: activation of a new image. The image is on probation.",
		"Probation is over: 1.2.0 is kept.",
	]);
});

test.each([
	["older.bin", /Update failed: an image with a higher counter was kept here\./],
	["other.bin", /Update failed: the image is for other hardware\./],
	["forged.bin", /Update failed: the signature is wrong\./],
])("%s is refused, and the reason is shown", async (image, why) => {
	await offer(image);
	await lampSays(3, why);
});

test("an image that crashes is rolled back by the lamp to which it was offered", async () => {
	await offer("dies.bin", "lamp");
	await lampSays(1, /this image was rolled back here before/); // the offer is retained, and comes again
	expect((await story(1)).slice(-4)).toEqual([
		"1.3.0 is complete and equals the signed image. Restarts with it.",
		"Started: crash.",
		"Rolled back from 1.3.0: crash or restart on probation.",
		"Update failed: this image was rolled back here before.",
	]);
	expect(await summaryOf(2)).toMatch(/signature is wrong/); // nothing was offered to it
	const counts = "refused or failed: 2 · rolled back: 1.";
	await until(counts, async () => (await textOf("#stages")) === counts);
});

test("stop ends an offer whose turn has not come", async () => {
	await offer("dies.bin", "all", { notBefore: "2026-11-25T13:00" });
	await lampSays(2, /1\.3\.0, counter 6: signature valid, right hardware/);
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await lampSays(2, /Update failed: stopped by an order\./);
	await lampSays(1, /this image was rolled back here before/); // said before the stop came
});

test("any client at the broker may send the offer shown, and the progress is shown in French", async () => {
	await page.getByRole("radio", { name: "Français" }).check({ force: true });
	await offer("dies.bin", "lamp");
	await until("it is sent", async () => (await textOf("#payload")).includes("dies.bin"));
	const text = await textOf("#payload");
	const payload = JSON.stringify({ ...JSON.parse(text), id: "desk-1" });
	const [, broker] = await watched.street.says(/broker: mqtt:\/\/127\.0\.0\.1:(\d+)/);
	const topic = "luminode/1/liege/pole-00003/update";
	const desk = new Program("mosquitto_pub", [
		"-p",
		broker!,
		"-q",
		"1",
		"-r",
		"-t",
		topic,
		"-m",
		payload,
	]);
	expect(await desk.ended()).toBe(0);
	await lampSays(3, /cette image a déjà été abandonnée ici/);
	const lines = (await story(3)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
	expect(lines).toContain(
		"Retour en arrière depuis 1.3.0 : erreur interne ou redémarrage pendant l'essai.",
	);
});

test("the page never complained, and no lamp died but of the image that dies", async () => {
	expect(watched.complaints).toEqual([]);
	await watched.street.stop("SIGINT");
	expect(watched.street.output).toMatch(/deaths 2\b/); // lamps 1 and 3, once each
});
