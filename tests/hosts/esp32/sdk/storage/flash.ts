/** Flash: a write only clears bits; beyond the end, and without the partition, it throws. */
import { power } from "../../controller.js";

const SECTOR = 4096;

export default {
	open: ({ path }: { path: string }) => {
		if (path === "journal" && !power.on.hasJournal) throw new Error("can't find partition");
		const { journal } = power.on;
		const inside = (offset: number, count: number) => {
			if (offset < 0 || offset + count > journal.length) throw new Error("failed");
		};
		return {
			status: () => ({ size: journal.length }),
			read: (into: Uint8Array, offset: number) => {
				inside(offset, into.length);
				into.set(journal.subarray(offset, offset + into.length));
			},
			write: (bytes: Uint8Array, offset: number) => {
				inside(offset, bytes.length);
				for (let at = 0; at < bytes.length; at += 1) journal[offset + at]! &= bytes[at]!;
			},
			eraseBlock: (sector: number) => {
				inside(sector * SECTOR, SECTOR);
				journal.fill(255, sector * SECTOR, (sector + 1) * SECTOR);
			},
		};
	},
};
