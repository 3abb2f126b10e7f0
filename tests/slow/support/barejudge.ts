/**
 * Bare judge: the flash, the light and the settings of a lamp on the bare machine after a power cut.
 *
 * The run that keeps its power is the oracle: runs are equal to the instruction, so its report states
 * the work that had returned at each count. Flash is judged byte by byte, the store by a reader of
 * its own (storereader.ts), light and settings by the PWM.
 */
import type { End } from "../../../hosts/bare/emulator.js";
import { SECTOR_BYTES, STORE_SECTORS } from "../../../hosts/bare/layout.js";
import type { FlashWork, Life, StoreWork, Window } from "../../../hosts/bare/lines.js";
import { cornersOf } from "../../../tools/night/lighttrace.js";
import { blankFlash, type Cut, type CutBoard, levelsOf, type Reference } from "./barecuts.js";
import { storeIn } from "./storereader.js";

/** The bytes of flash by the reports of returned work; any bytes where work was begun. */
class Expected {
	readonly bytes = blankFlash();
	private open: readonly [from: number, to: number] = [0, 0];

	/** `cutAt`: instructions; Infinity: none. */
	apply(work: readonly FlashWork[], cutAt: number): this {
		for (const flashWork of work) {
			if (flashWork.from >= cutAt) break;
			const at = flashWork.sector * SECTOR_BYTES + (flashWork.program?.offset ?? 0);
			const count = flashWork.program?.bytes.length ?? SECTOR_BYTES;
			if (flashWork.to > cutAt) this.open = [at, at + count];
			else if (flashWork.program)
				for (const [index, byte] of flashWork.program.bytes.entries())
					this.bytes[at + index]! &= byte;
			else this.bytes.fill(0xff, at, at + count);
		}
		return this;
	}

	/** The bytes that an interrupted write left are expected from now on. */
	settle(data: Buffer): void {
		data.copy(this.bytes, this.open[0], ...this.open);
		this.open = [0, 0];
	}

	/** Places of bytes that are not what was written. */
	wrongIn(data: Buffer): number[] {
		const [from, to] = this.open;
		return [...data.keys()].filter((at) => data[at] !== this.bytes[at] && !(at >= from && at < to));
	}
}

/** Of each key, the value, and the one that was being written. */
type Values = Map<string, (string | undefined)[]>;

function storeAfter(work: readonly StoreWork[], cutAt: number, values: Values = new Map()): Values {
	for (const { from, to, key, value, result } of work) {
		if (from >= cutAt || result !== 0) continue;
		const before = values.get(key)?.at(-1);
		values.set(key, to > cutAt ? [before, value] : [value]);
	}
	return values;
}

function storeFaults(data: Buffer, expected: Values): string[] {
	const found = storeIn(data.subarray(0, STORE_SECTORS * SECTOR_BYTES));
	const keys = new Set([...found.keys(), ...expected.keys()]);
	return [...keys].flatMap((key) => {
		const allowed = expected.get(key) ?? [undefined];
		return allowed.includes(found.get(key)) ? [] : [`store ${key}: ${found.get(key)}`];
	});
}

/** Events of the story that had been written: they must be in flash afterwards, too. */
const EVENT_BYTES = 24; // shorter writes are heads and marks of sectors
const eventsBefore = (work: readonly FlashWork[], cutAt: number) =>
	work.filter(
		({ sector, to, program }) =>
			sector >= STORE_SECTORS && to <= cutAt && (program?.bytes.length ?? 0) >= EVENT_BYTES,
	);

const isLit = ({ duties }: Life) => cornersOf(duties).every(([, duty]) => duty > 0);

/** Of a life that keeps its power: light from the boot on, and levels of one set of settings. */
function faultsOfLife(end: End, life: Life, allowed: readonly string[]): string[] {
	const faults: string[] = [];
	if (end !== "done") faults.push(`the last life: ${end}`);
	faults.push(...life.ends);
	if (!isLit(life)) faults.push("dark after the cut");
	if (!life.duties[0]?.startsWith("0 ")) faults.push("no light at the boot");
	const levels = levelsOf(life);
	if (!allowed.includes(levels)) faults.push(`levels ${levels}, not ${allowed.join(" or ")}`);
	return faults;
}

/** The faults after a cut, a sentence each. */
export async function judge(board: CutBoard, reference: Reference, cut: Cut): Promise<string[]> {
	const { life: uncut, before, after } = reference;
	const { cutAt, againAt, noise } = cut;
	const faults: string[] = [];
	const first = await board.run("story", blankFlash(), noise, cutAt);
	if (first.end !== "cut") faults.push(`no cut, ${first.end}`);
	if (!isLit(first.life)) faults.push("dark before the cut");
	if (first.life.duties.some((line, index) => line !== uncut.duties[index]))
		faults.push("another life than the one without a cut");
	const flash = new Expected().apply(uncut.flashWork, cutAt);
	const values = storeAfter(uncut.storeWork, cutAt);
	let data = first.data;
	const look = (when: string) => {
		const wrong = flash.wrongIn(data);
		if (wrong.length > 0) faults.push(`${when}: ${wrong.length} bytes of flash, at ${wrong[0]}`);
		flash.settle(data);
		faults.push(...storeFaults(data, values).map((fault) => `${when}: ${fault}`));
	};
	look("after the cut");
	const later = await board.run("later", data, noise);
	if (againAt !== undefined) {
		const again = await board.run("later", data, noise, againAt);
		if (again.end !== "cut" || !isLit(again.life)) faults.push("no second cut, or dark before it");
		flash.apply(later.life.flashWork, againAt);
		storeAfter(later.life.storeWork, againAt, values);
		data = again.data;
		look("after the second cut");
	}
	const last = againAt === undefined ? later : await board.run("later", data, noise);
	flash.apply(last.life.flashWork, Infinity);
	storeAfter(last.life.storeWork, Infinity, values);
	data = last.data;
	look("after the last life");
	const bank = uncut.storeWork.find(({ key }) => key === "bank")!;
	const allowed = cutAt < bank.from ? [before] : bank.to <= cutAt ? [after] : [before, after];
	faults.push(...faultsOfLife(last.end, last.life, allowed));
	for (const { sector, program } of eventsBefore(uncut.flashWork, cutAt)) {
		const at = sector * SECTOR_BYTES + program!.offset;
		if (!data.subarray(at, at + program!.bytes.length).equals(program!.bytes))
			faults.push(`an event at ${at} is lost`);
	}
	return faults;
}

export interface Judged {
	/** A sentence each, with the count of the cut. */
	readonly faults: readonly string[];
	/** Cuts in a write or an erase of flash, in the boot, and in the rest; and second cuts. */
	readonly inWrites: number;
	readonly inBoots: number;
	readonly elsewhere: number;
	readonly again: number;
}

/** So many runs at once. */
const ABREAST = 2;

/** Judges cuts one by one; `say` is called after each. */
export async function judgeAll(
	board: CutBoard,
	reference: Reference,
	cuts: readonly Cut[],
	say: (done: number) => void = () => {},
): Promise<Judged> {
	const { flashWork, boots } = reference.life;
	const isIn = (windows: readonly Window[], { cutAt }: Cut) =>
		windows.some(({ from, to }) => from < cutAt && cutAt <= to);
	const faults: string[] = [];
	const queue = [...cuts];
	const worker = async (): Promise<void> => {
		for (let cut = queue.shift(); cut !== undefined; cut = queue.shift()) {
			const { cutAt, againAt, noise } = cut;
			const name = `cut at ${cutAt}${againAt === undefined ? "" : `, then ${againAt}`} (${noise})`;
			faults.push(...(await judge(board, reference, cut)).map((fault) => `${name}: ${fault}`));
			say(cuts.length - queue.length);
		}
	};
	await Promise.all(Array.from({ length: ABREAST }, worker));
	const inWrites = cuts.filter((cut) => isIn(flashWork, cut));
	const inBoots = cuts.filter((cut) => !inWrites.includes(cut) && isIn(boots, cut));
	return {
		faults,
		inWrites: inWrites.length,
		inBoots: inBoots.length,
		elsewhere: cuts.length - inWrites.length - inBoots.length,
		again: cuts.filter(({ againAt }) => againAt !== undefined).length,
	};
}
