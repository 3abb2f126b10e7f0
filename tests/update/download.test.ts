/** Download: each connection is closed once, whichever side ends it, and a closed one has no fault left. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import {
	ANSWER_TIMEOUT,
	Download,
	type DownloadDoors,
	SILENCE_TIMEOUT,
} from "../../src/update/download.js";
import { FakeHost } from "../support/fakehost.js";

const SOURCE = { host: "images.example", port: 80, tls: false, path: "/a.bin" };
const TARGET = { host: SOURCE.host, port: SOURCE.port };
const HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n";

/** A download of 2,000 bytes by a stream that has what a test puts into it. */
class Bench {
	readonly closed: number[] = [];
	readonly incoming: number[] = [];
	private opened = 6;
	readonly download: Download;

	constructor(digest = new Uint8Array(32)) {
		const { images, crypto, utf8 } = new FakeHost();
		const streams = {
			open: () => ++this.opened,
			writable: () => 4096,
			write: () => true,
			read: (_id: number, into: Uint8Array) => {
				const bytes = this.incoming.splice(0, into.length);
				into.set(bytes);
				return bytes.length;
			},
			close: (id: number) => void this.closed.push(id),
		};
		const doors = { streams, images, crypto, utf8 } as unknown as DownloadDoors;
		this.download = new Download(doors, SOURCE, 2000, digest);
	}

	/** Connected, the request sent. */
	asked(now: number): this {
		expect(this.download.connect(now, TARGET)).toBeUndefined();
		this.download.onReady(now);
		expect(this.download.tick(now)).toBeUndefined();
		return this;
	}

	answer(text: string, now: number) {
		this.incoming.push(...Buffer.from(text));
		this.download.onReady(now);
		return this.download.tick(now);
	}
}

test("the image is whole if every byte of its digest is the signed one", () => {
	const image = "x".repeat(2000);
	const digest = createHash("sha256").update(image).digest();
	const outcome = (wrong: number | undefined) => {
		const signed = Uint8Array.from(digest, (byte, at) => (at === wrong ? byte ^ 1 : byte));
		const bench = new Bench(signed).asked(0);
		bench.answer(HEAD + image, 10);
		return bench.download.tick(20);
	};
	expect(outcome(undefined)).toBe("whole");
	for (let at = 0; at < digest.length; at += 1)
		expect([at, outcome(at)]).toEqual([at, "wrongHash"]);
});

describe("a connection", () => {
	test.each([
		["that never answers", undefined, ANSWER_TIMEOUT],
		["that falls silent", HEAD, 10 + SILENCE_TIMEOUT],
	])("%s is closed, once, and has no fault afterwards", (_what, text, at) => {
		const bench = new Bench().asked(0);
		if (text !== undefined) expect(bench.answer(text, 10)).toBeUndefined();
		const { download } = bench;
		expect([download.tick(at - 1), download.tick(at)]).toEqual([undefined, "timedOut"]);
		expect([bench.closed, download.owns(7), download.dueAt]).toEqual([[7], false, Infinity]);
		download.close();
		expect([download.tick(at + 1_000_000), bench.closed]).toEqual([undefined, [7]]);
	});
	test("that the server ends is not closed again", () => {
		const bench = new Bench().asked(0);
		bench.answer(HEAD, 10);
		bench.download.onClosed(20, "closedByPeer");
		expect(bench.download.tick(20)).toBe("closedByPeer");
		expect([bench.closed, bench.download.owns(7)]).toEqual([[], false]);
		bench.asked(1000).download.close();
		expect(bench.closed).toEqual([8]);
	});
	test("leaves other inputs their turn between two pieces, whatever arrives", () => {
		const bench = new Bench().asked(0);
		expect(bench.answer(HEAD + "x".repeat(1500), 10)).toBeUndefined();
		bench.download.onReady(11);
		expect([bench.download.dueAt, bench.incoming.length > 0]).toEqual([15, true]);
	});
	test("with a fault in its answer is closed at once", () => {
		const bench = new Bench().asked(0);
		expect(bench.answer("HTTP/1.1 404 Not Found\r\n\r\n", 10)).toBe("status");
		expect(bench.closed).toEqual([7]);
	});
});
