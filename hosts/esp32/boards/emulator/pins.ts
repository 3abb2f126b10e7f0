/**
 * Emulator: the ESP32-C3 of QEMU, with an Ethernet of OpenCores and no light sensor (docs/image.md).
 */
import type { Board } from "host/board";
import { frozen } from "luminode/frozen";

export const board: Board = frozen({
	hardware: "emulator/1",
	lamp: { pin: 4, hz: 1000, resolution: 12, inverted: true },
	relay: { pin: 5, activeLow: true },
	led: { pin: 10, activeLow: false },
	movement: { pin: 3, activeLow: false, pull: "down" },
	technician: { port: 1, receive: 0, transmit: 1 },
});
