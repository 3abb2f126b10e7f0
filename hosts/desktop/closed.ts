/**
 * Closed: the doors that a scripted lamp finds shut: no network, no pole, no flash log.
 */
import type { Host } from "luminode/host";

type Shut = "relay" | "indicator" | "serialPort" | "streams" | "datagrams" | "flashLog" | "images";

export const closedDoors: Pick<Host, Shut> = Object.freeze({
	relay: "notAvailable",
	indicator: Object.freeze({ show: () => {} }),
	serialPort: Object.freeze({ write: () => 0, read: () => 0 } as const),
	streams: Object.freeze({
		open: () => "notAvailable",
		writable: () => 0,
		write: () => false,
		read: () => 0,
		close: () => {},
	} as const),
	datagrams: Object.freeze({
		bind: () => "notAvailable",
		send: () => "notAvailable",
		read: () => 0,
		close: () => {},
	} as const),
	flashLog: Object.freeze({
		sectors: 0,
		sectorBytes: 4096,
		read: () => false,
		write: () => false,
		erase: () => false,
	} as const),
	images: Object.freeze({
		begin: () => "notAvailable",
		write: () => "notAvailable",
		activate: () => "notAvailable",
		keep: () => "notAvailable",
	} as const),
} as const);
