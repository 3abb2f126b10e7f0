/** Sentence: one statement of the account of an import. */

/** `sentenceText` of importtexts.ts writes it in both languages. */
export interface ReadSentence {
	readonly about: "read" | "left" | "assumed" | "error";
	readonly key: string;
	readonly count?: number;
	readonly text?: string;
	/** Of an error: of the file, or the feature's number in it. */
	readonly line?: number;
	readonly unit?: "line" | "feature";
}
