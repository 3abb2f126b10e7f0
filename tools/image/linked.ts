/**
 * Linked: bytes of the release images that were linked with ESP-IDF, by part (linked.json).
 *
 * `npx luminode build --profile release --record` writes a board's row. An image that was not
 * linked is computed: its own contents, and the rest of one that was, without Wi-Fi where it has none.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const RECORD = "tools/image/linked.json";
const WIFI = "Wi-Fi and PHY";

interface LinkedImage {
	/** Of the image before it is padded. */
	readonly bytes: number;
	/** Of them what the SDK's linker writes: slots, tables, code, texts (heap.ts). */
	readonly contents: number;
	readonly parts: Readonly<Record<string, number>>;
	/** Compiler, ESP-IDF and what else the figures depend on. */
	readonly conditions: string;
}
export type LinkedImages = Readonly<Record<string, LinkedImage>>;

/** Header, headers of segments, checksum and digest of an image: 143 to 158 bytes. */
export const HEADER_BYTES = 160;

export const recorded = (): LinkedImages =>
	existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : {};

export function record(board: string, image: LinkedImage): void {
	writeFileSync(RECORD, `${JSON.stringify({ ...recorded(), [board]: image }, null, "\t")}\n`);
}

interface Rest {
	/** Bytes beside the contents, headers included. */
	readonly bytes: number;
	/** The board whose image was linked. */
	readonly from: string;
	readonly isComputed: boolean;
}

/** Bytes beside a board's contents; undefined: no image was linked. */
export function restOf(
	board: string,
	hasWifi: boolean,
	all: LinkedImages = recorded(),
): Rest | undefined {
	const linked = all[board];
	const [from, image] = linked ? ([board, linked] as const) : (Object.entries(all)[0] ?? []);
	if (from === undefined || !image) return undefined;
	const without = linked || hasWifi ? 0 : (image.parts[WIFI] ?? 0);
	return { bytes: image.bytes - image.contents - without, from, isComputed: !linked };
}
