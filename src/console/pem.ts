/**
 * PEM: one text of RFC 7468 as it is pasted, line by line, until its end.
 */

/**
 * A certificate of RSA-4096 takes 2,000 characters, a key of RSA-2048 1,700. Text, its bytes and a copy
 * of them are in memory at once, beside all else: a longer one could restart the lamp.
 */
export const PEM_MAX = 2560;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

export class PemReader {
	/** What is wrong with it, once it is over; the first that was found. */
	fault: string | undefined;
	/** All of it, each line with a line feed. */
	text = "";
	private readonly label: string;

	/** `label`: what it must be, e.g. `CERTIFICATE`. */
	constructor(label: string) {
		this.label = label;
	}

	/** Takes its `nth` line, from 1; whether that was the last. */
	take(line: string | undefined, nth: number): boolean {
		const isEnd = line?.startsWith(END) ?? false;
		const why = this.faultOf(line, nth, isEnd);
		if (why !== undefined) {
			this.fault ??= `line ${nth} ${why}`;
			this.text = ""; // of a key, perhaps
		} else if (this.fault === undefined) this.text += `${line}\n`;
		return isEnd;
	}

	private faultOf(line: string | undefined, nth: number, isEnd: boolean): string | undefined {
		if (line === undefined) return "is no text";
		if (this.text.length + line.length + 1 > PEM_MAX) return `is beyond ${PEM_MAX} characters`;
		if (nth === 1)
			return line === `${BEGIN}${this.label}${DASHES}` ? undefined : this.notThe(BEGIN);
		if (isEnd) return line === `${END}${this.label}${DASHES}` ? undefined : this.notThe(END);
		for (let at = 0; at < line.length; at += 1)
			if (!BASE64.includes(line.charAt(at))) return "is not base 64";
		return undefined;
	}

	private notThe(part: string): string {
		return `is not ${part}${this.label}${DASHES}`;
	}
}
