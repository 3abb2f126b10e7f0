/**
 * Pole page: the page at the pole in Chromium, with `navigator.serial` replaced by a stream.
 */
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";

const NO_SERIAL = 'Object.defineProperty(navigator, "serial", { value: undefined })';

/** The other end of the replaced port. */
export interface FarEnd {
	/** Bytes of the page, as Latin-1. */
	write(text: string): void;
	/** Sets the receiver of the lamp's bytes. */
	listen(hear: (text: string) => void): void;
}

export interface Opened {
	readonly browser: Browser;
	readonly page: Page;
	/** What the page threw, and each error of the console. */
	readonly complaints: readonly string[];
}

/** Opens the page; `far`: undefined leaves the browser without Web Serial. */
export async function openPage(url: string, far: FarEnd | undefined): Promise<Opened> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	const context = await browser.newContext({ acceptDownloads: true, locale: "en-GB" });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	if (far) {
		await page.exposeFunction("farWrite", (text: string) => far.write(text));
		await page.addInitScript(replaceSerial);
		far.listen((text) => {
			void page
				.evaluate(
					(bytes) => (globalThis as unknown as { hearFar?(t: string): void }).hearFar?.(bytes),
					text,
				)
				.catch(() => {}); // the page is closed
		});
	} else await page.addInitScript(NO_SERIAL);
	await page.goto(url);
	return { browser, page, complaints };
}

/** Runs in the page: a port whose streams lead to the test. */
function replaceSerial(): void {
	const far = globalThis as unknown as {
		farWrite(text: string): Promise<void>;
		hearFar?(text: string): void;
	};
	const port = {
		readable: null as ReadableStream<Uint8Array> | null,
		writable: null as WritableStream<Uint8Array> | null,
		async open() {
			port.readable = new ReadableStream<Uint8Array>({
				start(controller) {
					far.hearFar = (text) =>
						controller.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
				},
			});
			port.writable = new WritableStream<Uint8Array>({
				write: (bytes) => far.farWrite(String.fromCharCode(...bytes)),
			});
		},
		async close() {
			delete far.hearFar;
		},
	};
	const ports = { requestPort: async () => port };
	Object.defineProperty((globalThis as unknown as { navigator: object }).navigator, "serial", {
		value: ports,
	});
}
