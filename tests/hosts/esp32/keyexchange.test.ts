/** A key exchange (RFC 5246, 7.4.3) as a server may sign it, or not: which one reaches the SDK. */
import { describe, expect, test } from "@jest/globals";
import handshake from "../../../hosts/moddable/handshake.js";
import SDK from "./sdk/sdk/handshake.js";
import { ECDHE_RSA, RSA } from "./sdk/ssl/constants.js";
import SSLStream from "./sdk/ssl/stream.js";

const messageOf = (hash: number, signer: number, point = 65): Uint8Array =>
	Uint8Array.of(3, 0, 23, point, ...new Array(point).fill(4), hash, signer, 0, 1, 7);

function take(
	bytes: Uint8Array | undefined,
	keyExchangeAlgorithm = ECDHE_RSA,
): Uint8Array | undefined {
	const session: { chosenCipher: object; taken?: Uint8Array } = {
		chosenCipher: { keyExchangeAlgorithm },
	};
	const { serverKeyExchange } = handshake as unknown as typeof SDK;
	serverKeyExchange.unpacketize(session as never, bytes && new SSLStream(bytes));
	return session.taken;
}

describe("a key exchange", () => {
	test.each([
		["SHA-256 and RSA", 4, 1],
		["SHA-256 and ECDSA", 4, 3],
	])("of %s goes to the SDK as it came", (_what, hash, signer) => {
		const message = messageOf(hash, signer);
		expect(take(message)).toEqual(message);
	});
	const offered = ([hash, signer]: readonly number[]) =>
		hash === 4 && (signer === 1 || signer === 3);
	test("of any other pair is refused, all 65,534", () => {
		let refused = 0;
		for (let hash = 0; hash < 256; hash += 1)
			for (let signer = 0; signer < 256; signer += 1) {
				if (offered([hash, signer])) continue;
				try {
					take(messageOf(hash, signer, 1));
				} catch {
					refused += 1;
				}
			}
		expect(refused).toBe(65_534);
	});
	test.each([
		["without a byte", undefined],
		["that ends before its algorithms", messageOf(4, 3).slice(0, 69)],
		["that ends after the hash", messageOf(4, 3).slice(0, 70)],
		["whose point is longer than itself", Uint8Array.of(3, 0, 23, 255, 4, 3)],
	])("%s is refused", (_what, bytes) => {
		expect(() => take(bytes)).toThrow("not signed as offered");
	});
	test("where none is to come is refused", () => {
		expect(() => take(messageOf(4, 3), RSA)).toThrow("not signed as offered");
	});
	test("is all that differs from the SDK's handshake", () => {
		const { serverKeyExchange, ...rest } = handshake as unknown as Record<string, unknown>;
		expect({ ...SDK, serverKeyExchange: undefined }).toEqual({
			...rest,
			serverKeyExchange: undefined,
		});
		expect(serverKeyExchange).toMatchObject({ msgType: 12 });
	});
});
