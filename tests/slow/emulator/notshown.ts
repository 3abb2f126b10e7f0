/**
 * Not shown: properties of a controller that this emulator lacks, each with the reason.
 */
import type { Row } from "../../../tools/emulator/table.js";

const row = (claim: string, why: string): Row => ({ claim, result: "not shown", why });

export const NOT_SHOWN: readonly Row[] = [
	row(
		"voltage at the pin of the lamp",
		"its LEDC makes no waveform; duties are taken where they are written to its registers",
	),
	row(
		"Wi-Fi, and its share of memory",
		"no access point with WPA; this board has Ethernet instead",
	),
	row("light sensors on I2C and ADC", "no device on the bus; this board has none"),
	row("clock chip and housing temperature", "no device on the bus"),
	row(
		"a page of flash torn by a power cut",
		"the emulator writes a page whole; `npm run host -- bare` tears them",
	),
	row("time of a flash erase, and edges meanwhile", "an erase takes no time here"),
	row(
		"the light's interrupt while the flash cache is off",
		"it traps no access to flash meanwhile, so a test would pass for code in flash, too; the build reads the linker's map",
	),
	row("an update that is kept", "its ten minutes of probation are not waited for"),
	row("a reset by the interrupt watchdog", "it runs; no image with a planted fault is built"),
	row("RTC watchdog and brown-out", "not modelled"),
	row("secure boot, flash and NVS encryption", "the development profile alone was started"),
	row("neighbours by broadcast", "slirp passes no broadcast to a second lamp"),
	row(
		"computing time of a handshake",
		"instructions take the time of this computer, and no accelerator is used",
	),
	row("ESP32, and its second core", "the emulator's board is an ESP32-C3"),
];
