/**
 * Zhaga: an ESP32-C3 in a Zhaga Book 18 socket, Wi-Fi, light by BH1750. The driver's auxiliary 24 V feed
 * it, and its level is a frame on the DALI bus: no relay, no PWM. Transistors carry the bus, so a high
 * pin pulls it low, and the receiving pin is low while the bus rests.
 */
import type { BusBoard } from "host/board";
import { frozen } from "luminode/frozen";

export const board: BusBoard = frozen({
	hardware: "zhaga-c3/1",
	country: "FR",
	bus: { transmit: 4, receive: 5, transmitInverted: true, receiveInverted: true },
	led: { pin: 10, activeLow: false },
	movement: { pin: 3, activeLow: false, pull: "down" },
	light: { kind: "bh1750", data: 6, clock: 7, address: 0x23, transmission: 0.9 },
	technician: { port: 1, receive: 0, transmit: 1 },
});
