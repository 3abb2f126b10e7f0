/**
 * Target: host, port and TLS of a lamp's stream, from a `streamOpen` effect.
 */

import { textOf } from "../../lib/bytes.js";

/** TCP port in the effect's value; above it, TLS is requested. */
const TLS = 65_536;

export interface Target {
	readonly host: string;
	readonly port: number;
	/** Absent: plain TCP. As in src/host.ts. */
	readonly tls?: { readonly serverName: string; readonly date: number };
}

export function targetOf(value: number, bytes: Uint8Array): Target {
	const [host = "", serverName = host, date = "0"] = textOf(bytes).split(" ");
	const port = value % TLS;
	return value < TLS ? { host, port } : { host, port, tls: { serverName, date: Number(date) } };
}
