/** File text: the characters of a file of lights, in the encodings that spreadsheets save. */

export interface FileText {
	readonly text: string;
	/** Neither UTF-8 nor UTF-16: read as Windows-1252. */
	readonly isLatin: boolean;
}

/** UTF-8, or UTF-16 by its mark; else Windows-1252. Undefined: not a text. */
export function fileText(bytes: Uint8Array): FileText | undefined {
	const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
	if (mark === 0xfffe) return { text: new TextDecoder("utf-16le").decode(bytes), isLatin: false };
	if (bytes.subarray(0, 4096).includes(0)) return undefined;
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return { text, isLatin: false };
	} catch {
		return { text: new TextDecoder("windows-1252").decode(bytes), isLatin: true };
	}
}
