/**
 * Amounts: numbers as spreadsheets of several countries write them.
 *
 * `235 212,40`, `235.212,40`, `235,212.40` and `2.3e5` are numbers; a comma alone is a decimal mark.
 */

const SPACES = /[\s\u00a0\u202f'’]/g;
const NUMBER = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/;

/** NaN: no number, or none that is finite. */
export function amountOf(cell: string): number {
	const text = cell.replace(SPACES, "");
	const [comma, point] = [text.lastIndexOf(","), text.lastIndexOf(".")];
	const decimal = comma > point ? "," : ".";
	const other = decimal === "," ? "." : ",";
	const plain = text.replaceAll(other, "").replace(decimal, ".");
	const value = NUMBER.test(plain) ? Number(plain) : NaN;
	return Number.isFinite(value) ? value : NaN;
}

/** `150 W` too. */
export function wattsOf(cell: string): number {
	return amountOf(cell.replace(/\s*w(att)?s?\s*$/i, ""));
}
