/** Options: the settings as the calendar takes them. */
import type { Settings } from "../../settings/table.js";
import type { Place } from "../../time/sun.js";
import { UTC_ZONE, type Zone } from "../../time/zone.js";
import { isZoneRejection, parseZone } from "../../time/zonetext.js";
import type { ProgramTexts } from "./tonight.js";

export interface ScheduleOptions {
	/** Its rule, as in the settings. */
	readonly zone: string;
	readonly place: Place;
	/** Degrees; the sun below it means dark. */
	readonly darkElevation: number;
	readonly programs: ProgramTexts;
	/** Lights that are out stay out whoever comes. */
	readonly ignorePresence: boolean;
	/** Minutes; no relight for less after lights out. */
	readonly minimumLightsOn: number;
	/** One is fitted: while it says nothing, it is in doubt. */
	readonly photocellFitted: boolean;
}

/** A zone that does not parse is UTC. */
export function zoneOf({ zone: text }: Pick<Settings, "zone">): Zone {
	const zone = parseZone(text);
	return isZoneRejection(zone) ? UTC_ZONE : zone;
}

/** Zone and programs stay texts: a boot has light before a time asks for them. */
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
