/** Worker: the simulation's side of the channel, in a Web Worker. */
import { traceOf } from "./traced.js";

addEventListener("message", async ({ data }: MessageEvent) => {
	if (data.kind === "trace") {
		const kit = { ...data.kit, engine: await WebAssembly.compile(data.kit.engine) };
		const begun = performance.now();
		const text = await traceOf(kit, data.values).catch((error: Error) => `failed: ${error.stack}`);
		postMessage({ kind: "trace", text, ms: performance.now() - begun });
	}
});
