/**
 * ESP32-C3-DevKitM-1: Wi-Fi, light by BH1750. One core, so a TLS handshake takes longer.
 */
import type { Board } from "host/board";
import { frozen } from "luminode/frozen";

export const board: Board = frozen({
	hardware: "esp32-c3/1",
	country: "FR",
	lamp: { pin: 4, hz: 1000, resolution: 12, inverted: true },
	relay: { pin: 5, activeLow: true },
	led: { pin: 10, activeLow: false },
	movement: { pin: 3, activeLow: false, pull: "down" },
	light: { kind: "bh1750", data: 6, clock: 7, address: 0x23, transmission: 0.9 },
	technician: { port: 1, receive: 0, transmit: 1 },
});
