/**
 * Label: a label for a controller as SVG: a QR code (ISO/IEC 18004) of its serial number and pole,
 * and the same as text. It contains no secret.
 */
import { encode } from "uqr";
import { element, pictureFile, text } from "../../../lib/plot/svg.js";
import type { Language } from "../../../lib/text/bilingual.js";

/** Characters of the code before serial number and pole; a scanned line begins with it. */
export const LABEL_MARK = "luminode";
/** mm: a common label on a roll. */
const WIDTH = 62;
const HEIGHT = 29;
const CODE = 27;
const MARGIN = 1;
/** Modules of quiet zone that the standard requires. */
const QUIET = 4;
/** mm */
const FONT_MAX = 6;
const FONT_MIN = 2.4;
const FONT_SMALL = 2.8;
/** Height of a line, in that of its characters. */
const LINE = 1.12;
/** Width of a bold character of a sans-serif font, in its height: the widest common letters. */
const CHARACTER = 0.72;

interface Labelled {
	readonly serial: string;
	/** Empty: not known yet, as at the factory. */
	readonly pole: string;
	readonly node: string;
	readonly site: string;
}

/** The line that a scanner reads from the label; a controller without a pole is its serial number. */
export function labelLine({ serial, pole }: Pick<Labelled, "serial" | "pole">): string {
	return pole === "" ? serial : `${LABEL_MARK} ${serial} ${pole}`;
}

/** The label as an SVG file. */
export function labelOf(labelled: Labelled, language: Language): string {
	const { serial, pole, node, site } = labelled;
	const left = CODE + 2 * MARGIN;
	const [large, size] = fitted(pole || serial, WIDTH - left - MARGIN);
	const args = language === "fr" ? ["nœud", "série"] : ["node", "serial"];
	const place = `${args[0]} ${site === "" ? "" : `${site}/`}${node}`;
	const small = pole === "" ? [] : [place, `${args[1]} ${serial}`];
	const rows = [
		...large.map((line) => ({ line, size, weight: "bold" })),
		...small.flatMap((line) => {
			const [lines, each] = fitted(line, WIDTH - left - MARGIN, FONT_SMALL);
			return lines.map((piece) => ({ line: piece, size: each, weight: "normal" }));
		}),
	];
	let y = MARGIN;
	const texts = rows.map((row) => {
		y += row.size * LINE;
		return text(left, y, row.line, { "font-size": row.size, "font-weight": row.weight });
	});
	return pictureFile(
		WIDTH,
		HEIGHT,
		{ title: pole || serial, width: `${WIDTH}mm`, height: `${HEIGHT}mm` },
		codeOf(labelLine(labelled)),
		...texts,
	);
}

/** A file name on any system: no separators, no device of Windows. */
export function labelFile(pole: string): string {
	const safe = pole.replace(/[^\p{L}\p{N}_-]/gu, (sign) =>
		[...new TextEncoder().encode(sign)]
			.map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
			.join(""),
	);
	return `pole-${safe}.svg`;
}

/** The dark modules of a row that stand side by side are one rectangle of a path. */
function codeOf(line: string): string {
	const { data, size } = encode(line, { ecc: "M", border: QUIET });
	const runs = data.flatMap((row, y) =>
		[
			...row
				.map((dark) => (dark ? "1" : "0"))
				.join("")
				.matchAll(/1+/g),
		].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
	);
	const transform = `translate(${MARGIN} ${MARGIN}) scale(${(CODE / size).toFixed(4)})`;
	return element("path", { transform, d: runs.join(""), fill: "#000" });
}

/** Lines and their size: one line if it can be read, else several. */
function fitted(line: string, width: number, most = FONT_MAX): readonly [string[], number] {
	const characters = [...line];
	const size = Math.min(most, width / (CHARACTER * Math.max(1, characters.length)));
	if (size >= FONT_MIN) return [[line], size];
	const each = Math.floor(width / (CHARACTER * FONT_MIN));
	const lines: string[] = [];
	for (let at = 0; at < characters.length; at += each)
		lines.push(characters.slice(at, at + each).join(""));
	return [lines, FONT_MIN];
}
