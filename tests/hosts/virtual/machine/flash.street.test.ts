/**
 * Promise: The simulated flash fails as a real one does: it only clears bits, and keeps what a
 * power cut left.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EFFECT, INPUT } from "../../../../hosts/virtual/protocol.js";
import { scaled } from "../../../support/scale.js";
import type { Seen } from "../../../support/xsstreet.js";
import { deaths, imageOf, logs, Street } from "../../../support/xsstreet.js";

/** A console for the flash: each line of JSON over the serial line is one call of a door. */
const CONSOLE = `
	export default function () {
		const bytes = new Uint8Array(8192);
		const hex = (n) => Array.from(bytes.subarray(0, n), (b) => b.toString(16).padStart(2, "0")).join("");
		return (kind) => {
			if (kind !== ${INPUT.serialReadable}) return;
			const line = native.utf8Decode(bytes, 0, native.serialRead(bytes));
			const [what, a, b, c] = JSON.parse(line);
			let result = null;
			if (what === "put") result = native.storeWrite(a, c ? b.repeat(c) : b);
			else if (what === "get") result = native.storeRead(a) ?? null;
			else if (what === "length") result = native.storeRead(a)?.length ?? null;
			else if (what === "erase") result = native.storeErase(a);
			else if (what === "write") result = native.flashWrite(a, Uint8Array.from(b), 0, c ?? b.length);
			else if (what === "fill") result = native.flashWrite(a, bytes.fill(b, 0, c), 0, c);
			else if (what === "wipe") result = native.flashErase(a);
			else if (what === "read") { const into = bytes.subarray(0, b); result = native.flashRead(a, into) ? hex(b) : false; }
			native.log(JSON.stringify(result));
		};
	}`;

const image = imageOf(CONSOLE, {
	creation: { chunkBytes: 65536, slots: 2048, stackSlots: 384, keys: 64 },
	computronBudget: 100_000_000,
});

class FlashRig {
	private at = 0;
	private constructor(readonly street: Street) {}

	static async of(): Promise<FlashRig> {
		const pole = new FlashRig(await Street.of(image));
		pole.boot();
		return pole;
	}

	boot(): void {
		this.street.fleet.boot(0, ++this.at, "powerOn");
		this.street.run(this.at);
	}

	/** What a call returns; `"dead"` if the power failed on the way (and it is on again). */
	call(...call: unknown[]): unknown {
		this.street.post(0, ++this.at, INPUT.serialReadable, 0, JSON.stringify(call));
		const seen: Seen[] = this.street.run(this.at);
		if (seen.some(({ kind }) => kind === EFFECT.death)) {
			expect(deaths(seen)).toEqual([["powerCut", expect.any(String)]]);
			this.boot();
			return "dead";
		}
		return JSON.parse(logs(seen)[0]!);
	}

	wear(isWorn: boolean): void {
		this.street.fleet.setWorn(0, isWorn);
	}

	cutAfter(bytes: number): void {
		this.street.fleet.armPowerCut(0, bytes);
	}
}

describe("the raw log", () => {
	test("is erased at first, only clears bits, and is erased by sector", async () => {
		const pole = await FlashRig.of();
		expect(pole.call("read", 65534, 2)).toBe("ffff");
		expect(pole.call("write", 4094, [0xf0, 0x0f, 0xaa])).toBe(true); // over a sector's end
		expect(pole.call("write", 4094, [0x3c, 0xff, 0x55])).toBe(true);
		expect(pole.call("read", 4093, 5)).toBe("ff300f00ff");
		expect(pole.call("wipe", 1)).toBe(true);
		expect(pole.call("read", 4093, 5)).toBe("ff300fffff");
	});

	test.each([
		["a read past the end", ["read", 65535, 2], false],
		["a write past the end", ["write", 65535, [1, 2]], false],
		["a write of more than there is", ["write", 0, [1], 5], false],
		["a negative offset", ["write", -1, [1]], false],
		["a sector that is not there", ["wipe", 16], false],
		["a sector that is no number", ["wipe", null], true], // Number(null) is 0
	])("%s is answered", async (_what, call, answer) => {
		const pole = await FlashRig.of();
		expect(pole.call(...call)).toBe(answer);
	});

	/** The sector's bytes after a cut at each of `cuts`, in a machine of its own. */
	async function torn(cuts: readonly number[], work: unknown[], before: unknown[]) {
		const seen: Buffer[] = [];
		for (const cut of cuts) {
			const pole = await FlashRig.of();
			expect(pole.call(...before)).toBe(true);
			pole.cutAfter(cut);
			expect(pole.call(...work)).toBe("dead");
			const read = (at: number) => pole.call("read", at, 256) as string;
			seen.push(Buffer.from([0, 256, 512, 768].map(read).join(""), "hex"));
		}
		return seen;
	}
	const CUTS = scaled(20, 40);
	const cuts = Array.from({ length: CUTS }, (_, index) => 256 + (240 / CUTS) * index);
	/** Of each order of tears. */
	const LEAST = scaled(2, 4);
	/** How many tears show each: an earlier byte as it was behind a later changed one, and a byte between. */
	const orders = (pages: readonly Buffer[], old: number, changed: number) => ({
		byFront: pages.filter((page) => page.lastIndexOf(changed) < page.indexOf(old)).length,
		disorder: pages.filter((page) => page.lastIndexOf(changed) > page.indexOf(old)).length,
		byBits: pages.filter((page) => page.some((byte) => byte !== old && byte !== changed)).length,
	});

	test("a cut in a write leaves the pages before written, and one torn in any order", async () => {
		const seen = await torn(cuts, ["fill", 0, 0x0f, 768], ["write", 1000, [0]]);
		for (const bytes of seen) {
			expect(bytes.subarray(0, 256).every((byte) => byte === 0x0f)).toBe(true);
			expect(bytes.subarray(512, 1000).every((byte) => byte === 0xff)).toBe(true);
			for (const byte of bytes.subarray(256, 512)) expect(byte & 0x0f).toBe(0x0f);
		}
		const pages = seen.map((bytes) => bytes.subarray(256, 512));
		for (const count of Object.values(orders(pages, 0xff, 0x0f)))
			expect(count).toBeGreaterThan(LEAST);
	});

	test("a cut in an erase leaves bits of the sector erased in any order", async () => {
		const seen = await torn(cuts, ["wipe", 0], ["fill", 0, 0x50, 1024]);
		for (const bytes of seen) for (const byte of bytes) expect(byte & 0x50).toBe(0x50);
		for (const count of Object.values(orders(seen, 0x50, 0xff)))
			expect(count).toBeGreaterThan(LEAST);
	});

	test("the same cut of the same lamp tears the same bits", async () => {
		const [first, other] = await torn([100, 100], ["fill", 0, 0, 256], ["write", 1000, [0]]);
		expect(first).toEqual(other);
	});
});

describe("the store", () => {
	test("keeps what was written over loss of power", async () => {
		const pole = await FlashRig.of();
		expect(pole.call("get", "a")).toBeNull();
		expect(pole.call("put", "a", "één 😀")).toBe(0);
		expect(pole.call("put", "empty", "")).toBe(0);
		pole.boot();
		expect([pole.call("get", "a"), pole.call("get", "empty")]).toEqual(["één 😀", ""]);
		expect(pole.street.fleet.storeRead(0, "a")).toBe("één 😀");
		expect(pole.call("erase", "a")).toBe(0);
		pole.boot();
		expect(pole.call("get", "a")).toBeNull();
		expect(pole.call("erase", "never")).toBe(0);
	});

	test("writes what is there already for nothing", async () => {
		const pole = await FlashRig.of();
		pole.call("put", "a", "1");
		const { flashBytesWritten, storeWrites } = pole.street.statistics(0);
		expect(pole.call("put", "a", "1")).toBe(0);
		expect(pole.street.statistics(0)).toMatchObject({ flashBytesWritten, storeWrites });
		expect(storeWrites).toBe(1);
	});

	test.each([
		["a key of 15 characters", "fifteen letters", 10, 0],
		["a key of 16 characters", "sixteen letters!", 10, 2],
		["no key", "", 10, 2],
		["a key outside ASCII", "é", 10, 2],
		["a value of 3900 bytes", "k", 3900, 0],
		["a value of 3901 bytes", "k", 3901, 2],
	])("%s", async (_what, key, length, result) => {
		const pole = await FlashRig.of();
		expect(pole.call("put", key, "x", length)).toBe(result);
		expect(pole.call("length", key)).toBe(result ? null : length);
	});

	test("full is an answer, what is there stays, and rewriting goes on for ever", async () => {
		const pole = await FlashRig.of();
		let held = 0;
		while (pole.call("put", `big${held}`, String(held), 3900) === 0) held++;
		expect(held).toBe(5); // of six sectors one stays free
		expect(pole.call("put", "other", "x", 3000)).toBe(1);
		for (let round = 0; round < 40; round++) {
			const i = round % held;
			expect(pole.call("put", `big${i}`, "abcdefghij"[i]!, 3899 - round)).toBe(0);
		}
		pole.boot();
		const lengths = Array.from({ length: held }, (_, i) => pole.call("length", `big${i}`));
		expect(lengths).toEqual([3864, 3863, 3862, 3861, 3860]);
		expect(pole.call("erase", "big0")).toBe(0);
		expect(pole.call("put", "other", "x", 3000)).toBe(0);
	});

	test("wear is spread: a counter written 2,000 times", async () => {
		const pole = await FlashRig.of();
		for (let i = 0; i < 2000; i++) pole.call("put", "life", String(i));
		const { flashErases } = pole.street.statistics(0);
		expect(flashErases).toBeLessThan(20); // 2,000 records of 20 bytes in sectors of 4 KB
		expect(pole.call("get", "life")).toBe("1999");
	});

	const write = fc.record({
		key: fc.constantFrom("a", "bb", "life", "settings/light"),
		length: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 500, max: 3900 })),
		erase: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
		cut: fc.option(fc.integer({ min: 0, max: 9000 }), { nil: undefined }),
	});

	/** After each write, cut or not, every key reads its old or its new value. */
	async function survives(
		writes: { key: string; length: number; erase: boolean; cut: number | undefined }[],
	) {
		const pole = await FlashRig.of();
		const model = new Map<string, string>();
		for (const [n, { key, length, erase, cut }] of writes.entries()) {
			const letter = "abcdefghijklmnopqrstuvwxyz"[n % 26]!;
			const value = letter.repeat(length);
			if (cut !== undefined) pole.cutAfter(cut);
			const call = erase ? ["erase", key] : ["put", key, letter, length];
			const result = length || erase ? pole.call(...call) : pole.call("put", key, "");
			pole.cutAfter(1e9);
			const fresh = erase ? undefined : value;
			const read = pole.call("get", key) ?? undefined;
			if (result === 0) expect(read).toBe(fresh);
			else if (result === "dead") expect([fresh, model.get(key)]).toContain(read);
			else expect([result, read]).toEqual([1, model.get(key)]);
			if (read === undefined) model.delete(key);
			else model.set(key, read as string);
			for (const [other, expected] of model) expect(pole.call("get", other)).toBe(expected);
		}
	}

	test("random writes with cuts at random bytes", async () => {
		await fc.assert(fc.asyncProperty(fc.array(write, { maxLength: 30 }), survives), {
			seed: 20261124,
			numRuns: scaled(25, 60),
			endOnFailure: false,
		});
	});

	/** Five sectors, full: in each two values that count and, but for the last, one that does not. */
	async function fullPole(): Promise<FlashRig> {
		const pole = await FlashRig.of();
		for (let i = 0; i < 5; i++)
			for (const key of ["A", `x${i}`, `y${i}`]) pole.call("put", key, String(i), 1200);
		return pole;
	}

	test("a cut anywhere in a write that copies a sector", async () => {
		const uncut = await fullPole();
		expect(uncut.street.statistics(0).flashErases).toBe(0);
		expect(uncut.call("put", "A", "N", 1300)).toBe(0);
		expect(uncut.street.statistics(0).flashErases).toBe(1);
		// Header, two copies, the mark, the erase, the record: 7,800 bytes in all.
		const outcomes = new Set<unknown>();
		for (let cut = 0; cut < 8000; cut += scaled(305, 61)) {
			const pole = await fullPole();
			pole.cutAfter(cut);
			const result = pole.call("put", "A", "N", 1300);
			pole.cutAfter(1e9);
			outcomes.add(result);
			const value = pole.call("get", "A");
			expect(["4".repeat(1200), "N".repeat(1300)]).toContain(value);
			if (result === 0) expect(value).toBe("N".repeat(1300));
			for (let i = 0; i < 5; i++)
				for (const key of [`x${i}`, `y${i}`])
					expect(pole.call("get", key)).toBe(String(i).repeat(1200));
			expect(pole.call("put", "A", "after", 200)).toBe(0);
			pole.boot();
			expect(pole.call("get", "A")).toBe("after".repeat(200));
		}
		expect(outcomes).toEqual(new Set(["dead", 0]));
	});

	test("an erased key stays erased when the record of it moves", async () => {
		const pole = await FlashRig.of();
		for (const key of ["gone", "x", "y"]) pole.call("put", key, "v", 1340); // fill sector 1
		pole.call("erase", "gone"); // sector 2, where nothing else will count
		const keys = ["A", "A", "A", "A", "A", "b", "A", "A", "c", "A", "A", "d"];
		for (const [i, key] of keys.entries()) pole.call("put", key, "abcdefghijkl"[i], 1200);
		const { flashErases } = pole.street.statistics(0);
		for (let i = 0; i < 4; i++) pole.call("put", "A", String(i), 1200);
		expect(pole.street.statistics(0).flashErases).toBeGreaterThan(flashErases);
		pole.boot();
		expect(pole.call("get", "gone")).toBeNull();
		expect(pole.call("get", "x")).toBe("v".repeat(1340));
	});
});

test("worn flash refuses each write and erase, keeps what it has, and takes them again when renewed", async () => {
	const rig = await FlashRig.of();
	rig.call("put", "key", "old");
	rig.call("write", 0, [1, 2]);
	rig.wear(true);
	const during = [rig.call("put", "key", "new"), rig.call("write", 2, [3]), rig.call("wipe", 0)];
	expect(during).toEqual([2, false, false]);
	expect([rig.call("get", "key"), rig.call("read", 0, 3)]).toEqual(["old", "0102ff"]);
	rig.wear(false);
	expect([rig.call("put", "key", "new"), rig.call("wipe", 0)]).toEqual([0, true]);
	expect([rig.call("get", "key"), rig.call("read", 0, 3)]).toEqual(["new", "ffffff"]);
});
