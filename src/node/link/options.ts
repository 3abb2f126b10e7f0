/**
 * Link options: settings and properties of the host in the form that the link needs.
 *
 * They inherit what has the same name from the settings, so that each lamp has ten values of its
 * own and not thirty: read them by name.
 */
import type { Host } from "../../host.js";
import type { LinkOptions } from "../../link/contract.js";
import { LEAST_RESPONSE } from "../../monitor/response.js";
import { floorLevelOf } from "../../settings/classes.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import { narrowed } from "./narrow.js";

interface LinkOptionsOwner {
	readonly settings: Settings;
	readonly settingsManager: {
		readonly bank: { readonly revision: number };
		readonly certificates: { readonly version: number };
	};
	readonly host: Pick<Host, "serial" | "dimmer">;
}

/** Values that do not have the name of a setting. */
type Own = Omit<LinkOptions, keyof Settings>;

export function linkOptions({ settings, settingsManager, host }: LinkOptionsOwner): LinkOptions {
	const ownOptions: Own = {
		serial: host.serial,
		host: settings.brokerHost,
		port: settings.brokerPort,
		tls: settings.brokerTls,
		serverName: settings.brokerServerName,
		certificates: settingsManager.certificates.version,
		user: settings.brokerUser,
		password: settings.brokerPassword,
		cleanSession:
			settings.brokerSession === "auto"
				? settings.supply === "always" && settings.reporting === "normal"
				: settings.brokerSession === "clean",
		settingsRevision: settingsManager.bank.revision,
		sections: SECTIONS,
		capabilities: {
			pir: settings.pirFitted,
			photocell: settings.photocell,
			minLevel: floorLevelOf(settings),
			maxLevel: settings.maxLevel,
			resolution: host.dimmer.resolution,
			lampMonitor: settings.lampResponse < LEAST_RESPONSE ? "notSupported" : "inference",
		},
	};
	const inherited: Pick<LinkOptions, keyof LinkOptions & keyof Settings> =
		settings.reporting === "narrow" ? narrowed(settings) : settings;
	return { __proto__: inherited, ...ownOptions } as unknown as LinkOptions;
}
