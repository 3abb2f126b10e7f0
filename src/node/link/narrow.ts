/**
 * Narrow: the intervals of the profile `narrow`, for a link that is paid by the byte.
 *
 * A setting that is rarer by itself stays as it is. The figures keep a night below a tenth of the
 * bytes of the normal profile (bench/narrow.ts, docs/carriers.md).
 */
import { frozen } from "../../frozen.js";
import type { Settings } from "../../settings/table.js";

const INTERVALS = frozen({
	// A ping, with its heads, is a third of a report. GSMA TS.34 has 29 min for devices that keep TCP
	// open; an order to a lost connection waits for it.
	keepAlive: 1_740_000,
	// The program's steps are reported as they come; by day there are none.
	stateMaxInterval: 86_400_000,
	statePresenceInterval: 86_400_000,
	// With it the events of severity info: three batches a day.
	telemetryInterval: 28_800_000,
});

/** The settings with intervals that are at least those of the profile. */
export function narrowed(settings: Settings): Settings {
	const rarer: Pick<Settings, keyof typeof INTERVALS> = {
		keepAlive: Math.max(INTERVALS.keepAlive, settings.keepAlive),
		stateMaxInterval: Math.max(INTERVALS.stateMaxInterval, settings.stateMaxInterval),
		statePresenceInterval: Math.max(
			INTERVALS.statePresenceInterval,
			settings.statePresenceInterval,
		),
		telemetryInterval: Math.max(INTERVALS.telemetryInterval, settings.telemetryInterval),
	};
	return { __proto__: settings, ...rarer } as unknown as Settings;
}
