/**
 * The fuses of release burnt by espefuse on virtual eFuses, of both chips: the state of the table in the
 * end, interrupted at each of them and gone on with. Debian's esptool 4.7 suffices; ESPTOOL names another.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { burn, summaryOf } from "../../../tools/factory/efuses.js";
import { encrypted } from "../../../tools/factory/esptool.js";
import {
	type Chip,
	type Fuse,
	fusesOf,
	isBurnt,
	NONE,
	type Summary,
	unexpected,
} from "../../../tools/factory/fuses.js";
import { seal } from "../../../tools/factory/seal.js";
import { bootKeysOf } from "../../../tools/factory/secureboot.js";
import { make } from "../../../tools/factory/station.js";
import { Tools } from "../../../tools/factory/tools.js";
import { BOOT, batchOf, MemoryVault, sealingOf } from "../../support/factorybatch.js";
import { FakeBench, FakeChip, Killed } from "../../support/fakebench.js";

const tools = Tools.found(process.env);
const folder = mkdtempSync(join(tmpdir(), "luminode-fuses-"));
afterAll(() => rmSync(folder, { recursive: true }));
const CHIPS: readonly Chip[] = ["esp32", "esp32c3"];

/** A simulated controller whose eFuses are espefuse's; the simulation is held against them. */
class VirtualBench extends FakeBench {
	readonly where: readonly string[];
	constructor(chip: FakeChip, name: string) {
		super();
		this.chip = chip;
		this.where = ["--virt", "--path-efuse-file", join(folder, `${name}.bin`)];
	}
	override async summary(): Promise<Summary> {
		const simulated = await super.summary();
		const real = await summaryOf(tools, this.chip!.chip, this.where);
		const shown = Object.keys(simulated).filter((name) => name !== "RD_DIS"); // bits of the blocks
		for (const name of shown)
			expect([name, real[name]?.value, real[name]?.readable]).toEqual([
				name,
				simulated[name]!.value,
				simulated[name]!.readable,
			]);
		return real;
	}
	override async burn(fuse: Fuse, key?: Uint8Array): Promise<void> {
		const { fault } = this;
		const isDue = fault?.action === this.actions;
		if (isDue && fault?.moment === "half" && fuse.kind === "key") await this.block(fuse, key!);
		else if (isDue && fault?.moment === "half" && fuse.kind === "value") {
			// bits of a number: the simulation burns its lowest
			if (/^\d+$/.test(fuse.shown))
				await burn(tools, this.chip!.chip, this.where, { ...fuse, value: 1 });
		} else if (!isDue || fault?.moment === "after")
			await burn(tools, this.chip!.chip, this.where, fuse, key);
		await super.burn(fuse, key);
	}
	/** The block of a key alone, as a plug leaves it that is pulled within espefuse. */
	private async block(fuse: Fuse, key: Uint8Array): Promise<void> {
		const file = join(folder, "block.bin");
		const isFlash = fuse.kind === "key" && fuse.key === "flash";
		writeFileSync(file, isFlash ? Uint8Array.from(key).reverse() : key);
		const args = [tools.word("burn-block-data"), fuse.name, file];
		await tools.run("espefuse", [
			"--chip",
			this.chip!.chip,
			...this.where,
			"--do-not-confirm",
			...args,
		]);
	}
}

describe.each(CHIPS)("an %s", (name) => {
	test("is sealed, interrupted before, in or after each fuse", async () => {
		const chip = new FakeChip(name, 1);
		const bench = new VirtualBench(chip, `${name}-interrupted`);
		const vault = new MemoryVault();
		await make(bench, batchOf(name), vault);
		const moments = ["after", "half", "before"] as const;
		const fuses = fusesOf(name, 1);
		let interrupted = 0;
		for (let run = 0; ; run += 1) {
			bench.running = undefined;
			const { burn: burnNow } = bench;
			let met = 0;
			// the first fuse of each run is interrupted, at each moment in turn
			bench.burn = async (fuse, key) => {
				met += 1;
				const isDue = met === 1 + (run % 3 === 0 ? 0 : 1);
				bench.fault = isDue
					? { action: bench.actions, moment: moments[run % 3]!, how: "killed" }
					: undefined;
				await burnNow.call(bench, fuse, key);
			};
			try {
				await seal(bench, sealingOf(name), vault);
				break;
			} catch (error) {
				if (!(error instanceof Killed)) throw error;
				interrupted += 1;
			} finally {
				bench.burn = burnNow;
				bench.fault = undefined;
			}
		}
		expect(interrupted).toBeGreaterThan(fuses.length / 2);
		const summary = await summaryOf(tools, name, bench.where);
		const keys = { boot0: BOOT };
		for (const fuse of fuses)
			expect([fuse.name, isBurnt(fuse, summary, fuse.kind === "key" ? BOOT : undefined)]).toEqual([
				fuse.name,
				true,
			]);
		expect(unexpected(name, fuses, fuses.length, summary, keys)).toBeUndefined();
		expect([chip.isLost, vault.content.lamps[0]!.factory!.done.at(-1)]).toEqual([false, "start"]);
	});

	test("is virgin in no field once a fuse of the table is burnt by another hand", async () => {
		const fuses = fusesOf(name, 1);
		const where = ["--virt", "--path-efuse-file", join(folder, `${name}-other.bin`)];
		const before = await summaryOf(tools, name, where);
		expect(unexpected(name, fuses, NONE, before)).toBeUndefined();
		for (const index of [3, fuses.length - 1]) {
			await burn(tools, name, where, fuses[index]!);
			const after = await summaryOf(tools, name, where);
			expect(unexpected(name, fuses, NONE, after)).toBe(fuses[3]!.name);
			expect(unexpected(name, fuses, 3, after)).toBe(fuses[0]!.name);
		}
	});

	test("burns nothing twice, and no other value over a key", async () => {
		const where = ["--virt", "--path-efuse-file", join(folder, `${name}-twice.bin`)];
		const [key] = fusesOf(name, 1);
		await burn(tools, name, where, key!, Buffer.alloc(32, 1));
		await expect(burn(tools, name, where, key!, Buffer.alloc(32, 2))).rejects.toThrow(
			/read-protected/,
		);
	});

	test("gets back its flash from under its key, by the same tool", async () => {
		const key = Buffer.from(Array.from({ length: 32 }, (_none, index) => index * 7 + 1));
		const place = {
			name: "nvs_keys",
			offset: 0x23000,
			bytes: Buffer.from("plain".repeat(13)),
			isEncrypted: true,
		};
		const { bytes } = await encrypted(tools, name, place, key);
		expect([bytes.length % 32, Buffer.from(bytes).includes("plain")]).toEqual([0, false]);
		const at = (file: string) => join(folder, file);
		writeFileSync(at("key"), key);
		writeFileSync(at("cipher"), bytes);
		const args = [
			tools.word("decrypt-flash-data"),
			...(name === "esp32" ? [] : [tools.word("--aes-xts")]),
		];
		args.push(
			"--keyfile",
			at("key"),
			"--address",
			"0x23000",
			"--output",
			at("plain"),
			at("cipher"),
		);
		await tools.run("espsecure", args);
		expect(readFileSync(at("plain")).subarray(0, 65)).toEqual(place.bytes);
		const moved = await encrypted(tools, name, { ...place, offset: 0x24000 }, key);
		expect(Buffer.from(moved.bytes).equals(bytes)).toBe(false);
	});
});

test("boot keys are those that espsecure signed with; a turned bit and a foreign block are refused", async () => {
	const at = (file: string) => join(folder, file);
	const image = Buffer.alloc(0x10000, 0x5a);
	image[0] = 0xe9;
	writeFileSync(at("image"), image);
	const digests: string[] = [];
	for (const index of [1, 2]) {
		const key = at(`boot${index}.pem`);
		await tools.run("espsecure", [tools.word("generate-signing-key"), "--version", "2", key]);
		const digest = [
			tools.word("digest-sbv2-public-key"),
			"--keyfile",
			key,
			"--output",
			at("digest"),
		];
		await tools.run("espsecure", digest);
		digests.push(readFileSync(at("digest")).toString("hex"));
		const more = index === 1 ? [] : [tools.word("--append-signatures")];
		const [from, to] = index === 1 ? ["image", "signed1"] : ["signed1", "signed2"];
		const args = [tools.word("sign-data"), "--version", "2", "--keyfile", key, ...more];
		await tools.run("espsecure", [...args, "--output", at(to), at(from)]);
	}
	const hex = (file: string) =>
		bootKeysOf(readFileSync(at(file))).map((digest) => digest.toString("hex"));
	expect([hex("image"), hex("signed1"), hex("signed2")]).toEqual([[], [digests[0]], digests]);
	const signed = readFileSync(at("signed1"));
	const turns: readonly (readonly [offset: number, why: RegExp])[] = [
		[0x123, /another image/],
		[0x10000 + 900, /is wrong/],
		[0x10000 + 100, /is wrong/],
	];
	for (const [offset, why] of turns) {
		const turned = Buffer.from(signed);
		turned[offset]! ^= 1;
		expect(() => bootKeysOf(turned)).toThrow(why);
	}
});
