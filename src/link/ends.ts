/**
 * Ends: what the end of a connection means for the next.
 */
import type { LinkEnd } from "./contract.js";

/** By the return code of CONNACK (table 3.1). */
export const REFUSALS: readonly LinkEnd[] = Object.freeze([
	"protocolError", // 0 is no refusal
	"refusedVersion",
	"refusedIdentifier",
	"refusedUnavailable",
	"refusedCredentials",
	"refusedAuthorization",
]);

/** Whether the broker does not want us, or we it: the next attempt will fare no better. */
export function isRefusal(end: LinkEnd): boolean {
	switch (end) {
		case "tlsRefused":
		case "refusedVersion":
		case "refusedIdentifier":
		case "refusedCredentials":
		case "refusedAuthorization":
		case "protocolError":
			return true;
		case "refusedUnavailable": // the broker is there, but not its service: as if it were away
		case "closedByPeer":
		case "unreachable":
		case "nameUnknown":
		case "timedOut":
		case "noNetwork":
		case "notAvailable":
		case "connectTimeout":
		case "pingTimeout":
		case "acknowledgeTimeout":
		case "closed":
			return false;
	}
}
