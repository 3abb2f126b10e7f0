/** What a page that is passed on may run and load: its own parts, and nothing of anybody else. */
import { expect, test } from "@jest/globals";
import { fileOf, filesOf } from "../../../sim/pack/page.js";

const PAGE = {
	script: "begin();",
	styles: "body { margin: 0 }",
	icon: "data:image/svg+xml;base64,",
	reportStyle: "p { margin: 0 }",
	pieces: new Map([["kit.bin", new Uint8Array([1, 2, 3])]]),
};
/** A hash stands for one script or style that is in the page. */
const OWN = /^('none'|'self'|'wasm-unsafe-eval'|'sha256-[\w+/=]{44}'|blob:|data:)$/;

function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
	const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
	return new Map(
		policy.split("; ").map((rule) => {
			const [name = "", ...sources] = rule.split(" ");
			return [name, sources];
		}),
	);
}

const FORMS: readonly [form: string, html: string, connect: string][] = [
	["the file", fileOf(PAGE), "'none'"],
	["the folder", String(filesOf(PAGE).get("index.html")), "'self'"],
];

// security: a page that is passed on
test.each(FORMS)("%s may ask nobody else", (_form, html, connect) => {
	const policy = policyOf(html);
	expect(policy.get("default-src")).toEqual(["'none'"]);
	expect(policy.get("connect-src")).toEqual([connect]);
	expect([...policy.values()].flat().filter((source) => !OWN.test(source))).toEqual([]);
});
