/** The page and the technician's port of a running street: Chromium and socat. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { PATIENCE, pause } from "../../support/until.js";
import { sheetsOf } from "../support/paper.js";
import { Program } from "../support/programs.js";
import { actAtPage, STREET } from "./pageacts.js";
import { complaintsOf, type Watched, watch } from "./pages.js";

let watched: Watched;
let page: Page;

beforeAll(async () => {
	watched = await watch(...STREET, "--serial", "9");
	page = watched.page;
});

afterAll(() => watched?.close());

const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });
const view = (name: string) => page.getByRole("button", { name, exact: true }).click();

/** In the page: mean luminance of the ground under lamps 6 and 9, and the width that is half as bright. */
const POOLS = `(() => {
			const canvas = document.querySelector("canvas");
			const { width, height } = canvas;
			const pitch = width / 12;
			const linear = (value) =>
				value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
			const rowOf = (lamp) => {
				const x = Math.round((lamp - 1) * pitch);
				const y = Math.round(height * 0.72);
				const tall = Math.round(height * 0.16);
				const { data } = canvas.getContext("2d").getImageData(x, y, Math.round(pitch), tall);
				const wide = Math.round(pitch);
				const columns = new Array(wide).fill(0);
				for (let n = 0; n < data.length; n += 4)
					columns[(n / 4) % wide] +=
						(0.2126 * linear(data[n]) +
							0.7152 * linear(data[n + 1]) +
							0.0722 * linear(data[n + 2])) /
						tall;
				return columns;
			};
			const mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length;
			const widthOf = (all) =>
				all.filter((one) => one > Math.max(...rowOf(6)) / 2).length;
			return [mean(rowOf(6)), mean(rowOf(9)), widthOf(rowOf(6)), widthOf(rowOf(9))];
})()`;

actAtPage(() => watched);

test("Show: a comma is a decimal sign in an English browser too; 32 € is asked about", async () => {
	await page.goto(`${watched.url}#view=show&lang=en`);
	await page.getByText("Price of a kWh", { exact: true }).click();
	const price = page.getByLabel("Electricity, € a kWh");
	await price.clear();
	await price.pressSequentially("0,32");
	await page.locator(".figures input[type=month]").fill("2026-11");
	await page.getByText(/^at 0\.32.€ per kWh$/).waitFor();
	const report = page.waitForEvent("popup");
	await page.getByRole("link", { name: "Print the report of this run" }).click();
	expect((await report).url()).toMatch(/\/report\?lang=en&price=0\.32$/);
	await (await report).close();
	await price.fill("32");
	await page.getByText("Confirm your price to see it").waitFor();
	await page.getByRole("button", { name: /^No, 0\.32.€$/ }).click();
	await page.getByText(/^at 0\.32.€ per kWh$/).waitFor();
	expect(await price.inputValue()).toBe("0.32");
	await price.fill("32");
	await page.getByRole("button", { name: /^Yes, 32.€$/ }).click();
	await page.getByText(/^at 32\.00.€ per kWh$/).waitFor();
	await price.fill("three");
	await page.getByText("“three” is not an amount, such as 60 or 60-90.").waitFor();
	await price.fill("");
});

test("a pool at full is 2.5 times as bright on the canvas as at 60 %, and wider", async () => {
	const dark = await watch(
		"--neighbours",
		"--quiet",
		"--lamps",
		"12",
		"--start",
		"2026-11-24T18:00:00+01:00",
	);
	try {
		await dark.page.getByText("All 12 lamps are online.").waitFor();
		const body = { lamp: 9, to: "lamp", name: "Emergency", fields: {} };
		await dark.page.evaluate((order) => {
			const headers = { "Content-Type": "application/json" };
			void fetch("/order", { method: "POST", headers, body: JSON.stringify(order) });
		}, body);
		await dark.page.getByRole("button", { name: /^Lamp 9 ?: 100.% ?, emergency/ }).waitFor();
		await pause(2_000);
		const [at60, at100, wide60, wide100] = await dark.page.evaluate<number[]>(POOLS);
		expect(at100! / at60!).toBeGreaterThanOrEqual(2.5);
		expect(wide100!).toBeGreaterThan(wide60!);
	} finally {
		await dark.close();
	}
});

test("two options are compared; a simulator that ends is announced across the page, without colour", async () => {
	const args = ["--neighbours", "--lamps", "2", "--start", "2026-11-24T18:00:00+01:00"];
	const ending = await watch(...args);
	try {
		await ending.page.getByText("All 2 lamps are online.").waitFor();
		await ending.page.getByRole("button", { name: "Prove", exact: true }).click();
		await ending.page.getByRole("button", { name: "Simulate both" }).click();
		const kept = ending.page.getByRole("row", { name: "Checks all kept all kept" });
		await kept.waitFor();
		const energy = await ending.page.getByRole("row", { name: /^Energy, kWh/ }).textContent();
		expect(energy).toMatch(/^Energy, kWh\d\.\d{3}\d\.\d{3}$/);
		await ending.page.getByRole("button", { name: "Show", exact: true }).click();
		await ending.street.stop("SIGKILL");
		await ending.page
			.getByRole("alert")
			.getByText(/^The simulator cannot be reached\. The picture stands still since \d\d:\d\d/)
			.waitFor();
		expect(await ending.page.locator(".street.still").count()).toBe(1);
		await ending.page.getByRole("button", { name: "Prove", exact: true }).click();
		await ending.page.getByRole("alert").waitFor();
	} finally {
		await ending.close();
	}
});

test("a dead LED is drawn dark, and a lost lamp is offline with its time", async () => {
	const post = (path: string, body: object) =>
		page.evaluate(
			async ([where, text]) => {
				const headers = { "Content-Type": "application/json" };
				await fetch(where!, { method: "POST", headers, body: text! });
			},
			[path, JSON.stringify(body)],
		);
	await view("Show");
	await post("/fault", { name: "lampDead", lamp: 2 });
	await post("/fault", { name: "powerCut", lamp: 8 });
	await page
		.getByRole("button", { name: /^Lamp 2 ?: .*gives no light, though it reports/ })
		.waitFor();
	await speed("600×");
	await page.getByRole("button", { name: /^Lamp 8 ?: .*no power$/ }).waitFor();
	await speed("10×");
});

test("the report of the run opens for printing, in both languages", async () => {
	for (const [language, title] of [
		["en", /^Report of a simulated street/],
		["fr", /^Rapport d'une rue simulée/],
	] as const) {
		const context = await page.context().browser()!.newContext();
		const report = await context.newPage();
		report.setDefaultTimeout(PATIENCE);
		await report.goto(`http://127.0.0.1:${watched.port}/report?lang=${language}&price=0.32`);
		const money = language === "en" ? /at 0\.320.€ per kWh/ : /à 0,320.€ le kWh/;
		await report.getByText(money).waitFor();
		expect(await report.getByRole("heading", { level: 1 }).textContent()).toMatch(title);
		expect(await report.locator(".plot").count()).toBe(3);
		expect(await sheetsOf(report)).toBe(2);
		await context.close();
	}
});

test("the page is under 250 KB gzipped, and never complained", async () => {
	let bytes = 0;
	for (const path of ["", "page.js", "page.css"]) {
		const response = await fetch(`http://127.0.0.1:${watched.port}/${path}`);
		bytes += gzipSync(Buffer.from(await response.arrayBuffer())).length;
	}
	expect(bytes).toBeLessThan(250_000);
	// an answer that a busy machine gave too late (504, which the page shows) is none
	expect(complaintsOf(watched).filter((text) => !/\b504\b/.test(text))).toEqual([]);
});

test("answers nobody who does not name the loopback interface, and takes JSON only", async () => {
	const url = `http://127.0.0.1:${watched.port}/speed`;
	const foreign = await fetch(url, { method: "POST", body: "speed=0" });
	expect(foreign.status).toBe(415);
	const headers = { "Content-Type": "application/json" };
	const wrong = await fetch(url, { method: "POST", headers, body: '{"speed":-1}' });
	expect(wrong.status).toBe(400);
	const curl = new Program(process.execPath, [
		"-e",
		`require("http").get({port:${watched.port},headers:{host:"street.example"}},r=>{console.log(r.statusCode);process.exit()})`,
	]);
	await curl.says(/403/);
	await curl.ended();
});

// security: another site's page reads the street or orders
test("another site's page reaches no data and no lamp through the visitor's browser", async () => {
	const [, shared] = await watched.street.says(/serial lines: 127\.0\.0\.1:(\d+)/);
	const [, alone] = await watched.street.says(/line of lamp 9: tcp:127\.0\.0\.1:(\d+)/);
	const origin = `http://127.0.0.1:${watched.port}`;
	const socat = new Program("socat", ["-", `TCP:127.0.0.1:${shared}`], "pipe");
	await socat.says(/Which one\?/);
	socat.type("lamp 9\n");
	await socat.says(/luminode> $/);
	const before = socat.output;
	const site = createServer((_request, response) => void response.end("<!doctype html>"));
	await new Promise<void>((listens) => site.listen(0, "127.0.0.1", () => listens()));
	const { port } = site.address() as AddressInfo;
	const context = await page.context().browser()!.newContext();
	const foreign = await context.newPage();
	foreign.setDefaultTimeout(PATIENCE);
	try {
		await foreign.goto(`http://localhost:${port}/`);
		const statuses: number[] = [];
		foreign.on("response", (response) => statuses.push(response.status()));
		await foreign.evaluate(
			async ([pageOrigin, ...lines]) => {
				const long = `lamp 9\r\nhelp\r\n${" ".repeat(2_000)}`; // in a segment of its own
				const tries: [string, RequestInit][] = [
					[`${pageOrigin}/events`, {}],
					[`${pageOrigin}/serial?lamp=1`, {}],
					[`${pageOrigin}//`, {}],
					[`${pageOrigin}/speed`, { method: "POST", body: '{"speed":0}' }],
				];
				for (const line of lines)
					tries.push([`http://127.0.0.1:${line}/`, { method: "POST", body: long }]);
				for (const [url, init] of tries)
					await fetch(url, { mode: "no-cors", signal: AbortSignal.timeout(2_000), ...init }).catch(
						() => {},
					);
			},
			[origin, shared, alone],
		);
		expect(statuses.filter((status) => status < 400)).toEqual([]);
		await pause(1_000); // a lamp that was typed at answers at once
		expect(socat.output).toBe(before);
	} finally {
		await socat.stop();
		await context.close();
		site.closeAllConnections();
		site.close();
	}
});

test("socat at the technician's port: help and status are answered", async () => {
	const [, console_] = await watched.street.says(/serial lines: 127\.0\.0\.1:(\d+)/);
	const socat = new Program("socat", ["-", `TCP:127.0.0.1:${console_}`], "pipe");
	try {
		await socat.says(/Which one\?/);
		socat.type("lamp 5\n");
		await socat.says(/luminode> /);
		socat.type("secret street-of-twelve-5\r");
		await socat.says(/is set[\s\S]*luminode> /);
		socat.type("help\r");
		await socat.says(/help[\s\S]*tonight[\s\S]*-- more --/); // a screen has 24 lines
		socat.type("    "); // the further screens
		await socat.says(/-- more --[\s\S]*luminode> /);
		socat.type("status\r");
		await socat.says(/status\s[\s\S]*%[\s\S]*luminode> /);
	} finally {
		await socat.stop();
	}
});

test("no lamp died of all that", async () => {
	await watched.street.stop("SIGINT"); // its last words matter; so this comes last
	expect(watched.street.output).toMatch(/deaths 0/);
});

describe("a run that fails", () => {
	// security: a run that has failed looks alive
	test("says so on the page, in both languages, and the process ends", async () => {
		const start = "2026-11-24T16:45:00+01:00";
		const args = ["--lamps", "12", "--seed", "7", "--trace", "/dev/full", "--start", start];
		const failing = await watch(...args);
		try {
			const banner = failing.page.getByRole("alert");
			expect(await banner.count()).toBe(0);
			await failing.page.getByRole("radio", { name: "Max" }).check({ force: true });
			await banner.waitFor();
			expect(await banner.textContent()).toMatch(
				/^An error ended the run: ENOSPC: no space left on device, write\. /,
			);
			expect(await failing.street.ended()).toBe(3);
			expect(failing.street.output).toMatch(/^the run failed at [\dT:.-]+Z: ENOSPC/m);
			const clock = await failing.page.locator("#clock").textContent();
			await pause(1_000);
			expect(await failing.page.locator("#clock").textContent()).toBe(clock);
			await failing.page.getByRole("radio", { name: "Français" }).check({ force: true });
			expect(await banner.textContent()).toMatch(/^Une erreur a mis fin à la simulation\s: ENOSPC/);
			await failing.page.setViewportSize({ width: 390, height: 844 });
			const box = await banner.boundingBox();
			expect(box!.x >= 0 && box!.x + box!.width <= 390).toBe(true);
		} finally {
			await failing.close();
		}
	});
	test("one that was to end says that it has", async () => {
		const short = await watch("--lamps", "1", "--speed", "60", "--duration", "10m");
		try {
			const banner = short.page.getByRole("alert");
			await banner.waitFor();
			expect(await banner.textContent()).toMatch(/^The run has ended\./);
			expect(await short.street.ended()).toBe(0);
		} finally {
			await short.close();
		}
	});
});
