/** Read file: the town in a file of any form. */
import type { Mapping } from "../mapping.js";
import { readTown, type TownRead } from "../readtown.js";
import { textOfForeign } from "./foreign.js";

export async function readFile(
	name: string,
	bytes: Uint8Array,
	given?: Mapping,
	lines?: string,
): Promise<TownRead> {
	const text = await textOfForeign(bytes);
	if (!("key" in text)) return readTown(name, text, given, lines);
	return { read: [text], mapping: given ?? { columns: {} }, columns: [], sample: [] };
}
