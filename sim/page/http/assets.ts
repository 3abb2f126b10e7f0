/** Assets: the page's files, its script and styles bundled in memory at start, and the style of reports. */
import { bundleForeign, bundlePage, pageFile } from "../../files/pagebundle.js";
import { readPress } from "../../files/press.js";

export interface Asset {
	readonly type: string;
	/** A function: made when it is asked for. */
	readonly body: string | Uint8Array | (() => Promise<string>);
	/** Its script compiles WebAssembly, which the policy of all else forbids. */
	readonly compiles?: true;
}

let foreign: Promise<string> | undefined;

/** Once, over all runs: few people bring a file that is no text. */
const foreignScript = (): Promise<string> => {
	foreign ??= bundleForeign();
	return foreign;
};

/** Path of the browser's request, and the response. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
	const { script, styles } = await bundlePage("main.tsx", false);
	const text = (type: string) => `${type}; charset=utf-8`;
	return new Map<string, Asset>([
		["/", { type: text("text/html"), body: pageFile("page.html") }],
		["/page.css", { type: text("text/css"), body: styles }],
		["/page.js", { type: text("text/javascript"), body: script }],
		["/foreign.js", { type: text("text/javascript"), body: foreignScript, compiles: true }],
		["/report.css", { type: text("text/css"), body: readPress().style }],
		["/icon.svg", { type: "image/svg+xml", body: pageFile("icon.svg") }],
		["/slider.svg", { type: "image/svg+xml", body: pageFile("slider.svg") }],
	]);
}
