/** Kept: a memory returns to an instant exactly, or says that it cannot. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { Base } from "../../../../hosts/virtual/fleet/kept.js";
import { random } from "../../../../lib/random.js";
import { seed } from "../../../support/seed.js";

const WASM_PAGE = 65_536;
const PAGE = 4096;
/** Returns that compare the whole memory, and after them each so-manieth. */
const FIRST = 200;
const EVERY = 128;

let memory: WebAssembly.Memory;
let bytes: Uint8Array;

beforeEach(() => {
	memory = new WebAssembly.Memory({ initial: 4, maximum: 8 });
	bytes = new Uint8Array(memory.buffer);
	bytes.forEach((_, at) => {
		bytes[at] = at % 251;
	});
});

describe("an instant", () => {
	test("is the same after each of many futures, whatever they wrote and wherever", () => {
		const { next } = random(seed(7), "kept");
		const write = (count: number) => {
			for (let n = 0; n < count; n++) bytes[Math.floor(next() * bytes.length)] = n;
		};
		const base = new Base(memory);
		write(5);
		const early = base.keep();
		const before = bytes.slice();
		write(40);
		const later = base.keep();
		const behind = bytes.slice();
		for (let future = 0; future < FIRST - 2; future++) {
			write(30);
			base.restore(future % 2 ? early : later);
			expect(Buffer.compare(bytes, future % 2 ? before : behind)).toBe(0);
		}
	});

	test("is right, too, if a page was found behind it that was as in the base then", () => {
		const base = new Base(memory);
		bytes[0] = 1;
		const early = base.keep();
		bytes[40 * PAGE] = 9;
		base.restore(base.keep());
		base.restore(early);
		expect([bytes[0], bytes[40 * PAGE]]).toEqual([1, (40 * PAGE) % 251]);
	});

	test("copies the pages alone that changed, and four on each side", () => {
		const base = new Base(memory);
		bytes[20 * PAGE] = 0xff;
		base.keep();
		expect(base.touched).toBe(9 * PAGE);
	});
});

describe("it throws", () => {
	test("when the memory has grown", () => {
		const base = new Base(memory);
		const kept = base.keep();
		memory.grow(1);
		expect(() => base.keep()).toThrow("grown");
		expect(() => base.restore(kept)).toThrow("grown");
		expect(memory.buffer.byteLength).toBe(5 * WASM_PAGE);
	});

	test("when a page changed that no return before had found", () => {
		const base = new Base(memory);
		const kept = base.keep();
		for (let n = 0; n < FIRST; n++) base.restore(kept);
		bytes[50 * PAGE]! ^= 1;
		const late = () => {
			for (let n = 0; n < EVERY; n++) base.restore(kept);
		};
		expect(late).toThrow("page 50 of the memory changed and was not known");
	});
});
