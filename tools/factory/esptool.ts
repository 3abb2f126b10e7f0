/**
 * Esptool: the bench of a controller on two cables: its UART0 or USB (`--port`) for Espressif's tools,
 * the technician's line (`--console`) for the running lamp.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SerialPort } from "serialport";
import { Trouble } from "../../lib/text/trouble.js";
import type { Bench, ChipFacts, Met, Place } from "./bench.js";
import type { Desk } from "./desk.js";
import { burn, summaryOf } from "./efuses.js";
import type { Chip, Fuse, Summary } from "./fuses.js";
import { text } from "./texts.js";
import type { Tools } from "./tools.js";

const BAUD = "460800";
/** ms of the reset line; the chips' own circuits need 50 µs. */
const RESET_PULSE = 100;
/** Two blocks of AES: espsecure takes whole ones. */
const UNIT = 32;
const CHIPS: Readonly<Record<string, Chip>> = { ESP32: "esp32", "ESP32-C3": "esp32c3" };
const MEGABYTE = 1 << 20;

export class EsptoolBench implements Bench {
	readonly #tools: Tools;
	readonly #port: string;
	readonly #chip: Chip;
	readonly #desk: Desk;

	constructor(tools: Tools, port: string, chip: Chip, desk: Desk) {
		this.#tools = tools;
		this.#port = port;
		this.#chip = chip;
		this.#desk = desk;
	}

	/** Undefined where esptool finds no chip; its other troubles are troubles. */
	async look(): Promise<ChipFacts | undefined> {
		try {
			return factsIn(await this.#esptool(["flash-id"], ["--chip", "auto"]));
		} catch (error) {
			if (error instanceof Trouble && NO_CHIP.test(error.text.en)) return undefined;
			throw error;
		}
	}

	summary(): Promise<Summary> {
		return summaryOf(this.#tools, this.#chip, ["--port", this.#port]);
	}

	async erase(): Promise<void> {
		await this.#esptool(["erase-flash"]);
	}

	async write(places: readonly Place[]): Promise<void> {
		await this.#withFiles(places, (args) => {
			const keep = WRITE.map((word) => this.#tools.word(word));
			return this.#esptool(["write-flash", ...keep, ...args]);
		});
	}

	async holds(places: readonly Place[]): Promise<boolean> {
		try {
			await this.#withFiles(places, (args) => this.#esptool(["verify-flash", ...args]));
			return true;
		} catch (error) {
			if (error instanceof Trouble && DIFFERS.test(error.text.en)) return false;
			throw error;
		}
	}

	encrypted(place: Place, key: Uint8Array): Promise<Place> {
		return encrypted(this.#tools, this.#chip, place, key);
	}

	burn(fuse: Fuse, key?: Uint8Array): Promise<void> {
		return burn(this.#tools, this.#chip, ["--port", this.#port], fuse, key);
	}

	/** The reset line alone, which works at a chip without a download mode, too. */
	async start(): Promise<void> {
		const port = new SerialPort({ path: this.#port, baudRate: 115_200, autoOpen: false });
		const promised = (call: (done: (error?: Error | null) => void) => void) =>
			new Promise<void>((resolve, reject) => {
				call((error) =>
					error ? reject(new Trouble(text("portTrouble", this.#port, error.message))) : resolve(),
				);
			});
		await promised((done) => port.open(done));
		try {
			await promised((done) => port.set({ dtr: false, rts: true }, done));
			await new Promise((later) => setTimeout(later, RESET_PULSE));
			await promised((done) => port.set({ dtr: false, rts: false }, done));
		} finally {
			await promised((done) => port.close(done));
		}
	}

	meet(secretOf: (serial: string) => string | undefined): Promise<Met> {
		return this.#desk.meet(secretOf);
	}

	test(): Promise<Readonly<Record<string, string>>> {
		return this.#desk.test();
	}

	async #withFiles(
		places: readonly Place[],
		work: (args: string[]) => Promise<unknown>,
	): Promise<void> {
		await this.#tools.inFolder(async (folder) => {
			const args = places.flatMap(({ name, offset, bytes }) => {
				const file = join(folder, name);
				writeFileSync(file, bytes, { mode: 0o600 });
				return [`0x${offset.toString(16)}`, file];
			});
			await work(args);
		});
	}

	#esptool(args: readonly string[], chip = ["--chip", this.#chip as string]): Promise<string> {
		const [verb = "", ...rest] = args;
		const tools = this.#tools;
		const common = [...chip, "--port", this.#port, "--baud", BAUD];
		common.push("--before", tools.word("default-reset"), "--after", tools.word("no-reset"));
		return tools.run("esptool", [...common, tools.word(verb), ...rest]);
	}
}

/** The image's own header stays as it was signed. */
const WRITE = ["--flash-mode", "keep", "--flash-freq", "keep", "--flash-size", "keep"];
const NO_CHIP = /Failed to connect|No serial data received|Wrong boot mode|download mode/i;
const DIFFERS = /verif\w* failed/i;

/** Facts in the words of `flash-id`, versions 4 and 5. Throws `Trouble` where one is missing. */
export function factsIn(output: string): ChipFacts {
	const [, name] =
		/Detecting chip type\.* (ESP\S+)/.exec(output) ?? /Connected to (ESP\S+) on/.exec(output) ?? [];
	const [, revision] = /\(revision (v[\d.]+)\)/.exec(output) ?? [];
	const [, mac] = /^(?:BASE )?MAC:\s+((?:[\da-f]{2}:){5}[\da-f]{2})/im.exec(output) ?? [];
	const [, size] = /Detected flash size:\s+(\d+)MB/.exec(output) ?? [];
	if (!name || !revision || !mac)
		throw new Trouble(text("toolFailed", "esptool", output.slice(-80)));
	const flashBytes = Number(size ?? 0) * MEGABYTE;
	return { chip: CHIPS[name], name, revision, mac: mac.toLowerCase(), flashBytes };
}

/** A place as it stands in flash under a key, by espsecure. */
export function encrypted(tools: Tools, chip: Chip, place: Place, key: Uint8Array): Promise<Place> {
	return tools.inFolder(async (folder) => {
		const [keyFile, plain, cipher] = ["key", "plain", "cipher"].map((name) =>
			join(folder, name),
		) as [string, string, string];
		writeFileSync(keyFile, key, { mode: 0o600 });
		const rest = Buffer.alloc(-place.bytes.length & (UNIT - 1), 0xff);
		writeFileSync(plain, Buffer.concat([place.bytes, rest]), { mode: 0o600 });
		const args = [
			tools.word("encrypt-flash-data"),
			...(chip === "esp32" ? [] : [tools.word("--aes-xts")]),
		];
		args.push("--keyfile", keyFile, "--address", `0x${place.offset.toString(16)}`);
		await tools.run("espsecure", [...args, "--output", cipher, plain]);
		return { ...place, bytes: readFileSync(cipher) };
	});
}
