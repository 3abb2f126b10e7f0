/**
 * The flash station at real ttys: a controller is made over two pseudo-terminals, the self-test typed over
 * its console, and the plug pulled at each call of a tool and at each answer of the lamp.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { Vault } from "../../../lib/vault/vault.js";
import { Desk } from "../../../tools/factory/desk.js";
import { EsptoolBench } from "../../../tools/factory/esptool.js";
import { factory, type Generator } from "../../../tools/factory/factory.js";
import { Tools } from "../../../tools/factory/tools.js";
import { openLine } from "../../../tools/laptop/line/line.js";
import { espImage } from "../../support/espimage.js";
import { TestSeat } from "../../tools/laptop/lampline.js";
import { ANSWER } from "../../tools/laptop/lamponline.js";
import { TtyBench } from "../support/ttybench.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
/** The form that the simulated controller reads. */
const generator: Generator = {
	image: (values, bytes) =>
		Buffer.concat([Buffer.from(`nvs ${JSON.stringify(values)}`), Buffer.alloc(bytes)]).subarray(
			0,
			bytes,
		),
	keys: () => Buffer.alloc(4096, 7),
};

/** The settings of the bench, as the document has them. */
const [, BENCH = ""] = /`onDelay` 0 .*\n\n```\n([^`]*)```/.exec(
	readFileSync("docs/factory.md", "utf8"),
)!;

let folder: string;
let rig: TtyBench;
const file = (name: string) => join(folder, name);
const NOW = () => new Date("2026-11-24T10:00:00Z");

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-tty-"));
	mkdirSync(file("image"));
	const loader = Buffer.alloc(4096, 0xff);
	loader[0] = 0xe9;
	loader.writeUInt16LE(5, 12);
	for (const [name, bytes] of [
		["bootloader.bin", loader],
		["xs_esp32.bin", espImage({ profile: "bring-up" })],
		["partition-table.bin", Buffer.alloc(0xc00, 1)],
		["ota_data_initial.bin", Buffer.alloc(0x2000, 0xff)],
	] as const)
		writeFileSync(join(file("image"), name), bytes);
	writeFileSync(file("serials.txt"), "L-0001\nL-0002\n");
	writeFileSync(file("bench.txt"), BENCH);
	rig = new TtyBench(folder);
});
afterEach(() => rig.unplug());
afterAll(() => rmSync(folder, { recursive: true }));

/** A controller and a vault as on the first day. */
async function fresh(pull?: number): Promise<void> {
	rmSync(file("city.vault"), { force: true });
	Vault.open(file("city.vault"), PHRASE, CHEAP).update((content) => ({ ...content })); // else none is written
	rig.renew();
	rig.isStill = false;
	await rig.plug(pull);
}

/** `npx luminode factory make`, one controller. */
async function make(tests = "all,pir") {
	const seat = new TestSeat();
	const { stdin, stdout, stderr } = seat;
	const show = stderr.write.bind(stderr) as (text: string) => boolean;
	stderr.write = ((text: string) => {
		if (/\[y\/n\] $/.test(text)) setImmediate(() => seat.keys.write("n"));
		return show(text);
	}) as typeof stderr.write;
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	const args = ["--board", "esp32-c3", "--port", rig.rom.path, "--console", rig.console.path];
	const paths = ["--vault", file("city.vault"), "--image", file("image")];
	const more = ["--serials", file("serials.txt"), "--bench", file("bench.txt"), "--tests", tests];
	const code = await factory(["make", ...args, ...paths, ...more, "--lang", "en"], {
		seat: { stdin, stdout, stderr, environment, now: NOW },
		generator,
		benchOf: ({ console: port, settings, tests }) =>
			rig.bench(new Desk({ port, openLine, settings, tests, now: NOW })),
	});
	return { code, out: stdout.text, last: stdout.text.trimEnd().split("\n").at(-1) };
}

const lamps = () => Vault.open(file("city.vault"), PHRASE).read().lamps;
const answers = () => [...rig.lamp.output.matchAll(ANSWER)].length;

/** What every run must come to in the end. */
function expectMade(): void {
	const [lamp, ...others] = lamps();
	expect(others).toEqual([]);
	expect([lamp!.serial, lamp!.factory!.mac]).toEqual(["L-0001", "84:f7:03:01:02:03"]);
	expect(lamp!.factory!.done).toEqual(["erase", "write", "verify", "test", "label"]);
	const parts = ["lamp", "store", "heap", "clock", "pir", "light", "broker"];
	expect(lamp!.factory!.tests).toEqual(Object.fromEntries(parts.map((part) => [part, "pass"])));
	const image = readFileSync(join(file("image"), "xs_esp32.bin"));
	expect(rig.flash.subarray(0x30000, 0x30000 + image.length).equals(image)).toBe(true);
	expect(rig.flash.subarray(0x11000, 0x11100).toString()).toContain('"serial":"L-0001"');
}

test("a controller is made: the tty is 115200 8N1, the jig passes, the bench's settings are gone", async () => {
	await fresh();
	let stty = "";
	const { say } = rig.lamp.line;
	rig.lamp.line.say = (text) => {
		stty ||= spawnSync("stty", ["-F", rig.console.path, "-a"], { encoding: "utf8" }).stdout;
		say.call(rig.lamp.line, text);
	};
	const { code, last } = await make();
	rig.lamp.line.say = say;
	expect([code, last]).toEqual([0, "DONE L-0001"]);
	expectMade();
	expect(stty).toMatch(/speed 115200 baud/);
	expect(stty).toMatch(/-parenb.* cs8 .*-cstopb/);
	expect(rig.lamp.node.settings).toMatchObject({
		lampResponse: 0,
		onDelay: 30_000,
		brokerHost: "",
	});
	const { secret } = lamps()[0]!;
	expect(rig.lamp.line.received).toContain(`login ${secret}`);
	expect((await make()).last).toBe("DONE L-0001, before already");
});

test("nobody moves: the reason, and the test alone is done again", async () => {
	await fresh();
	rig.isStill = true;
	expect(await make()).toMatchObject({
		code: 1,
		last: expect.stringMatching(/^FAILED: test pir: unknown, nothing moved/),
	});
	rig.isStill = false;
	const before = rig.calls;
	expect((await make()).last).toBe("DONE L-0001");
	expect(rig.calls - before).toBe(2); // chip and eFuses
	expectMade();
});

test("the plug comes out at each call of a tool; the next run finishes", async () => {
	await fresh();
	await make();
	const all = rig.calls;
	expect(all).toBe(5); // chip, eFuses, erase, write, verify
	for (let call = 1; call <= all; call += 1) {
		await fresh(call);
		const { code, last } = await make();
		expect([call, code, last]).toEqual([call, 1, expect.stringMatching(/^FAILED: /)]);
		await rig.plug();
		expect([call, (await make()).last]).toEqual([call, "DONE L-0001"]);
		expectMade();
	}
});

/** The system may free a port that was pulled a moment after its program has ended. */
async function madeOnceFree() {
	const made = await make();
	return /is open in another program$/.test(made.last ?? "") ? make() : made;
}

test("the plug of the console comes out before each answer of the lamp; the next run finishes", async () => {
	await fresh();
	const before = answers();
	await make();
	const all = answers() - before;
	expect(all).toBeGreaterThan(12);
	for (let index = 0; index < all; index += 1) {
		await fresh();
		rig.lamp.unplugBefore = answers() + index;
		const { code, last } = await make();
		rig.lamp.unplugBefore = Infinity;
		// the answers to `revert` and `logout` come after the verdicts
		expect([index, code, last]).toEqual([index, 1, expect.stringMatching(/^FAILED: /)]);
		expect(lamps()[0]!.factory!.done).toEqual(["erase", "write", "verify"]);
		await rig.plug();
		expect([index, (await madeOnceFree()).last]).toEqual([index, "DONE L-0001"]);
		expectMade();
	}
});

test("without a cable, and with one that has no reset line: a sentence", async () => {
	await fresh();
	await rig.rom.unplug();
	expect((await make()).last).toMatch(/^FAILED: .*(Could not open|no chip answers)/);
	await rig.rom.plug();
	const tools = Tools.found({ ...process.env, ESPTOOL: file("esptool") });
	const desk = new Desk({ port: "", openLine, settings: [], tests: [], now: NOW });
	const bench = new EsptoolBench(tools, rig.rom.path, "esp32c3", desk);
	await expect(bench.start()).rejects.toThrow(/rom: .*Inappropriate ioctl/); // a tty without the lines
});
