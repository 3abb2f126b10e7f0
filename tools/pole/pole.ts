/**
 * Pole: `npm run pole`: the page at the pole, served on this computer alone, or as a folder that opens
 * by a double click.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type PoleFiles, poleFiles } from "./assets.js";

const HELP = `usage: npm run pole [-- --port PORT | --folder DIR]

Serves the page at the pole on 127.0.0.1, for Chrome or Edge with Web Serial. Ctrl-C ends it.

  --port PORT   the port (8090)
  --folder DIR  writes the page into a folder instead; index.html opens by a double click
`;
const TYPES: Readonly<Record<keyof PoleFiles, string>> = {
	"index.html": "text/html; charset=utf-8",
	"pole.js": "text/javascript; charset=utf-8",
	"pole.css": "text/css; charset=utf-8",
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
			"content-type": isKnown ? TYPES[name] : "text/plain",
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
): Promise<number | undefined> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			port: { type: "string", default: "8090" },
			folder: { type: "string" },
			help: { type: "boolean" },
		},
	});
	if (values.help) {
		say(HELP.trimEnd());
		return 0;
	}
	const port = Number(values.port);
	if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
		throw new Error(`--port ${values.port}: must be 0 to 65535, for example 8090`);
	const files = await poleFiles();
	if (values.folder !== undefined) {
		mkdirSync(values.folder, { recursive: true });
		for (const [name, text] of Object.entries(files))
			writeFileSync(join(values.folder, name), text);
		say(`${join(values.folder, "index.html")}: open it in Chrome or Edge`);
		return 0;
	}
	const { url } = await servePole(files, port);
	say(`page at the pole: ${url}`);
	return undefined;
}
