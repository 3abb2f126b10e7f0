/**
 * WT32-ETH01: Ethernet by cable, light by VEML7700, housing temperature by TMP102, a DS3231 if fitted.
 */
import type { Board } from "host/board";
import { frozen } from "luminode/frozen";

export const board: Board = frozen({
	hardware: "wt32-eth01/1",
	lamp: { pin: 4, hz: 1000, resolution: 12, inverted: true },
	relay: { pin: 32, activeLow: true },
	led: { pin: 33, activeLow: false },
	movement: { pin: 36, activeLow: false, pull: "none" },
	light: { kind: "veml7700", data: 14, clock: 15, address: 0x10, transmission: 0.9 },
	temperature: { data: 14, clock: 15, address: 0x48 },
	clock: { data: 14, clock: 15, address: 0x68 },
	technician: { port: 2, receive: 5, transmit: 17 },
});
