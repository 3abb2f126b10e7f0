/** The page and the technician's port of a running street: Chromium and socat. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { PATIENCE, pause, until } from "../../support/until.js";
import { sheetsOf } from "../support/paper.js";
import { Program } from "../support/programs.js";
import { complaintsOf, type Watched, watch } from "./pages.js";

let watched: Watched;
let page: Page;

beforeAll(async () => {
	const start = "2026-11-24T22:30:00+01:00"; // the program dims, people still come by
	const args = ["--neighbours", "--lamps", "12", "--seed", "7", "--start", start, "--serial", "9"];
	watched = await watch(...args, "--group", "quay,square");
	page = watched.page;
});

afterAll(() => watched?.close());

const plates = () => page.getByRole("button", { name: /^(Lamp|Luminaire) \d+/ });
const textOf = async (selector: string) =>
	(await page.locator(selector).first().textContent()) ?? "";
const clock = () => textOf("#clock");
const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });
const view = (name: string) => page.getByRole("button", { name, exact: true }).click();
const open = (hash: string) => page.goto(`http://127.0.0.1:${watched.port}/${hash}`);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

/** Violations that axe finds in the page as it is. */
async function violations(): Promise<string[]> {
	await page.evaluate(AXE); // by the debugger, which the policy of the page does not bind
	return page.evaluate(
		`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`,
	);
}

test("Show: twelve plates with the level and cause that the lamps reported", async () => {
	const plate = /^Lamp \d+: \d+.%, (program|presence|neighbour|default|order)/;
	await until("twelve reports", async () => {
		const names = await plates().allTextContents();
		return names.filter((name) => plate.test(name ?? "")).length === 12;
	});
	await page.getByText("All 12 lamps are online.").waitFor();
});

test("Show: the slider shows the old lamps, and figures say which kind they are", async () => {
	const slider = page.getByRole("slider", { name: /old lamps/ });
	await slider.fill("100");
	expect(await page.getByText("These lamps", { exact: true }).isVisible()).toBe(false);
	await slider.fill("0");
	expect(await page.getByText("Old lamps", { exact: true }).isVisible()).toBe(false);
	await page.getByText(/kWh instead of .*.kWh, old sodium .*.kWh \(simulated\)/).waitFor();
	await page.getByText("Price of a kWh", { exact: true }).click();
	await page.getByLabel("Electricity, € a kWh").fill("0.3");
	await page.getByText(/^at 0\.30.€ per kWh$/).waitFor();
	await page.getByLabel("Electricity, € a kWh").fill("");
});

test("Show: a comma is a decimal sign in an English browser too; 32 € is asked about", async () => {
	const price = page.getByLabel("Electricity, € a kWh");
	await price.clear();
	await price.pressSequentially("0,32");
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

test("a level changes when someone passes", async () => {
	await speed("60×");
	const seen = new Map<number, Map<string, number>>();
	await until("one lamp by its program, then brighter by presence", async () => {
		const names = await plates().allTextContents();
		for (const [index, text] of names.entries()) {
			const [, level, reason] = /: (\d+).%, (\w+)/.exec(text ?? "") ?? [];
			const levels = seen.get(index) ?? new Map<string, number>();
			seen.set(index, levels);
			if (reason) levels.set(reason, Number(level));
			if ((levels.get("presence") ?? 0) > (levels.get("program") ?? 100)) return true;
		}
		return false;
	});
});

test("a lamp says why, in its own words, what its night will be, and its serial line answers", async () => {
	await speed("10×");
	await open("#view=prove&lamp=3");
	await page.locator(".reasons li").first().waitFor();
	expect((await page.locator(".reasons li").allTextContents()).join()).toMatch(/\d+.%/);
	await page.getByRole("tab", { name: "Forecast and done" }).click();
	const rows = page.getByRole("table", { name: "Forecast as a table" }).getByRole("row");
	await rows.nth(1).waitFor();
	const night = await rows.allTextContents();
	expect(night[1]).toMatch(/^16:\d\d60.%The program asks for 60.% \(sunset 60\)\.$/);
	expect(night.at(-1)).toMatch(/^0[78]:\d\d0.%Off\.$/);
	await page.getByText(/^15\.\d.h of light and 0\.\d\d.kWh/).waitFor();
	await page.getByRole("tab", { name: "Between poles" }).click();
	await page.getByText(/^No light is computed .* --field WIDTH,HEIGHT .* --field 6,6$/).waitFor();
	await page.getByRole("tab", { name: "Console" }).click();
	await page.getByText("Demonstration secret: street-of-lamps-3").waitFor();
	await page.getByRole("button", { name: "Log in" }).click();
	await until("a session", async () => /luminode> $/.test(await textOf("#terminal")));
	await page.locator("#typed").fill("status");
	await page.locator("#typed").press("Enter");
	await until("an answer on the serial line", async () =>
		/status\n[\s\S]*\nluminode> $/.test(await textOf("#terminal")),
	);
	await page.locator("#typed").press("ArrowUp");
	expect(await page.locator("#typed").inputValue()).toBe("status");
	await speed("600×");
	await pause(4_000); // forty minutes of the street
	await speed("10×");
	await page.locator("#typed").press("Enter");
	await until("the line is still logged in", async () =>
		/status\n[\s\S]*status\n[\s\S]*\nluminode> $/.test(await textOf("#terminal")),
	);
	expect(await textOf("#terminal")).not.toContain("logged out");
});

/** Fills the form in and sends it. @returns the page's sentence about the answers */
async function order(to: string, what: string, fields: Record<string, string | true>) {
	await page.locator("#to").selectOption(to);
	await page.locator("#what").selectOption(what);
	for (const [name, value] of Object.entries(fields)) {
		const input = page.locator(`.ordering [name=${name}]`);
		await (value === true ? input.check() : input.fill(value));
	}
	await page.locator(".ordering button[type=submit]").click();
	const answer = page.locator(".answer p").first();
	await until("an answer", async () => !((await answer.textContent()) ?? "...").endsWith("..."));
	return answer.textContent();
}

test("gives any order of the contract, and sums up the answers in words", async () => {
	await page.getByRole("tab", { name: "Orders" }).click();
	expect(await order("lamp", "Identify", { duration: "10" })).toBe("Lamp 3: accepted.");
	expect(await order("lamp", "Log", {})).toBe("Lamp 3: done.");
	expect((await page.locator(".answer li").allTextContents()).join()).toContain("Started after");
	const past = { level: "50", expiration: "2026-11-24T12:00" };
	expect(await order("lamp", "Override", past)).toBe("Lamp 3: rejected, Until already over.");
	const meant = { commandConfirmation: true, ledPower_W: "29.5" } as const;
	expect(await order("lamp", "LuminaireReplaced", meant)).toBe("Lamp 3: accepted.");
	expect(await order("all", "Emergency", {})).toBe("12 accepted, 0 refused.");
	expect(await order("group", "Report", {})).toBe("6 accepted, 0 refused.");
	await page.getByLabel("square: lamps 7–12").check();
	expect(await order("group", "Report", {})).toBe("12 accepted, 0 refused.");
	for (const group of ["quay: lamps 1–6", "square: lamps 7–12"])
		await page.getByLabel(group).uncheck();
	expect(await order("group", "Report", {})).toBe("Choose a group, such as the first one.");
	await page.locator("#to").selectOption("all");
	await page.locator("#what").selectOption("OverrideAll");
	expect(await page.locator(".ordering [name=belowFloor]").count()).toBe(0); // never for all
	expect(await page.locator(".answer p").count()).toBe(0); // the old answer is cleared
	await view("Show");
	await until("all shine by it", async () => {
		const names = await plates().allTextContents();
		return names.every((name) => name?.includes("emergency"));
	});
});

test("Prove: the night is a chart with a table, and a click asks for lamp and instant", async () => {
	await speed("600×");
	await pause(4_000);
	await speed("10×");
	await view("Prove");
	await until("four charts", async () => (await page.locator(".charts .u-over").count()) === 4);
	await page.getByText("The night hour by hour").click();
	await page.getByRole("rowheader", { name: /24 Nov 22:00/ }).waitFor();
	await pause(2_500);
	const box = await page.locator(".charts .u-over").nth(1).boundingBox();
	await page.mouse.click(box!.x + box!.width * 0.7, box!.y + box!.height * (4.5 / 12));
	await page.getByRole("heading", { name: /^Why, at \d\d:\d\d/ }).waitFor();
	await page.getByRole("heading", { name: "Lamp 5", exact: true }).waitFor();
	expect(page.url()).toMatch(/#view=prove&lamp=5&t=\d\d:\d\d/);
	await page.reload();
	await page.getByRole("heading", { name: "Lamp 5", exact: true }).waitFor();
});

test("Prove: a drag zooms all charts to that span, and Night goes back", async () => {
	const night = page.getByRole("button", { name: "Night", exact: true });
	await night.click();
	const box = (await page.locator(".charts .u-over").nth(1).boundingBox())!;
	const y = box.y + box.height / 2;
	await page.mouse.move(box.x + box.width * 0.3, y);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
	await page.mouse.up();
	await until("zoomed", async () => (await night.getAttribute("aria-pressed")) === "false");
	await night.click();
	await until("the night", async () => (await night.getAttribute("aria-pressed")) === "true");
});

test("Prove: a program's forecast is shown before it is sent, and the lamp reports the change", async () => {
	await page.getByRole("tab", { name: "Settings" }).click();
	const program = page.getByRole("textbox", { name: "program", exact: true });
	await program.fill("25:00 60");
	await page.locator(".settings .warning").waitFor();
	await program.fill("sunset 50; sunrise 0");
	await page.getByRole("heading", { name: "Forecast with this text" }).waitFor();
	await page.getByRole("button", { name: "Send the changes" }).click();
	await page.getByText(/^Sent as revision 1\./).waitFor();
});

test("Break: a fault begins, is found, and ends; someone is put in the street", async () => {
	await open("#view=break&lamp=4");
	await page.getByRole("button", { name: "PIR stuck" }).click();
	await page.getByRole("button", { name: "End it: PIR stuck, lamp 4" }).waitFor();
	await page.getByRole("button", { name: "on foot" }).click();
	await page.getByRole("button", { name: "Put down at lamp 4" }).click();
	await page.getByRole("cell", { name: /Put in the street \(on foot\)/ }).waitFor();
	await page.getByRole("button", { name: "A crowd" }).click();
	await page
		.getByRole("cell", { name: /Put in the street \(a crowd\)/i })
		.first()
		.waitFor();
	await page.getByRole("button", { name: "Broker gone" }).click();
	await page.getByText("whole street").first().waitFor();
	await page.getByRole("button", { name: "End it: Broker gone, whole street" }).click();
	await page.getByRole("button", { name: "End it: PIR stuck, lamp 4" }).click();
	await until(
		"nothing is broken",
		async () => (await page.getByText("Nothing is broken.").count()) === 1,
	);
	await page.getByRole("cell", { name: /PIR stuck, lamp 4, ends/ }).waitFor();
	await page.getByRole("searchbox", { name: "Filter" }).fill("broker gone");
	expect(await page.getByRole("cell", { name: /PIR stuck/ }).count()).toBe(0);
	await page.getByRole("searchbox", { name: "Filter" }).fill("pir stuck");
	await page.getByRole("radio", { name: "safety" }).check({ force: true });
	await page.getByText("No event so far.").waitFor();
	await page.getByRole("radio", { name: "repair" }).check({ force: true });
	await page
		.getByRole("button", { name: /^Show lamp 4 at/ })
		.first()
		.click();
	await page.getByRole("heading", { name: /^Why, at \d\d:\d\d/ }).waitFor();
	expect(page.url()).toMatch(/#view=prove&lamp=4&t=\d\d:\d\d/);
});

test("a picture that was painted region by region is the one that is painted as a whole", async () => {
	await view("Show");
	await speed("60×"); // a car goes further in a frame than its box is wide behind it
	await page.evaluate(`Promise.all(["crowd", "person"].map((what) => fetch("/" + what, {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ count: 20, kind: "car", x_m: 0, direction: 1 }),
	}))).then(() => {})`);
	await pause(1_500); // people move, light rises and falls
	await page.getByRole("button", { name: "Pause" }).click();
	await pause(1_500);
	const pixels = `(() => {
		const canvas = document.querySelector(".street canvas");
		return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
	})()`;
	await page.evaluate(`globalThis.painted = ${pixels}; undefined`);
	await page.setViewportSize({ width: 1281, height: 800 });
	await pause(500);
	await page.setViewportSize({ width: 1280, height: 800 });
	await pause(500);
	const [count, most] = await page.evaluate<[number, number]>(`(() => {
		const whole = ${pixels};
		if (whole.length !== painted.length) return [whole.length - painted.length, 0];
		return [0, whole.reduce((most, one, n) => Math.max(most, Math.abs(one - painted[n])), 0)];
	})()`);
	expect(count).toBe(0);
	expect(most).toBeLessThanOrEqual(2);
	await page.getByRole("button", { name: "Go on" }).click();
	await speed("10×");
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

test.each(["show", "decide", "prove", "town", "break"])(
	"axe finds nothing in %s, in either language",
	async (name) => {
		for (const language of ["en", "fr"]) {
			await open(`#view=${name}&lamp=5&lang=${language}`);
			await page.getByRole("tablist").or(page.locator(".break, .options, .town")).first().waitFor();
			await pause(1_500);
			expect([language, await violations()]).toEqual([language, []]);
		}
	},
);

test("speaks French when asked, and works with the keyboard alone", async () => {
	await open("#view=show&lamp=3&lang=fr");
	await page.getByRole("heading", { name: "Pourquoi, maintenant" }).waitFor();
	const plate = page.getByRole("button", { name: /^Luminaire 3 : / });
	await plate.focus();
	await page.keyboard.press("ArrowRight");
	await page.getByRole("heading", { name: "Luminaire 4", exact: true }).waitFor();
	await page.reload(); // language, view and lamp are the address's
	await page.getByRole("heading", { name: "Luminaire 4", exact: true }).waitFor();
	await page.getByRole("radio", { name: "English" }).check({ force: true });
	await page.locator("body").click({ position: { x: 2, y: 2 } });
	await page.keyboard.press("3");
	await page.getByRole("heading", { name: "The night", exact: true }).waitFor();
	await page.keyboard.press("Shift+?");
	await page.getByRole("dialog", { name: "Keys and help" }).waitFor();
	await page.getByLabel("Go to lamp").fill("7");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Lamp 7", exact: true }).waitFor();
});

test("the night until dawn in a minute: picture in sight, time left shown, and it can be ended", async () => {
	await open("#view=show&lang=fr");
	await page.setViewportSize({ width: 390, height: 740 });
	await page.getByRole("button", { name: "Voir la nuit en une minute" }).click();
	const lapse = page.locator(".lapse");
	await lapse.getByText(/^En accéléré jusqu'à 07:[34]\d\s: encore \d+\s(s|min)$/).waitFor();
	const { y, height } = (await page.locator(".street canvas").first().boundingBox())!;
	expect(y).toBeGreaterThan(-1);
	expect(y + height).toBeLessThanOrEqual(740);
	await page.getByRole("button", { name: "Arrêter ici" }).click();
	await lapse.waitFor({ state: "detached" });
	await page.getByRole("radio", { name: "10×", checked: true }).waitFor();
	await page.setViewportSize({ width: 1280, height: 800 });
	await open("#view=show&lang=en");
});

test("pause holds the clock, a step is a second, a jump goes to the next dawn", async () => {
	await page.getByRole("button", { name: "Pause" }).click();
	await pause(700);
	const before = await clock();
	await pause(1_500); // fifteen seconds of the street at the speed before
	expect(await clock()).toBe(before);
	await page.getByRole("button", { name: "One second further" }).click();
	await until("a second later", async () => (await clock()) !== before);
	const seconds = (text: string) =>
		text.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
	expect(seconds(await clock()) - seconds(before)).toBe(1);
	await page.getByRole("button", { name: "Jump to Dawn" }).click();
	await until("dawn", async () => /^0[78]:/.test(await clock()));
	await page.getByRole("button", { name: "Go on" }).click();
});

test.each([
	[
		"view=prov",
		"There is no view “prov”. Views are show, decide, prove, town and break, such as #view=prove.",
	],
	["lamp=40", "There is no lamp “40”. This street has lamps 1 to 12, such as lamp=3."],
	["t=25:00", "“25:00” is not a time. A time has the form t=22:14."],
	[
		"x=1",
		"“x” means nothing in the address. It holds view, lamp, t and lang, such as #view=prove&lamp=3.",
	],
])("a wrong word in the address is reported: %s", async (hash, notice) => {
	await open(`#lang=en&${hash}`);
	await until("the notice", async () =>
		(await page.getByRole("alert").allTextContents()).includes(notice),
	);
});

test.each([
	[320, 640], // 1280 px at 400 %
	[360, 740],
	[768, 1024],
	[1280, 800],
	[1920, 1080],
	[2560, 1440],
])("fits %d px: nothing but what scrolls by itself reaches beyond", async (width, height) => {
	await page.setViewportSize({ width, height });
	for (const name of ["show", "decide", "prove", "town", "break"]) {
		await open(`#view=${name}&lamp=2&lang=fr`);
		await pause(500);
		const wide = await page.evaluate("document.documentElement.scrollWidth");
		expect([name, wide]).toEqual([name, width]);
		const below = await page.evaluate<number>(
			`document.documentElement.scrollHeight - Math.max(innerHeight, ...[...document.querySelectorAll("main, footer")]
				.map((end) => end.getBoundingClientRect().bottom + scrollY))`,
		);
		expect([name, below < 2]).toEqual([name, true]);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
});

test("a scenario is played: the run begins anew, with its first caption", async () => {
	await open("#view=show&lang=en");
	await page.getByLabel("Scenario").selectOption("cyclist");
	await page.getByText("one cyclist at night: the light travels ahead").first().waitFor();
	await page.getByText(/^22:30\. Nobody is in the street\./).waitFor();
	await page.getByLabel("Scenario").selectOption("");
	await until(
		"the street of the start",
		async () => (await page.locator(".caption").count()) === 0,
	);
});

test.each([
	[1440, 900, 64],
	[1024, 768, 112],
	[390, 740, 230],
])("at %d x %d the bar is %d px at most, and no caption hides the lamps", async (...size) => {
	const [width, height, most] = size;
	await page.setViewportSize({ width, height });
	for (const language of ["en", "fr"]) {
		await open(`#view=show&lang=${language}`);
		await page.locator(".plates li").first().waitFor();
		if (language === "en") await page.getByLabel("Scenario").selectOption("cyclist");
		await page.locator(".caption").waitFor();
		const boxOf = async (selector: string) => (await page.locator(selector).boundingBox())!;
		const [bar, caption, picture] = await Promise.all(
			["header.bar", ".caption", "canvas"].map(boxOf),
		);
		expect(bar!.height).toBeLessThanOrEqual(most);
		expect(caption!.y).toBeGreaterThanOrEqual(picture!.y + picture!.height);
		const night = await boxOf(".under button:not(.main)");
		expect(night.y + night.height).toBeLessThanOrEqual(height! + caption!.height);
	}
	await page.getByLabel("Scénario").selectOption("");
	await page.locator(".caption").waitFor({ state: "detached" });
	await page.setViewportSize({ width: 1280, height: 800 });
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
