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

/** Starts the simulator with these words, and opens its page in English. */
export function watch(...words: string[]): Promise<Watched> {
	return watchIn("en-GB", ...words);
}

/** Likewise in a browser of that language. */
export async function watchIn(locale: string, ...words: string[]): Promise<Watched> {
	const port = await freePort();
	const street = simulator(...words, "--port", String(port));
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
