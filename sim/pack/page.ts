/**
 * Page: that which carries its simulation, as a folder for any static web server, or as one file.
 *
 * Either asks nothing of anybody else: the content security policy names all that it may run and load.
 */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { CarriedKit, CarriedTown } from "../browser/kit.js";
import { bundlePage, pageFile } from "../files/pagebundle.js";
import type { Values } from "../options/values.js";
import { ENGINE, KIT, LICENCES, TOWN, WORKER } from "../page/client/carried/pieces.js";
import { bundleWorker } from "./bundle.js";
import { readEngine, readKit } from "./kit.js";
import { licencesOf } from "./licences.js";

export interface Wanted {
	/** Of the street with which the page opens. */
	readonly values: Values;
	readonly town?: CarriedTown | undefined;
	/** In the place of the engine of this checkout. */
	readonly engine?: Uint8Array | undefined;
}

export interface Page {
	readonly script: string;
	readonly styles: string;
	readonly icon: string;
	/** Of the reports that the page makes. */
	readonly reportStyle: string;
	/** By name; those that end in `.bin` are compressed. */
	readonly pieces: ReadonlyMap<string, Uint8Array>;
}

/** Rejects with a line to print if the engine cannot be built, or the registry is not there. */
export async function makePage(
	{ values, town, engine }: Wanted,
	print: (line: string) => void,
): Promise<Page> {
	const module = engine ?? (await readEngine(print));
	const [page, worker] = await Promise.all([bundlePage("carried/main.ts", true), bundleWorker()]);
	const kit: CarriedKit = { ...readKit(), values, hasTown: town !== undefined };
	const licences = await licencesOf([page.inputs, worker.inputs], print);
	return {
		script: page.script,
		styles: page.styles,
		icon: `data:image/svg+xml;base64,${pageFile("icon.svg").toString("base64")}`,
		reportStyle: kit.press.style,
		pieces: new Map<string, Uint8Array>([
			[ENGINE, module],
			[KIT, packed(JSON.stringify(kit))],
			[WORKER, Buffer.from(worker.script)],
			[LICENCES, Buffer.from(licences)],
			...(town ? [[TOWN, packed(JSON.stringify(town))] as const] : []),
		]),
	};
}

const packed = (bytes: string | Uint8Array): Buffer => gzipSync(bytes, { level: 9 });
const hashOf = (text: string): string =>
	`'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Files of a folder, by name. */
export function filesOf(page: Page): ReadonlyMap<string, string | Uint8Array> {
	const html = htmlOf(page, {
		policy: {
			"script-src": "'self' 'wasm-unsafe-eval'",
			"worker-src": "'self'",
			"style-src": `'self' ${hashOf(page.reportStyle)}`,
			"connect-src": "'self'",
		},
		head: '<link rel="stylesheet" href="page.css">\n<script type="module" src="page.js"></script>',
		body: "",
	});
	return new Map<string, string | Uint8Array>([
		["index.html", html],
		["page.css", page.styles],
		["page.js", page.script],
		...page.pieces,
	]);
}

/** The page as one file, which opens without network and server. */
export function fileOf(page: Page): string {
	const { script, styles, reportStyle, pieces } = page;
	if (/<\/script/i.test(script) || /<\/style/i.test(styles))
		throw new Error("the page's script or style would end early in one file");
	const embedded = [...pieces].map(([name, bytes]) => {
		const raw = name.endsWith(".bin") ? Buffer.from(bytes) : packed(bytes);
		return `<script type="text/plain" id="${name}">${raw.toString("base64")}</script>`;
	});
	return htmlOf(page, {
		policy: {
			"script-src": `${hashOf(script)} 'wasm-unsafe-eval' blob:`,
			"worker-src": "blob:",
			"style-src": `${hashOf(styles)} ${hashOf(reportStyle)}`,
			"connect-src": "'none'",
		},
		head: `<style>${styles}</style>`,
		body: `${embedded.join("\n")}\n<script type="module">${script}</script>`,
	});
}

interface Parts {
	readonly policy: Readonly<Record<string, string>>;
	readonly head: string;
	readonly body: string;
}

function htmlOf({ icon }: Page, { policy, head, body }: Parts): string {
	const all = { "default-src": "'none'", ...policy, "img-src": "'self' data:" };
	const fixed = { ...all, "base-uri": "'none'", "form-action": "'none'" };
	const content = Object.entries(fixed).map(([name, value]) => `${name} ${value}`);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${content.join("; ")}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<title>luminode</title>
<link rel="icon" href="${icon}">
${head}
</head>
<body>
<div id="app"></div>
<noscript>luminode: this page needs JavaScript. Cette page a besoin de JavaScript.</noscript>
${body}
</body>
</html>
`;
}
