/** The page and the technician's port of a running street: Chromium and socat. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Program, pause } from "../support/programs.js";
import { until, type Watched, watch } from "./pages.js";

let watched: Watched;
let page: Page;

beforeAll(async () => {
	const start = "2026-11-24T22:30:00+01:00"; // the program dims, people still come by
	watched = await watch("--lamps", "12", "--seed", "7", "--start", start, "--serial", "9");
	page = watched.page;
}, 300_000);

afterAll(() => watched?.close());

const lamps = () => page.locator("#lamps li button");
const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";

test("shows twelve lamps with the level and reason that they reported", async () => {
	const told = /^\d+\u00a0%(program|presence|default|order)\d+$/;
	await until(
		"twelve reports",
		async () => {
			const texts = await lamps().allTextContents();
			return texts.filter((text) => told.test(text)).length === 12;
		},
		60_000,
	);
	expect(await page.getByRole("button", { name: /^Lamp \d+: \d+.%, \w+/ }).count()).toBe(12);
	expect(await textOf("#online")).toBe("12 / 12");
});

test("a level changes when someone passes", async () => {
	await page.getByRole("radio", { name: "60×" }).check({ force: true });
	const seen = new Map<number, Map<string, number>>();
	await until(
		"one lamp by its program, then brighter by presence",
		async () => {
			for (const [nth, text] of (await lamps().allTextContents()).entries()) {
				const [, level, reason] = /^(\d+)\u00a0%(\D+)/.exec(text) ?? [];
				const levels = seen.get(nth) ?? new Map<string, number>();
				seen.set(nth, levels);
				if (reason) levels.set(reason, Number(level));
				if ((levels.get("presence") ?? 0) > (levels.get("program") ?? 100)) return true;
			}
			return false;
		},
		120_000,
	);
}, 150_000);

test("a click shows why, in the lamp's own words, and its serial line answers", async () => {
	await page.getByRole("radio", { name: "10×" }).check({ force: true });
	await page.locator("li[data-lamp='3'] button").click();
	await page.waitForSelector("#explanation li", { timeout: 20_000 });
	expect(await textOf("#who")).toBe("Lamp 3");
	expect((await page.locator("#explanation li").allTextContents()).join()).toMatch(/\d+.%/);
	await page.waitForSelector("#ahead li", { timeout: 20_000 });
	const night = await page.locator("#ahead li").allTextContents();
	expect(night[0]).toMatch(/^16:\d\d The program asks for 60\u00a0% \(sunset 60\)\.$/);
	expect(night.at(-1)).toMatch(/^0[78]:\d\d Off\.$/);
	expect(await page.locator("#ahead rect").count()).toBe(night.length - 1);
	expect(await page.locator("#ahead .now").count()).toBe(1); // it is night
	expect(await textOf("#ahead p")).toMatch(/^15\.\d\u00a0h of light and 0\.\d\d\u00a0kWh/);
	for (const line of ["secret street-of-twelve-3", "status"]) {
		await page.locator("#typed").fill(line);
		await page.locator("#typed").press("Enter");
	}
	await until("an answer on the serial line", async () =>
		/status\n[\s\S]*\nluminode> $/.test(await textOf("#terminal")),
	);
});

/** Fills the form in and sends it. @returns what the page says of the answers */
async function order(to: string, what: string, fields: Record<string, string | true>) {
	await page.locator("#to").selectOption(to);
	await page.locator("#what").selectOption(what);
	for (const [name, value] of Object.entries(fields)) {
		const input = page.locator(`#fields [name=${name}]`);
		await (value === true ? input.check() : input.fill(value));
	}
	await page.locator("#ordering button").click();
	const answers = () => page.locator("#answer p").allTextContents();
	await until("an answer", async () => !(await answers())[0]?.endsWith("..."), 30_000);
	return answers();
}

test("gives any order of the contract, and shows what comes back", async () => {
	expect(await order("lamp", "Identify", { duration: "10" })).toEqual(["Lamp 3: accepted."]);
	expect(await order("lamp", "Log", {})).toEqual(["Lamp 3: done."]);
	expect(await textOf("#answer pre")).toMatch(/"events": \[[\s\S]*"type": "started"/);
	const past = { level: "50", expiration: "2026-11-24T12:00:00Z" };
	const [refusal] = await order("lamp", "Override", past);
	expect(refusal).toMatch(/^Lamp 3: rejected, \w+, expiration\.$/);
	const meant = { commandConfirmation: true, ledPower_W: "29.5" } as const;
	expect(await order("lamp", "LuminaireReplaced", meant)).toEqual(["Lamp 3: accepted."]);
	const all = await order("all", "Emergency", {});
	expect(all).toEqual(Array.from({ length: 12 }, (_, nth) => `Lamp ${nth + 1}: accepted.`));
	await until("all shine by it", async () => {
		const texts = await lamps().allTextContents();
		return texts.every((text) => text.includes("emergency"));
	});
	await page.locator("#what").selectOption("OverrideAll");
	expect(await page.locator("#fields [name=belowFloor]").count()).toBe(0); // never for all
}, 120_000);

test("speaks French when asked, and works with the keyboard alone", async () => {
	await page.getByRole("radio", { name: "Français" }).check({ force: true });
	expect(await textOf("[data-word=why]")).toBe("Pourquoi");
	expect(await page.locator("#ahead li").first().textContent()).toMatch(
		/^16:\d\d Le programme demande 60\u00a0% /,
	);
	expect(await order("lamp", "Explain", {})).toEqual(["Lampe 3 : fait."]);
	expect(await page.locator("#what option:checked").textContent()).toBe("Expliquer le niveau");
	await page.locator("li[data-lamp='3'] button").focus();
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Enter");
	await until("lamp 4 is chosen", async () => (await textOf("#who")) === "Lampe 4");
	await page.getByRole("radio", { name: "English" }).check({ force: true });
});

test("pause holds the clock", async () => {
	await page.getByRole("radio", { name: "Pause" }).check({ force: true });
	await pause(500);
	const before = await textOf("#clock");
	await pause(1_500); // fifteen seconds of the street at the speed before
	expect(await textOf("#clock")).toBe(before);
	await page.getByRole("radio", { name: "10×" }).check({ force: true });
	await until("the clock goes on", async () => (await textOf("#clock")) !== before);
});

test("fits a phone: nothing but the street itself scrolls sideways", async () => {
	await page.setViewportSize({ width: 390, height: 844 });
	await pause(300);
	for (const selector of ["header", "#totals", "#panel", "footer"]) {
		const box = await page.locator(selector).boundingBox();
		expect([selector, box!.x >= 0 && box!.x + box!.width <= 390]).toEqual([selector, true]);
	}
});

test("the page never complained", () => {
	expect(watched.complaints).toEqual([]);
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
	try {
		await foreign.goto(`http://localhost:${port}/`);
		const statuses: number[] = [];
		foreign.on("response", (response) => statuses.push(response.status()));
		await foreign.evaluate(
			async ([own, ...lines]) => {
				const long = `lamp 9\r\nhelp\r\n${" ".repeat(2_000)}`; // in a segment of its own
				const tries: [string, RequestInit][] = [
					[`${own}/events`, {}],
					[`${own}/serial?lamp=1`, {}],
					[`${own}//`, {}],
					[`${own}/speed`, { method: "POST", body: '{"speed":0}' }],
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
}, 60_000);

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
		await socat.says(/help[\s\S]*explain[\s\S]*-- more --/); // a screen has 24 lines
		socat.type(" ");
		await socat.says(/-- more --[\s\S]*luminode> /);
		socat.type("status\r");
		await socat.says(/status\s[\s\S]*%[\s\S]*luminode> /);
	} finally {
		await socat.stop();
	}
});

test("no lamp died of all that", async () => {
	await watched.street.stop("SIGINT"); // its last words tell; so this comes last
	expect(watched.street.output).toMatch(/deaths 0/);
});

describe("a run that fails", () => {
	test("says so on the page, in both languages, and the process ends", async () => {
		const failing = await watch("--lamps", "12", "--seed", "7", "--trace", "/dev/full");
		try {
			const banner = failing.page.getByRole("alert");
			expect(await banner.count()).toBe(0);
			await failing.page.getByRole("radio", { name: "Max" }).check({ force: true });
			await banner.waitFor({ timeout: 60_000 });
			expect(await banner.textContent()).toMatch(
				/^An error ended the run: ENOSPC: no space left on device, write\. /,
			);
			expect(await failing.street.ended()).toBe(3);
			expect(failing.street.output).toMatch(/^the run failed at [\dT:.-]+Z: ENOSPC/m);
			const clock = await failing.page.locator("#clock").textContent();
			await pause(1_000);
			expect(await failing.page.locator("#clock").textContent()).toBe(clock);
			await failing.page.getByRole("radio", { name: "Français" }).check({ force: true });
			expect(await banner.textContent()).toMatch(/^Une erreur a mis fin à la simulation : ENOSPC/);
			await failing.page.setViewportSize({ width: 390, height: 844 });
			const box = await banner.boundingBox();
			expect(box!.x >= 0 && box!.x + box!.width <= 390).toBe(true);
		} finally {
			await failing.close();
		}
	}, 300_000);
	test("one that was to end says that it has", async () => {
		const short = await watch("--lamps", "1", "--speed", "60", "--duration", "10m");
		try {
			const banner = short.page.getByRole("alert");
			await banner.waitFor({ timeout: 60_000 });
			expect(await banner.textContent()).toMatch(/^The run has ended\./);
			expect(await short.street.ended()).toBe(0);
		} finally {
			await short.close();
		}
	}, 300_000);
});
