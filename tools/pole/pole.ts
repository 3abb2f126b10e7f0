/**
 * Pole: `npx luminode pole`: the page at the pole, served on this computer alone, or as a folder that opens
 * by a double click.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { languageIn, optionsIn } from "../../lib/text/options.js";
import { Trouble } from "../../lib/text/trouble.js";
import { POLE_HELP } from "../laptop/text/helps.js";
import { text } from "../laptop/text/texts.js";
import { type PoleFiles, poleFiles } from "./assets.js";

/** By the end of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
	html: "text/html; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	css: "text/css; charset=utf-8",
};

/** Where the page is, and how to end its server. */
export interface Served {
	readonly url: string;
	close(): Promise<void>;
}

/** Serves the files on the loopback; port 0: any free one. */
export async function servePole(files: PoleFiles, port: number): Promise<Served> {
	const server = createServer(({ url, method }, response) => {
		const name = (url === "/" ? "index.html" : (url ?? "").slice(1)) as keyof PoleFiles;
		const isKnown = method === "GET" && Object.hasOwn(files, name);
		response.writeHead(isKnown ? 200 : 404, {
			"content-type": isKnown ? TYPES[name.split(".").at(-1)!] : "text/plain",
			"x-content-type-options": "nosniff",
			"cache-control": "no-store",
		});
		response.end(isKnown ? files[name] : "not found\n");
	});
	await new Promise<void>((ready, fail) =>
		server.once("error", fail).listen(port, "127.0.0.1", ready),
	);
	const { port: chosen } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${chosen}/`,
		close: () => new Promise((closed) => server.close(() => closed())),
	};
}

/** Runs the program; `say` prints a line. @returns its exit code, undefined while it serves */
export async function pole(
	args: readonly string[],
	say: (line: string) => void,
	environment: Readonly<Record<string, string | undefined>> = {},
): Promise<number | undefined> {
	const language = languageIn(args, environment);
	const values = optionsIn(args, {
		port: { type: "string", default: "8090" },
		folder: { type: "string" },
	});
	if (values.help) {
		say(POLE_HELP[language].trimEnd());
		return 0;
	}
	const port = Number(values.port);
	if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
		throw new Trouble(text("badHttpPort", values.port));
	const files = await poleFiles();
	if (values.folder !== undefined) {
		mkdirSync(values.folder, { recursive: true });
		for (const [name, text] of Object.entries(files))
			writeFileSync(join(values.folder, name), text);
		say(text("openIt", join(values.folder, "index.html"))[language]);
		say(text("printIt", join(values.folder, `guide-${language}.html`))[language]);
		return 0;
	}
	const { url } = await servePole(files, port);
	say(text("pageAt", url)[language]);
	say(text("printIt", `${url}guide-${language}.html`)[language]);
	return undefined;
}
