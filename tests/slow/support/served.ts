/** Served: a folder on a static web server of loopback, as any web server sends it. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html",
	".css": "text/css",
	".js": "text/javascript",
	".wasm": "application/wasm",
};

/** @returns its address, and its end */
export async function served(folder: string): Promise<{ url: string; close(): void }> {
	const server = createServer(({ url = "/" }, response) => {
		const { pathname } = new URL(url, "http://localhost");
		const file = join(folder, pathname === "/" ? "index.html" : pathname.slice(1));
		if (!existsSync(file)) response.writeHead(404).end();
		else
			response
				.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream")
				.end(readFileSync(file));
	});
	await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
