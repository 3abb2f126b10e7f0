/** Pages: a street with its page, and Chromium that looks at it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { PATIENCE, until } from "../../support/until.js";
import { freePort, type Program, simulator } from "../support/programs.js";

/** A page that Chromium looks at. */
export interface Seen {
	/** Before an address behind `#`. */
	readonly url: string;
	readonly page: Page;
	/** What the page threw, and what it wrote of errors. */
	readonly complaints: readonly string[];
	close(): Promise<void>;
}

export interface Watched extends Seen {
	readonly street: Program;
	readonly port: number;
}

/**
 * Ten frames a second instead of sixty, as a slow computer draws them. Chromium draws without a graphics
 * card here, and sixty frames take more CPU than all else that a test of the page does. These tests look at
 * what is drawn and never at how often; `npm run bench -- page` counts the frames.
 */
const SLOW_FRAMES = `{
	const [next, cancel] = [requestAnimationFrame, cancelAnimationFrame];
	const ends = new Map();
	let last = 0;
	window.requestAnimationFrame = (draw) => {
		const id = ++last;
		const drawn = (now) => ends.delete(id) && draw(now);
		const late = setTimeout(() => {
			const frame = next(drawn);
			ends.set(id, () => cancel(frame));
		}, 85);
		ends.set(id, () => clearTimeout(late));
		return id;
	};
	window.cancelAnimationFrame = (id) => {
		ends.get(id)?.();
		ends.delete(id);
	};
}`;

/** Starts the simulator with these words, and opens its page in English. */
export function watch(...args: string[]): Promise<Watched> {
	return watchIn("en-GB", ...args);
}

/** Likewise in a browser of that language. */
export async function watchIn(locale: string, ...args: string[]): Promise<Watched> {
	const port = await freePort();
	const street = simulator(...args, "--port", String(port));
	let seen: Seen | undefined;
	const close = async () => {
		await seen?.close();
		await street.stop("SIGINT");
	};
	try {
		const [, url] = await street.says(/page: (http:\S+)/); // the engine may be built first
		seen = await see(url!, { locale });
		return { ...seen, street, port, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Opens a page that is there; by default in English and with the network. */
export async function see(
	url: string,
	context: Parameters<Browser["newContext"]>[0] = {},
): Promise<Seen> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		const size = { width: 1280, height: 800 };
		const page = await browser.newPage({ viewport: size, locale: "en-GB", ...context });
		page.context().setDefaultTimeout(PATIENCE); // of its popups, too
		await page.addInitScript(SLOW_FRAMES);
		const complaints: string[] = [];
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		await page.goto(url);
		return { url, page, complaints, close: () => browser.close() };
	} catch (error) {
		await browser.close();
		throw error;
	}
}

/**
 * What a page complained of, without connections that its own street cut: a stream ends with its run, a
 * street that is opened anew ends each request of the one before.
 */
export function complaintsOf({ complaints }: Seen): string[] {
	return complaints.filter((text) => !/net::ERR_(CONNECTION|SOCKET|INCOMPLETE|EMPTY)/.test(text));
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations that axe finds in a page as it is. */
export async function violationsOf(page: Page): Promise<string[]> {
	await page.evaluate(AXE); // by the debugger, which the policy of the page does not bind
	return page.evaluate(
		`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`,
	);
}

/** Where an element stands, once it is drawn: a page that has just been opened may draw it a second time. */
export async function boxOf(
	place: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
	let box = await place.boundingBox();
	await until("an element that is drawn", async () => {
		box ??= await place.boundingBox();
		return box !== null;
	});
	return box!;
}

/** Lights of each of these streets. */
export const LIGHTS = 6;

/** Two streets of a commune in Lambert 72, with watts and cabinets. */
export function lightsFile(): string {
	const rows = ["x;y;rue;quartier;puissance;armoire"];
	for (const [index, street] of ["Rue du Moulin", "Rue de l'Église"].entries())
		for (let lamp = 0; lamp < LIGHTS; lamp++) {
			const place = [185_000 + 30 * lamp * (1 - index), 128_000 + index * (60 + 30 * lamp)];
			rows.push([...place, street, index === 0 ? "Centre" : "Bourg", 37, `C${index}`].join(";"));
		}
	return `${rows.join("\n")}\n`;
}
