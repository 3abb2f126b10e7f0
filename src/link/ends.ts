/**
 * Ends: the meaning of a connection's end for the next attempt.
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

/** Whether broker or lamp refuses the other, so that the next attempt is likely to fail, too. */
export function isRefusal(end: LinkEnd): boolean {
	switch (end) {
		case "tlsRefused":
		case "refusedVersion":
		case "refusedIdentifier":
		case "refusedCredentials":
		case "refusedAuthorization":
		case "protocolError":
			return true;
		case "refusedUnavailable": // the server runs but its service does not: handled as an outage
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
