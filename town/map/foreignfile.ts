/** Foreign file: what a file that a person brings says as text, read in this browser. */
import { kindOf } from "../reading/foreign/kinds.js";
import type { ReadSentence } from "../reading/sentence.js";

/** Beside the page; a page that is one file has none. */
const SCRIPT = "foreign.js";

/** The bytes of the text, or the sentence that says why there is none. */
export async function textOfFile(bytes: Uint8Array): Promise<Uint8Array | ReadSentence> {
	if (kindOf(bytes) === undefined) return bytes;
	let worker: Worker | undefined;
	try {
		const started = new Worker(SCRIPT);
		worker = started;
		return await new Promise<Uint8Array | ReadSentence>((resolve, reject) => {
			started.onmessage = ({ data }) => resolve(data);
			started.onerror = ({ message }) => reject(new Error(message));
			started.postMessage(bytes, [bytes.buffer]);
		});
	} catch {
		return { about: "error", key: "oneFile" };
	} finally {
		worker?.terminate();
	}
}
