/** A first visit: the walk of docs/simulator.md, step by step, in a browser that asks for French. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { optionOf } from "../../../lib/lightingoptions/options.js";
import { SCENARIOS } from "../../../sim/cli/scenarios.js";
import { Speech, type WordOf } from "../../../sim/page/client/words.js";
import { until } from "../../support/until.js";
import { complaintsOf, type Watched, watchIn } from "./pages.js";

const fr = new Speech("fr", "Europe/Brussels");
const say = fr.say.bind(fr);
let watched: Watched;
let page: Page;

beforeAll(async () => {
	watched = await watchIn("fr-BE", "--neighbours", "--group", "quay,square"); // `npm start`
	page = watched.page;
});
afterAll(() => watched?.close());

const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });
const textsOf = (selector: string) => page.locator(selector).allTextContents();
const clock = async () => (await page.locator("#clock").textContent()) ?? "";
const plates = () => page.getByRole("button", { name: /^Luminaire \d+/ });

/** Of the first paint since the page was asked for, ms. */
const PAINTED = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime`;

test("1: painted, and a figure within 10 s, without a click, in the browser's language", async () => {
	expect(page.url()).not.toContain("#");
	await page
		.locator(".figure .value")
		.getByText(/^[−+]\d+\s%$/)
		.first()
		.waitFor();
	expect(await page.evaluate<number>(PAINTED)).toBeGreaterThan(0);
	await page.getByRole("heading", { name: say("next") }).waitFor();
});

test("1: an evening has been lived, and the slider shows the old lamps", async () => {
	await page.locator(".lapse").waitFor({ state: "detached" }); // or it was cut off
	expect(await clock()).toMatch(/^(1[789]|2[012]):\d\d:\d\d$/);
	const night = await textsOf(".figure .value");
	expect(night.filter((text) => text === say("fig.nothing"))).toEqual([]);
	const slider = page.getByRole("slider", { name: say("slider") });
	await slider.fill("100");
	await page.getByText(say("theseLamps"), { exact: true }).waitFor({ state: "hidden" });
	await slider.fill("26");
});

test("2: the lamps ahead of a road user rise", async () => {
	await speed("10×");
	await until(
		"a lamp by presence, and one by a neighbour, both brighter than the program",
		async () => {
			const names = await plates().allTextContents();
			const byCause = (cause: "presence" | "neighbours") =>
				names.some((name) => new RegExp(`: 100.%, ${say(cause)}`).test(name ?? ""));
			return byCause("presence") && byCause("neighbours");
		},
	);
});

test("3: a plate, and the lamp says why over the broker", async () => {
	await plates().nth(4).click();
	await page.getByRole("heading", { name: say("whyNow") }).waitFor();
	await page.locator(".reasons li").first().waitFor();
	await press(say("close"));
});

test("4: one cyclist is followed, with three captions", async () => {
	const { title, captions } = SCENARIOS.cyclist!;
	await page.getByRole("button", { name: new RegExp(`^${title.fr}`) }).click();
	for (const caption of captions) await page.locator(".caption").getByText(caption.fr).waitFor();
});

test("4: one night in a minute, beside a street with lights out; the picture stays in view, and it can be stopped", async () => {
	await page.setViewportSize({ width: 390, height: 740 });
	try {
		await press(say("next.dawn"));
		const { captions } = SCENARIOS.minute!;
		await page.locator(".caption").getByText(captions[0]!.fr).waitFor();
		const beside = (await page.locator(".slider .old").textContent())!.replace(/\s/g, " ");
		expect(beside).toBe(optionOf("off").short.fr);
		const { y, height } = (await page.locator(".street canvas").first().boundingBox())!;
		expect(y).toBeGreaterThan(-1);
		expect(y + height).toBeLessThanOrEqual(740);
		await press(say("lapse.end"));
		await page.getByRole("button", { name: say("goOn"), exact: true }).waitFor();
		// one more picture may have been on its way
		await until("the clock stands", async () => {
			const before = await clock();
			await page.waitForTimeout(1_000); // minutes of the street, if it ran
			return (await clock()) === before;
		});
	} finally {
		await page.setViewportSize({ width: 1280, height: 720 });
	}
});

test("5: the proof: the night, an hour of it, ten minutes of it", async () => {
	await press(say("next.prove"));
	await until("four charts", async () => (await page.locator(".charts .u-over").count()) === 4);
	const chart = page.locator(".charts .u-over").nth(1);
	for (const name of ["hour", "ten"] as const) {
		await chart.dblclick();
		await page.getByRole("button", { name: say(`timeline.${name}`), pressed: true }).waitFor();
	}
});

test("6: a sensor is broken, found, and mended", async () => {
	await press(say("view.break"));
	const stopped = await clock();
	await page.locator(".scenario select").selectOption("");
	// it may pass some hours between two looks
	const isOther = (now: string) => now !== stopped && /^(1[6-9]|2[01]):/.test(now);
	await until("the street anew", async () => isOther(await clock()));
	const pace = page.locator(".clock .pace");
	const isUnderWay = async () => /^jusqu'à/.test((await pace.textContent()) ?? "");
	await until("its evening", async () => !(await isUnderWay()));
	await until("its plates", async () => (await plates().count()) >= 11);
	await plates().nth(2).click();
	await press(say("fault.pirStuckOn"));
	await speed("600×");
	await page.getByText(new RegExp(say("broken.found", { delay: "\\d+" }))).waitFor();
	const where = say("broken.at", { lamp: 3 });
	await press(say("broken.endOf", { fault: say("fault.pirStuckOn"), where }));
	await page.getByText(say("broken.none")).waitFor();
});

/** Of the five questions without money: what the answer must contain, with figures. */
const ANSWERS = {
	fr: {
		pay: /^1\..*On ne peut pas encore dire .* Il manque : électricité, contrôleur.*économise 18,4 kWh par an/s,
		fit: /^2\..*Dix ans, en euros, luminaires : 1\./s,
		off: /L'extinction de 0 h à 5 h consomme [\d,]+ kWh \([\d,]+ à [\d,]+\).*75 des 198 communes d'ORES/s,
		people:
			/Passages sans lumière : [\d ]+ \([\d ]+ à [\d ]+\) par an.*en laisse 14,2\s%.*Ce soir, simulé jusqu'ici : [\d ]+ passages/s,
		fails:
			/Aucune panne de capteur.*Un capteur douteux vaut présence : pleine classe.*Sans broker.*chaque luminaire fonctionne seul.*Sans courant, un luminaire est éteint.*au retour du courant/s,
		residents: /ni caméra ni micro.*le serveur de la commune reçoit le signalement/s,
		glare: /réduit la lumière sur une fenêtre.*docs\/nuit\.md/s,
		animals: /seule l'obscurité est obscure.*195 km/s,
		wish: /La commune décide.*journal d'audit/s,
		buy: /par écrit.*sur la facture/s,
		dark: /L'extinction rend 1 873 heures sur 4 181 par an, en semaine seulement 1 296\./,
		sure: /84,6 kWh, de 70,8 à 100\. La part de la puissance.*npx luminode report --decision --from full .*--seed 1/s,
	},
	en: {
		pay: /^1\..*cannot be said yet\. Missing: electricity, controller.*save 18\.4 kWh/s,
		fit: /^2\..*Ten years, in euros, lamps: 1\./s,
		off: /Off from 0 to 5 uses [\d.]+ kWh \([\d.]+ to [\d.]+\).*75 of 198 communes of ORES/s,
		people:
			/Passages without light: [\d,]+ \([\d,]+ to [\d,]+\) a year.*the dimming program leaves 14\.2\s%.*until now: [\d,]+ passages at night/s,
		fails:
			/No fault of sensor.*A sensor in doubt.*full class.*Without a broker.*each lamp works alone.*without power is dark.*when power returns/s,
		residents: /no camera and no microphone.*the commune's own server takes the report/s,
		glare: /lowers the light on a window.*docs\/night\.md/s,
		animals: /only darkness is dark.*195 km/s,
		wish: /The commune decides.*audit log/s,
		buy: /in writing.*reaches the bill/s,
		dark: /Lights out gives back 1,873 hours of 4,181 a year, on weeknights alone 1,296\./,
		sure: /84\.6 kWh, 70\.8 to 100\. Of this by the lamp's power.*npx luminode report --decision --from full .*--seed 1/s,
	},
} as const;

/** Prices that a council might type, and the field of each. */
const PRICES = [
	["Électricité, € le kWh", "0,28-0,34"],
	["Contrôleur avec capteur, posé, € par luminaire", "60-90"],
	["Connexion au réseau, € par luminaire et par an", "2"],
	["Maintenance du contrôleur et du capteur, € par luminaire et par an", "1,5"],
] as const;

test("7: a councillor's twelve questions are answered on the page, in words, in both languages", async () => {
	const pages = page.context().pages().length;
	for (const language of ["fr", "en"] as const) {
		const speech = new Speech(language, "Europe/Brussels");
		await page
			.getByRole("radio", { name: language === "fr" ? "Français" : "English" })
			.check({ force: true });
		await page.getByRole("button", { name: speech.say("view.decide"), exact: true }).click();
		for (const [name, answer] of Object.entries(ANSWERS[language])) {
			const section = page.getByRole("region", { name: speech.say(`q.${name as WordOf<"q">}`) });
			expect((await section.textContent())!.replace(/\s/g, " ")).toMatch(answer);
		}
		const rows = page.locator(".options:not(.ten) tbody tr");
		expect(await rows.count()).toBe(9);
		for (const text of await rows.allTextContents())
			expect(text).toMatch(/[\d.,]+\s(to|à)\s[\d.,]+/);
	}
	expect(page.context().pages()).toHaveLength(pages);
});

const SIZES = {
	computer: { width: 1280, height: 800 },
	phone: { width: 390, height: 844 },
} as const;

test.each(Object.keys(SIZES) as (keyof typeof SIZES)[])(
	"7: one click on a question, and the first sentence of its answer is in view, on a %s",
	async (name) => {
		await page.setViewportSize(SIZES[name]);
		try {
			for (const language of ["fr", "en"] as const) {
				const speech = new Speech(language, "Europe/Brussels");
				await page
					.getByRole("radio", { name: language === "fr" ? "Français" : "English" })
					.check({ force: true });
				const questions = page.getByRole("navigation", { name: speech.say("go.title") });
				for (const [index, topic] of Object.keys(ANSWERS[language]).entries()) {
					const question = speech.say(`q.${topic as WordOf<"q">}`);
					const number = question.slice(0, question.indexOf(".") + 1);
					await questions
						.getByRole("button", { name: new RegExp(`^${number.replace(".", "\\.")}`) })
						.click();
					const section = page.getByRole("region", { name: question });
					const { y, height } = (await section.locator("p").first().boundingBox())!;
					expect([index, topic, y > 0, y + height <= SIZES[name].height]).toEqual([
						index,
						topic,
						true,
						true,
					]);
				}
			}
		} finally {
			await page.setViewportSize({ width: 1280, height: 720 });
		}
	},
);

test("7: euros and years come with the prices, each of a month, and the report takes them along", async () => {
	await page.getByRole("radio", { name: "Français" }).check({ force: true });
	const pay = page.getByRole("region", { name: say("q.pay") });
	const fit = page.getByRole("region", { name: say("q.fit") });
	const month = "2026-11";
	for (const [field, amount] of PRICES) {
		await pay.getByLabel(field, { exact: true }).fill(amount);
		await pay.getByText(say("money.undated")).waitFor(); // no month is made up
		const [name] = field.split(", €");
		await pay.getByLabel(say("money.datedOf", { name: name! })).fill(month);
	}
	await pay.getByText(/^L'énergie seule ne rembourse pas un contrôleur ici/).waitFor();
	await pay.getByText(/à investir \(60,0 à 90,0\)/).waitFor();
	expect(await fit.locator(".ten tbody tr").count()).toBe(7);
	expect(await fit.locator(".ten tbody").textContent()).not.toContain("–");
	const report = page.getByRole("link", { name: say("decide.report") });
	const address = new URL((await report.getAttribute("href"))!, page.url());
	expect(address.pathname).toBe("/decision");
	expect(address.searchParams.get("node")).toBe(`60..90@${month}`);
	expect(address.searchParams.get("price")).toBe(`0.28..0.34@${month}`);
});

test("8: the report of this run has two pages of figures", async () => {
	await press(say("view.show"));
	await plates().nth(2).click({ trial: true });
	const close = page.getByRole("button", { name: say("close"), exact: true });
	if (await close.count()) await close.click();
	const [report] = await Promise.all([
		page.context().waitForEvent("page"),
		page.getByRole("link", { name: say("next.report") }).click(),
	]);
	await report.getByRole("heading", { level: 1, name: /^Rapport d'une rue simulée/ }).waitFor();
	expect(await report.locator(".plot").count()).toBe(3);
	expect(await report.locator("code").textContent()).toMatch(
		/ --duration [\d.]+s --fault pirStuckOn@[\d.]+s\+[\d.]+s\/3$/,
	);
	expect(complaintsOf(watched)).toEqual([]);
});
