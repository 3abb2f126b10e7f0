/**
 * Town film: the first minute of a visitor in the view *Town* as six pictures in each language.
 */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";

const LANGUAGES = ["en", "fr"] as const;
const SIZE = { width: 1120, height: 900 } as const;
/** Of a JPEG: lights stay sharp, a picture has about 110 KB. */
const QUALITY = 72;
/** For a flight, an edge or a night that is drawn. */
const SETTLE = 2_500;
/** For nights that are read. */
const READY = 120_000;

/** Words of the page that a step needs. */
const WORDS = {
	en: {
		street: "Your street?",
		live: "See it live",
		starting: /^Starting “/,
		instant: "Instant of the night",
		colour: "Colour",
	},
	fr: {
		street: "Votre rue ?",
		live: "La voir en direct",
		starting: /^Démarrage de « /,
		instant: "Instant de la nuit",
		colour: "Couleur",
	},
} as const;
type Words = (typeof WORDS)[keyof typeof WORDS];

/** Eleven hours after the start of the evening: 3 in the morning. */
const THREE = String(11 * 3_600);
/** A street that the example town has. */
const STREET = "rue foch";

const STEPS: readonly ((page: Page, texts: Words) => Promise<unknown>)[] = [
	// the town at 22:14, with two options
	async () => {},
	// at three in the morning
	(page, { instant }) => page.getByLabel(instant).fill(THREE),
	// out from 0 to 5 instead
	(page) => page.locator(".optionswitch input[type=radio]").nth(2).check({ force: true }),
	// the saving of each light
	async (page, { colour }) => {
		await page.locator(".optionswitch input[type=radio]").nth(5).check({ force: true });
		await page.getByLabel(colour).selectOption("saving");
	},
	// a street by its name
	async (page, { colour, street }) => {
		await page.getByLabel(colour).selectOption("level");
		await page.getByLabel(street).fill(STREET);
		await page.keyboard.press("Enter");
	},
	// its own lamps
	async (page, { live, starting }) => {
		await page.getByRole("button", { name: live }).click();
		await page.locator(".plates button").first().waitFor({ timeout: READY });
		await page.getByText(starting).first().waitFor();
		await page.getByText(starting).first().waitFor({ state: "detached", timeout: READY });
		await page.locator(".plates .level").first().waitFor();
	},
];

/** Names of the files, in order. */
export const FILM: readonly string[] = LANGUAGES.flatMap((language) =>
	STEPS.map((_, index) => fileOf(language, index)),
);

function fileOf(language: string, index: number): string {
	return `town-${language}-${index + 1}.jpg`;
}

/** Takes all pictures at a simulator that runs with a town. @returns the names of the files */
export async function takeFilm(browser: Browser, url: string, folder: string): Promise<string[]> {
	const taken: string[] = [];
	for (const language of LANGUAGES) {
		const context = await browser.newContext({
			viewport: SIZE,
			locale: `${language}-BE`,
			colorScheme: "dark",
			reducedMotion: "reduce",
		});
		context.setDefaultTimeout(READY); // a busy machine takes its time
		const page = await context.newPage();
		await page.goto(`${url}#view=town&lang=${language}`);
		await page.locator(".scrubber").waitFor({ timeout: READY });
		await page.locator(".waiting").waitFor({ state: "detached", timeout: READY });
		for (const [index, step] of STEPS.entries()) {
			await step(page, WORDS[language]);
			await page.mouse.move(SIZE.width - 2, 2);
			await page.evaluate("document.activeElement?.blur()"); // no frame around it
			await page.waitForTimeout(SETTLE);
			const file = fileOf(language, index);
			await page.screenshot({ path: join(folder, file), type: "jpeg", quality: QUALITY });
			taken.push(file);
		}
		await context.close();
	}
	return taken;
}
