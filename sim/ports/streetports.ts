/**
 * Street ports: the network of a street with the ports by which people reach it, or with a broker
 * outside.
 */

import type { BrokerSide } from "../network/broker/broker.js";
import { EmbeddedBroker } from "../network/broker/embedded.js";
import { portOf } from "../run/install.js";
import { type SideParts, StreetNetwork } from "../run/streetnetwork.js";
import type { NetworkOptions } from "../street/network.js";
import { TcpClients } from "./clients.js";
import { ExternalBroker } from "./external.js";
import { SerialPorts } from "./serialports.js";
import { Sockets } from "./sockets.js";
import { TURNS } from "./turns.js";

/**
 * Longest wait for one answer of a broker outside, ms of wall clock. A lamp gives up after 30 s of its
 * own time, which at 60x is half a second: on a busy machine an answer takes longer, so the clock is
 * held for it.
 */
const HOLD = 5_000;
/**
 * Virtual ms for one answer before the clock is held for it: a slow round trip of a mobile network.
 * Meanwhile street and broker work at once; a wait for each answer made a city of 1,000 lamps wait
 * twenty times a virtual second.
 */
const GRACE = 2_000;

/** The network of a street, ready for its lamps; rejects if its broker is silent or a port cannot be opened. */
export async function createNetwork(options: NetworkOptions): Promise<StreetNetwork> {
	const { broker, port, serial = [], print } = options;
	const guests = port > 0 ? new TcpClients(port, print) : undefined;
	const network = await StreetNetwork.create(options, async (parts) => {
		if (broker !== "embedded") return outside(parts, options);
		return EmbeddedBroker.create({ ...parts, turns: TURNS, ...(guests && { guests }) });
	});
	if (port === 0 && serial.length === 0) return network;
	const lines = new SerialPorts(network.serial);
	const consolePort = port > 0 ? await lines.open(port + 1) : undefined;
	if (consolePort !== undefined) sayPorts(network, consolePort, options);
	const sockets = serial.length > 0 ? await Sockets.open(serial, lines, print) : undefined;
	network.attach({
		consolePort,
		async close() {
			await sockets?.close();
			await lines.close();
		},
	});
	return network;
}

/** Brokers outside, which the lamps know by `hosts`. */
function outside(parts: SideParts, options: NetworkOptions): BrokerSide {
	const { broker, root, site } = options;
	const [url, ...others] = broker.split(",").map((text) => new URL(text)) as [URL, ...URL[]];
	const orderFilters = ["+", "group/+"].flatMap((who) =>
		["command", "emergency"].map((suffix) => `${root}/${site}/${who}/${suffix}`),
	);
	const { hosts = [url.hostname], credential, watcher } = options;
	const addresses = [url, ...others].map((brokerUrl, n) => ({
		name: hosts[n]!,
		host: brokerUrl.hostname,
		port: portOf(brokerUrl),
	}));
	return new ExternalBroker({
		...parts,
		orderFilters,
		host: url.hostname,
		port: portOf(url),
		addresses,
		...(credential ? { credential: credential.bind(options) } : {}),
		...(watcher ? { watcher } : {}),
		hold: HOLD,
		grace: GRACE,
		isSecure: url.protocol === "mqtts:",
	});
}

function sayPorts(
	{ brokerUrl }: StreetNetwork,
	consolePort: number,
	{ print, port, broker }: NetworkOptions,
): void {
	const busy = broker === "embedded" && !brokerUrl?.endsWith(`:${port}`);
	print(`broker: ${brokerUrl}${busy ? ` (port ${port} was busy)` : ""}`);
	const wanted = port + 1;
	const moved = consolePort === wanted ? "" : ` (port ${wanted} was busy)`;
	print(`serial lines: 127.0.0.1:${consolePort}${moved}, first line: lamp N`);
}
