/**
 * Setting setters: the person who sets each setting, for docs/settings.md.
 *
 * *council*: decides how a street is lit and what is counted. *engineer*: plans the lighting, by the
 * design and the data sheets. *technician*: sees the place and measures at the pole. *integrator*:
 * connects the lamps to network, broker and control system.
 */
import type { SettingName } from "../../src/settings/table.js";

const SETTERS: Readonly<Record<string, readonly SettingName[]>> = {
	council: [
		...(["floorLevel", "presenceDuringLightsOut", "minimumLightsOn", "calendar"] as const),
		...(["holidays", "trafficK", "presenceReporting", "oldLampPower_W", "baseline"] as const),
	],
	engineer: [
		...(["place", "fullClass", "floorClass", "installedMean", "fullLevel", "maxLevel"] as const),
		...(["lightProtected", "sensorEffect", "presenceLevel", "lingerLevel", "hold"] as const),
		...(["linger", "riseTime", "fallTime", "systemFailureLevel", "program"] as const),
		...(["program2", "program3", "program4", "zone", "darkElevation", "onLevel"] as const),
		...(["offLevel", "onDelay", "offDelay", "clearToBusy"] as const),
		...(["settleTime", "pirSilentAfter", "trafficDeadTime", "poleSpacing"] as const),
		...(["neighbourBubble", "neighbourMode", "neighbourLevel", "lightAhead"] as const),
		...(["autoClear", "hopLimit", "minBroadcastPeriod", "maxBroadcastPeriod"] as const),
		...(["ledPower_W", "ledPower50_W", "ledPower25_W", "ledPower10_W"] as const),
		...(["powerTolerance", "standbyPower_W", "controllerPower_W"] as const),
		...(["virtualLightOutput", "cleaningFactor", "cleaningPeriod", "depreciation"] as const),
		...(["minimumDuty", "deratingStart", "deratingLevel"] as const),
	],
	technician: [
		...(["latitude", "longitude", "photocell", "pirFitted", "lampResponse"] as const),
		...(["neighbourGroup", "poleNumber", "poleSide", "supply", "feeder"] as const),
		...(["cleanedAt", "hoursBefore", "language"] as const),
	],
	integrator: [
		...(["site", "node", "group", "siteKey", "wifiName", "wifiPassword"] as const),
		...(["brokerHost", "brokerPort", "brokerTls", "brokerServerName", "brokerUser"] as const),
		...(["brokerPassword", "root", "reconnectSpread", "keepAlive"] as const),
		...(["stateMinInterval", "statePresenceInterval", "stateMaxInterval"] as const),
		...(["telemetryInterval", "replySpread", "brokerSession"] as const),
	],
};

/** Throws where nobody sets it: such a setting is not needed. */
export function setterOf(name: SettingName): string {
	const found = Object.entries(SETTERS).filter(([, names]) => names.includes(name));
	if (found.length !== 1) throw new Error(`${name} has ${found.length} rows in settingsetters.ts`);
	return found[0]![0];
}
