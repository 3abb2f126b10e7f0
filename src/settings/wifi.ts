/**
 * Wi-Fi: validates the name and the password of a network (IEEE 802.11-2020).
 *
 * The name is an SSID of up to 32 bytes (9.4.2.2), in UTF-8. The password is a passphrase of 8 to
 * 63 ASCII characters, or the 64 hexadecimal digits of the key (Annex J.4).
 */

export const SSID_MAX_BYTES = 32;
const PASSPHRASE_MIN = 8;
/** Digits of a pre-shared key; the longest passphrase has one character less. */
export const KEY_DIGITS = 64;

/** Why the text is no valid network name; undefined: it is valid. Empty: no network. */
export function faultOfSsid(text: string): string | undefined {
	let bytes = 0;
	for (let at = 0; at < text.length; at += 1) {
		const unit = text.charCodeAt(at);
		if (unit < 32 || unit === 127) return "has a character that is not allowed";
		if (!isSurrogate(unit)) bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
		else if (isPair(unit, text.charCodeAt(at + 1))) {
			bytes += 4;
			at += 1;
		} else return "has a character that is not allowed";
	}
	return bytes > SSID_MAX_BYTES ? `must have at most ${SSID_MAX_BYTES} bytes of UTF-8` : undefined;
}

/** Why the text is no valid password; undefined: it is valid. Empty: an open network. */
export function faultOfPassphrase(text: string): string | undefined {
	if (text === "") return undefined;
	if (text.length === KEY_DIGITS && isHex(text)) return undefined;
	if (text.length >= PASSPHRASE_MIN && text.length < KEY_DIGITS) return undefined;
	return `must have ${PASSPHRASE_MIN} to ${KEY_DIGITS - 1} characters, or ${KEY_DIGITS} hexadecimal digits`;
}

function isSurrogate(unit: number): boolean {
	return unit >= 0xd800 && unit < 0xe000;
}

function isPair(high: number, low: number): boolean {
	return high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}

function isHex(text: string): boolean {
	for (let at = 0; at < text.length; at += 1)
		if (!"0123456789abcdefABCDEF".includes(text.charAt(at))) return false;
	return true;
}
