/** Options: the settings in the form that the schedule needs. */
import { type ClassSettings, fullLevelOf } from "../../settings/classes.js";
import { DEFAULTS, type Settings } from "../../settings/table.js";
import type { Place } from "../../time/sun.js";
import { UTC_ZONE, type Zone } from "../../time/zone.js";
import { isZoneRejection, parseZone } from "../../time/zonetext.js";
import type { Percent } from "../../units.js";
import type { ProgramTexts } from "./tonight.js";

export interface ScheduleOptions {
	/** The rule of the time zone, as in the settings. */
	readonly zone: string;
	readonly place: Place;
	/** Elevation of the sun in degrees; below it, it is dark. */
	readonly darkElevation: number;
	readonly programs: ProgramTexts;
	/** Classes of the street, from which the level of a class in a program follows. */
	readonly classes: ClassSettings;
	/** Full class in per cent; the default program is in shares of it where a class is set. */
	readonly shareOf: Percent | undefined;
	/** Whether lights that are out stay out in spite of presence. */
	readonly ignorePresence: boolean;
	/** Minutes; a shorter relight after lights out is left out. */
	readonly minimumLightsOn: number;
	/** Whether a photocell is fitted; without an output it is in doubt. */
	readonly photocellFitted: boolean;
}

/** The zone of the settings; UTC if its rule cannot be parsed. */
export function zoneOf({ zone: text }: Pick<Settings, "zone">): Zone {
	const zone = parseZone(text);
	return isZoneRejection(zone) ? UTC_ZONE : zone;
}

/** The default program was written for a street without classes: 100 % would be far above some. */
function isShared({ program, fullClass }: Settings): boolean {
	return fullClass !== "percent" && program === DEFAULTS.program;
}

/** Zone and programs stay texts, so that a boot lights the lamp before they are parsed. */
export function scheduleOptions(
	settings: Settings,
	photocellFitted = settings.photocell,
): ScheduleOptions {
	return {
		zone: settings.zone,
		place: settings,
		darkElevation: settings.darkElevation,
		programs: settings,
		classes: settings,
		shareOf: isShared(settings) ? fullLevelOf(settings) : undefined,
		ignorePresence: settings.presenceDuringLightsOut === "ignore",
		minimumLightsOn: settings.minimumLightsOn,
		photocellFitted,
	};
}
