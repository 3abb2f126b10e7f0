/** The SDK's `ssl/handshake`, below ours: a key exchange that comes here is taken, or its signature looked at. */
import type SSLStream from "../ssl/stream.js";

export interface Session {
	readonly chosenCipher?: { readonly keyExchangeAlgorithm: number };
	taken?: Uint8Array;
}

const handshake = {
	name: "handshakeProtocol",
	serverKeyExchange: {
		msgType: 12,
		unpacketize(session: Session, body: SSLStream | undefined): void {
			session.taken = body!.getChunk();
		},
	},
};
export default handshake;
