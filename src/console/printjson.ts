/**
 * Print JSON: the lines of the plain mode, one object a line (docs/console.md).
 *
 * Names and units are those of the reports. Decimals are printed by `decimal`, for the reasons
 * named there.
 */
import { formatInstant } from "../command/instant.js";
import type { JournalEntry } from "../journal/journal.js";
import { quote } from "../json.js";
import type { View } from "../view.js";
import type { Lines } from "./answer.js";
import type { Trial } from "./owner.js";
import { decimal } from "./print.js";

/** `"name":value`, or an empty text if the value is undefined. */
export function member(name: string, value: string | number | boolean | undefined): string {
	if (value === undefined) return "";
	return `"${name}":${typeof value === "string" ? quote(value) : value}`;
}

/** An object of the members that are not empty. */
export function object(...members: readonly string[]): string {
	let text = "{";
	for (const each of members) if (each !== "") text += text.length > 1 ? `,${each}` : each;
	return `${text}}`;
}

function fixed(name: string, value: number | undefined, digits: number): string {
	return value === undefined ? "" : `"${name}":${decimal(value, digits)}`;
}

function instant(name: string, utc: View["time"]["utc"]): string {
	return member(name, utc === undefined ? undefined : formatInstant(utc));
}

/** `status`: an object for each part of the view; then `last`. */
export function statusObjects(view: View, last?: string): Lines {
	const driver = view.meter.driver?.line(true);
	const more = driver ? [driver, last] : [last];
	return (index) => STATUS[index]?.(view) ?? more[index - STATUS.length];
}

const STATUS: readonly ((view: View) => string)[] = Object.freeze([
	({ identity }: View) => {
		const { serial, site, node, hardware, swVersion, life, powerCause, endBefore } = identity;
		return object(
			member("part", "identity"),
			member("serial", serial),
			member("site", site),
			member("node", node),
			member("hardware", hardware),
			member("swVersion", swVersion),
			member("life", life),
			member("powerCause", powerCause),
			member("endBefore", endBefore),
			member("profile", identity.profile),
			member("slot", identity.slot),
			`"updateKeys":[${identity.updateKeys.map(quote).join(",")}]`,
		);
	},
	timeObject,
	({ light: { target, feedback, actual, duty, reason } }: View) =>
		object(
			member("part", "light"),
			fixed("targetLightCommand", target, 1),
			fixed("feedbackLightCommand", feedback, 1),
			fixed("actualLightState", actual, 1),
			member("reason", reason),
			member("duty", duty),
		),
	({ sensing }: View) =>
		object(
			member("part", "sensing"),
			member("presence", sensing.presence),
			member("photocellOutput", sensing.photocell),
			member("dark", sensing.dark),
			member("darkBecause", sensing.darkBecause),
			fixed("lightLevel", sensing.lightLevel, 1),
			fixed("temperature_C", sensing.temperature, 1),
			instant("sunset", sensing.sunset),
			instant("sunrise", sensing.sunrise),
		),
	({ meter }: View) =>
		object(
			member("part", "meter"),
			fixed("activePower_W", meter.activePower, 1),
			fixed("activeEnergy_kWh", meter.activeEnergy_kWh, 3),
			member("energyIsModelled", true),
			fixed("energySaved_kWh", meter.energySaved_kWh, 3),
			fixed("operatingHours", meter.operatingHours, 1),
			member("switchOnCounter", meter.switchOnCounter),
		),
	({ traffic: { accumulatedRoadUserNumber, accumulatedSince } }: View) =>
		object(
			member("part", "traffic"),
			member("accumulatedRoadUserNumber", accumulatedRoadUserNumber),
			instant("accumulatedSince", accumulatedSince),
		),
	({ link: { state, connection } }: View) =>
		object(member("part", "link"), member("state", state), member("connection", connection)),
	({ monitor: { standing, supplyLossCount } }: View) =>
		object(
			member("part", "monitor"),
			`"standing":[${standing.map(quote).join(",")}]`,
			member("supplyLossCount", supplyLossCount),
		),
	({ machine: { freeBytes, faults, flashWrites, flashErases, flashYears } }: View) =>
		object(
			member("part", "machine"),
			member("free_bytes", freeBytes),
			member("faults", faults),
			member("flashWrites", flashWrites),
			member("flashErases", flashErases),
			fixed("flashYears", flashYears, 1),
		),
]);

/** `time`, also a line of `status`. */
export function timeObject({ time: { now, utc, clockSource, uncertainty } }: View): string {
	return object(
		member("part", "time"),
		instant("time", utc),
		member("uptime_ms", Math.floor(now)),
		member("clockSource", clockSource),
		member("uncertainty_ms", uncertainty === undefined ? undefined : Math.ceil(uncertainty)),
	);
}

/** Settings on trial, a line of `status`. */
export function trialObject({ left, isProving, before }: Trial): string {
	return object(
		member("part", "trial"),
		member("left_s", Math.ceil(left / 1000)),
		member("isProving", isProving),
		member("before", before),
	);
}

/** One event of the journal. */
export function entryObject(entry: JournalEntry): string {
	const { seq, life, type, startEndFlag, severity, utc, uptime, count, attributes } = entry;
	return object(
		member("seq", seq),
		member("life", life),
		member("type", type),
		member("startEndFlag", startEndFlag),
		member("severity", severity),
		instant("time", utc),
		member("uptime_ms", Math.floor(uptime)),
		member("count", count),
		`"attributes":${attributes}`,
	);
}
