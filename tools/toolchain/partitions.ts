/** Partitions: the table of a flash, in ESP-IDF's form. */

const MEGABYTE = 1 << 20;

export interface Partition {
	readonly name: string;
	readonly offset: number;
	readonly bytes: number;
}

/** The partitions of a table in ESP-IDF's form. Throws, naming the line, for one without place or size. */
export function partitionsIn(csv: string): readonly Partition[] {
	const lines = csv.split("\n").filter((line) => /^[^#\s]/.test(line));
	return lines.map((line) => {
		const [name = "", , , offset = "", size = ""] = line.split(",").map((cell) => cell.trim());
		const partition = { name, offset: Number(offset || Number.NaN), bytes: bytesOf(size) };
		if (!(partition.offset > 0 && partition.bytes > 0)) throw new Error(`no partition: ${line}`);
		return partition;
	});
}

/** `0x10000`, `64K` or `1M`. */
function bytesOf(size: string): number {
	const [, number = "", unit = ""] = /^(0x[\da-f]+|\d+)([KM]?)$/i.exec(size) ?? [];
	const factor = { "": 1, K: 1024, M: MEGABYTE }[unit.toUpperCase()] ?? Number.NaN;
	return number === "" ? Number.NaN : Number(number) * factor;
}

/** The partition of a name. Throws if the table has none. */
export function partitionOf(partitions: readonly Partition[], name: string): Partition {
	const found = partitions.find((each) => each.name === name);
	if (!found) throw new Error(`the table has no partition ${name}`);
	return found;
}
