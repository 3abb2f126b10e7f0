/**
 * Layout: the flash of a controller as one file, of the parts that ESP-IDF lists in `flasher_args.json`.
 *
 * Each part is held against the table of partitions, so that no part runs into the next partition.
 */
import type { Partition } from "../toolchain/partitions.js";

interface Part {
	readonly offset: number;
	/** As ESP-IDF names it, from the folder of its build. */
	readonly file: string;
}

interface Plan {
	readonly parts: readonly Part[];
	readonly bytes: number;
}

const MEGABYTE = 1 << 20;
/** Flash that was erased. */
const ERASED = 0xff;

/** ESP-IDF's plan of a flashing. Throws for a text that is none. */
export function planIn(flasherArguments: string): Plan {
	const { flash_files: files, flash_settings: settings } = JSON.parse(flasherArguments);
	const bytes = Number.parseInt(settings?.flash_size, 10) * MEGABYTE;
	const parts = Object.entries(files ?? {}).map(([offset, file]) => ({
		offset: Number(offset),
		file: String(file),
	}));
	if (!(bytes > 0) || parts.length === 0) throw new Error("flasher_args.json names no flash");
	return { bytes, parts: parts.sort((part, other) => part.offset - other.offset) };
}

/** Contents of the flash. Throws where two parts overlap, or one exceeds its partition or the flash. */
export function flashOf(
	{ parts, bytes }: Plan,
	partitions: readonly Partition[],
	read: (file: string) => Uint8Array,
): Buffer {
	const flash = Buffer.alloc(bytes, ERASED);
	let end = 0;
	for (const { offset, file } of parts) {
		const content = read(file);
		const home = partitions.find((each) => each.offset === offset);
		const next = partitions.find((each) => each.offset > offset);
		const most = home ? home.offset + home.bytes : (next?.offset ?? bytes);
		if (offset < end) throw new Error(`${file} overlaps the part before it`);
		end = offset + content.length;
		if (end > Math.min(most, bytes))
			throw new Error(`${file} exceeds ${home?.name ?? "its place"}`);
		flash.set(content, offset);
	}
	return flash;
}
