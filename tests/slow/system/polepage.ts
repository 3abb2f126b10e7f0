/**
 * Pole page: the page at the pole in Chromium, with `navigator.serial` replaced by a stream.
 */
import { connect, type Socket } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { PATIENCE } from "../../support/until.js";

const NO_SERIAL = 'Object.defineProperty(navigator, "serial", { value: undefined })';

/** The other end of the replaced port. */
export interface FarEnd {
	/** Bytes of the page, as Latin-1. */
	write(text: string): void;
	/** Sets the receiver of the lamp's bytes. */
	listen(receive: (text: string) => void): void;
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
	page.setDefaultTimeout(PATIENCE);
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

/** A cable between the page's port and a TCP port of a lamp, to be moved and pulled. */
export class Cable implements FarEnd {
	#receive: (text: string) => void = () => {};
	#socket: Socket | undefined;

	write(text: string): void {
		this.#socket?.write(Buffer.from(text, "latin1"));
	}

	listen(receive: (text: string) => void): void {
		this.#receive = receive;
	}

	plug(port: number): void {
		this.#socket?.destroy();
		const socket = connect({ host: "127.0.0.1", port });
		this.#socket = socket;
		socket.on("error", () => {}).on("data", (bytes) => this.#receive(bytes.toString("latin1")));
	}

	/** The device is gone, as the browser sees it. */
	async pull(page: Page): Promise<void> {
		this.#socket?.destroy();
		this.#socket = undefined;
		await page.evaluate("goneFar()");
	}
}

/** Runs in the page: a port whose streams lead to the test. */
function replaceSerial(): void {
	const far = globalThis as unknown as {
		farWrite(text: string): Promise<void>;
		hearFar?(text: string): void;
		goneFar?(): void;
	};
	const port = {
		readable: null as ReadableStream<Uint8Array> | null,
		writable: null as WritableStream<Uint8Array> | null,
		async open() {
			port.readable = new ReadableStream<Uint8Array>({
				start(controller) {
					far.hearFar = (text) =>
						controller.enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
					far.goneFar = () => controller.error(new Error("the device has been lost"));
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
