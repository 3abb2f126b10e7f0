/** The flash station at a simulated bench: plugs pulled anywhere, boards twice, two stations, foreign chips. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { random } from "../../../lib/random.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { type Content, EMPTY } from "../../../lib/vault/vaultcontent.js";
import { type Chip, fusesOf, stepOf } from "../../../tools/factory/fuses.js";
import { type Sealing, seal } from "../../../tools/factory/seal.js";
import { type Made, make, recordOf } from "../../../tools/factory/station.js";
import { BOOT, batchOf, MemoryVault, sealingOf } from "../../support/factorybatch.js";
import { FakeBench, FakeChip, type Fault, Killed, spacedHex } from "../../support/fakebench.js";
import { scaled } from "../../support/scale.js";

const CHIPS: readonly Chip[] = ["esp32", "esp32c3"];
const at = (chip: Chip, index = 1) => {
	const bench = new FakeBench();
	bench.chip = new FakeChip(chip, index);
	return { bench, chip: bench.chip, vault: new MemoryVault() };
};
const whyOf = (work: Promise<Made>) =>
	work.then(
		() => "done",
		(error) => {
			if (error instanceof Trouble) return error.text.en;
			throw error;
		},
	);

/** Everything that must hold when bits are burnt. */
function guarded(bench: FakeBench, vault: MemoryVault, agreed: Set<string>): void {
	bench.onBurn = (fuse, chip, key) => {
		const lamp = recordOf(vault.content, chip.facts.mac);
		const { doing, done, keys, tests, release, before } = lamp!.factory;
		assert.equal(doing, stepOf(fuse));
		assert.ok(agreed.has(chip.facts.mac));
		assert.deepEqual([tests?.lamp, release], ["pass", "signed image"]);
		for (const step of ["test", "label", "keys", "seal verify"]) assert.ok(done.includes(step));
		if (fuse.kind === "key" && fuse.key === "flash")
			assert.equal(Buffer.from(key!).toString("base64"), keys!.flash);
		assert.ok(before);
		// the flash is what this key opens
		const offset = chip.chip === "esp32" ? 0x1000 : 0;
		const flashKey = Buffer.from(keys!.flash, "base64");
		const plain = chip.flash
			.get(offset)!
			.map((byte, index) => byte ^ flashKey[(index + offset) % 32]!);
		assert.equal(Buffer.from(plain).toString(), `loader signed by ${spacedHex(BOOT)}.`);
	};
}

function expectSealed(chip: FakeChip, vault: MemoryVault): void {
	const lamp = recordOf(vault.content, chip.facts.mac)!;
	for (const fuse of fusesOf(chip.chip, 1)) {
		const cell = chip.cells.get(fuse.name)!;
		if (fuse.kind === "value") expect([fuse.name, cell.value]).toEqual([fuse.name, fuse.shown]);
		else expect([fuse.name, cell.writeable]).toEqual([fuse.name, false]);
		if (fuse.kind === "key")
			expect([fuse.name, cell.readable]).toEqual([fuse.name, !fuse.isSecret]);
	}
	expect(Buffer.from(chip.flashKey!).toString("base64")).toBe(lamp.factory.keys!.flash);
	expect([chip.isLost, lamp.factory.done.at(-1)]).toEqual([false, "start"]);
	expect([lamp.factory.doing, lamp.factory.failed]).toEqual([undefined, undefined]);
	expect(chip.start()).toEqual({ serial: lamp.serial, secret: lamp.secret });
}

describe.each(CHIPS)("a controller with an %s", (name) => {
	test("is made: erased, written, read back, tested, labelled, in the vault", async () => {
		const { bench, chip, vault } = at(name);
		const labels: string[] = [];
		const { lamp, isRepeat } = await make(
			bench,
			batchOf(name, { label: (serial) => void labels.push(serial) }),
			vault,
		);
		expect([isRepeat, lamp.serial, labels]).toEqual([false, "L-0001", ["L-0001"]]);
		expect(lamp.factory).toMatchObject({
			mac: chip.facts.mac,
			chip: name,
			profile: "bring-up",
			image: "test image",
			done: ["erase", "write", "verify", "test", "label"],
			tests: { lamp: "pass", pir: "pass" },
		});
		expect(bench.done.filter((action) => action.startsWith("burn"))).toEqual([]);
		expect(vault.content.lamps).toEqual([lamp]);
	});

	test("that comes twice is the same lamp, and nothing is done", async () => {
		const { bench, vault } = at(name);
		const first = await make(bench, batchOf(name), vault);
		const { actions } = bench;
		const again = await make(bench, batchOf(name, { station: "two" }), vault);
		expect([again.isRepeat, again.lamp]).toEqual([true, first.lamp]);
		expect(bench.done.slice(actions)).toEqual(["look", "summary"]);
	});

	test("with another image is made anew, under its old serial number", async () => {
		const { bench, vault } = at(name);
		const first = await make(bench, batchOf(name), vault);
		const again = await make(bench, batchOf(name, { image: "another" }), vault);
		expect([again.isRepeat, again.lamp.serial]).toEqual([false, first.lamp.serial]);
		expect(vault.content.lamps.length).toBe(1);
	});

	test("is sealed: the eFuses of the table, its keys in the vault, started twice", async () => {
		const { bench, chip, vault } = at(name);
		await make(bench, batchOf(name), vault);
		guarded(bench, vault, new Set([chip.facts.mac]));
		const { isRepeat } = await seal(bench, sealingOf(name), vault);
		expect(isRepeat).toBe(false);
		expectSealed(chip, vault);
		const burnt = bench.done.filter((action) => action.startsWith("burn"));
		expect(burnt).toEqual(fusesOf(name, 1).map((fuse) => `burn ${fuse.kind} ${fuse.name}`));
		const { before, after } = recordOf(vault.content, chip.facts.mac)!.factory;
		expect(Object.values(before!).some((shown) => /true/.test(shown))).toBe(false);
		expect(Object.keys(after!).length).toBeGreaterThan(Object.keys(before!).length + 5);
		expect((await seal(bench, sealingOf(name), vault)).isRepeat).toBe(true);
	});

	type Case = [
		what: string,
		change: (rig: ReturnType<typeof at>) => Partial<Sealing> | undefined,
		why: RegExp,
	];
	const stops: Case[] = [
		["nobody agrees", () => ({ agrees: async () => false }), /no fuse was burnt/],
		[
			"it was never tested",
			({ vault, chip }) => {
				const lamp = recordOf(vault.content, chip.facts.mac)!;
				vault.amend(lamp, { factory: { ...lamp.factory, done: ["erase", "write", "verify"] } });
			},
			/has not passed its tests/,
		],
		["it is not in the vault", ({ vault }) => void (vault.content = EMPTY), /is not in the vault/],
		[
			"a fuse was burnt elsewhere",
			({ chip }) => {
				chip.cells.get(name === "esp32" ? "JTAG_DISABLE" : "DIS_PAD_JTAG")!.value = "true";
			},
			/the eFuse .*JTAG/,
		],
		[
			"a foreign key stands in its block",
			({ chip }) => {
				chip.cells.get(name === "esp32" ? "BLOCK1" : "BLOCK_KEY0")!.value = spacedHex(
					Buffer.alloc(32, 9),
				);
			},
			/the eFuse BLOCK/,
		],
		["the image is not signed", () => ({ bootKeys: [] }), /not signed by one boot key/],
		[
			"more keys signed it than it takes",
			() => ({ bootKeys: [1, 2, 3, 4].map((index) => Buffer.alloc(32, index)) }),
			/4 boot keys/,
		],
	];
	test.each(stops)("no fuse where %s", async (_what, change, why) => {
		const rig = at(name);
		await make(rig.bench, batchOf(name), rig.vault);
		const more = change(rig) ?? {};
		expect(await whyOf(seal(rig.bench, sealingOf(name, more), rig.vault))).toMatch(why);
		expect(rig.bench.done.filter((action) => action.startsWith("burn"))).toEqual([]);
	});

	test("no fuse where the flash is not what was written; the next run writes it again", async () => {
		const { bench, chip, vault } = at(name);
		await make(bench, batchOf(name), vault);
		const spoils = sealingOf(name, {
			agrees: async () => {
				throw new Error("asked");
			},
		});
		const { write } = bench;
		bench.write = async (places) => {
			await write.call(bench, places);
			chip.flash.get(0x30000)![3]! ^= 1;
		};
		expect(await whyOf(seal(bench, spoils, vault))).toMatch(/not as it was written/);
		expect(bench.done.filter((action) => action.startsWith("burn"))).toEqual([]);
		bench.write = write;
		await seal(bench, sealingOf(name), vault);
		expectSealed(chip, vault);
	});

	test("that is exchanged between two fuses: the next one is not burnt", async () => {
		const { bench, chip, vault } = at(name);
		await make(bench, batchOf(name), vault);
		const other = new FakeChip(name, 2);
		bench.onBurn = (fuse) => {
			if (stepOf(fuse) === stepOf(fusesOf(name, 1)[2]!))
				queueMicrotask(() => void (bench.chip = other));
		};
		expect(await whyOf(seal(bench, sealingOf(name), vault))).toMatch(
			/the chip on the cable is|the eFuse/,
		);
		expect([...other.cells.values()].every(({ writeable }) => writeable)).toBe(true);
		bench.chip = chip;
		bench.onBurn = () => {};
		await seal(bench, sealingOf(name), vault);
		expectSealed(chip, vault);
	});

	test("that is exchanged while the question stands is not burnt", async () => {
		const { bench, vault } = at(name);
		await make(bench, batchOf(name), vault);
		const other = new FakeChip(name, 2);
		const agrees = async () => {
			bench.chip = other;
			return true;
		};
		expect(await whyOf(seal(bench, sealingOf(name, { agrees }), vault))).toMatch(
			/the chip on the cable is 24:0a:c4:00:00:02, not 24:0a:c4:00:00:01/,
		);
		expect([...other.cells.values()].every(({ writeable }) => writeable)).toBe(true);
		expect(bench.done.filter((action) => action.startsWith("burn"))).toEqual([]);
	});

	test("whose cable is out when its last fuse is in doubt is not taken for closed", async () => {
		const { bench, chip, vault } = at(name);
		await make(bench, batchOf(name), vault);
		const last = `burn value ${fusesOf(name, 1).at(-1)!.name}`;
		const { burn, look, start } = bench;
		bench.burn = async (fuse, key) => {
			if (fuse.name === fusesOf(name, 1).at(-1)!.name) throw new Killed("killed");
			await burn.call(bench, fuse, key);
		};
		await expect(seal(bench, sealingOf(name), vault)).rejects.toThrow(Killed);
		bench.burn = burn;
		await start.call(bench); // it has power by another cable, and its console answers
		bench.look = async () => undefined;
		bench.start = async () => {};
		expect(await whyOf(seal(bench, sealingOf(name), vault))).toMatch(
			/does not restart by the cable/,
		);
		Object.assign(bench, { look, start });
		expect(await whyOf(seal(bench, sealingOf(name), vault))).toMatch(
			/still answers in its download/,
		);
		expect([bench.done.includes(last), chip.isClosed]).toEqual([false, false]);
		await seal(bench, sealingOf(name), vault);
		expectSealed(chip, vault);
	});

	/** A plug or the station goes at each action and moment; then it goes on elsewhere. */
	test("whose plug is pulled anywhere is finished by another station", async () => {
		const undisturbed = at(name);
		await make(undisturbed.bench, batchOf(name), undisturbed.vault);
		await seal(undisturbed.bench, sealingOf(name), undisturbed.vault);
		const faults = fc.record({
			action: fc.nat(undisturbed.bench.actions - 1),
			moment: fc.constantFrom("before", "half", "after"),
			how: fc.constantFrom("pulled", "killed"),
		}) as fc.Arbitrary<Fault>;
		await fc.assert(
			fc.asyncProperty(fc.array(faults, { minLength: 1, maxLength: 4 }), async (all) => {
				const { bench, chip, vault } = at(name);
				guarded(bench, vault, new Set([chip.facts.mac]));
				for (const fault of [...all, undefined]) {
					bench.actions = 0;
					bench.fault = fault;
					try {
						const isMade = recordOf(vault.content, chip.facts.mac)?.factory.done.includes("label");
						if (!isMade) await make(bench, batchOf(name), vault);
						await seal(bench, sealingOf(name), vault);
					} catch (error) {
						if (!(error instanceof Trouble) && !(error instanceof Killed)) throw error;
						expect([fault === undefined, (error as Error).message]).toEqual([
							false,
							(error as Error).message,
						]);
						bench.running = undefined;
					}
				}
				expectSealed(chip, vault);
				expect(vault.content.lamps.length).toBe(1);
			}),
			{ numRuns: scaled(30, 3000) },
		);
	});
});

describe("two faults at once", () => {
	test("killed between the vault's line and the label: the next run writes it, under the same number", async () => {
		for (const when of ["before", "after"] as const) {
			const { bench, chip, vault } = at("esp32c3");
			const labels: string[] = [];
			const label = (serial: string) => {
				if (when === "after") labels.push(serial);
				throw new Killed("killed");
			};
			await expect(make(bench, batchOf("esp32c3", { label }), vault)).rejects.toThrow(Killed);
			expect(vault.content.lamps[0]!.factory!.doing).toBe("label");
			expect(await whyOf(seal(bench, sealingOf("esp32c3"), vault))).toMatch(/has not passed/);
			const again = { label: (serial: string) => void labels.push(serial), station: "two" };
			const { lamp } = await make(bench, batchOf("esp32c3", again), vault);
			expect(new Set(labels)).toEqual(new Set([lamp.serial]));
			expect([vault.content.lamps.length, chip.flash.size]).toEqual([1, 3]);
		}
	});

	test("the vault's disk is full at any write of a run: the next run finishes, nothing is doubled", async () => {
		const undisturbed = at("esp32c3");
		let writes = 0;
		const counted = (rig: ReturnType<typeof at>, fails: number) => {
			const { update } = rig.vault;
			rig.vault.update = (change) => {
				writes += 1;
				if (writes === fails) throw new Killed("no space left on device");
				update.call(rig.vault, change);
			};
			const { amend } = rig.vault;
			rig.vault.amend = (...args) => {
				writes += 1;
				if (writes === fails) throw new Killed("no space left on device");
				return amend.apply(rig.vault, args);
			};
		};
		counted(undisturbed, 0);
		const both = async ({ bench, vault }: ReturnType<typeof at>) => {
			await make(bench, batchOf("esp32c3"), vault);
			await seal(bench, sealingOf("esp32c3"), vault);
		};
		await both(undisturbed);
		const all = writes;
		for (let index = 1; index <= all; index += 1) {
			const rig = at("esp32c3");
			writes = 0;
			counted(rig, index);
			guarded(rig.bench, rig.vault, new Set([rig.chip.facts.mac]));
			await expect(both(rig)).rejects.toThrow(Killed);
			rig.bench.running = undefined;
			const isMade = rig.vault.content.lamps[0]?.factory?.done.includes("label");
			if (isMade) await seal(rig.bench, sealingOf("esp32c3"), rig.vault);
			else await both(rig);
			expectSealed(rig.chip, rig.vault);
			expect(rig.vault.content.lamps.length).toBe(1);
		}
	});

	test("a bit of the flash turned, the plug pulled, then another chip on the cable: no fuse but its own", async () => {
		const { bench, chip, vault } = at("esp32c3");
		await make(bench, batchOf("esp32c3"), vault);
		const { write, encrypted } = bench;
		bench.write = async (places) => {
			await write.call(bench, places);
			chip.flash.get(0x30000)![3]! ^= 1;
			bench.fault = { action: bench.actions, moment: "before", how: "pulled" };
		};
		expect(await whyOf(seal(bench, sealingOf("esp32c3"), vault))).toBe("unplugged");
		Object.assign(bench, { write, encrypted, fault: undefined });
		const other = new FakeChip("esp32c3", 9);
		bench.chip = other;
		expect(await whyOf(seal(bench, sealingOf("esp32c3"), vault))).toMatch(/is not in the vault/);
		bench.chip = chip;
		expect(await whyOf(seal(bench, sealingOf("esp32c3"), vault))).toMatch(/not as it was written/);
		await seal(bench, sealingOf("esp32c3"), vault);
		expectSealed(chip, vault);
		expect([...other.cells.values()].every(({ writeable }) => writeable)).toBe(true);
	});
});

const foreign: [what: string, chip: FakeChip, why: RegExp][] = [
	["another chip", new FakeChip("esp32c3", 1), /is an ESP32C3, not an esp32/],
	[
		"a chip that no board has",
		new FakeChip("esp32", 1, { chip: undefined, name: "ESP32-S3" }),
		/is an ESP32-S3/,
	],
	["a small flash", new FakeChip("esp32", 1, { flashBytes: 1 << 21 }), /2097152 bytes/],
	["a burnt fuse", burnt(), /not as it left its maker: FLASH_CRYPT_CNT/],
	["an old revision, for release", new FakeChip("esp32", 1, { revision: "v1.1" }), /needs v3.0/],
];
function burnt(): FakeChip {
	const chip = new FakeChip("esp32", 1);
	chip.cells.get("FLASH_CRYPT_CNT")!.value = "1";
	return chip;
}
test.each(foreign)(
	"%s is refused before anything is written, and is not in the vault",
	async (_what, chip, why) => {
		const { bench, vault } = at("esp32");
		bench.chip = chip;
		expect(await whyOf(make(bench, batchOf("esp32", { profile: "release" }), vault))).toMatch(why);
		expect([chip.flash.size, vault.content.lamps.length]).toEqual([0, 0]);
	},
);

test("a test that fails is the reason, and is done again; a serial number is given once", async () => {
	const { bench, vault } = at("esp32");
	bench.verdicts = { lamp: "pass", pir: "unknown" };
	expect(await whyOf(make(bench, batchOf("esp32"), vault))).toBe("test pir: unknown");
	expect(vault.content.lamps[0]!.factory!.failed).toBe("test pir: unknown");
	bench.verdicts = { lamp: "pass", pir: "pass" };
	bench.done.length = 0;
	await make(bench, batchOf("esp32"), vault);
	expect(bench.done).toEqual(["look", "summary", "start", "meet", "test"]);
	bench.chip = new FakeChip("esp32", 2);
	const taken = batchOf("esp32", { serialFor: () => "L-0001" });
	expect(await whyOf(make(bench, taken, vault))).toMatch(/another controller of the vault/);
	expect(await whyOf(make(bench, batchOf("esp32", { serialFor: () => undefined }), vault))).toMatch(
		/no serial/,
	);
});

test("the console of another lamp ends the step: two cables, one controller", async () => {
	const { bench, vault } = at("esp32");
	const { meet } = bench;
	bench.meet = async () => ({ serial: "L-9999", life: 1 });
	expect(await whyOf(make(bench, batchOf("esp32"), vault))).toMatch(
		/L-9999 answers at the console, not L-0001/,
	);
	bench.meet = meet;
	await make(bench, batchOf("esp32"), vault);
});

const CONTROLLERS = scaled(100, 500);

test(`${CONTROLLERS} controllers at two stations with one vault, plugs pulled at random: none lost, none doubled`, async () => {
	const drawn = random(40, "factory");
	const draw = () => drawn.next();
	const vault = new MemoryVault();
	const chips = Array.from(
		{ length: CONTROLLERS },
		(_none, index) => new FakeChip(index % 2 ? "esp32" : "esp32c3", index),
	);
	const pile = [...chips];
	const serials = Array.from({ length: CONTROLLERS }, (_none, index) => `L-${index + 1}`);
	const serialFor = (_facts: unknown, { lamps }: Content) => {
		const given = new Set(lamps.map(({ serial }) => serial));
		return serials.find((serial) => !given.has(serial));
	};
	let pulled = 0;
	const station = async (name: string) => {
		const bench = new FakeBench();
		bench.breathe = async () => {
			for (let turns = Math.floor(draw() * 4); turns > 0; turns -= 1) await Promise.resolve();
		};
		guarded(bench, vault, new Set(chips.map(({ facts }) => facts.mac)));
		for (let chip = pile.shift(); chip; chip = pile.shift()) {
			bench.chip = chip;
			bench.running = undefined;
			bench.actions = 0;
			const how = draw() < 0.5 ? "pulled" : "killed";
			const moment = (["before", "half", "after"] as const)[Math.floor(draw() * 3)]!;
			bench.fault = draw() < 0.3 ? { action: Math.floor(draw() * 60), moment, how } : undefined;
			try {
				const known = recordOf(vault.content, chip.facts.mac)?.factory;
				const batch = batchOf(chip.chip, { station: name, serialFor });
				if (!known?.done.includes("label")) await make(bench, batch, vault);
				await seal(bench, sealingOf(chip.chip), vault);
			} catch (error) {
				if (!(error instanceof Trouble) && !(error instanceof Killed)) throw error;
				pulled += 1;
				pile.push(chip); // somebody puts it back
			}
		}
	};
	await Promise.all([station("one"), station("two")]);
	expect(pulled).toBeGreaterThan(CONTROLLERS / 10);
	for (const chip of chips) expectSealed(chip, vault);
	const given = vault.content.lamps.map(({ serial }) => serial);
	expect([given.length, new Set(given)]).toEqual([CONTROLLERS, new Set(serials)]);
	const keys = new Set(vault.content.lamps.map(({ factory }) => factory!.keys!.flash));
	const secrets = new Set(vault.content.lamps.map(({ secret }) => secret));
	expect([keys.size, secrets.size]).toEqual([CONTROLLERS, CONTROLLERS]);
	const stations = new Set(vault.content.lamps.map(({ factory }) => factory!.station));
	expect(stations).toEqual(new Set(["one", "two"]));
});
