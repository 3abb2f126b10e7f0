/** Link options: settings and properties of the host in the form that the link needs. */
import type { Host } from "../../host.js";
import type { LinkOptions } from "../../link/contract.js";
import { LEAST_RESPONSE } from "../../monitor/response.js";
import { floorLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";

interface LinkOptionsOwner {
	readonly settings: Settings;
	readonly settingsManager: { readonly bank: { readonly revision: number } };
	readonly host: Pick<Host, "serial" | "dimmer">;
}

export function linkOptions({ settings, settingsManager, host }: LinkOptionsOwner): LinkOptions {
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
		settingsRevision: settingsManager.bank.revision,
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
