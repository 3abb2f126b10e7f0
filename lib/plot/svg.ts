/** SVG: the elements of a picture as text. Texts and attributes are escaped here, and nowhere else. */
import { rounded } from "./path.js";

/** A number is rounded; an attribute that is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, ...content: string[]): string {
	const written = Object.entries(attributes)
		.filter(([, value]) => value !== undefined)
		.map(
			([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value!)}"`,
		)
		.join("");
	return content.length === 0
		? `<${name}${written}/>`
		: `<${name}${written}>${content.join("")}</${name}>`;
}

/** A picture inside an HTML page; `label` is what a screen reader says instead of it. */
export function inlinePicture(
	width: number,
	height: number,
	{ label, ...attributes }: Attributes,
	...parts: string[]
): string {
	const spoken =
		label === undefined ? { "aria-hidden": "true" } : { role: "img", "aria-label": label };
	const box = { viewBox: `0 0 ${rounded(width)} ${rounded(height)}` };
	return element("svg", { ...attributes, ...box, ...spoken }, ...parts);
}

/** A picture as a file of its own, on white, an element a line. */
export function pictureFile(
	width: number,
	height: number,
	{ title, ...attributes }: Attributes & { readonly title: string },
	...parts: string[]
): string {
	const box = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}` };
	const ground = rect(0, 0, width, height, { fill: "#fff" });
	const all = [element("title", {}, escaped(title)), ground, ...parts];
	const lines = all.map((part) => `\n${part}`);
	return `${element("svg", { ...box, ...attributes, "font-family": "sans-serif" }, ...lines, "\n")}\n`;
}

/** `title` is shown when the pointer rests on the rectangle. */
export function rect(
	x: number,
	y: number,
	width: number,
	height: number,
	{ title, ...attributes }: Attributes,
): string {
	const content = title === undefined ? [] : [element("title", {}, escaped(String(title)))];
	return element("rect", { x, y, width, height, ...attributes }, ...content);
}

export function text(x: number, y: number, label: string, attributes: Attributes = {}): string {
	return element("text", { x, y, ...attributes }, escaped(label));
}

/** XML permits no control characters but those of white space. */
export function escaped(content: string): string {
	const entities: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
	};
	return content
		.replace(/[&<>"]/g, (sign) => entities[sign]!)
		.replace(/[^\P{Cc}\t\n\r]/gu, "\uFFFD");
}
