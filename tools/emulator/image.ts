/**
 * Image: the build of the board `emulator`, put together as the flash of a controller.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Partition, partitionOf, partitionsIn } from "../toolchain/partitions.js";
import { flashOf, planIn } from "./layout.js";

export const BOARD = "emulator";
/** As hosts/esp32/boards/emulator/pins.ts has them. */
export const LAMP = Object.freeze({ resolution: 12, inverted: true });
export const MOVEMENT_PIN = 3;

const MADE = `out/tmp/esp32/${BOARD}/release/luminode/xsProj-esp32c3/build`;
const PARTITIONS = "hosts/esp32/sdkconfig/partitions.csv";
const PLAN = "flasher_args.json";
/** ESP-IDF's name for the firmware. */
const FIRMWARE = "xs_esp32.bin";
const PROGRAM = "xs_esp32.elf";

export interface Image {
	readonly partitions: readonly Partition[];
	/** The whole flash, as the cable leaves it. */
	readonly flash: Buffer;
	/** The firmware alone, as it goes into a slot. */
	readonly firmware: Buffer;
	/** The same with its names, for a debugger. */
	readonly program: string;
	readonly builtAt: Date;
}

/** The build of this tree; undefined: none is there. Throws where its parts do not fit the table. */
export function builtImage(root: string): Image | undefined {
	const at = (file: string) => join(root, MADE, file);
	if (!existsSync(at(PLAN)) || !existsSync(at(FIRMWARE))) return undefined;
	const partitions = partitionsIn(readFileSync(join(root, PARTITIONS), "utf8"));
	const plan = planIn(readFileSync(at(PLAN), "utf8"));
	const flash = flashOf(plan, partitions, (file) => readFileSync(at(file)));
	const firmware = readFileSync(at(FIRMWARE));
	const program = at(PROGRAM);
	return { partitions, flash, firmware, program, builtAt: statSync(at(FIRMWARE)).mtime };
}

/** The flash with a partition written. Throws where the contents are larger. */
export function withPartition(
	{ flash, partitions }: Image,
	name: string,
	content: Uint8Array,
): Buffer {
	const { offset, bytes } = partitionOf(partitions, name);
	if (content.length > bytes)
		throw new Error(`${name} holds ${bytes} bytes, not ${content.length}`);
	const copy = Buffer.from(flash);
	copy.set(content, offset);
	return copy;
}
