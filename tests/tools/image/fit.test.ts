/** What a linked image takes by its map, and whether it fits into a slot, padded and signed. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { fitOf, slotBytes } from "../../../tools/image/fit.js";
import { type LinkedImages, recorded, restOf } from "../../../tools/image/linked.js";
import { partsIn } from "../../../tools/image/linkmap.js";

/** Bytes that a release leaves for the versions after it. */
const RESERVE_BYTES = 40_000;

/** As GNU ld prints it: a name too long for its column stands on a line of its own. */
const MAP = `
Discarded input sections
 .text          0x00000000      0x999 xs_esp32c3.a(xsRun.c.o)

Linker script and memory map

.rtc_noinit     0x50000000       0x20
 .rtc_noinit    0x50000000       0x20 xs_esp32c3.a(retained.c.o)

.iram0.text     0x40380000       0x40
 .iram1         0x40380000       0x30 esp-idf/freertos/libfreertos.a(port.c.obj)
 *fill*         0x40380030       0x10

.dram0.bss      0x3fc80000      0x100
 .bss           0x3fc80000      0x100 esp-idf/lwip/liblwip.a(tcp.c.obj)

.flash.text     0x42000020      0x700
 .text.fxRunID  0x42000020      0x100 xs_esp32c3.a(xsRun.c.o)
 .text.a_name_that_is_longer_than_its_column
                0x42000120      0x200 esp-idf/mbedtls/libmbedtls.a(ssl_msg.c.obj)
 .text          0x42000320       0x80 xs_esp32c3.a(tcp.c.o)
 .text          0x420003a0       0x40 xs_esp32c3.a(session.c.o)
 .text          0x420003e0       0x40 xs_esp32c3.a(wire.c.o)
 .text          0x42000420      0x100 esp-idf/lwip/liblwip.a(tcp.c.obj)
 .text          0x42000520      0x200 /lib/libpp.a(wdev.o)

.flash.rodata   0x3c0f0120      0x900
 .rodata.gxHeap
                0x3c0f0120      0x600 xs_esp32c3.a(mc.xs.c.o)
 .rodata.str1.4
                0x3c0f0720      0x200 xs_esp32c3.a(mc.xs.c.o)
                                0x280 (size before relaxing)
 .rodata.other.str1.4
                0x3c0f0920       0x70 esp-idf/lwip/liblwip.a(dhcp.c.obj)
 .rodata        0x3c0f0920      0x100 esp-idf/libc/libc.a(a-strerror.o)

.debug_info     0x00000000    0x99999
 .debug_info    0x00000000    0x99999 xs_esp32c3.a(xsRun.c.o)
`;

describe("a map of the linker", () => {
	const parts = partsIn(MAP);

	test("has each section in flash once, by its part", () => {
		expect(Object.fromEntries(parts)).toEqual({
			"contents: firmware, the SDK's JavaScript": 0x600,
			"Wi-Fi and PHY": 0x200,
			"Mbed TLS": 0x200,
			XS: 0x100,
			lwIP: 0x100,
			"C library": 0x100,
			"the SDK's C": 0x80,
			"hosts/tls and hosts/esp32 in C": 0x80,
			"rest of ESP-IDF": 0x30,
			"texts of all parts, joined by the linker": 0x900 - 0x700 + 0x10,
		});
	});

	test("adds up to the sections of the output, joined texts and filling included", () => {
		const sum = [...parts.values()].reduce((part, other) => part + other, 0);
		expect(sum).toBe(0x40 + 0x700 + 0x900);
	});

	test("is asked for where the text is none", () => {
		expect(() => partsIn("nothing")).toThrow(/^no map of GNU ld/);
	});
});

describe("an image fits", () => {
	const slot = slotBytes(readFileSync("hosts/esp32/sdkconfig/partitions.csv", "utf8"));

	test("into the slot of the table of partitions, less one page for the signature", () => {
		expect(slot).toBe(29 * 65_536);
		expect(fitOf(0, slot).most).toBe(28 * 65_536);
	});

	test("to the byte, and not with one more", () => {
		const { most } = fitOf(0, slot);
		expect(fitOf(most, slot)).toEqual({ most, room: 0, signed: most + 4096 });
		expect(fitOf(most + 1, slot)).toMatchObject({ room: -1, signed: most + 65_536 + 4096 });
		expect(fitOf(most, slot).signed).toBeLessThanOrEqual(slot);
		expect(fitOf(most + 1, slot).signed).toBeGreaterThan(slot);
	});

	test("by the recorded figures, with the reserve, on a board with Wi-Fi and on one without", () => {
		for (const [board, { bytes }] of Object.entries(recorded()))
			expect([board, fitOf(bytes, slot).room >= RESERVE_BYTES]).toEqual([board, true]);
		expect(Object.keys(recorded())).toContain("esp32-c3");
	});
});

describe("what is beside the contents", () => {
	const parts = { "Wi-Fi and PHY": 300 };
	const all: LinkedImages = { c3: { bytes: 1700, contents: 600, parts, conditions: "" } };
	test.each([
		["of a linked board is its own", "c3", true, 1100, false],
		["of another with Wi-Fi is computed from it", "devkit", true, 1100, true],
		["of one without Wi-Fi is computed without that", "cable", false, 800, true],
	])("%s", (_what, board, hasWifi, bytes, isComputed) => {
		expect(restOf(board, hasWifi, all)).toEqual({ bytes, from: "c3", isComputed });
	});
	test("is unknown where none was linked", () => {
		expect(restOf("c3", true, {})).toBeUndefined();
	});
});
