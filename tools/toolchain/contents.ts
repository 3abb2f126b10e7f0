/**
 * Contents: `mc.xs.c`, the contents of flash as the SDK's linker writes them.
 *
 * Behind each regular expression the linker copies the head of the chunk that follows it in the linker's
 * own memory, with addresses of that memory. Nothing reads it, but two builds would differ.
 */

/** Words of the head: `sxChunk` of the SDK, on a computer with 64 bits. */
const HEAD = 4;
const TABLE = /(gxRegExpData\[mxRegExpCount\] = \{)([^}]*)\}/;

/** The text with zeros for these heads. */
export function withoutMemory(text: string): string {
	const starts = [...text.matchAll(/&gxRegExpData\[(\d+)\]/g)].map(([, at]) => Number(at));
	return text.replace(TABLE, (_all, begin: string, table: string) => {
		const count = table.match(/0x/g)?.length ?? 0;
		const ends = [...starts, count].filter((at) => at > 0);
		const isHead = (at: number) => ends.some((end) => at < end && at >= end - HEAD);
		let at = 0;
		const words = table.replace(/0x[\dA-F]+/g, (word) => (isHead(at++) ? "0x00000000" : word));
		return `${begin}${words}}`;
	});
}
