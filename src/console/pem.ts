/**
 * PEM: one text of RFC 7468, pasted line by line until its end.
 */

/**
 * A certificate of RSA-4096 takes 2,000 characters, a key of RSA-2048 1,700. The text, its bytes
 * and a copy of them are in memory together with everything else: a longer one could exhaust memory
 * and restart the lamp.
 */
export const PEM_MAX = 2560;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

export class PemReader {
	/** The first fault that was found, complete at the end. */
	fault: string | undefined;
	/** The whole text, each line with a line feed. */
	text = "";
	private readonly label: string;

	/** `label`: the required label, e.g. `CERTIFICATE`. */
	constructor(label: string) {
		this.label = label;
	}

	/** Takes the `nth` line, from 1; returns whether it was the last. */
	take(line: string | undefined, index: number): boolean {
		const isEnd = line?.startsWith(END) ?? false;
		const why = this.faultOf(line, index, isEnd);
		if (why !== undefined) {
			this.fault ??= `line ${index} ${why}`;
			this.text = ""; // it may contain part of a key
		} else if (this.fault === undefined) this.text += `${line}\n`;
		return isEnd;
	}

	private faultOf(line: string | undefined, index: number, isEnd: boolean): string | undefined {
		if (line === undefined) return "is no text";
		if (this.text.length + line.length + 1 > PEM_MAX) return `is beyond ${PEM_MAX} characters`;
		if (index === 1)
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
