/**
 * Fit: whether a linked image fits into its slot of flash, padded and signed.
 *
 * Secure boot 2 pads an image to pages of 64 KB and puts one sector of signature behind it
 * (ESP-IDF 6.0, security/secure-boot-v2). A slot has whole pages, so its last is the signature's.
 * Images of development are judged alike: an image that fits on the bench fits on the pole.
 */

export const PAGE_BYTES = 65_536;
export const SIGNATURE_BYTES = 4096;

/** Bytes of one slot of firmware by a table of partitions. */
export function slotBytes(partitions: string): number {
	const [, size] = /^ota_0\s*,[^,]*,[^,]*,[^,]*,\s*(\w+)/m.exec(partitions) ?? [];
	return Number(size);
}

interface Fit {
	/** Bytes that an image may fill. */
	readonly most: number;
	/** Bytes that remain; negative: it does not fit. */
	readonly room: number;
	/** Bytes in flash, padded and with the signature. */
	readonly signed: number;
}

/** The room that an image of `bytes` leaves in a slot of `slot` bytes. */
export function fitOf(bytes: number, slot: number): Fit {
	const most = (Math.floor(slot / PAGE_BYTES) - 1) * PAGE_BYTES;
	const signed = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES + SIGNATURE_BYTES;
	return { most, room: most - bytes, signed };
}
