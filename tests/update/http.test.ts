/** HTTP: golden bytes both ways, and no response that makes the reader throw or accept a wrong length. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	HEAD_BYTES_MAX,
	type HttpFault,
	REQUEST_BYTES,
	ResponseHead,
	writeRequest,
} from "../../src/update/http.js";
import { FakeHost } from "../support/fakehost.js";

const { utf8 } = new FakeHost();
const WHOLE = 1000;

/** Reads a response in pieces; where the body begins, in it and in the image, or what is wrong. */
function read(text: string | Buffer, from = 0, piece = 7): [at: number, start: number | HttpFault] {
	const bytes = Buffer.from(text);
	const head = new ResponseHead(utf8);
	let at = 0;
	while (at < bytes.length && !head.isDone && !head.fault)
		at += head.take(bytes, at, Math.min(piece, bytes.length - at));
	if (head.fault) return [at, head.fault];
	return [at, head.isDone ? head.start(from, WHOLE) : "badResponse"];
}
const ok = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n";
const partial =
	"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 100-999/1000\r\nContent-Length: 900\r\n";

describe("a request", () => {
	const into = new Uint8Array(REQUEST_BYTES);
	const source = { host: "images.example", port: 443, tls: true, path: "/a/b.bin?x=1" };
	const rest = "User-Agent: luminode\r\nAccept-Encoding: identity\r\n\r\n";
	test.each([
		[
			"from the first byte",
			source,
			0,
			`GET /a/b.bin?x=1 HTTP/1.1\r\nHost: images.example\r\n${rest}`,
		],
		[
			"from where it ended, at a port of its own",
			{ ...source, port: 8443 },
			700,
			`GET /a/b.bin?x=1 HTTP/1.1\r\nHost: images.example:8443\r\nRange: bytes=700-\r\n${rest}`,
		],
	])("%s", (_why, where, from, golden) => {
		const count = writeRequest(where, from, utf8, into);
		expect(Buffer.from(into.subarray(0, count)).toString()).toBe(golden);
	});
	test("of the longest host and path fits its buffer", () => {
		const longest = { host: "h".repeat(253), port: 65_535, tls: true, path: `/${"p".repeat(199)}` };
		expect(writeRequest(longest, 16_777_215, utf8, into)).toBeGreaterThan(450);
	});
});

describe("a response", () => {
	test.each<[why: string, text: string, from: number, start: number]>([
		["the whole image", `${ok}\r\n`, 0, 0],
		["a part", `${partial}\r\n`, 100, 100],
		["the whole where a part was asked for", `${ok}\r\n`, 100, 0],
		[
			"HTTP/1.0, no reason, no space, any case",
			"HTTP/1.0 200\r\ncontent-LENGTH:1000\r\n\r\n",
			0,
			0,
		],
		["fields we do not read", `${ok}Set-Cookie: ${"x".repeat(500)}\r\nETag: "1"\r\n\r\n`, 0, 0],
		["after an interim one", `HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n${ok}\r\n`, 0, 0],
		["encoded as identity", `${ok}Content-Encoding: identity\r\n\r\n`, 0, 0],
	])("%s", (_why, text, from, start) => {
		for (const piece of [1, 7, text.length]) {
			expect(read(`${text}BODY`, from, piece)).toEqual([text.length, start]);
		}
	});
	test.each<[why: string, text: string, from: number, fault: HttpFault]>([
		["no status line", "\r\n", 0, "badResponse"],
		["another protocol", "SSH-2.0-OpenSSH\r\n", 0, "badResponse"],
		["HTTP/2 in clear", "HTTP/2 200 OK\r\n", 0, "badResponse"],
		["a status of four digits", "HTTP/1.1 2000 OK\r\n", 0, "badResponse"],
		["a status below 100", "HTTP/1.1 020 OK\r\n", 0, "badResponse"],
		["an upgrade", "HTTP/1.1 101 Switching\r\n\r\n", 0, "badResponse"],
		["a bare LF", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 0, "badResponse"],
		["a folded field", `${ok} folded\r\n\r\n`, 0, "badResponse"],
		["one folded by a tab", `${ok}\tfolded: 1\r\n\r\n`, 0, "badResponse"],
		["a whole of ten digits", `${partial.replace("/1000", "/0000001000")}\r\n`, 100, "badResponse"],
		["a field without a colon", `${ok}nothing\r\n\r\n`, 0, "badResponse"],
		["a space before the colon", `${ok}X : 1\r\n\r\n`, 0, "badResponse"],
		["a status line too long", `HTTP/1.1 200 ${"O".repeat(200)}\r\n\r\n`, 0, "badResponse"],
		["two lengths", `${ok}Content-Length: 1000\r\n\r\n`, 0, "badResponse"],
		["a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n", 0, "badResponse"],
		["a length with a colon", "HTTP/1.1 200 OK\r\nContent-Length: 99:\r\n\r\n", 0, "badResponse"],
		["a length with a sign", "HTTP/1.1 200 OK\r\nContent-Length: +1000\r\n\r\n", 0, "badResponse"],
		["no length", "HTTP/1.1 200 OK\r\n\r\n", 0, "wrongLength"],
		["another length", "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", 0, "wrongLength"],
		["chunks", `${ok}Transfer-Encoding: chunked\r\n\r\n`, 0, "chunked"],
		["an encoding", `${ok}Content-Encoding: gzip\r\n\r\n`, 0, "encoded"],
		["a redirection", "HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n", 0, "redirected"],
		["nothing there", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0, "status"],
		["a part nobody asked for", `${partial}\r\n`, 0, "status"],
		["another part", `${partial}\r\n`, 200, "wrongLength"],
		["a part of another image", `${partial.replace("/1000", "/1001")}\r\n`, 100, "badResponse"],
		["a part that ends early", `${partial.replace("-999/", "-998/")}\r\n`, 100, "badResponse"],
		["a part that begins nowhere", `${partial.replace("100-", "-")}\r\n`, 100, "badResponse"],
		["a line that ends without CR", `${ok}ETag: 1\n\r\n`, 0, "badResponse"],
		["a part of unknown whole", `${partial.replace("/1000", "/*")}\r\n`, 100, "badResponse"],
		[
			"parts in parts",
			"HTTP/1.1 206 P\r\nContent-Type: multipart/byteranges\r\n\r\n",
			9,
			"wrongLength",
		],
		["a head without end", `${ok}${"X: y\r\n".repeat(HEAD_BYTES_MAX / 6)}`, 0, "headTooLong"],
		[
			"a field of ours too long to read",
			`${ok}Content-Range: ${"9".repeat(200)}\r\n\r\n`,
			0,
			"badResponse",
		],
	])("%s is refused", (_why, text, from, fault) => {
		expect(read(text, from)[1]).toBe(fault);
	});
	test("of the longest head is taken, one byte more is not", () => {
		const padded = (bytes: number) =>
			`${ok}X: ${"y".repeat(bytes - ok.length - "X: \r\n\r\n".length)}\r\n\r\n`;
		expect(read(padded(HEAD_BYTES_MAX))).toEqual([HEAD_BYTES_MAX, 0]);
		expect(read(padded(HEAD_BYTES_MAX + 1))[1]).toBe("headTooLong");
	});
	test("of any bytes is one or none, whatever the pieces", () => {
		const line = fc.constantFrom(
			"HTTP/1.1 200 OK",
			"HTTP/1.1 206",
			"Content-Length: 1000",
			"Content-Length: 900",
			"",
			"X:",
			"Content-Range: bytes 100-999/1000",
			"Transfer-Encoding: chunked",
			" x",
			"\u00e9: 1",
			"\0",
		);
		const end = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r");
		const text = fc.array(fc.tuple(line, end)).map((parts) => parts.flat().join(""));
		const bytes = fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw));
		fc.assert(
			fc.property(fc.oneof(text, bytes), fc.constantFrom(0, 100), (what, from) => {
				const [at, start] = read(what, from, 1);
				expect(read(what, from, 64)[1]).toBe(start);
				if (typeof start === "number") {
					expect([0, from]).toContain(start);
					expect(Buffer.from(what).subarray(0, at).toString("latin1").endsWith("\r\n\r\n")).toBe(
						true,
					);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
