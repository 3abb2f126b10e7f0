/**
 * Judge: results of the controller's arithmetic for numbers from outside, one request a line.
 *
 * `ecdsa KEY DIGEST SIGNATURE`, `hmac KEY MESSAGE`, `pbkdf2 PASSWORD SALT ROUNDS`: all in hex, `-`
 * for no byte. The answer is `true`, `false`, or the tag or key in hex.
 */
import { crypto } from "host/crypto";
import { firstBlock } from "luminode/console/secret";

export function answerLines(): void {
	for (let line = headless.readLine(); line !== undefined; line = headless.readLine()) {
		const [what, ...args] = line.split(" ");
		headless.print(answerTo(what!, args.map(bytesOf)));
	}
	headless.exit(0);
}

function answerTo(what: string, args: readonly Uint8Array[]): string {
	const [first, second, third] = args as [Uint8Array, Uint8Array, Uint8Array];
	switch (what) {
		case "ecdsa":
			return String(crypto.ecdsaVerify(first, second, third));
		case "hmac":
			return hexOf(crypto.hmacSha256(first, second));
		case "pbkdf2":
			return hexOf(firstBlock(first, second, Number(numberOf(third)), crypto));
		default:
			return headless.exit(64); // EX_USAGE
	}
}

function numberOf(bytes: Uint8Array): bigint {
	return BigInt.fromArrayBuffer(bytes.buffer);
}

function bytesOf(hex: string): Uint8Array {
	const bytes = new Uint8Array(hex === "-" ? 0 : hex.length / 2);
	for (let at = 0; at < bytes.length; at += 1)
		bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
	return bytes;
}

function hexOf(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}
