/**
 * Origin: whether a request is the page's own, by its headers.
 *
 * The visitor's browser sends requests for the pages of any site. A name of theirs that resolves to
 * this machine (DNS rebinding) stands in `Host`; a request across sites carries `Origin` (RFC 6454)
 * or, without one, `Sec-Fetch-Site` (W3C Fetch Metadata). A program that is no browser sends
 * neither.
 */
import type { IncomingHttpHeaders } from "node:http";

/** The listening address and the names of the loopback interface, with any forwarded port. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
/** `none`: typed or bookmarked by the visitor. `same-site` is another port of this machine. */
const OWN_SITES: readonly string[] = ["same-origin", "none"];

/** `Host` names the loopback interface. */
export function isAddressed({ host }: IncomingHttpHeaders): boolean {
	return host !== undefined && LOOPBACK_HOST.test(host);
}

/** Another page sent it, or may have. */
export function isForeign(headers: IncomingHttpHeaders): boolean {
	const { host = "", origin } = headers;
	const site = headers["sec-fetch-site"];
	if (site !== undefined && !OWN_SITES.includes(String(site))) return true;
	return origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
}
