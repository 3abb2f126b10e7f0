/**
 * Lamp: images, settings and CPU time for all benches.
 */

import { buildEngine } from "../hosts/virtual/engine/engine.js";
import { readImage } from "../hosts/virtual/engine/image.js";
import type { Fleet, Image } from "../hosts/virtual/fleet/fleet.js";
import { projectRoot } from "../lib/root.mjs";
import { HOUR } from "../lib/spans.js";
import { Zone } from "../lib/zone.js";
import { STREET_VALUES } from "../sim/checks/configured.js";
import { edited } from "../sim/checks/edit.js";
import { METER_VALUES } from "../sim/results/meter.js";
import { type Installation, install } from "../sim/run/install.js";
import { LATITUDE, LONGITUDE } from "../sim/world/world.js";

export type Print = (line: string) => void;
export type Edits = Readonly<Record<string, (source: string) => string>>;

/** 16:30 local time on a November afternoon in Liège: dusk follows within minutes. */
export const DUSK_UTC = Date.UTC(2026, 10, 24, 15, 30);
/** From before dusk until after dawn (08:10 local time). */
export const NIGHT = 16 * HOUR;

export const theEngine = (): Promise<WebAssembly.Module> => buildEngine(() => {});

/** The firmware as flashed, or with edits. */
export const firmware = (replace: Edits = {}): Image => readImage(projectRoot(), { replace });

/** An edit that throws if it matches nothing: the figure of an unedited image would be wrong. */
export function edit(find: string, replacement = ""): (source: string) => string {
	return (source) => edited(source, { file: "bench", find, replace: replacement });
}

/** A program in place of the firmware, in a machine of the same size. */
export function bareImage(handler: string): Image {
	const source = `export default function () { let duty = 0; return ${handler}; }`;
	return { ...firmware(), modules: [{ specifier: "bench/bare", source }], main: "bench/bare" };
}

/** Handlers for comparison: one is empty, one only writes the PWM. */
export const EMPTY_HANDLER = "(kind, now, value, channel, more) => {}";
export const PWM_HANDLER =
	"(kind, now, value, channel, more) => { native.duty(duty = (duty + 1) & 4095); }";

/** Installs the street's settings in all lamps, with or without a broker. */
export function setUp(fleet: Fleet, epochUtc: number, withBroker: boolean): void {
	const zone = Zone.of("Europe/Brussels")!;
	const configured = { ...STREET_VALUES, zone, latitude: LATITUDE, longitude: LONGITUDE };
	const power = { ...METER_VALUES, ...configured };
	const installation: Installation = { configured, power, epochUtc };
	const why = install(fleet, installation);
	if (why !== undefined) throw new Error(why);
	if (withBroker) return;
	for (let lamp = fleet.first; lamp < fleet.first + fleet.count; lamp++)
		fleet.storeWrite(lamp, "set.link", '{"brokerHost":""}');
}

export function run(fleet: Fleet, until: number): void {
	fleet.run(until);
}

/** CPU time of this process, all its threads, ms; a shared machine does not falsify it. */
export function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** A whole number with separated thousands. */
export const grouped = (value: number): string =>
	String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
