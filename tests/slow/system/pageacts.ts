/**
 * Page acts: what a person does at the page, the same at a simulation behind HTTP and at one that the page
 * carries itself.
 */
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { pause, until } from "../../support/until.js";
import { boxOf, type Seen, violationsOf } from "./pages.js";

/** Of a street of twelve lamps in the groups quay and square, from 22:30 on. */
export const STREET = [
	...["--neighbours", "--lamps", "12", "--seed", "7", "--group", "quay,square"],
	...["--start", "2026-11-24T22:30:00+01:00"], // the program dims, people still come by
];

let page: Page;
let url: string;

const plates = () => page.getByRole("button", { name: /^(Lamp|Luminaire) \d+/ });
const textOf = async (selector: string) =>
	(await page.locator(selector).first().textContent()) ?? "";
const clock = () => textOf("#clock");
const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });
const view = (name: string) => page.getByRole("button", { name, exact: true }).click();
const open = (hash: string) => page.goto(`${url}${hash}`);

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

/** The tests; `seen`: the page, once it is open. */
export function actAtPage(seen: () => Seen): void {
	beforeAll(() => {
		({ page, url } = seen());
	});

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
		await page.getByText("Give the month of this price; until then it is not counted.").waitFor();
		await page.locator(".figures input[type=month]").fill("2026-11");
		await page.getByText(/^at 0\.30.€ per kWh$/).waitFor();
		await page.getByLabel("Electricity, € a kWh").fill("");
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
		const box = await boxOf(page.locator(".charts .u-over").nth(1));
		await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * (4.5 / 12));
		await page.getByRole("heading", { name: /^Why, at \d\d:\d\d/ }).waitFor();
		await page.getByRole("heading", { name: "Lamp 5", exact: true }).waitFor();
		expect(page.url()).toMatch(/#view=prove&lamp=5&t=\d\d:\d\d/);
		await page.reload();
		await page.getByRole("heading", { name: "Lamp 5", exact: true }).waitFor();
	});

	test("Prove: a drag zooms all charts to that span, and Night goes back", async () => {
		const night = page.getByRole("button", { name: "Night", exact: true });
		await night.click();
		await until("four charts", async () => (await page.locator(".charts .u-over").count()) === 4);
		const box = await boxOf(page.locator(".charts .u-over").nth(1));
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

	// of Town: town.test.ts
	test.each(["show", "decide", "prove", "break"])(
		"axe finds nothing in %s, in either language",
		async (name) => {
			for (const language of ["en", "fr"]) {
				await open(`#view=${name}&lamp=5&lang=${language}`);
				await page
					.getByRole("tablist")
					.or(page.locator(".break, .options, .town"))
					.first()
					.waitFor();
				await pause(1_500);
				expect([language, await violationsOf(page)]).toEqual([language, []]);
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
		await plate.waitFor();
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

	test("an address that a person changes is kept, though a key is pressed before the page hears of it", async () => {
		await open("#view=show&lang=fr");
		await page.getByRole("button", { name: /^Luminaire 3 : / }).waitFor();
		await page.evaluate(`
			location.hash = "#view=show&lang=en";
			dispatchEvent(new KeyboardEvent("keydown", { key: "3" }));
		`);
		await page.getByRole("heading", { name: "The night", exact: true }).waitFor();
		expect(page.url()).toMatch(/#view=prove.*&lang=en/);
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
		for (const name of ["show", "decide", "prove", "break"]) {
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
			const boxAt = (selector: string) => boxOf(page.locator(selector));
			const [bar, caption, picture] = await Promise.all(
				["header.bar", ".caption", "canvas"].map(boxAt),
			);
			expect(bar!.height).toBeLessThanOrEqual(most);
			expect(caption!.y).toBeGreaterThanOrEqual(picture!.y + picture!.height);
			const night = await boxAt(".under button:not(.main)");
			expect(night.y + night.height).toBeLessThanOrEqual(height! + caption!.height);
		}
		await page.getByLabel("Scénario").selectOption("");
		await page.locator(".caption").waitFor({ state: "detached" });
		await page.setViewportSize({ width: 1280, height: 800 });
	});
}
