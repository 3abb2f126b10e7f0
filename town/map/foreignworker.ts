/** Foreign worker: reads one file that is no text, in a Web Worker of its own. */
import { textOfForeign } from "../reading/foreign/foreign.js";

addEventListener("message", ({ data }: MessageEvent<Uint8Array>) => {
	void textOfForeign(data).then((text) => postMessage(text));
});
