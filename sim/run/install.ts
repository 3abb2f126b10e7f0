/**
 * Install: the contents of each lamp's store at its first boot.
 *
 * Sections of settings as JSON under `set.` and their name (docs/settings.md), as a technician
 * would write them before the pole is closed. All values that the checks use are written, so that
 * the checks do not depend on the firmware's defaults.
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { posixOf } from "../../lib/posixzone.js";
import type { Configured } from "../checks/configured.js";
import { driveOf } from "../checks/drive.js";
import type { PlannedSetting } from "../options/inputs.js";
import { groupOf, type Outside } from "../options/outside.js";
import { METER_VALUES, type MeterOptions } from "../results/meter.js";
import { spacingOf } from "../world/roadusers.js";
import { configuredOf } from "./configured.js";
import type { RunParts } from "./parts.js";

export const ROOT = "luminode/1";
/** Site of a street that is given none. */
export const SITE = "liege";
/** Names of the lamps in the broker's topics. */
interface Names {
	readonly site: string;
	/** Of lamp n (from 1); the empty text is none. */
	groupOf(lamp: number): string;
}
/** Host name of the embedded broker. */
export const EMBEDDED_HOST = "broker";
const MQTT_PORT = 1883; // IANA
const MQTTS_PORT = 8883;
/** A bench, not a whole commune: all lamps shall connect within seconds. */
const RECONNECT_SPREAD_S = 10;

/** Public here; a real one is secret. */
const SITE_KEY = "a simulated street";

/** Name of lamp n (from 1) in the broker's topics. */
export function nodeOf(lamp: number): string {
	return `pole-${String(lamp).padStart(5, "0")}`;
}

/** Serial number of lamp n, as its machine has it. */
function serialOf(lamp: number): string {
	return `L${String(lamp).padStart(5, "0")}`;
}

export interface Installation {
	readonly configured: Configured;
	readonly power: MeterOptions;
	/** Absent: the embedded broker. */
	readonly outside?: Outside;
	/** Absent: `SITE`, no group. */
	readonly names?: Names;
	/** Selects the rule of the zone in force. */
	readonly epochUtc: number;
	/** Keys of accepted images, as a depot writes them; absent: no image is accepted. */
	readonly imageKeys?: string | undefined;
	/** Further settings, which replace those above. */
	readonly set?: readonly PlannedSetting[];
}

/** The installation of a run's lamps. */
export function installationOf({
	options,
	scenario,
	imageKeys,
	configured = configuredOf(options),
}: Pick<RunParts, "options" | "scenario" | "imageKeys" | "configured">): Installation {
	const { lamps, outside, part, set } = options;
	const power = { ...METER_VALUES, ...configured };
	const names = { site: part.site, groupOf: (lamp: number) => groupOf(part, lamps, lamp) };
	const { hasBus, minimumDuty: value } = configured;
	const least = hasBus && value ? [{ section: "power", name: "minimumDuty", value }] : [];
	const all = [...least, ...set];
	return { configured, power, outside, names, epochUtc: scenario.epochUtc, imageKeys, set: all };
}

/** Own light as commissioning measures it: that of level 100, not of full duty; lux in steps of 0.1. */
function responseOf({ lampResponse = 0, ...luminaire }: Configured): number {
	return Math.round(10 * lampResponse * driveOf(luminaire)) / 10;
}

/** Key and value of each section, for lamp n (from 1); or the reason why they cannot be written. */
function storeOf(
	installation: Installation,
	lamp: number,
	zone = zoneOf(installation),
): readonly (readonly [key: string, value: string])[] | string {
	const { configured, power, names } = installation;
	const group = names?.groupOf(lamp) ?? "";
	if (zone === undefined)
		return `--zone ${configured.zone.name}: has no rule of POSIX for lamps, e.g. Europe/Brussels`;
	const { program, floorLevel, maxLevel, presenceLevel, lingerLevel } = configured;
	const { latitude, longitude, onLevel, offLevel } = configured;
	const { ledPower_W, standbyPower_W, oldLampPower_W } = power;
	const seconds = (ms: number) => ms / 1000;
	const sections: Record<string, Record<string, unknown>> = {
		identity: { site: names?.site ?? SITE, node: nodeOf(lamp), ...(group ? { group } : {}) },
		light: {
			floorLevel,
			maxLevel,
			presenceLevel,
			lingerLevel,
			hold: seconds(configured.hold),
			linger: seconds(configured.linger),
			settleTime: seconds(configured.settleTime),
			riseTime: seconds(configured.riseTime),
			fallTime: seconds(configured.fallTime),
		},
		calendar: { program, zone, latitude, longitude, ...configured.nights },
		sensing: {
			onLevel,
			offLevel,
			onDelay: seconds(configured.onDelay),
			offDelay: seconds(configured.offDelay),
			...(configured.lampResponse ? { lampResponse: responseOf(configured) } : {}),
			...(configured.neighbours ? rowOf(configured, lamp) : {}),
		},
		power: { supply: configured.supply ?? "always", ledPower_W, standbyPower_W, oldLampPower_W },
		link: {
			...brokerOf(installation.outside, lamp),
			root: ROOT,
			reconnectSpread: RECONNECT_SPREAD_S,
		},
	};
	for (const { section, name, value } of installation.set ?? [])
		sections[section] = { ...sections[section], [name]: value };
	const settings = Object.entries(sections).map(
		([name, values]) => [`set.${name}`, JSON.stringify(values)] as const,
	);
	const { imageKeys, outside } = installation;
	const certificates = (["ca", "cert", "key"] as const).flatMap((what) => {
		const pem = outside?.pem(what, nodeOf(lamp));
		return pem === undefined ? [] : [[`tls.${what}`, pem] as const];
	});
	const keys = imageKeys === undefined ? [] : [["update.key", imageKeys] as const];
	return [...settings, ...certificates, ...keys];
}

/** Settings of a lamp's broker. */
function brokerOf(outside: Outside | undefined, lamp: number) {
	const [url] = outside?.urls ?? [];
	if (!outside || !url)
		return { brokerHost: EMBEDDED_HOST, brokerPort: MQTT_PORT, brokerTls: false };
	const user = userOf(outside, lamp);
	return {
		brokerHost: hostsOf(outside.urls).join(","),
		brokerPort: portOf(url),
		brokerTls: url.protocol === "mqtts:",
		...(outside.urls.length > 1 ? { brokerServerName: url.hostname } : {}),
		...(user === undefined
			? {}
			: { brokerUser: user, brokerPassword: outside.password(user) ?? "" }),
	};
}

/** User of lamp n at the broker outside; undefined: none. */
function userOf({ user }: Outside, lamp: number): string | undefined {
	return user?.replaceAll("{node}", nodeOf(lamp)).replaceAll("{serial}", serialOf(lamp));
}

/**
 * Names of the brokers in the lamps' address list, which has one port: several brokers have names of
 * this street's own.
 */
export function hostsOf(urls: readonly URL[]): readonly string[] {
	return urls.length === 1 ? [urls[0]!.hostname] : urls.map((_url, n) => `broker-${n + 1}`);
}

export function portOf({ port, protocol }: URL): number {
	return Number(port || (protocol === "mqtts:" ? MQTTS_PORT : MQTT_PORT));
}

/** The sections of a lamp's store, as objects; none where the zone has no rule. */
export function installedOf(
	installation: Installation,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
	const entries = storeOf(installation, 1);
	if (typeof entries === "string") return {};
	const sections = entries.filter(([key]) => key.startsWith("set."));
	return Object.fromEntries(
		sections.map(([key, text]) => [key.slice(4), JSON.parse(text) as Record<string, unknown>]),
	);
}

/** Of the setting `poleSpacing`, m. */
const POLE_SPACING = [5, 200] as const;

/** All lamps of the street are one row; of poles at several distances the mean is set. */
function rowOf({ autoClear, places }: Configured, lamp: number) {
	const [least, most] = POLE_SPACING;
	const mean = Math.round(spacingOf(places?.length ?? 0, places));
	return {
		neighbourGroup: 1,
		poleNumber: lamp,
		poleSpacing: Math.max(least, Math.min(most, mean)),
		siteKey: SITE_KEY,
		autoClear: autoClear / 1000,
	};
}

/** The rule of the zone, which takes milliseconds to derive: once for a street. */
function zoneOf({ configured, epochUtc }: Installation): string | undefined {
	return posixOf(configured.zone, epochUtc);
}

/** Receives each value that is written; lamps from 0. */
type Installed = (lamp: number, key: string, value: string) => void;

/** Writes every lamp's store; returns the reason if it cannot. */
export function install(
	fleet: Fleet,
	installation: Installation,
	onInstalled?: Installed,
): string | undefined {
	const zone = zoneOf(installation);
	for (let lamp = fleet.first; lamp < fleet.first + fleet.count; lamp++) {
		const entries = storeOf(installation, lamp, zone);
		if (typeof entries === "string") return entries;
		for (const [key, value] of entries) {
			fleet.storeWrite(lamp, key, value);
			onInstalled?.(lamp - fleet.first, key, value);
		}
	}
	return undefined;
}
