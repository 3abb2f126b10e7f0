/** `ecdsa`: throws on what is no signature, as the SDK's does. */
export default class ECDSA {
	verify(): boolean {
		throw new TypeError("no DER");
	}
}
