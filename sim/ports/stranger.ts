/**
 * Stranger: recognises connections that are no terminal's, and drops them before a byte reaches a
 * lamp.
 *
 * A web page of any site can make the visitor's browser connect to a port of this machine and send
 * text of its choice behind a request line (cross-protocol attack). The line comes first and the
 * page cannot choose it: so HTTP, TLS, and STUN (which WebRTC sends over TCP, RFC 8489) are
 * recognised by their first bytes.
 */
import type { Socket } from "node:net";

/** RFC 9110 and RFC 5789; PRI begins HTTP/2 (RFC 9113, 3.4). A method is written in capitals. */
const METHODS = [
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS",
	"TRACE",
	"CONNECT",
	"PRI",
];
const TLS_HANDSHAKE = "\x16\x03";
const STUN = ["\x00\x01", "\x00\x03"];
const OPENINGS: readonly string[] = [
	...METHODS.map((method) => `${method} `),
	TLS_HANDSHAKE,
	...STUN,
];

/** Whether a terminal wrote these first bytes; undefined: more bytes are needed. */
export function isTerminal(first: Uint8Array): boolean | undefined {
	const text = Buffer.from(first).toString("latin1");
	if (OPENINGS.some((opening) => text.startsWith(opening))) return false;
	return OPENINGS.some((opening) => opening.startsWith(text)) ? undefined : true;
}

/** Passes on the bytes of a connection that begins like a terminal's; ends any other. */
export function fromTerminal(socket: Socket, take: (bytes: Buffer) => void): void {
	let first = Buffer.alloc(0);
	const look = (bytes: Buffer) => {
		first = Buffer.concat([first, bytes]);
		const verdict = isTerminal(first);
		if (verdict === undefined) return;
		socket.off("data", look);
		if (!verdict) {
			socket.destroy();
			return;
		}
		socket.on("data", take);
		take(first);
	};
	socket.on("data", look);
}
