/** Effects: those of an observed lamp, as the engine tells them. */

import type { EffectKind } from "../../../hosts/virtual/protocol.js";
import { VERDICT } from "../../../hosts/virtual/verdicts.js";
import { PRESENCE, REASON } from "../../../src/indication.js";

const NONE: Uint8Array = new Uint8Array(0);

type Send = (
	kind: EffectKind,
	at: number,
	value: number,
	channel: number,
	bytes: Uint8Array,
) => unknown;

/** Sends effects to one that hears them; what does not matter is 0. */
export function effects(to: { readonly onEffect: Send }) {
	return (kind: EffectKind, at: number, value = 0, channel = 0, bytes: Uint8Array = NONE) =>
		to.onEffect(kind, at, value, channel, bytes);
}

/** Bytes of `booted`: the date of a clock that ran on. */
export function booted(wallClock = Number.NaN): Uint8Array {
	return new Uint8Array(new Float64Array([wallClock]).buffer);
}

export function indicated(
	presence: (typeof PRESENCE)[number],
	reason: (typeof REASON)[number],
	level: number,
): Uint8Array {
	const numbers = [PRESENCE.indexOf(presence), 0, REASON.indexOf(reason), level, 0];
	return new Uint8Array(new Float32Array(numbers).buffer);
}

/** Bytes of `verdicts`: those of a quiet lamp, but for these. */
export function verdicts(
	other: Partial<Record<keyof typeof VERDICT, number>> = {},
	lengths: readonly number[] = [],
): Uint8Array {
	const all = new Float64Array(VERDICT.firstNight + 4).fill(Number.NaN);
	const { NaN: none } = Number;
	const quiet = { thermalCap: 100, midnight: none, share: 1, credit: 1, life: 1 };
	for (const name of Object.keys(VERDICT) as (keyof typeof VERDICT)[])
		if (name !== "firstNight") all[VERDICT[name]] = 0;
	for (const [name, value] of Object.entries({ ...quiet, ...other }))
		all[VERDICT[name as keyof typeof VERDICT]] = value;
	all[VERDICT.nights] = lengths.length;
	all.set(lengths, VERDICT.firstNight);
	return new Uint8Array(all.buffer);
}
