/**
 * Pictures: photographs of the simulator's page for README and docs.
 *
 * `npm run renew -- pictures` runs a street up to an evening with traffic, opens its page in Debian's
 * chromium and writes `docs/pictures`. Beside them `pictures.json` keeps a digest of the
 * page's sources, so that `npm run renew -- pictures --check` can name the pictures that are older than
 * the page.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { refuse, wordsOf } from "../../lib/words.js";
import { CHROMIUM, QUIET } from "../docs/browser.js";
import { NIGHT_FILM, takeNightFilm } from "../docs/nightfilm.js";
import { FILM, takeFilm } from "../docs/townfilm.js";

interface Picture {
	readonly file: string;
	readonly language: "en" | "fr";
	readonly width: number;
	readonly height: number;
	/** State in the page's address. */
	readonly state: string;
}

/** Each ends where a card does. */
const PICTURES: readonly Picture[] = [
	{ file: "street.png", language: "en", width: 1280, height: 910, state: "view=show" },
	{ file: "rue.png", language: "fr", width: 1280, height: 910, state: "view=show" },
	{ file: "decide.png", language: "en", width: 1280, height: 1110, state: "view=decide" },
	{ file: "decider.png", language: "fr", width: 1280, height: 1140, state: "view=decide" },
	{ file: "phone.png", language: "en", width: 390, height: 778, state: "view=show" },
];
const OF_FAULTS: readonly Picture[] = [
	{ file: "night.png", language: "en", width: 1280, height: 1000, state: "view=prove&lamp=6" },
	{ file: "nuit.png", language: "fr", width: 1280, height: 1000, state: "view=prove&lamp=6" },
	{ file: "faults.png", language: "en", width: 1280, height: 1000, state: "view=break&lamp=3" },
	{ file: "pannes.png", language: "fr", width: 1280, height: 1000, state: "view=break&lamp=3" },
];
/** A Tuesday in November: after dusk, with people on their way home. */
const STREET = [
	"--neighbours",
	"--seed",
	"7",
	"--start",
	"2026-11-24T16:15:00+01:00",
	"--group",
	"quay,square",
];
const FAULTS = ["--fault", "pirStuckOn@55m/3", "--fault", "powerCut@75m/8"];
/** The street of `npm start`, without a fault. */
const NIGHT = ["--neighbours", "--group", "quay,square"];
/** The example town, and its street after dusk at once. */
const TOWN = ["--neighbours", "--town", "example", "--start", "2026-11-24T18:30:00+01:00"];
const PORT = 8190;
/** From 16:15 to 18:15, as fast as the machine can, ms; and the longest wait for it. */
const JUMP = 7_200_000;
const WAIT = 300_000;
/** For answers of the chosen lamp over the broker. */
const SETTLE = 3_000;
const START_TIMEOUT = 240_000; // the engine may be compiled first

const PAGE = "sim/page";
const OUT = "docs/pictures";
const DIGESTS = join(OUT, "pictures.json");

const COMMAND = "npm run renew -- pictures";
const HELP = `usage: npm run renew -- pictures [--check | --night | --town]

Takes the pictures of README and docs from the simulator's page (six minutes; needs Debian's
chromium and imagemagick).

  --night   only the films of one night in a minute
  --town    only those of the view Town
  --check   only lists the pictures that are missing or older than the page; exit code 1 if any`;

const { values } = wordsOf({
	command: COMMAND,
	help: HELP,
	options: { check: { type: "boolean" }, night: { type: "boolean" }, town: { type: "boolean" } },
});
if (values.check) process.exit(check());
if (!existsSync(CHROMIUM)) refuse(COMMAND, `${CHROMIUM} is missing: apt-get install chromium`);
if (values.night && values.town)
	refuse(COMMAND, "--night or --town, not both; without either, all");
if (!values.night && !values.town) {
	await withPage(STREET, takeOf(PICTURES));
	await withPage([...STREET, ...FAULTS], takeOf(OF_FAULTS));
}
if (!values.town) await withPage(NIGHT, takeNight);
if (!values.night)
	await withPage(TOWN, async (browser, url) => note(await takeFilm(browser, url, OUT)));

/** SHA-256 over names and contents of the page's sources. */
function pageDigest(): string {
	const digest = createHash("sha256");
	const files = (readdirSync(PAGE, { recursive: true }) as string[]).sort();
	for (const name of files)
		if (/\.(tsx?|html|css|svg)$/.test(name))
			digest.update(name).update(readFileSync(join(PAGE, name)));
	return digest.digest("hex");
}

/** @returns 0, or 1 if a picture is missing or older than the page */
function check(): number {
	const made = existsSync(DIGESTS)
		? (JSON.parse(readFileSync(DIGESTS, "utf8")) as Record<string, string>)
		: {};
	const now = pageDigest();
	let status = 0;
	for (const file of [
		...[...PICTURES, ...OF_FAULTS].map((picture) => picture.file),
		...NIGHT_FILM,
		...FILM,
	]) {
		const path = join(OUT, file);
		const state = !existsSync(path) ? "missing" : made[file] !== now ? "older than the page" : "";
		if (state) status = 1;
		process.stdout.write(`${path}: ${state || "up to date"}\n`);
	}
	return status;
}

/** Runs the simulator with these words while its page is photographed. */
async function withPage(
	args: readonly string[],
	take: (browser: Browser, url: string) => Promise<void>,
): Promise<void> {
	const program = ["tools/run.mjs", "sim/main.ts", ...args, "--port", String(PORT)];
	const street = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
	const isOver = new Promise((resolve) => street.on("exit", resolve));
	let browser: Browser | undefined;
	try {
		const url = await pageOf(street);
		browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
		mkdirSync(OUT, { recursive: true });
		await take(browser, url);
	} finally {
		await browser?.close();
		street.kill("SIGINT");
		await isOver;
	}
}

function takeOf(pictures: readonly Picture[]) {
	return async (browser: Browser, url: string): Promise<void> => {
		await jump(browser, url);
		for (const picture of pictures) await take(browser, url, picture);
		note(pictures.map(({ file }) => file));
	};
}

async function takeNight(browser: Browser, url: string): Promise<void> {
	await takeNightFilm(browser, url, OUT);
	note(NIGHT_FILM);
}

/** Keeps the page's digest of the pictures that were taken. */
function note(files: readonly string[]): void {
	const made = existsSync(DIGESTS)
		? (JSON.parse(readFileSync(DIGESTS, "utf8")) as Record<string, string>)
		: {};
	for (const file of files) {
		made[file] = pageDigest();
		process.stdout.write(`${join(OUT, file)}\n`);
	}
	writeFileSync(DIGESTS, `${JSON.stringify(made, null, "\t")}\n`);
}

/** The page's address, as the simulator prints it. */
function pageOf(street: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = "";
		const timer = setTimeout(() => reject(new Error(`no page: ${output}`)), START_TIMEOUT);
		street.stdout!.on("data", (bytes: Buffer) => {
			output += bytes.toString("utf8");
			const url = /page: (http:\S+)/.exec(output)?.[1];
			if (url === undefined) return;
			clearTimeout(timer);
			resolve(url);
		});
		street.on("exit", (code) => reject(new Error(`the simulator ended with ${code}: ${output}`)));
	});
}

/** Brings the street to the evening of the pictures. */
async function jump(browser: Browser, url: string): Promise<void> {
	const page = await browser.newPage();
	await page.goto(url);
	const headers = { "Content-Type": "application/json" };
	const post = { method: "POST", headers, body: JSON.stringify({ ms: JUMP }) };
	await page.evaluate((init) => fetch("/jump", init).then(() => {}), post);
	await page.locator(".lapse").waitFor();
	await page.locator(".lapse").waitFor({ state: "detached", timeout: WAIT });
	await page.close();
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
	const { file, language, width, height, state } = picture;
	const context = await browser.newContext({
		viewport: { width, height },
		locale: `${language}-BE`,
	});
	const page = await context.newPage();
	await page.goto(`${url}#${state}&lang=${language}`);
	await page.locator(".plates button, .charts, .options").first().waitFor();
	await pause(SETTLE);
	await page.screenshot({ path: join(OUT, file) });
	await context.close();
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
