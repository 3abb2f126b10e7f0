/**
 * HTTP: the part of HTTP/1.1 that one download needs (RFC 9112, 9110), total over hostile bytes.
 *
 * One GET with a Range, one response of given length. Features that the lamp does not need (chunks,
 * encodings, redirects, multipart ranges) are refused; only four of the fields are parsed at all.
 */
import type { Utf8 } from "../host.js";
import type { ImageSource } from "./offer.js";

/** A longer line of a head holds no field that is needed; it is skipped. */
const LINE_BYTES = 128;
/** Bytes of a whole head: far above those of real servers and proxies. */
export const HEAD_BYTES_MAX = 8192;
/** Bytes of a request: the longest path and host of an offer, and the fields. */
export const REQUEST_BYTES = 768;
const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;

export type HttpFault =
	| "badResponse"
	| "headTooLong"
	| "chunked"
	| "encoded"
	| "redirected"
	| "status"
	| "wrongLength";

/** Writes the request for all bytes from `from` on; -1: it does not fit. */
export function writeRequest(
	{ host, port, tls, path }: ImageSource,
	from: number,
	utf8: Utf8,
	into: Uint8Array,
): number {
	const isUsual = port === (tls ? 443 : 80);
	const range = from > 0 ? `Range: bytes=${from}-\r\n` : "";
	const text =
		`GET ${path} HTTP/1.1\r\nHost: ${isUsual ? host : `${host}:${port}`}\r\n` +
		`${range}User-Agent: luminode\r\nAccept-Encoding: identity\r\n\r\n`;
	return utf8.encode(text, into, 0);
}

/** The head of one response, parsed byte by byte. */
export class ResponseHead {
	/** The first fault of the head. */
	fault: HttpFault | undefined;
	/** The body begins with the next byte. */
	isDone = false;
	status = 0;
	private readonly utf8: Utf8;
	private readonly line = new Uint8Array(LINE_BYTES);
	private count = 0; // of the line; may exceed LINE_BYTES
	private total = 0;
	private length = -1;
	private first = -1; // of the range, and the length of the whole
	private fullLength = -1;

	constructor(utf8: Utf8) {
		this.utf8 = utf8;
	}

	/** Parses bytes of the head and returns how many belong to it; the rest is the body. */
	take(bytes: Uint8Array, start: number, count: number): number {
		for (let index = 0; index < count; index += 1) {
			if (this.isDone || this.fault) return index;
			const byte = bytes[start + index]!;
			this.total += 1;
			if (this.total > HEAD_BYTES_MAX) this.fault = "headTooLong";
			else if (byte === LF) this.endLine();
			else {
				if (this.count < LINE_BYTES) this.line[this.count] = byte;
				this.count += 1;
			}
		}
		return count;
	}

	/**
	 * Byte of the image at which the body begins, for a request from byte `from` of an image of
	 * `whole` bytes; or the fault of the response. A server without ranges begins at 0.
	 */
	start(from: number, imageLength: number): number | HttpFault {
		const { status, length } = this;
		if (status >= 300 && status < 400) return "redirected";
		if (status === 200) return length === imageLength ? 0 : "wrongLength";
		if (status !== 206 || from === 0) return "status";
		const isRequested =
			this.first === from && this.fullLength === imageLength && length === imageLength - from;
		return isRequested ? from : "wrongLength";
	}

	/** A line ends with CR LF; the CR is in `line`. */
	private endLine(): void {
		const count = this.count - 1;
		const isWhole = count < LINE_BYTES && this.line[count] === CR;
		this.count = 0;
		if (!isWhole && count < LINE_BYTES) this.fault = "badResponse";
		else if (this.status === 0) this.fault = isWhole ? this.readStatus(count) : "badResponse";
		else if (count === 0) this.endHead();
		else this.fault = this.readField(Math.min(count, LINE_BYTES), isWhole);
	}

	/** An interim response (RFC 9110, 15.2) is followed by the final one. */
	private endHead(): void {
		if (this.status >= 200) this.isDone = true;
		else if (this.status === 101) this.fault = "badResponse";
		this.status = this.isDone ? this.status : 0;
	}

	/** `HTTP/1.1 206 Partial Content`; the reason may be missing. */
	private readStatus(count: number): HttpFault | undefined {
		const text = this.textOf(0, count);
		const isHttp = text?.startsWith("HTTP/1.1 ") || text?.startsWith("HTTP/1.0 ");
		if (!text || !isHttp || (text.length > 12 && text.charAt(12) !== " ")) return "badResponse";
		const status = numberOf(text.slice(9, 12), 3);
		if (status < 100) return "badResponse";
		this.status = status;
		return undefined;
	}

	/** `Name: value`. A needed field that is too long to be parsed is a fault. */
	private readField(count: number, isWhole: boolean): HttpFault | undefined {
		const { line } = this;
		if (line[0] === SPACE || line[0] === TAB) return "badResponse"; // obs-fold (RFC 9112, 5.2)
		const colon = line.indexOf(58);
		if (colon < 1 || colon >= count) return "badResponse";
		const name = this.textOf(0, colon)?.toLowerCase();
		if (name === undefined || name.includes(" ")) return "badResponse";
		if (!isWhole || !FIELDS.includes(name))
			return FIELDS.includes(name) ? "badResponse" : undefined;
		const value = this.textOf(colon + 1, count)?.trim();
		if (value === undefined) return "badResponse";
		if (name === "transfer-encoding") return "chunked";
		if (name === "content-encoding") return value === "identity" ? undefined : "encoded";
		return name === "content-length" ? this.readLength(value) : this.readRange(value);
	}

	/** A repeated length may mean two responses in one (RFC 9112, 6.3), so it is refused. */
	private readLength(value: string): HttpFault | undefined {
		const length = numberOf(value, 9);
		if (length < 0 || this.length >= 0) return "badResponse";
		this.length = length;
		return undefined;
	}

	/** `bytes 100-199/200` (RFC 9110, 14.4). */
	private readRange(value: string): HttpFault | undefined {
		const dash = value.indexOf("-");
		const slash = value.indexOf("/");
		if (!value.startsWith("bytes ") || dash < 0 || slash < dash || this.fullLength >= 0)
			return "badResponse";
		this.first = numberOf(value.slice(6, dash), 9);
		const last = numberOf(value.slice(dash + 1, slash), 9);
		this.fullLength = numberOf(value.slice(slash + 1), 9);
		return this.first < 0 || last !== this.fullLength - 1 ? "badResponse" : undefined;
	}

	private textOf(start: number, end: number): string | undefined {
		return this.utf8.decode(this.line, start, end - start);
	}
}
const FIELDS: readonly string[] = Object.freeze([
	"content-length",
	"content-range",
	"content-encoding",
	"transfer-encoding",
]);

/** The value of 1 to `most` decimal digits; -1 if the text is anything else. */
function numberOf(text: string, most: number): number {
	if (text.length === 0 || text.length > most) return -1;
	let value = 0;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return -1;
		value = value * 10 + digit;
	}
	return value;
}
