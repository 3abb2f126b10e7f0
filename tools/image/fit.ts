/**
 * Fit: whether an image fits into its slot of flash, with what the SDK and ESP-IDF add.
 *
 * The allowances are stated, for an image is linked with ESP-IDF only on a machine that has it. The
 * engine's was measured: XS 17 of SDK 8.2.3 for rv32imc by gcc 14.2 at -Os with its C library, what
 * nothing calls left out. ESP-IDF's is what it took in a smaller program with Wi-Fi and TCP. That of
 * TLS was measured: hosts/tls and Mbed TLS 3.6, less what Wi-Fi reaches of it (image:check --mbedtls).
 */
import { readFileSync } from "node:fs";

export const ENGINE_BYTES = 456_000;
export const IDF_BYTES = 663_000;
export const TLS_BYTES = 124_000;

/** Bytes of one slot of firmware by a table of partitions. */
export function slotBytes(partitions: string): number {
	const [, size] = /^ota_0\s*,[^,]*,[^,]*,[^,]*,\s*(\w+)/m.exec(partitions) ?? [];
	return Number(size);
}

export interface Fit {
	readonly profile: string;
	/** Bytes that remain; negative: it does not fit. */
	readonly room: number;
	readonly slot: number;
}

const PROFILES = ["development", "release"] as const;

/** The room that contents of `bytes` leave in the slots of both profiles. */
export function fitsOf(bytes: number, folder = "hosts/esp32/sdkconfig"): Fit[] {
	const slot = slotBytes(readFileSync(`${folder}/partitions.csv`, "utf8"));
	const room = slot - bytes - ENGINE_BYTES - IDF_BYTES;
	return PROFILES.map((profile) => ({ profile, slot, room }));
}
