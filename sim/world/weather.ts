/**
 * Weather: a thick cloud, fog, or snow under a moon over a street, put before its daylight while the
 * run goes on.
 *
 * Cloud and fog dim the daylight by a share, within two minutes; snow adds the moon's light that it
 * throws back. Without any the daylight passes unchanged.
 */
import { MINUTE } from "../../lib/spans.js";
import type { Daylight } from "./sky.js";

export type WeatherKind = "cloud" | "fog" | "snow";

/** Share of the light that comes through: a thunder cloud, and fog in which 100 m can be seen. */
const THROUGH: Readonly<Record<WeatherKind, number>> = {
	cloud: 0.08,
	fog: 0.35,
	snow: 1,
};
/** Snow under a full moon, lux. */
const MOONLIT = 0.4;
/** Time in which it comes and goes. */
const CHANGE = 2 * MINUTE;
/** Sensors of this kind resolve a tenth of a lux. */
const STEPS_PER_LUX = 10;

interface Change {
	/** UTC, ms. */
	readonly since: number;
	readonly from: number;
	readonly to: number;
}

export class Weather implements Daylight {
	readonly #changes = new Map<WeatherKind, Change>();

	constructor(private readonly source: Daylight) {}

	/** Begins or ends at `utc`. */
	set(utc: number, kind: WeatherKind, on: boolean): void {
		const to = on ? 1 : 0;
		if ((this.#changes.get(kind)?.to ?? 0) === to) return;
		this.#changes.set(kind, { since: utc, from: this.amount(utc, kind), to });
	}

	/** How much of it there is, 0 to 1. */
	amount(utc: number, kind: WeatherKind): number {
		const change = this.#changes.get(kind);
		if (!change) return 0;
		const share = Math.min(1, Math.max(0, (utc - change.since) / CHANGE));
		return change.from + (change.to - change.from) * share;
	}

	luxAt(utc: number): number {
		const lux = this.source.luxAt(utc);
		if (this.#changes.size === 0) return lux;
		let through = 1;
		for (const kind of this.#changes.keys())
			through *= 1 - this.amount(utc, kind) * (1 - THROUGH[kind]);
		const moon = MOONLIT * this.amount(utc, "snow");
		return Math.round((lux * through + moon) * STEPS_PER_LUX) / STEPS_PER_LUX;
	}

	nextAfter(utc: number): number {
		return this.source.nextAfter(utc);
	}
}
