/**
 * Relay: when the contact closes and opens, and what of a program waits for it.
 *
 * Follows docs/light.md, "The relay".
 */

export interface Relay {
	isClosed: boolean;
	/** When the lamp has gone out; undefined: it is lit. */
	outAt: number | undefined;
	lastOpenedAt: number;
	/** When a planned wait of the program ends; undefined: none is planned. */
	waitsUntil: number | undefined;
}

const MINUTE = 60_000;

export function freshRelay(): Relay {
	return { isClosed: true, outAt: undefined, lastOpenedAt: -Infinity, waitsUntil: undefined };
}

/** The lamp lights: it closes before the duty is written. */
export function lights(relay: Relay): void {
	relay.isClosed = true;
	relay.outAt = undefined;
}

/** The lamp has gone out. */
export function hasGoneOut(relay: Relay, now: number): void {
	relay.outAt ??= now;
}

export function opensAt(relay: Relay): number {
	return relay.isClosed && relay.outAt !== undefined ? relay.outAt + MINUTE : Infinity;
}

export function openIfDue(relay: Relay, now: number): void {
	if (now < opensAt(relay)) return;
	relay.isClosed = false;
	relay.lastOpenedAt = now;
}

/** The level that the lamp heads for: that of a program, or less while it waits. */
export function waited(
	relay: Relay,
	now: number,
	isProgram: boolean,
	level: number,
	guaranteed: number,
	own: number,
): number {
	if (!isProgram || level <= guaranteed || (relay.isClosed && guaranteed === 0)) {
		relay.waitsUntil = undefined;
		return level;
	}
	if (!relay.isClosed) {
		const ends = guaranteed > 0 ? now + own : Math.max(now + own, relay.lastOpenedAt + MINUTE);
		relay.waitsUntil = Math.min(relay.waitsUntil ?? Infinity, ends);
	}
	if (relay.waitsUntil === undefined || now >= relay.waitsUntil) return level;
	return Math.min(level, guaranteed);
}
