/** WebKit: Debian's, on a screen that is not there, driven by WebDriver (W3C) as far as a page is opened and asked for a value. */
import { existsSync } from "node:fs";
import { freePort, Program } from "./programs.js";

const DRIVER = "/usr/bin/WebKitWebDriver";
const BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

export class WebKit {
	private constructor(
		private readonly program: Program,
		private readonly session: string,
	) {}

	/** Whether this machine has it. */
	static get isHere(): boolean {
		return existsSync(DRIVER) && existsSync(BROWSER) && existsSync("/usr/bin/xvfb-run");
	}

	static async open(): Promise<WebKit> {
		const port = await freePort();
		const program = new Program("/usr/bin/xvfb-run", ["-a", DRIVER, `--port=${port}`]);
		const url = `http://127.0.0.1:${port}/session`;
		const options = { binary: BROWSER, args: ["--automation"] };
		const alwaysMatch = { "webkitgtk:browserOptions": options };
		for (;;)
			try {
				const { sessionId } = await ask<{ sessionId: string }>(url, {
					capabilities: { alwaysMatch },
				});
				return new WebKit(program, `${url}/${sessionId}`);
			} catch (error) {
				if (program.code !== undefined) throw new Error(program.output, { cause: error });
				await new Promise((resolve) => setTimeout(resolve, 200)); // it does not listen yet
			}
	}

	async goto(url: string): Promise<void> {
		await ask(`${this.session}/url`, { url });
	}

	/** A value of the page that JSON can say. Rejects if the expression throws. */
	value<T>(expression: string): Promise<T> {
		return ask(`${this.session}/execute/sync`, { script: `return ${expression}`, args: [] });
	}

	async close(): Promise<void> {
		await fetch(this.session, { method: "DELETE" });
		await this.program.stop();
	}
}

async function ask<T>(url: string, body: object): Promise<T> {
	const headers = { "Content-Type": "application/json" };
	const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
	const { value } = (await response.json()) as { value: T & { message?: string } };
	if (!response.ok) throw new Error(value.message);
	return value;
}
