/**
 * ESP32-WROOM-32 on a devkit (DevKitC V4): Wi-Fi, analog light sensor. Pulls: docs/boards.md.
 */
import type { Board } from "host/board";
import { frozen } from "luminode/frozen";

export const board: Board = frozen({
	hardware: "esp32-devkit/1",
	country: "FR",
	lamp: { pin: 25, hz: 1000, resolution: 12, inverted: true },
	relay: { pin: 26, activeLow: true },
	led: { pin: 33, activeLow: false },
	movement: { pin: 27, activeLow: false, pull: "down" },
	light: { kind: "analog", pin: 34, fullScale_lx: 300 },
	technician: { port: 1, receive: 16, transmit: 17 },
});
