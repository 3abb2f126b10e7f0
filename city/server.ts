/** Server: the HTTP endpoint of a city's program, on the address and port of its command line. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Trouble } from "../lib/text/trouble.js";
import { wholeOf } from "./program.js";

export const SERVER_OPTIONS = { port: { type: "string" }, host: { type: "string" } } as const;

interface Served {
	/** `http://127.0.0.1:9311` */
	readonly url: string;
	close(): Promise<void>;
}

/** Listens at `--host` and `--port`; a port that is taken is a `Trouble`. */
export async function serve(
	server: Server,
	values: { readonly port?: string | undefined; readonly host?: string | undefined },
	usual: number,
): Promise<Served> {
	const port = wholeOf("port", values.port, usual, [0, 65_535]);
	const host = values.host ?? "127.0.0.1";
	await new Promise<void>((resolve, reject) => {
		server.once("error", ({ message }) => reject(new Trouble(`--port ${port}: ${message}`)));
		server.listen(port, host, resolve);
	});
	const bound = (server.address() as AddressInfo).port;
	return {
		url: `http://${host}:${bound}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
