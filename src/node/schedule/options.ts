/** Options: the settings in the form that the schedule needs. */
import type { Settings } from "../../settings/table.js";
import type { Place } from "../../time/sun.js";
import { UTC_ZONE, type Zone } from "../../time/zone.js";
import { isZoneRejection, parseZone } from "../../time/zonetext.js";
import type { ProgramTexts } from "./tonight.js";

export interface ScheduleOptions {
	/** The rule of the time zone, as in the settings. */
	readonly zone: string;
	readonly place: Place;
	/** Elevation of the sun in degrees; below it, it is dark. */
	readonly darkElevation: number;
	readonly programs: ProgramTexts;
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

/** Zone and programs stay texts, so that a boot lights the lamp before they are parsed. */
export function scheduleOptions(settings: Settings): ScheduleOptions {
	return {
		zone: settings.zone,
		place: settings,
		darkElevation: settings.darkElevation,
		programs: settings,
		ignorePresence: settings.presenceDuringLightsOut === "ignore",
		minimumLightsOn: settings.minimumLightsOn,
		photocellFitted: settings.photocell,
	};
}
