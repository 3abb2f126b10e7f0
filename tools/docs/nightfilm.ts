/**
 * Night film: one night in a minute beside lights out, as an animated WebP in each language, for the
 * README.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

const LANGUAGES = ["en", "fr"] as const;
type Language = (typeof LANGUAGES)[number];
const SIZE = { width: 1000, height: 660 } as const;
/** Down to the captions. */
const CLIP = { x: 0, y: 0, width: SIZE.width, height: 590 } as const;
/** From a frame to the next, ms of the page; each is shown half as long, so that the film takes half a minute. */
const EVERY = 1_000;
const SHOWN = 500;
/** The last frame has figures to read, ms. */
const LAST = 8_000;
/** Of WebP, 0 to 100. */
const QUALITY = 75;
/** A README opens with it: bytes at most. */
const MOST = 2_000_000;
const READY = 120_000;

/** The button that starts it. */
const START: Readonly<Record<Language, string>> = {
	en: "See one night in a minute",
	fr: "Voir une nuit en une minute",
};
/** Below the captions, such as `1 of 6` and `6 of 6`. */
const FIRST = /, 1 \w+ \d+$/;
const FINAL = /, (\d+) \w+ \1$/;

const fileOf = (language: Language) => `minute-${language}.webp`;

/** Names of the files. */
export const NIGHT_FILM: readonly string[] = LANGUAGES.map(fileOf);

/** Plays the night in each language at a simulator that runs. @throws Error a film is too large, or ImageMagick is missing */
export async function takeNightFilm(browser: Browser, url: string, folder: string): Promise<void> {
	for (const language of LANGUAGES) {
		const frames = mkdtempSync(join(tmpdir(), "luminode-film-"));
		try {
			const taken = await framesOf(browser, url, language, frames);
			assemble(taken, join(folder, fileOf(language)));
		} finally {
			rmSync(frames, { recursive: true });
		}
	}
}

/** @returns files of the frames, in order */
async function framesOf(browser: Browser, url: string, language: Language, folder: string) {
	const context = await browser.newContext({
		viewport: SIZE,
		locale: `${language}-BE`,
		colorScheme: "dark",
		reducedMotion: "reduce",
	});
	context.setDefaultTimeout(READY); // a busy machine takes its time
	const page = await context.newPage();
	await page.goto(`${url}#view=show&lang=${language}`);
	await page.getByRole("button", { name: START[language], exact: true }).click();
	const count = page.locator(".caption .of span");
	await count.getByText(FIRST).waitFor();
	await page.mouse.move(SIZE.width - 2, 2);
	const taken: string[] = [];
	for (let isOver = false; !isOver; ) {
		isOver = FINAL.test((await count.textContent()) ?? "");
		const path = join(folder, `${1_000 + taken.length}.png`);
		await page.screenshot({ path, clip: CLIP });
		taken.push(path);
		await page.waitForTimeout(EVERY);
	}
	await context.close();
	return taken;
}

function assemble(frames: readonly string[], file: string): void {
	const delay = (ms: number) => ["-delay", String(ms / 10)];
	const words = [
		...delay(SHOWN),
		...frames.slice(0, -1),
		...delay(LAST),
		frames.at(-1)!,
		...["-loop", "0", "-quality", String(QUALITY), "-define", "webp:method=6", file],
	];
	const { status, error, stderr } = spawnSync("magick", words, { encoding: "utf8" });
	if (error) throw new Error(`magick is missing: apt-get install imagemagick (${error.message})`);
	if (status !== 0) throw new Error(`magick: ${stderr}`);
	const { size } = statSync(file);
	if (size > MOST) throw new Error(`${file}: ${size} bytes, more than ${MOST}`);
}
