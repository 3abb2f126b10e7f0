/**
 * Machine: ESP-IDF functions in C: reset reason, serial number, memory, random bytes.
 */

import { INPUTS } from "host/turn";
import type { PowerCause, Retained, Room } from "luminode/host";
import { isLevel } from "luminode/node/light/bootlevel";
import FFI from "mc/ffi";

/** `esp_reset_reason_t` of ESP-IDF 6.0 (docs/boards.md); a later one is a crash. */
const CAUSES: readonly PowerCause[] = Object.freeze([
	"crash", // unknown
	"powerOn", // power-on
	"powerOn", // reset pin
	"restart", // software
	"crash", // panic
	"watchdog", // interrupt watchdog
	"watchdog", // task watchdog
	"watchdog", // other watchdog
	"powerOn", // deep sleep
	"brownout", // brownout
	"powerOn", // SDIO
	"powerOn", // USB
	"powerOn", // JTAG
	"brownout", // damaged fuses read
	"brownout", // power glitch
	"watchdog", // processor locked up
] as const);
/** ESP_RST_SW. */
const SOFTWARE = 3;
const MAC_BYTES = 6;

/** Functions of ESP-IDF and of retained.c, as manifest.json names them (`native` is a word of the SDK's compiler). */
export function idf(): FFI {
	return new FFI();
}

/**
 * XS aborts with a software reset, as a requested restart does: without a request it is a crash.
 */
export function powerCause(): PowerCause {
	const cause = CAUSES[idf().esp_reset_reason()] ?? "crash";
	const wasAsked = idf().luminode_was_asked() !== 0;
	return cause === "restart" && !wasAsked ? "crash" : cause;
}

/** Where a turn is at work, beside its input; their numbers are those of RTC memory. */
const ROOMS: readonly Room[] = Object.freeze(["input", "light", "background"] as const);

/** What the lamp is at work on, for the report of the next life. */
export function workOn(input: number, room: Room): void {
	idf().luminode_at(input, ROOMS.indexOf(room));
}

/**
 * How the life before ended (luminode/panic.c), parts between semicolons, each empty if unknown: the end
 * with its detail, input and room, at most eight addresses.
 * `badAccess Store access fault; serial background; 0x420b1c34 0x42012abc`. Read once; undefined: nothing is known.
 */
export function endBefore(): string | undefined {
	const ended = idf().luminode_ended();
	const at = idf().luminode_was_at();
	const work = at < 0 ? "" : `${INPUTS[at >> 8] ?? ""} ${ROOMS[at & 0xff] ?? ""}`;
	const addresses = addressesBefore();
	return ended === "" && work === "" ? undefined : `${ended}; ${work}; ${addresses}`;
}

function addressesBefore(): string {
	let text = "";
	for (let index = 0; ; index += 1) {
		const address = idf().luminode_crash(index);
		if (address === 0) return text;
		text += `${text === "" ? "" : " "}0x${address.toString(16)}`;
	}
}

export function isResetBySoftware(): boolean {
	return idf().esp_reset_reason() === SOFTWARE;
}

/** The address burnt into the chip, as a serial number if the factory gave none. */
export function chipSerial(): string {
	const bytes = new Uint8Array(MAC_BYTES);
	idf().esp_efuse_mac_get_default(bytes.buffer);
	let text = "esp32-";
	for (let index = 0; index < MAC_BYTES; index += 1)
		text += bytes[index]!.toString(16).padStart(2, "0");
	return text;
}

/** Memory of the RTC (retained.c). */
export const retained: Retained = Object.freeze({
	level: Object.freeze({
		read: () => numberAt(0),
		write: (value: number) => idf().luminode_retain(0, value),
	}),
	refusals: Object.freeze({
		read: () => numberAt(1),
		write: (value: number) => idf().luminode_retain(1, value),
	}),
});

function numberAt(place: number): number | undefined {
	const value = idf().luminode_retained(place);
	return Number.isNaN(value) ? undefined : value;
}

/**
 * The duty before a restart, for the time until the settings are read; undefined: full light. Like
 * the level that it belongs to it is used once, so no series of crashes keeps a lamp dark.
 */
export function dutyBefore(cause: PowerCause): number | undefined {
	const duty = idf().luminode_shone();
	const isRetained = cause !== "powerOn" && cause !== "brownout" && isLevel(retained.level.read());
	return isRetained && duty >= 0 ? duty : undefined;
}

/** From the chip's noise, which needs a running radio or (ethernet.ts) the bootloader's source. */
export function random(into: Uint8Array): void {
	const chance = new Uint8Array(into.length);
	idf().esp_fill_random(chance.buffer, chance.length);
	into.set(chance);
}
