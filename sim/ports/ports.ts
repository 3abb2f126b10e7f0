/** Ports: listening on the loopback interface, on the wanted port or the next free one. */
import type { Server } from "node:net";

/** The simulator is reachable from this machine only. */
export const LOOPBACK = "127.0.0.1";
/** So many ports in a row are hardly all taken by chance. */
const ATTEMPTS = 100;
const PORT_MAX = 65_535;

/**
 * Listens on `port` of the loopback interface or, if it is taken, on the next free one; 0 leaves
 * the choice to the system. Rejects if the system allows none. @returns the port it listens on
 */
export async function listenNear(server: Server, port: number): Promise<number> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await listenOn(server, port === 0 ? 0 : port + attempt);
		} catch (error) {
			const busy = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
			if (!busy || attempt + 1 >= ATTEMPTS || port + attempt >= PORT_MAX) throw error;
		}
	}
}

function listenOn(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
			server.off("error", reject);
			const address = server.address();
			resolve(typeof address === "object" && address ? address.port : port);
		});
	});
}
