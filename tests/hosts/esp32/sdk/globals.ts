/** What XS has and Node has not: its conversions of text and numbers, and the controller's date. */
import { power } from "../controller.js";

Object.assign(ArrayBuffer, {
	fromString: (text: string) => new Uint8Array(Buffer.from(text)).buffer,
});
Object.assign(String, {
	fromArrayBuffer: (bytes: ArrayBuffer) =>
		new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
});
Object.assign(Uint8Array, {
	fromBase64: (text: string) => {
		if (/[^A-Za-z0-9+/=\s]/.test(text)) throw new SyntaxError("no base64");
		return new Uint8Array(Buffer.from(text, "base64"));
	},
});
Object.assign(BigInt, {
	fromArrayBuffer: (bytes: ArrayBuffer) => BigInt(`0x0${Buffer.from(bytes).toString("hex")}`),
	bitLength: (number: bigint) => (number === 0n ? 0 : number.toString(2).length),
});
Date.now = () => power.on.date;
