/**
 * Forecast: a night under given settings, by the firmware's own rules.
 */

import { zoneOf } from "../../../src/node/schedule/options.js";
import { comingDay, walkOf } from "../../../src/node/schedule/preview.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { type Changes, DEFAULTS, type Settings, withValues } from "../../../src/settings/table.js";
import { isRejection, validate } from "../../../src/settings/validate.js";
import { nightOf } from "../../../src/time/night.js";
import { wallAt } from "../../../src/time/zone.js";
import type { UtcMillis } from "../../../src/units.js";
import { previewLines } from "../../plan/previewtext.js";

interface Piece {
	readonly from: number;
	readonly until: number;
	readonly level: number;
}

export interface Night {
	readonly pieces: readonly Piece[];
	/** The same in sentences. */
	readonly lines: readonly string[];
	/** The hour of an instant in the zone of the settings. */
	hourOf(utc: number): number;
}

/** Settings from their texts, as `show` prints them; an invalid one has its default. */
export function settingsOf(values: ReadonlyMap<string, string>): Settings {
	const changes: Record<string, unknown> = {};
	for (const [name, text] of values) {
		const value = validate(name, text, VALIDATORS);
		if (!isRejection(value)) changes[name] = value;
	}
	return withValues(DEFAULTS, changes as Changes);
}

/** The coming night at `utc`. */
export function nightAt(settings: Settings, utc: number, language: "en" | "fr"): Night {
	const now = utc as UtcMillis;
	const zone = zoneOf(settings);
	const day = comingDay(nightOf(zone, settings, now), now);
	const pieces: Piece[] = [];
	for (const walk = walkOf(settings, day); walk.next(); )
		pieces.push({ from: walk.from, until: walk.until, level: walk.level });
	const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
	const line = previewLines(() => walkOf(settings, day), date, language);
	const lines: string[] = [];
	for (let index = 0, text = line(0); text !== undefined; text = line(++index)) lines.push(text);
	const hourOf = (at: number) => new Date(wallAt(zone, at as UtcMillis)).getUTCHours();
	return { pieces, lines, hourOf };
}
