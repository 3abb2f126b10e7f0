/** The reader's frames, block by block, told by hand from docs/dali.md. */
import { expect, test } from "@jest/globals";
import { BLOCK_COUNT, type BlockBytes } from "../../src/dali/banks.js";
import { Reader } from "../../src/dali/reader.js";

const FIRST = 10_000;
const LATCH = [0x100_ff81, 0xa302, 0xc9aa]; // permission to write, address of the lock byte, its latch
const READ = 0xffc5;

/** Bank, first address and bytes of each block, and whether its bytes must be of one instant. */
const BLOCKS: [bank: number, from: number, bytes: number, isLatched: boolean][] = [
	[0, 0x03, 16, false],
	[1, 0x15, 14, false],
	[202, 0x04, 12, true],
	[205, 0x04, 24, true],
	[206, 0x07, 26, true],
	[207, 0x04, 4, false],
];

test("a block is its bank, a latch where the bank has one, its first address, its bytes", () => {
	const seen: [block: number, bytes: number[]][] = [];
	const onBlock = (block: number, bytes: BlockBytes): void => {
		seen.push([block, Array.from(bytes)]);
	};
	const reader = new Reader({ onBlock }, 0);
	expect([reader.dueAt, BLOCK_COUNT]).toEqual([FIRST, BLOCKS.length]);
	for (const [block, [bank, from, count, isLatched]] of BLOCKS.entries()) {
		const frames: number[] = [];
		while (seen.length === block) {
			frames.push(reader.next());
			reader.take(frames.at(-1) === READ ? block : -1, FIRST);
		}
		const reads = new Array<number>(count).fill(READ);
		const latch = isLatched ? LATCH : [];
		expect(frames).toEqual([0xc300 | bank, ...latch, 0xa300 | from, ...reads]);
		expect(seen.at(-1)).toEqual([block, [...reads.fill(block), ...new Array(26 - count).fill(-1)]]);
	}
});
