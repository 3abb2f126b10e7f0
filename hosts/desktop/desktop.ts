/**
 * Desktop: the host functions shared by all lamps on the desktop; each program adds its own.
 *
 * Store and date are kept in memory and end with the program.
 */
import { closedDoors } from "host/closed";
import { crypto, Running } from "host/crypto";
import { shelf } from "host/shelf";
import { utf8 } from "host/text";
import type { Crypto, Host, Machine } from "luminode/host";
import type { Millis, UtcMillis } from "luminode/units";

type Always = "serial" | "hardware" | "monotonic" | "alarm" | "restart" | "relay" | "dimmer";
type Sometimes = "streams" | "indicator";

/** Functions that a program supplies itself. */
export type Own = Pick<Host, Always> &
	Partial<Pick<Host, Sometimes>> &
	Pick<Crypto, "random"> &
	Pick<Machine, "freeBytes"> & {
		/** The date until the lamp's clock is set; absent: none. */
		readonly date?: () => number;
	};

/** `stored`: values that a depot stored, by key. */
export function desktopHost(platform: Own, stored: Map<string, string>): Host {
	const { random, freeBytes, date, ...doors } = platform;
	let known: { readonly utc: UtcMillis; readonly at: Millis } | undefined;
	return {
		...closedDoors,
		profile: "development",
		powerCause: "powerOn",
		wallClock: () =>
			(known ? known.utc + platform.monotonic() - known.at : date?.()) as UtcMillis | undefined,
		setWallClock: (utc) => {
			known = { utc, at: platform.monotonic() };
		},
		store: shelf(stored),
		crypto: { ...crypto, running: new Running(), random },
		utf8,
		machine: { freeBytes },
		...doors,
	};
}
