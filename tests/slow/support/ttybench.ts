/**
 * Tty bench: a controller at two real ttys (pairs of pseudo-terminals by socat): its ROM as a program
 * that answers as esptool does, eFuses by Debian's espefuse in a file, and the firmware at its console
 * with a jig: relay and dimmer shine back into the light sensor, and a hand moves before the PIR when it
 * is tested.
 *
 * A pseudo-terminal has no reset line: the reset alone is the test's own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lux } from "../../../src/units.js";
import type { Desk } from "../../../tools/factory/desk.js";
import { EsptoolBench } from "../../../tools/factory/esptool.js";
import { Tools } from "../../../tools/factory/tools.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";

/** Place of the identity in the table of partitions. */
const NVS_AT = 0x11000;
const FLASH_BYTES = 1 << 22;
/** lx at the sensor at full light, by the jig; and of the workshop's cover. */
const JIG_LUX = 20;
const COVERED_LUX = 0.5;
const DUTY_MOST = 4095;

const ESPTOOL = `#!/usr/bin/env node
// The ROM of an ESP32-C3 behind a tty, in the words of esptool 4.7; \`pull\`: the call whose plug comes out.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const { basename, join } = require("node:path");
const at = (name) => join(__dirname, name);
const words = process.argv.slice(2);
if (words[0] === "version") return void console.log("esptool.py v4.7.0\\n4.7.0");
const fatal = (why) => {
	console.log("\\nA fatal error occurred: " + why);
	process.exit(2);
};
const numberIn = (name) => (fs.existsSync(at(name)) ? Number(fs.readFileSync(at(name))) : 0);
const call = numberIn("calls") + 1;
fs.writeFileSync(at("calls"), String(call));
const isPulled = call === numberIn("pull");
const port = words.indexOf("--port");
try {
	fs.closeSync(fs.openSync(words[port + 1], fs.constants.O_RDWR | fs.constants.O_NOCTTY));
} catch {
	fatal("Could not open " + words[port + 1] + ", the port is busy or doesn't exist.");
}
if (basename(process.argv[1]) === "espefuse") {
	if (isPulled) fatal("No serial data received.");
	words.splice(port, 2, "--virt", "--path-efuse-file", at("efuse.bin"));
	process.exit(spawnSync("espefuse", words, { stdio: "inherit" }).status);
}
const flash = fs.existsSync(at("flash.bin")) ? fs.readFileSync(at("flash.bin")) : Buffer.alloc(${FLASH_BYTES}, 0xa5);
const places = () => {
	const rest = words.slice(words.findIndex((word) => word.startsWith("0x")));
	return rest.flatMap((word, nth) => (nth % 2 ? [] : [[Number(word), fs.readFileSync(rest[nth + 1])]]));
};
const verb = words.find((word) => /^(flash_id|erase_flash|write_flash|verify_flash)$/.test(word));
const lost = () => isPulled && fatal("The chip stopped responding.");
if (verb === "flash_id") {
	lost();
	console.log("Detecting chip type... ESP32-C3\\nChip is ESP32-C3 (QFN32) (revision v0.4)");
	console.log("MAC: 84:f7:03:01:02:03\\nDetected flash size: 4MB");
} else if (verb === "verify_flash") {
	lost();
	for (const [offset, bytes] of places())
		if (!flash.subarray(offset, offset + bytes.length).equals(bytes))
			fatal("Verify failed (digest mismatch)");
} else {
	if (verb === "erase_flash") flash.fill(0xff, 0, isPulled ? ${FLASH_BYTES / 2} : ${FLASH_BYTES});
	else
		for (const [nth, [offset, bytes]] of places().entries())
			if (!isPulled || nth < 2) bytes.copy(flash, offset);
	fs.writeFileSync(at("flash.bin"), flash);
	lost();
}
`;

/** One end of a tty that a test unplugs. */
class Tty {
	#socat: ChildProcess | undefined;
	constructor(
		readonly path: string,
		readonly other: () => string,
	) {}

	async plug(): Promise<void> {
		await this.unplug();
		this.#socat = spawn("socat", [`pty,raw,echo=0,link=${this.path}`, this.other()], {
			stdio: "ignore",
		});
		for (let waited = 0; !existsSync(this.path); waited += 5) {
			if (waited > 20_000) throw new Error("socat made no tty");
			await new Promise((later) => setTimeout(later, 5));
		}
	}

	async unplug(): Promise<void> {
		const child = this.#socat;
		this.#socat = undefined;
		if (!child || child.exitCode !== null) return;
		const ended = new Promise((done) => child.once("exit", done));
		child.kill();
		await ended;
	}
}

export class TtyBench {
	readonly lamp = new LampOnLine("84f703010203");
	readonly rom: Tty;
	readonly console: Tty;
	readonly #folder: string;
	/** What was typed to the lamp before its last start. */
	#before = 0;
	/** Nobody moves. */
	isStill = false;

	constructor(folder: string) {
		this.#folder = folder;
		this.rom = new Tty(join(folder, "rom"), () => `pty,raw,echo=0,link=${join(folder, "far")}`);
		this.console = new Tty(join(folder, "console"), () => `tcp:127.0.0.1:${this.lamp.line.port}`);
		for (const name of ["esptool", "espefuse"])
			writeFileSync(join(folder, name), ESPTOOL, { mode: 0o755 });
	}

	/** Both cables and the jig; `pull`: the call of a tool whose plug comes out. */
	async plug(pull?: number): Promise<void> {
		const { lamp } = this;
		writeFileSync(join(this.#folder, "calls"), "0");
		writeFileSync(join(this.#folder, "pull"), String(pull ?? 0));
		await lamp.unplug();
		await lamp.plug();
		await this.rom.plug();
		await this.console.plug();
		let turns = 0;
		let wasMoving = false;
		const { host } = lamp;
		lamp.jig = () => {
			const lux = COVERED_LUX + (JIG_LUX * host.duty) / DUTY_MOST;
			host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
			turns += 1;
			const isAsked = lamp.line.received.slice(this.#before).trimEnd().endsWith("test pir");
			const isMoving = isAsked && !this.isStill && turns % 40 >= 20;
			if (isMoving !== wasMoving)
				host.deliver((inputs, now) =>
					isMoving ? inputs.onMovement(now) : inputs.onStillness(now),
				);
			wasMoving = isMoving;
		};
	}

	async unplug(): Promise<void> {
		this.lamp.jig = undefined;
		await this.lamp.unplug();
		await this.console.unplug();
		await this.rom.unplug();
	}

	/** A controller as its maker delivers it. */
	renew(): void {
		for (const name of ["flash.bin", "efuse.bin"])
			rmSync(join(this.#folder, name), { force: true });
	}

	get calls(): number {
		return Number(readFileSync(join(this.#folder, "calls"), "utf8"));
	}

	get flash(): Buffer {
		return readFileSync(join(this.#folder, "flash.bin"));
	}

	/** The station's own bench; the tests' `desk` is the station's, too. */
	bench(desk: Desk): EsptoolBench {
		const tools = Tools.found({ ...process.env, ESPTOOL: join(this.#folder, "esptool") });
		const bench = new EsptoolBench(tools, this.rom.path, "esp32c3", desk);
		return Object.assign(bench, { start: async () => this.#start() });
	}

	/** Power comes: the firmware reads its identity from flash. */
	#start(): void {
		const { host } = this.lamp;
		const nvs = this.flash.subarray(NVS_AT, 0x21000).toString("latin1");
		const [, text = "{}"] = /^nvs (\{.*?\})\0/.exec(nvs) ?? [];
		const values = JSON.parse(text) as Record<string, string>;
		host.stored.clear();
		host.wall = undefined; // a reset by the cable takes date and memory of the chip
		host.kept = undefined;
		for (const [key, value] of Object.entries(values)) host.stored.set(key, value);
		Object.assign(host, { serial: values.serial ?? "esp32-84f703010203" });
		this.#before = this.lamp.line.received.length; // the hand rests while the lamp starts
		this.lamp.boot();
		this.lamp.fitBroker();
	}
}
