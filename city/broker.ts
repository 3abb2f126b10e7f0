/**
 * Broker: address, credentials and connection of the city's programs, the same options for each.
 *
 * The password comes from a file or from the environment, never from the command line, where any
 * user of the machine can read it.
 */
import { randomBytes } from "node:crypto";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import { textOfFile } from "../lib/files.js";
import { Trouble } from "../lib/text/trouble.js";
import type { Station } from "./program.js";
import { BROKER } from "./words.js";

const PASSWORD_VARIABLE = "LUMINODE_BROKER_PASSWORD";
/** ms for a connection, until the program ends with the reason. */
const CONNECT_WITHIN = 15_000;
/** ms between two attempts after a loss. */
const RETRY = 1_000;
/** ms for the end of a connection. */
const END_WITHIN = 2_000;
/** ms of wall clock without a packet, before the connection is tried. */
const KEEP_ALIVE_S = 30;

/** Words of the account and address, as far as they are given. */
type BrokerWords = { readonly [name in keyof typeof BROKER]?: string | undefined };

/** A broker, or the nodes of one cluster, with credentials. */
export interface Address {
	readonly urls: readonly URL[];
	readonly user: string | undefined;
	readonly password: string | undefined;
	readonly ca: string | undefined;
	readonly cert: string | undefined;
	readonly key: string | undefined;
}

const SCHEMES = ["mqtt:", "mqtts:"];

/** The address of the command line; throws `Trouble`. */
export function addressOf(
	options: BrokerWords,
	environment: Readonly<Record<string, string | undefined>>,
): Address {
	const urls = (options.broker ?? BROKER.broker.default).split(",").map(urlOf);
	const file = (path: string | undefined) => (path === undefined ? undefined : textOfFile(path));
	const { user, cert, key } = options;
	if ((cert === undefined) !== (key === undefined))
		throw new Trouble("--cert and --key belong together: give both");
	const typed = file(options["password-file"])?.split(/\r?\n/)[0];
	const password = typed ?? environment[PASSWORD_VARIABLE];
	if (password !== undefined && user === undefined && typed !== undefined)
		throw new Trouble("--password-file needs the name of the account: --user NAME");
	return {
		urls,
		user,
		password: user === undefined ? undefined : password,
		ca: file(options.ca),
		cert: file(cert),
		key: file(key),
	};
}

function urlOf(text: string): URL {
	const example = "e.g. mqtts://broker.example.org:8883";
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		throw new Trouble(`--broker ${text}: is no URL, ${example}`);
	}
	if (!SCHEMES.includes(url.protocol))
		throw new Trouble(
			`--broker ${text}: begins neither with mqtt:// nor with mqtts://, ${example}`,
		);
	if (url.username || url.password)
		throw new Trouble(
			"--broker has a name or a password in the URL, where other users of the machine can read " +
				`it: use --user NAME and --password-file FILE or ${PASSWORD_VARIABLE}`,
		);
	return url;
}

/** Options of MQTT.js for that address; the caller adds those of its session. */
function optionsOf({ urls, user, password, ca, cert, key }: Address): IClientOptions {
	const servers = urls.map(({ protocol, hostname, port }) => ({
		protocol: protocol.slice(0, -1) as "mqtt" | "mqtts",
		host: hostname,
		port: Number(port || (protocol === "mqtts:" ? 8883 : 1883)),
	}));
	return {
		...(servers.length === 1 ? servers[0] : { servers, protocol: servers[0]!.protocol }),
		clientId: `${user ?? "luminode"}-${randomBytes(6).toString("hex")}`,
		...(user === undefined ? {} : { username: user }),
		...(password === undefined ? {} : { password }),
		...(ca === undefined ? {} : { ca }),
		...(cert === undefined || key === undefined ? {} : { cert, key }),
		protocolVersion: 4,
		keepalive: KEEP_ALIVE_S,
		reconnectPeriod: RETRY,
		connectTimeout: CONNECT_WITHIN,
		resubscribe: false, // all filters in one packet: city/subscriptions.ts does it in steps
	};
}

/**
 * The connection of the command line; a broker that restarts is waited for. `prepare` sets handlers
 * before CONNECT, because the messages of a kept session come with CONNACK.
 */
export function joined(
	values: BrokerWords,
	{ environment, stderr }: Pick<Station, "environment" | "stderr">,
	session: IClientOptions = {},
	prepare: (client: MqttClient) => void = () => {},
): Promise<MqttClient> {
	const say = (sentence: string) => void stderr.write(`${sentence}\n`);
	return connectTo(addressOf(values, environment), session, prepare, say);
}

/** An order as it is sent: issued now, valid for `validFor` seconds. */
export function orderNow(body: object, now: number, validFor: number): object {
	return { ...body, issued: new Date(now).toISOString(), validFor };
}

/**
 * A connection that comes back by itself; a broker that does not take it is a `Trouble`. `say`: a
 * sentence, when one at which nothing listens is waited for; absent: it is not.
 */
export async function connectTo(
	address: Address,
	session: IClientOptions,
	prepare: (client: MqttClient) => void = () => {},
	say?: (sentence: string) => void,
): Promise<MqttClient> {
	const client = connect({ ...optionsOf(address), ...session });
	prepare(client);
	let tries = 0;
	let latest: unknown = new Error("no answer in time");
	return new Promise((resolve, reject) => {
		const sentenceOf = (error: unknown) =>
			`no connection to ${address.urls.map((url) => url.host).join(", ")}: ${reasonOf(error)}`;
		const fail = (error: unknown) => {
			clearTimeout(timer);
			client.end(true);
			reject(new Trouble(sentenceOf(error)));
		};
		const timer = setTimeout(() => fail(latest), CONNECT_WITHIN);
		const onError = (error: unknown) => {
			if (++tries < address.urls.length) return; // each node of a cluster is tried once
			if (!say || codeOf(error) !== "ECONNREFUSED") return fail(error);
			latest = error;
			if (tries === address.urls.length)
				say(`${sentenceOf(error)}; it is waited for, ${CONNECT_WITHIN / 1000} s at most`);
		};
		client.on("error", onError).once("connect", () => {
			clearTimeout(timer);
			client.off("error", onError).on("error", () => {}); // the next attempt follows
			resolve(client);
		});
	});
}

const REASONS: Readonly<Record<string, string>> = {
	ECONNREFUSED: "nothing listens there",
	ENOTFOUND: "the name has no address",
	EAI_AGAIN: "the name has no address",
	ECONNRESET: "the broker closed the connection; is it a port with TLS (mqtts://)?",
	"4": "the broker refuses name and password",
	"5": "the broker refuses name and password",
};

function reasonOf(error: unknown): string {
	return REASONS[codeOf(error)] ?? (error as Error).message;
}

/** Of several addresses of a name: the code of the first. */
function codeOf(error: unknown): string {
	const { code, errors } = error as {
		code?: string | number;
		errors?: readonly { code?: string }[];
	};
	return String(errors?.[0]?.code ?? code);
}

/** Ends a connection with DISCONNECT; after a while without, if an answer of the broker is outstanding. */
export async function left(client: MqttClient): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(true), END_WITHIN);
	});
	const isLate = await Promise.race([client.endAsync().then(() => false), late]);
	clearTimeout(timer);
	if (isLate) client.stream.destroy();
}

/** Publishes at QoS 1; resolves when the broker has acknowledged. */
export async function send(
	client: MqttClient,
	topic: string,
	body: object | string,
	retain = false,
): Promise<void> {
	const payload = typeof body === "string" ? body : JSON.stringify(body);
	await client.publishAsync(topic, payload, { qos: 1, retain });
}

/** Subscribes; a filter that the broker refuses is a `Trouble` with its text. */
export async function listen(
	client: MqttClient,
	filters: readonly string[],
	qos: 0 | 1 = 1,
): Promise<void> {
	for (let at = 0; at < filters.length; at += FILTERS_AT_ONCE) {
		const some = filters.slice(at, at + FILTERS_AT_ONCE);
		let grants: Awaited<ReturnType<MqttClient["subscribeAsync"]>>;
		try {
			grants = await client.subscribeAsync([...some], { qos });
		} catch (error) {
			throw new Trouble(
				`the broker refuses the subscription of ${some.join(", ").slice(0, 200)}: ` +
					`${(error as Error).message}; may this account read it?`,
			);
		}
		const refused = grants.find((grant) => grant.qos > 2);
		if (refused) throw new Trouble(`the broker refuses the subscription of ${refused.topic}`);
	}
}

/** RabbitMQ and mosquitto take any number; a packet of these stays below 64 KB. */
const FILTERS_AT_ONCE = 200;
