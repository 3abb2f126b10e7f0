/**
 * Admission: a broker outside before the run, and the lamps that came online at it, after the run.
 */
import { connect } from "node:net";
import type { Options } from "../cli/options.js";
import type { Outside } from "../cli/outside.js";
import type { Summary } from "../results/summary.js";
import type { Admission } from "../street/network.js";
import { hostsOf, nodeOf, portOf } from "./install.js";

/** Virtual ms after which every lamp is online: its spread, its joining, a repeat. */
const ONLINE_WITHIN = 120_000;
/** Wait for a broker's TCP, ms. */
const BROKER_WITHIN = 5_000;

/** Brokers at which nothing listens. */
async function silentOf(urls: readonly URL[]): Promise<readonly URL[]> {
	const isSilent = (url: URL) =>
		new Promise<boolean>((resolve) => {
			const socket = connect({ host: url.hostname, port: portOf(url) });
			const end = (answer: boolean) => {
				socket.destroy();
				resolve(answer);
			};
			socket.setTimeout(BROKER_WITHIN, () => end(true));
			socket.once("connect", () => end(false)).once("error", () => end(true));
		});
	const answers = await Promise.all(urls.map(isSilent));
	return urls.filter((_url, n) => answers[n]);
}

/** The line that refuses a run at brokers outside of which none answers. */
export async function silenceOf({ outside }: Options): Promise<string | undefined> {
	const silent = await silentOf(outside.urls);
	if (outside.urls.length === 0 || silent.length < outside.urls.length) return undefined;
	return `--broker ${silent.map(({ host }) => host).join(", ")}: nothing listens there`;
}

/** Names, credentials and accounts at a broker outside. */
export function outsideOf({ urls, watchUser, password, pem }: Outside) {
	const ca = pem("ca", "");
	const watch = watchUser === undefined ? undefined : password(watchUser);
	return {
		hosts: hostsOf(urls),
		credential: (lamp: number, key: string) =>
			pem(key.replace("tls.", "") as "ca" | "cert" | "key", nodeOf(lamp)),
		watcher: {
			...(watchUser === undefined ? {} : { user: watchUser }),
			...(watch === undefined ? {} : { password: watch }),
			...(ca === undefined ? {} : { ca }),
		},
	};
}

/** Lines about the lamps at a broker outside. */
export function* sayAdmission(
	{ online, reasons }: Admission,
	{ lamps, speed }: Options,
	{ virtualSeconds, wallSeconds }: Summary,
): Iterable<string> {
	const reached = Math.min(speed, virtualSeconds / wallSeconds);
	yield `speed reached: ${reached.toFixed(1)} of ${speed} virtual seconds a second`;
	yield `${online} of ${lamps} lamps online`;
	for (const [reason, count] of reasons) yield `  ${count} not: ${reason}`;
}

/** Whether all lamps came online, or the run was too short for it. */
export function wasAdmitted({ online }: Admission, lamps: number, reached: number): boolean {
	return online === lamps || reached < ONLINE_WITHIN;
}
