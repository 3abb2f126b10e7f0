/**
 * PEM: one text of RFC 7468 as it is pasted, line by line, until its end.
 */

/** Characters of one value of NVS (ESP-IDF: 4,000 bytes with the zero). RSA-2048 takes 1,700. */
export const PEM_MAX = 3999;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

export class PemReader {
	/** What is wrong with it, once it is over; the first that was found. */
	fault: string | undefined;
	private readonly label: string;
	private lines: string[] = [];
	private length = 0;

	/** `label`: what it must be, e.g. `CERTIFICATE`. */
	constructor(label: string) {
		this.label = label;
	}

	/** The whole text. */
	get text(): string {
		return `${this.lines.join("\n")}\n`;
	}

	/** Takes its `nth` line, from 1; whether that was the last. */
	take(line: string | undefined, nth: number): boolean {
		const isEnd = line?.startsWith(END) ?? false;
		const why = this.faultOf(line, nth, isEnd);
		if (why !== undefined) {
			this.fault ??= `line ${nth} ${why}`;
			this.lines = []; // of a key, perhaps
		} else if (this.fault === undefined) {
			this.lines.push(line as string);
			this.length += (line as string).length + 1;
		}
		return isEnd;
	}

	private faultOf(line: string | undefined, nth: number, isEnd: boolean): string | undefined {
		if (line === undefined) return "is no text";
		if (this.length + line.length + 1 > PEM_MAX) return `is beyond ${PEM_MAX} characters`;
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
