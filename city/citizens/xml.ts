/** XML: items as GeoReport v2 has them; the entries of a list have its name without `s`. */
type Item = { readonly [field: string]: unknown };

const SIGNS: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
};

/** Without the name of an item it is the root itself. */
export function xmlOf(
	[list, item]: readonly [string, string | undefined],
	items: readonly Item[],
): string {
	const inner = items.map((entry) =>
		item === undefined ? fields(entry) : element(item, fields(entry)),
	);
	return `<?xml version="1.0" encoding="utf-8"?>${element(list, inner.join(""))}`;
}

function fields(item: Item): string {
	return Object.entries(item)
		.map(([name, value]) => {
			if (!Array.isArray(value)) return element(name, escaped(value ?? ""));
			const inner = (entry: Item | string) =>
				typeof entry === "string" ? escaped(entry) : fields(entry);
			const entries = value.map((entry) => element(name.replace(/s$/, ""), inner(entry)));
			return element(name, entries.join(""));
		})
		.join("");
}

function element(name: string, inner: string): string {
	return `<${name}>${inner}</${name}>`;
}

function escaped(value: unknown): string {
	return (
		String(value)
			.replace(/[&<>"]/g, (sign) => SIGNS[sign]!)
			// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no such characters
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
	);
}
