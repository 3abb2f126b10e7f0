/**
 * Options: the settings as each room wants to be told them.
 */
import type { Bounds } from "../lighting/limits.js";
import type { LinkOptions } from "../link/contract.js";
import { LEAST_RESPONSE } from "../monitor/answer.js";
import { floorLevelOf, fullLevelOf } from "../settings/classes.js";
import type { SettingsDoors } from "../settings/seal.js";
import type { Settings } from "../settings/table.js";
import { UTC_ZONE, type Zone } from "../time/zone.js";
import { isZoneRejection, parseZone } from "../time/zonetext.js";
import type { CalendarOptions } from "./calendar.js";
import type { Lamp } from "./lamp.js";

/** The doors of the host that the settings are given. */
export function settingsDoors({
	host,
	store,
	version,
}: Pick<Lamp, "host" | "store" | "version">): SettingsDoors {
	return { store, crypto: host.crypto, utf8: host.utf8, version };
}

export function boundsOf(settings: Settings): Bounds {
	return {
		fullLevel: fullLevelOf(settings),
		floorLevel: floorLevelOf(settings),
		maxLevel: settings.maxLevel,
		protected: settings.lightProtected,
	};
}

type LinkLamp = Pick<Lamp, "settings" | "settingsDesk" | "host">;

/** A zone that does not parse is UTC. */
export function zoneOf({ zone: text }: Pick<Settings, "zone">): Zone {
	const zone = parseZone(text);
	return isZoneRejection(zone) ? UTC_ZONE : zone;
}

/** Zone and programs stay texts: a boot has light before a time asks for them. */
export function calendarOptions(settings: Settings): CalendarOptions {
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

export function linkOptions({ settings, settingsDesk, host }: LinkLamp): LinkOptions {
	return {
		root: settings.root,
		site: settings.site,
		node: settings.node,
		group: settings.group,
		serial: host.serial,
		wifiName: settings.wifiName,
		wifiPassword: settings.wifiPassword,
		host: settings.brokerHost,
		port: settings.brokerPort,
		tls: settings.brokerTls,
		serverName: settings.brokerServerName,
		user: settings.brokerUser,
		password: settings.brokerPassword,
		keepAlive: settings.keepAlive,
		cleanSession:
			settings.brokerSession === "auto"
				? settings.supply === "always"
				: settings.brokerSession === "clean",
		reconnectSpread: settings.reconnectSpread,
		stateMinInterval: settings.stateMinInterval,
		stateMaxInterval: settings.stateMaxInterval,
		statePresenceInterval: settings.statePresenceInterval,
		telemetryInterval: settings.telemetryInterval,
		presenceReporting: settings.presenceReporting,
		replySpread: settings.replySpread,
		trafficK: settings.trafficK,
		language: settings.language,
		supply: settings.supply,
		feeder: settings.feeder,
		settingsRevision: settingsDesk.bank.revision,
		capabilities: {
			pir: settings.pirFitted,
			photocell: settings.photocell,
			minLevel: floorLevelOf(settings),
			maxLevel: settings.maxLevel,
			resolution: host.dimmer.resolution,
			lampMonitor: settings.lampResponse < LEAST_RESPONSE ? "notSupported" : "inference",
		},
	};
}
