/** Foreign file: what a file that a person brings says as text, read in this browser. */
import { kindOf } from "../reading/foreign/kinds.js";
import type { ReadSentence } from "../reading/sentence.js";

/** Beside the page. */
const SCRIPT = "foreign.js";

/** The bytes of the text, or the sentence that says why there is none. Throws where the script cannot be loaded. */
export async function textOfFile(bytes: Uint8Array): Promise<Uint8Array | ReadSentence> {
	if (kindOf(bytes) === undefined) return bytes;
	const worker = new Worker(SCRIPT);
	try {
		return await new Promise<Uint8Array | ReadSentence>((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message));
			worker.postMessage(bytes, [bytes.buffer]);
		});
	} finally {
		worker.terminate();
	}
}
