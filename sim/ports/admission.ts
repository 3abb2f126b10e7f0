/**
 * Admission: a broker outside before the run, and the lamps that came online at it, after the run.
 */
import { connect } from "node:net";
import { connect as connectMqtt } from "mqtt";
import type { Options } from "../options/options.js";
import type { Outside } from "../options/outside.js";
import type { Summary } from "../results/summary.js";
import { hostsOf, nodeOf, portOf, ROOT } from "../run/install.js";
import type { Admission, Watcher } from "../street/network.js";

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

/** Numbers of lamps. */
interface Lamps {
	readonly first: number;
	readonly last: number;
}

/** Wait for the retained status of a lamp of the same name, ms of wall clock. */
const NAMESAKE_WITHIN = 1_000;

/**
 * The line that refuses a run whose names are online at the broker already: two lamps of one name
 * end each other's connection. Undefined if none is, or if the account may not read it.
 */
async function namesakeOf(
	url: URL,
	{ outside, part }: Options,
	{ first, last }: Lamps,
): Promise<string | undefined> {
	const { watcher } = outsideOf(outside);
	const online = await onlineAt(url, watcher, `${ROOT}/${part.site}/+/status`);
	const onlineNode = [...online].find((node) => node >= nodeOf(first) && node <= nodeOf(last));
	if (onlineNode === undefined) return undefined;
	const free = "choose other names by --first or --site, or wait until the other one has ended";
	return `--broker ${url.host}: ${onlineNode} of ${part.site} is online there already; ${free}`;
}

/** Nodes whose retained status is online. */
async function onlineAt(url: URL, watcher: Watcher, filter: string): Promise<ReadonlySet<string>> {
	const { user, password, ca } = watcher;
	const account = {
		...(user && { username: user }),
		...(password && { password }),
		...(ca && { ca }),
	};
	const client = connectMqtt(url.href, { ...account, reconnectPeriod: 0 });
	const online = new Set<string>();
	client.on("message", (topic, payload) => {
		if (/"online":true/.test(String(payload))) online.add(topic.split("/").at(-2)!);
	});
	await new Promise<void>((resolve) => {
		client.on("error", () => resolve()).on("close", () => resolve());
		client.subscribe(filter, { qos: 1 }, (error) => {
			if (error) resolve();
			else setTimeout(resolve, NAMESAKE_WITHIN);
		});
	});
	client.end(true);
	return online;
}

/** The line that refuses a run at brokers outside: none answers, or its lamps are there. */
export async function refusalOf(options: Options, lamps: Lamps): Promise<string | undefined> {
	const { urls } = options.outside;
	if (urls.length === 0) return undefined;
	const silent = await silentOf(urls);
	const answering = urls.find((url) => !silent.includes(url));
	if (answering) return namesakeOf(answering, options, lamps);
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
