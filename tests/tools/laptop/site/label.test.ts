/** Label: its code is read by another program, and its file has a name on any system. */
import { describe, expect, test } from "@jest/globals";
import { string as anyString, assert as check, property } from "fast-check";
import jsqr from "jsqr";
import { verbatim } from "../../../../lib/text/bilingual.js";
import { labelFile, labelLine, labelOf } from "../../../../tools/laptop/site/label.js";
import { Scanner } from "../../../../tools/laptop/site/scanner.js";
import { TestSeat } from "../lampline.js";

/** Pixels of a module. */
const MODULE = 4;
const scan = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;

/** The text that a reader finds in the picture of the label's path. */
function readCode(svg: string): string | undefined {
	const [, scale, path] = /scale\(([\d.]+)\)" d="([^"]+)"/.exec(svg)!;
	const size = Math.round(27 / Number(scale));
	const side = size * MODULE;
	const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
	for (const [, x, y, run] of path!.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
		for (let row = 0; row < MODULE; row += 1)
			for (let column = 0; column < Number(run) * MODULE; column += 1) {
				const at = (Number(y) * MODULE + row) * side + Number(x) * MODULE + column;
				pixels.fill(0, 4 * at, 4 * at + 3);
			}
	return scan(pixels, side, side)?.data;
}

const labels: [serial: string, pole: string, node: string, site: string][] = [
	["L-0017", "Q7", "quai-7", "liege"],
	["A4CF12-0F_3B", "Q 9 près du pont", "quai-9", ""],
	["x".repeat(32), "p".repeat(64), "n".repeat(32), "a/long/site"],
	["L-1", `<Q&7> "x"`, "quai-7", "liege"],
];
describe.each(labels)("%s at %s", (serial, pole, node, site) => {
	const svg = labelOf({ serial, pole, node, site }, "en");
	test("the code holds serial number and pole, the text both and the node", () => {
		expect(readCode(svg)).toBe(labelLine({ serial, pole }));
		const labelText = [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text!).join("");
		const signs: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };
		const plain = labelText.replace(/&(\w+);/g, (_, name: string) => signs[name]!);
		expect(plain).toContain(pole);
		expect(plain.replace(/^.*serial /, "")).toContain(serial);
		expect(plain).toContain(node);
	});
	test("four modules around the code are light, as the standard requires", () => {
		const [, scale, path] = /scale\(([\d.]+)\)" d="([^"]+)"/.exec(svg)!;
		const size = Math.round(27 / Number(scale));
		const runs = [...path!.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
		const ends = runs.flatMap(([x, y, run]) => [x!, y!, size - x! - run!, size - y! - 1]);
		expect(Math.min(...ends)).toBe(4);
	});
	test("all of it lies on the label", () => {
		const rows = [
			...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)/g),
		];
		for (const [, x, y, size, text] of rows) {
			const characters = text!.replace(/&\w+;/g, "&").length;
			expect(Number(x) + 0.72 * Number(size) * characters).toBeLessThanOrEqual(62);
			expect(Number(y)).toBeLessThanOrEqual(28.5);
			expect(Number(size)).toBeGreaterThanOrEqual(2.4);
		}
	});
});

test("in French the words are French", () => {
	const svg = labelOf({ serial: "L-1", pole: "Q7", node: "quai-7", site: "liege" }, "fr");
	expect(svg).toContain(">nœud liege/quai-7<");
	expect(svg).toContain(">série L-1<");
});

test("a file name has no separator, device or dot of Windows, and each pole its own", () => {
	check(
		property(anyString({ unit: "grapheme", maxLength: 64 }), (pole) => {
			const name = labelFile(pole);
			expect(name).toMatch(/^pole-[\p{L}\p{N}_%-]*\.svg$/u);
			expect(decodeURIComponent(name.slice(5, -4))).toBe(pole);
		}),
		{ numRuns: 200 },
	);
	expect(labelFile("../../etc/passwd")).toBe("pole-%2E%2E%2F%2E%2E%2Fetc%2Fpasswd.svg");
});

describe("a scanner", () => {
	const at = () => {
		const seat = new TestSeat();
		const environment = {};
		return { seat, scanner: new Scanner({ ...seat, now: () => new Date(0), environment }, "en") };
	};
	test("types lines, in pieces or several at once; an empty line ends", async () => {
		const { seat, scanner } = at();
		for (const piece of ["lumi", "node L-1 Q7\rQ8\r", "\n\r"]) seat.keys.write(piece);
		const lines = [];
		for (let index = 0; index < 3; index += 1) lines.push(await scanner.line(verbatim("scan")));
		expect(lines).toEqual(["luminode L-1 Q7", "Q8", undefined]);
		scanner.close();
	});
	test("a label that is scanned too early answers no question", async () => {
		const { seat, scanner } = at();
		const answer = scanner.yes(verbatim("right?"));
		for (const key of "luminode L-1 Q7\r") seat.keys.write(key);
		seat.keys.write("oyster\rY\r");
		expect(await answer).toBe(true);
		expect(seat.stderr.text.match(/right\?/g)).toHaveLength(3);
		scanner.close();
	});
	test("of a pipe, the last line needs no end, and questions have no answer", async () => {
		const { seat, scanner: piped } = at();
		Object.assign(seat.stdin, { isTTY: false });
		seat.keys.end("Q7\nQ8");
		expect(await piped.yes(verbatim("right?"))).toBeUndefined();
		expect(await piped.line(verbatim("scan"))).toBe("Q7");
		expect(await piped.line(verbatim("scan"))).toBe("Q8");
		expect(await piped.line(verbatim("scan"))).toBeUndefined();
		expect(seat.stderr.text).toBe("");
		piped.close();
	});
});
