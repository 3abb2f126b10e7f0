/**
 * Handshake: the SDK's, except that a key exchange with an unsupported hash or signature is
 * refused.
 *
 * The SDK lets such an exchange pass: a man in the middle with the broker's public certificate
 * would get the password. TLS 1.2 may use only the algorithms that the client offered (RFC 5246,
 * 7.4.3): SHA-256 with ECDSA or RSA, on an ephemeral curve.
 */
import SDK, { type Session } from "sdk/handshake";
import { ECDHE_RSA } from "ssl/constants";
import SSLStream from "ssl/stream";

/** Curve's type and name (3 bytes), the point's length, the point; then both algorithms (RFC 8422, 5.4). */
const POINT_LENGTH_AT = 3;
const SHA256 = 4;
const RSA = 1;
const ECDSA = 3;

const keyExchange = SDK.serverKeyExchange;

const handshake = Object.freeze({
	...SDK,
	serverKeyExchange: Object.freeze({
		...keyExchange,
		unpacketize(session: Session, body: SSLStream | undefined): void {
			const bytes = body?.getChunk();
			const at = POINT_LENGTH_AT + 1 + (bytes?.[POINT_LENGTH_AT] ?? 0);
			const signer = bytes?.[at] === SHA256 ? bytes[at + 1] : undefined;
			const isEphemeral = session.chosenCipher?.keyExchangeAlgorithm === ECDHE_RSA;
			if (!isEphemeral || (signer !== RSA && signer !== ECDSA))
				throw new Error("serverKeyExchange: not signed as offered");
			keyExchange.unpacketize(session, new SSLStream(bytes));
		},
	}),
});

export default handshake;
