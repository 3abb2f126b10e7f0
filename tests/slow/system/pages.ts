/** Pages: a street with its page, and Chromium that looks at it. */
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { PATIENCE } from "../../support/until.js";
import { freePort, type Program, simulator } from "../support/programs.js";

export interface Watched {
	readonly street: Program;
	readonly port: number;
	/** Of the page, with a slash at its end. */
	readonly url: string;
	readonly page: Page;
	/** What the page threw, and what it wrote of errors. */
	readonly complaints: readonly string[];
	close(): Promise<void>;
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
	let browser: Browser | undefined;
	const close = async () => {
		await browser?.close();
		await street.stop("SIGINT");
	};
	try {
		const [, url] = await street.says(/page: (http:\S+)/); // the engine may be built first
		browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale });
		page.setDefaultTimeout(PATIENCE);
		await page.addInitScript(SLOW_FRAMES);
		const complaints: string[] = [];
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		await page.goto(url!);
		return { street, port, url: url!, page, complaints, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/**
 * What a page complained of, without connections that its own street cut: a stream ends with its run, a
 * street that is opened anew ends each request of the one before.
 */
export function complaintsOf({ complaints }: Watched): string[] {
	return complaints.filter((text) => !/net::ERR_(CONNECTION|SOCKET|INCOMPLETE|EMPTY)/.test(text));
}
