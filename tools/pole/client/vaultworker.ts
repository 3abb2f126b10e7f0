/**
 * Vault worker: derives the keys of a vault by scrypt (RFC 7914), beside the page's own thread.
 */
import { scrypt } from "@noble/hashes/scrypt";

interface Job {
	readonly phrase: string;
	readonly salt: Uint8Array;
	readonly N: number;
	readonly r: number;
	readonly p: number;
	readonly bytes: number;
}

addEventListener("message", ({ data }: MessageEvent<Job>) => {
	const { phrase, salt, N, r, p, bytes } = data;
	postMessage(scrypt(phrase, salt, { N, r, p, dkLen: bytes, maxmem: 2 ** 31 }));
});
