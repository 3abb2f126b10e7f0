/**
 * Globals: what XS 17 has and the simulator's XS 13.3 has not, and a date that is 1970 until it is set.
 */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Object.defineProperty(Uint8Array, "fromBase64", {
	value: (text: string): Uint8Array => {
		const plain = text.replace(/\s/g, "").replace(/=+$/, "");
		const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4));
		let [bits, count, at] = [0, 0, 0];
		for (let index = 0; index < plain.length; index += 1) {
			const value = LETTERS.indexOf(plain.charAt(index));
			if (value < 0) throw new SyntaxError("no base64");
			bits = ((bits << 6) | value) & 0xffffff;
			count += 6;
			if (count < 8) continue;
			count -= 8;
			bytes[at++] = (bits >> count) & 255;
		}
		return bytes;
	},
});
Date.now = () => native.wallClock() ?? Math.floor(native.monotonic());
