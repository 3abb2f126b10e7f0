/**
 * Bench: one emulated controller with its flash, a broker, a city's certificates and the technician's line.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Controller } from "../../../tools/emulator/controller.js";
import { type Duty, type LoggedLife, livesIn } from "../../../tools/emulator/dutylog.js";
import { builtImage, type Image, LAMP, withPartition } from "../../../tools/emulator/image.js";
import { nvsImage } from "../../../tools/factory/nvs.js";
import { openLine } from "../../../tools/laptop/line/line.js";
import { Plain } from "../../../tools/laptop/line/plain.js";
import { partitionOf } from "../../../tools/toolchain/partitions.js";
import { PATIENCE, pause } from "../../support/until.js";
import { freePort } from "../support/programs.js";

/** The lamp's name for this computer, by slirp. */
export const HERE = "10.0.2.2";
export const SERIAL = "L-0017";
export const NODE = "luminode/1/liege/pole-1";
export const SECRET = "correct-horse-battery-9";
const LOOK_EVERY_ms = 20;

/** Settings of all steps: their light changes within seconds, the same at whatever hour. */
export const SECTIONS = {
	identity: { site: "liege", node: "pole-1" },
	calendar: { program: "12:00 40" },
	light: { floorLevel: 20, presenceLevel: 90, lingerLevel: 50, hold: 5, linger: 5, settleTime: 0 },
};

export class Bench {
	readonly folder = mkdtempSync(join(tmpdir(), "luminode-emulator-"));
	readonly image: Image;
	readonly flash: string;
	readonly controller: Controller;
	readonly port: number;

	private constructor(image: Image, emulator: string, port: number) {
		this.image = image;
		this.flash = join(this.folder, "flash.bin");
		this.port = port;
		const monitor = join(this.folder, "monitor");
		this.controller = new Controller({
			emulator,
			flash: this.flash,
			port,
			monitor,
			onLog() {},
		});
	}

	static async open(emulator: string): Promise<Bench> {
		const image = builtImage(process.cwd());
		if (!image) throw new Error("no image");
		return new Bench(image, emulator, await freePort());
	}

	/** A flash as the cable leaves it, with these keys in its store. */
	flashWith(values: Readonly<Record<string, string>>): void {
		const { bytes } = partitionOf(this.image.partitions, "nvs");
		const given = { serial: SERIAL, "time.server": HERE, ...values };
		writeFileSync(
			this.flash,
			withPartition(this.image, "nvs", nvsImage(given, bytes, process.env)),
		);
	}

	/** The technician plugs in. The caller closes the line. */
	console(): Promise<Plain> {
		return Plain.open(`tcp:127.0.0.1:${this.port}`, openLine);
	}

	/** With the secret set, or given. */
	async openConsole(): Promise<Plain> {
		const line = await this.console();
		if (line.state === "new") await line.do(`secret ${SECRET}`, "secret");
		else if (line.state === "closed") await line.do(`login ${SECRET}`, "login");
		return line;
	}

	get life(): LoggedLife {
		const life = livesIn(this.controller.log, LAMP).at(-1);
		if (!life) throw new Error("the ROM has not begun");
		return life;
	}

	get firstLife(): LoggedLife {
		return livesIn(this.controller.log, LAMP)[0]!;
	}

	get lives(): number {
		return livesIn(this.controller.log, LAMP).length;
	}

	/** Waits for a duty of the present life. */
	async duty(isWanted: (duty: Duty) => boolean): Promise<Duty> {
		return this.until(() => livesIn(this.controller.log, LAMP).at(-1)?.duties.find(isWanted));
	}

	/** Waits for what the lamp does, however slow this computer makes it. */
	async until<Value>(look: () => Value | undefined | false): Promise<Value> {
		for (const end = performance.now() + PATIENCE; ; ) {
			const found = look();
			if (found !== undefined && found !== false) return found as Value;
			if (this.controller.hasEnded) throw new Error("the emulator ended");
			if (performance.now() > end)
				throw new Error(
					`waited ${PATIENCE} ms for ${look}; log: ${this.controller.log.slice(-600)}`,
				);
			await pause(LOOK_EVERY_ms);
		}
	}

	async close(): Promise<void> {
		await this.controller.cut();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** Keys of the store for sections of settings. */
export function stored(sections: Readonly<Record<string, object>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(sections).map(([name, values]) => [`set.${name}`, JSON.stringify(values)]),
	);
}
