/**
 * Closed: the host functions that a scripted lamp lacks: network, pole hardware, flash log.
 */
import type { Datagrams, FlashLog, Host, ImageSlots, Streams } from "luminode/host";

type Shut =
	| "network"
	| "retained"
	| "indicator"
	| "serialPort"
	| "streams"
	| "datagrams"
	| "flashLog"
	| "images";

const notAvailable = () => "notAvailable" as const;
const nothing = () => 0;
const no = () => false;
const done = () => {};

const streams: Streams = Object.freeze({
	open: notAvailable,
	secure: done,
	writable: nothing,
	write: no,
	read: nothing,
	close: done,
});
const datagrams: Datagrams = Object.freeze({
	bind: notAvailable,
	send: notAvailable,
	read: nothing,
	close: done,
});
const flashLog: FlashLog = Object.freeze({
	sectors: 0,
	sectorBytes: 4096,
	read: no,
	write: no,
	erase: no,
});
const images: ImageSlots = Object.freeze({
	slot: notAvailable,
	state: notAvailable,
	begin: notAvailable,
	write: notAvailable,
	activate: notAvailable,
	keep: notAvailable,
});

export const closedDoors: Pick<Host, Shut> = Object.freeze({
	network: Object.freeze({ hasWifi: false, useWifi() {}, rejoin: notAvailable }),
	retained: "notAvailable",
	indicator: Object.freeze({ show: done }),
	serialPort: Object.freeze({ write: nothing, read: nothing }),
	streams,
	datagrams,
	flashLog,
	images,
} as const);
