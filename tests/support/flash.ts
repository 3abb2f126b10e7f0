/**
 * Flash of the journal's tests: NOR flash in plain memory, with its power cuts.
 *
 * Written from the datasheets' words, not from the virtual host's C: erased bytes are FF, programming
 * clears bits, page after page, an erase takes a sector. When the power fails, the byte under work has
 * lost some of the bits it should, and of a sector under erase some bytes are erased; with `isChaotic`
 * any bits of the page under work, or of the sector, are as they were.
 */
import type { FlashLog } from "../../src/host.js";

/** Thrown where the controller loses its power: nothing after it happens. */
export class PowerCut extends Error {}

export const SECTOR = 4096;
/** Programmed at once. */
const PAGE = 256;

export class FakeFlash implements FlashLog {
	readonly sectorBytes = 4096 as const;
	readonly bytes: Uint8Array;
	readonly wear: number[];
	/** Bytes written and sectors erased until the power fails; Infinity: it does not. */
	cutAfter = Infinity;
	/** Which bits of the torn byte fall, and how far an erase came, 0-255. */
	noise = 0x5a;
	/** A cut tears the page or sector under work in any order, as `noise` has it. */
	isChaotic = false;
	written = 0;
	isBroken = false;
	/** Whether a read fails. */
	failsToRead: () => boolean = () => false;
	private state = 0;

	constructor(readonly sectors: number) {
		this.bytes = new Uint8Array(sectors * SECTOR).fill(255);
		this.wear = new Array(sectors).fill(0);
	}

	/** Another with the same bytes and wear, and no cut ahead. */
	copy(): FakeFlash {
		const copy = new FakeFlash(this.sectors);
		copy.bytes.set(this.bytes);
		copy.wear.splice(0, this.sectors, ...this.wear);
		copy.isChaotic = this.isChaotic;
		return copy;
	}

	read(offset: number, into: Uint8Array): boolean {
		if (offset < 0 || offset + into.length > this.bytes.length || this.failsToRead()) return false;
		into.set(this.bytes.subarray(offset, offset + into.length));
		return true;
	}

	write(offset: number, bytes: Uint8Array, start: number, count: number): boolean {
		if (this.isBroken || offset < 0 || offset + count > this.bytes.length) return false;
		const completeCount = Math.max(0, Math.min(count, this.cutAfter)); // bytes before the power fails
		const before = completeCount < count ? this.bytes.slice(offset, offset + count) : undefined;
		for (let index = 0; index < completeCount; index += 1)
			this.bytes[offset + index]! &= bytes[start + index]!;
		this.written += completeCount;
		this.cutAfter -= completeCount;
		if (!before) return true;
		this.cutAfter -= 1; // the byte under work
		if (this.isChaotic)
			this.tearPage(offset, bytes.subarray(start, start + count), before, completeCount);
		else this.bytes[offset + completeCount]! &= bytes[start + completeCount]! | this.noise;
		throw new PowerCut();
	}

	erase(sector: number): boolean {
		if (this.isBroken || sector < 0 || sector >= this.sectors) return false;
		const from = sector * SECTOR;
		this.wear[sector]! += 1;
		if (this.isCut()) {
			if (this.isChaotic) {
				const style = this.style();
				for (let at = from; at < from + SECTOR; at += 1)
					this.bytes[at]! |= ~style(at - from, SECTOR);
				throw new PowerCut();
			}
			// Some of it is erased: the front, the back or every other byte, as the noise has it.
			const step = 1 + (this.noise & 1);
			const count = (this.noise * SECTOR) >> 8;
			const start = this.noise & 2 ? from : from + SECTOR - count;
			for (let at = start; at < start + count; at += step) this.bytes[at] = 255;
			throw new PowerCut();
		}
		this.bytes.fill(255, from, from + SECTOR);
		return true;
	}

	/** Of the page with the `nth` byte of a write, as it was before it, some bits are programmed. */
	private tearPage(offset: number, wanted: Uint8Array, before: Uint8Array, index: number): void {
		const from = Math.max(0, index - ((offset + index) % PAGE));
		const end = Math.min(wanted.length, index - ((offset + index) % PAGE) + PAGE);
		const style = this.style();
		for (let at = from; at < end; at += 1)
			this.bytes[offset + at] = before[at]! & (wanted[at]! | style(at - from, end - from));
	}

	/** Which bits of byte `at` of `count` stay as they were: from the back, by bytes or by bits. */
	private style(): (at: number, count: number) => number {
		this.state = (this.state ^ Math.imul(this.noise + 1, 0x9e37_79b1) ^ this.written) >>> 0;
		const kind = this.random() & 3;
		const share = this.random();
		return (at, count) => {
			if (kind === 0) return at < (share * count) >> 8 ? 255 : 0;
			if (kind === 1) return this.random() < share ? 255 : 0;
			if (kind === 2) return this.random();
			return this.random() < share ? this.random() : 255;
		};
	}

	/** 0 to 255. */
	private random(): number {
		this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
		return this.state >>> 24;
	}

	get erases(): number {
		return this.wear.reduce((sum, count) => sum + count, 0);
	}

	private isCut(): boolean {
		if (this.cutAfter === Infinity) return false;
		this.cutAfter -= 1;
		return this.cutAfter < 0;
	}
}

/** A host without a log. */
export const NO_FLASH = new FakeFlash(0);

/** A budget that allows all. */
export const FREE = () => new FreeBudget();

export class FreeBudget {
	sectorErases = 0;
	erases(): void {
		this.sectorErases += 1;
	}
	mayErase(_now?: number, _isSafety?: boolean): boolean {
		return true;
	}
}
