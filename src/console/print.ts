/**
 * Print: the lines of `status`, `energy` and `events`.
 *
 * Field names are those of the reports, in any language. A decimal is printed as a whole number
 * with a point inserted: a fraction costs the engine twenty times as much, and engines differ in
 * its last digit.
 */
import { formatInstant } from "../command/instant.js";
import { levelText } from "../explain/chaintext.js";
import type { JournalEntry } from "../journal/journal.js";
import type { Millis, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import type { Lines } from "./answer.js";

/** The lamp's state, a line for each part of the view. */
export function statusLines(view: View): Lines {
	return (nth) => STATUS[nth]?.(view);
}

const STATUS: readonly ((view: View) => string)[] = Object.freeze([
	({ identity: { site, node, serial, hardware, swVersion } }: View) =>
		`node     ${site === "" ? "" : `${site}/`}${node}, serial ${serial}, ${hardware}, ` +
		`software ${swVersion}`,
	({ identity, time }: View) =>
		`life     ${identity.life} since ${identity.powerCause}, up ${spanText(time.now)}`,
	(view: View) => `time     ${timeText(view)}`,
	({ light: { actual, feedback, target, reason, duty } }: View) =>
		`light    actual ${levelText(actual)}, feedback ${levelText(feedback)}, ` +
		`target ${target === undefined ? "none" : levelText(target)}, reason ${reason}, duty ${duty}`,
	({ sensing: { presence, photocell, dark, darkBecause, lightLevel, temperature } }: View) =>
		`sensing  presence ${presence}, photocell ${photocell}, ` +
		`${dark ? "dark" : "not dark"} (${darkBecause})` +
		`${lightLevel === undefined ? "" : `, ${decimal(lightLevel, 1)} lx`}` +
		`${temperature === undefined ? "" : `, ${decimal(temperature, 1)} C`}`,
	({ sensing: { sunset, sunrise } }: View) =>
		`night    sunset ${instantText(sunset)}, sunrise ${instantText(sunrise)}`,
	({ meter }: View) =>
		`meter    ${decimal(meter.activePower, 1)} W (modelled), ` +
		`used ${decimal(meter.activeEnergy_kWh, 3)} kWh ` +
		`+-${meter.energyTolerance} %, ` +
		`saved ${decimal(meter.energySaved_kWh, 3)} kWh, ` +
		`${decimal(meter.operatingHours, 1)} h lit, ${meter.switchOnCounter} times switched on`,
	({ traffic }: View) =>
		`traffic  ${traffic.accumulatedRoadUserNumber} road users ` +
		`since ${instantText(traffic.accumulatedSince)}`,
	({ link }: View) => `link     ${link.state}, connection ${link.connection}`,
	({ monitor: { standing, supplyLossCount } }: View) =>
		`monitor  ${standing.length === 0 ? "no fault" : standing.join(", ")}, ` +
		`${supplyLossCount} losses of supply`,
	({ machine: { freeBytes, faults, flashWrites, flashErases, flashYears } }: View) =>
		`machine  ${freeBytes} bytes free, ${faults} faults, ` +
		`flash ${flashWrites} writes, ${flashErases} erases, ${Math.round(flashYears)} years left`,
]);

/** Energy: complete nights, then hours, newest first. */
export function energyLines({ meter, time }: View): Lines {
	let nights = 0;
	while (meter.night(nights)) nights += 1;
	return (nth) =>
		nth < nights ? nightLine(meter.night(nth)) : hourLine(meter, time, nth - nights);
}

function nightLine(night: ReturnType<View["meter"]["night"]>): string | undefined {
	if (!night) return undefined;
	const { day, energy_Wh, oldLamp_Wh } = night;
	const date = formatInstant((day * 86_400_000) as UtcMillis).slice(0, 10);
	return `night ${date}  ${decimal(energy_Wh / 1000, 3)} kWh, old lamp ${decimal(oldLamp_Wh / 1000, 3)} kWh`;
}

function hourLine(meter: View["meter"], time: View["time"], nth: number): string | undefined {
	const used = meter.hour_Wh(nth);
	if (used === undefined) return undefined;
	const ended = meter.hourEndedAt - 3_600_000 * nth;
	const date =
		time.utc === undefined ? undefined : formatInstant((time.utc - time.now + ended) as UtcMillis);
	return `hour to ${date === undefined ? `up ${spanText(ended)}` : date.slice(0, 16)}  ${decimal(used, 1)} Wh`;
}

/** One event of the journal. */
export function entryLine(entry: JournalEntry): string {
	const when = entry.utc === undefined ? `up ${spanText(entry.uptime)}` : formatInstant(entry.utc);
	const flag = entry.startEndFlag === undefined ? "" : ` ${entry.startEndFlag}`;
	const count = entry.count > 1 ? ` x${entry.count}` : "";
	const attributes = entry.attributes === "{}" ? "" : ` ${entry.attributes}`;
	return `${entry.seq} ${when} ${entry.severity} ${entry.type}${flag}${count}${attributes}`;
}

/** `value` with at most `digits` (1-3) decimals, rounded. */
export function decimal(value: number, digits: number): string {
	const scale = digits === 1 ? 10 : digits === 2 ? 100 : 1000;
	const scaled = Math.round(Math.abs(value) * scale);
	const whole = Math.floor(scaled / scale);
	const rest = String(scaled - whole * scale).padStart(digits, "0");
	return `${value < 0 && scaled > 0 ? "-" : ""}${whole}.${rest}`;
}

/** `3 d 02:10:05` */
export function spanText(span: Millis): string {
	const seconds = Math.floor(span / 1000);
	const days = Math.floor(seconds / 86_400);
	const hours = Math.floor(seconds / 3600) % 24;
	const clock = `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	return days > 0 ? `${days} d ${clock}` : clock;
}

/** The date, its source and uncertainty; without a clock, the time by which the program runs. */
export function timeText({ time: { utc, clockSource, uncertainty } }: View): string {
	const bound = uncertainty === undefined ? "" : `, +-${Math.ceil(uncertainty)} ms`;
	const date = utc === undefined ? "unknown: no trusted clock" : formatInstant(utc);
	return `${date} (${clockSource}${bound})`;
}

function instantText(utc: UtcMillis | undefined): string {
	return utc === undefined ? "unknown" : formatInstant(utc);
}

function two(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}
