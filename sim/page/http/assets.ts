/** Assets: the page's files, its script and styles bundled in memory at start, and the style of reports. */
import { bundleForeign, bundlePage, pageFile } from "../../files/pagebundle.js";
import { readPress } from "../../files/press.js";

export interface Asset {
	readonly type: string;
	readonly body: string | Uint8Array;
}

/** Path of the browser's request, and the response. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
	const [{ script, styles }, foreign] = await Promise.all([
		bundlePage("main.tsx", false),
		bundleForeign(),
	]);
	const text = (type: string) => `${type}; charset=utf-8`;
	return new Map([
		["/", { type: text("text/html"), body: pageFile("page.html") }],
		["/page.css", { type: text("text/css"), body: styles }],
		["/page.js", { type: text("text/javascript"), body: script }],
		["/foreign.js", { type: text("text/javascript"), body: foreign.script }],
		["/report.css", { type: text("text/css"), body: readPress().style }],
		["/icon.svg", { type: "image/svg+xml", body: pageFile("icon.svg") }],
		["/slider.svg", { type: "image/svg+xml", body: pageFile("slider.svg") }],
	]);
}
