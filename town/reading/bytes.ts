/**
 * Bytes: whole numbers in as few bytes as they need (LEB128), and rows of them as differences.
 */

const MORE = 0x80;
const BITS = 7;

export class Writer {
	readonly bytes: number[] = [];

	/** 0 or more, up to 2^53. */
	unsigned(value: number): void {
		let rest = value;
		while (rest >= MORE) {
			this.bytes.push((rest % MORE) | MORE);
			rest = Math.floor(rest / MORE);
		}
		this.bytes.push(rest);
	}

	/** Zigzag: small numbers of either sign are short. */
	signed(value: number): void {
		this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
	}

	/** A row whose length is known elsewhere. */
	differences(row: ArrayLike<number>): void {
		let last = 0;
		for (let index = 0; index < row.length; index++) {
			this.signed(row[index]! - last);
			last = row[index]!;
		}
	}
}

export class Reader {
	#at = 0;

	constructor(private readonly bytes: Uint8Array) {}

	unsigned(): number {
		let [value, weight] = [0, 1];
		for (;;) {
			const byte = this.bytes[this.#at++];
			if (byte === undefined) throw new Error("the file ends too early");
			value += (byte % MORE) * weight;
			if (byte < MORE) return value;
			weight *= 2 ** BITS;
		}
	}

	signed(): number {
		const value = this.unsigned();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	}

	differences(length: number): Int32Array {
		let last = 0;
		return Int32Array.from({ length }, () => (last += this.signed()));
	}

	take(length: number): Uint8Array {
		const part = this.bytes.subarray(this.#at, this.#at + length);
		this.#at += length;
		return part;
	}
}
