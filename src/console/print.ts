/**
 * Print: the lines of `status`, `energy` and `events`.
 *
 * A decimal is printed as a whole number
 * with a point inserted: a fraction costs the engine twenty times as much, and engines differ in
 * its last digit.
 */
import { formatInstant } from "../command/instant.js";
import { type Language, levelText } from "../explain/chaintext.js";
import { dateText } from "../explain/clocktext.js";
import type { JournalEntry } from "../journal/journal.js";
import type { Millis, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import type { Lines } from "./answer.js";
import { numeral, say, wordOf } from "./texts.js";

/** Whether a lamp on a pole accepts no update: its image cannot be replaced over the cable either. */
export function lacksKey({ profile, updateKeys }: View["identity"]): boolean {
	return profile === "release" && !updateKeys.some((key) => key !== "?");
}

/** The lamp's state, a line for each part of the view; then `last`. */
export function statusLines(view: View, language: Language, last?: string): Lines {
	const driver = view.meter.driver?.line(false);
	const more = driver ? [driver, last] : [last];
	return (index) => STATUS[index]?.(view, language) ?? more[index - STATUS.length];
}

/** A number with decimals, in the language's form. */
export function fixed(language: Language, value: number, digits: number): string {
	return numeral(language, decimal(value, digits));
}

const STATUS: readonly ((view: View, language: Language) => string)[] = Object.freeze([
	({ identity: { site, node, serial, hardware, swVersion } }: View, language: Language) =>
		say(
			language,
			"identity",
			`${site === "" ? "" : `${site}/`}${node}`,
			serial,
			hardware,
			swVersion,
		),
	({ identity }: View, language: Language) => {
		const { profile, slot, updateKeys } = identity;
		const keys = lacksKey(identity) ? say(language, "noUpdateKey") : updateKeys.join(" ");
		return say(
			language,
			"image",
			profile,
			slot ?? say(language, "none"),
			keys || say(language, "noneFeminine"),
		);
	},
	({ identity: { life, powerCause, endBefore }, time }: View, language: Language) =>
		say(language, "life", life, wordOf(language, powerCause), spanText(time.now)) +
		(endBefore === undefined ? "" : endSentence(endBefore, language)),
	(view: View, language: Language) => say(language, "time", timeText(view, language)),
	({ light: { actual, feedback, target, reason, duty } }: View, language: Language) => {
		const [now, next] = [levelText(actual, language), levelText(feedback, language)];
		const asked =
			target === undefined ? say(language, "noneFeminine") : levelText(target, language);
		return say(language, "light", now, next, asked, wordOf(language, reason), duty);
	},
	({ sensing }: View, language: Language) => {
		const { presence, photocell, dark, darkBecause, lightLevel, temperature } = sensing;
		const word = (text: string) => wordOf(language, text);
		const lux = lightLevel === undefined ? "" : `, ${fixed(language, lightLevel, 1)} lx`;
		const heat = temperature === undefined ? "" : `, ${fixed(language, temperature, 1)} C`;
		const sky = say(language, dark ? "dark" : "notDark");
		const [seen, cell, why] = [word(presence), word(photocell), word(darkBecause)];
		return say(language, "sensing", seen, cell, sky, why, lux + heat);
	},
	(view: View, language: Language) => {
		const { sunset, sunrise } = view.sensing;
		const text = (utc: UtcMillis | undefined) => instantText(view, utc, language);
		return say(language, "night", text(sunset), text(sunrise));
	},
	({ meter }: View, language: Language) => {
		// what the driver measures before what is modelled; its counters have no bounds
		const { driver } = meter;
		const power = driver ? driver.power : Number.NaN;
		const isCounted = driver !== undefined && driver.hours + driver.starts >= 0;
		return say(
			language,
			"meter",
			fixed(language, power >= 0 ? power : meter.activePower, 1),
			fixed(language, meter.activeEnergy_kWh, 3),
			meter.energyTolerance,
			fixed(language, meter.energySaved_kWh, 3),
			fixed(language, isCounted ? driver.hours : meter.operatingHours, 1),
			isCounted ? driver.starts : meter.switchOnCounter,
			meter.isReserved && !isCounted ? say(language, "reserved") : "",
			say(language, power >= 0 ? "measured" : "modelled"),
		);
	},
	(view: View, language: Language) => {
		const { accumulatedRoadUserNumber: users, accumulatedSince } = view.traffic;
		return say(language, "traffic", users, instantText(view, accumulatedSince, language));
	},
	({ link: { state, connection } }: View, language: Language) =>
		say(language, "link", wordOf(language, state), connection),
	({ monitor: { standing, supplyLossCount } }: View, language: Language) => {
		const faults = standing.length === 0 ? say(language, "noFault") : standing.join(", ");
		return say(language, "monitor", faults, supplyLossCount);
	},
	({ machine }: View, language: Language) => {
		const { freeBytes, faults, flashWrites, flashErases, flashYears } = machine;
		const years = Math.round(flashYears);
		return say(language, "machine", freeBytes, faults, flashWrites, flashErases, years);
	},
]);

/** How the life before ended: `memoryFull; serial background; 0x42001234` (Machine.endBefore) as a sentence. */
export function endSentence(ended: string, language: Language): string {
	const [end = "", work = "", addresses = ""] = ended.split("; ");
	const [kind = "", ...detail] = end.split(" ");
	const [input = "", room = ""] = work.split(" ");
	const named = kind === "" ? say(language, "endUnknown") : wordOf(language, kind);
	const more = detail.length > 0 ? ` (${detail.join(" ")})` : "";
	const where =
		input === "" ? "" : say(language, "endAt", wordOf(language, input), wordOf(language, room));
	return say(language, "ended", named + more, where, addresses === "" ? "" : `, ${addresses}`);
}

/** Energy: complete nights, then hours, newest first. */
export function energyLines(view: View, language: Language): Lines {
	const { meter } = view;
	let nights = 0;
	while (meter.night(nights)) nights += 1;
	return (index) =>
		index < nights
			? nightLine(meter.night(index), language)
			: hourLine(view, index - nights, language);
}

function nightLine(night: ReturnType<View["meter"]["night"]>, language: Language) {
	if (!night) return undefined;
	const { day, energy_Wh, oldLamp_Wh } = night;
	const date = formatInstant((day * 86_400_000) as UtcMillis).slice(0, 10);
	const [used, old] = [energy_Wh, oldLamp_Wh].map((wh) => fixed(language, wh / 1000, 3));
	return say(language, "energyNight", date, used as string, old as string);
}

function hourLine(view: View, index: number, language: Language) {
	const { meter, time } = view;
	const used = meter.hour_Wh(index);
	if (used === undefined) return undefined;
	const ended = meter.hourEndedAt - 3_600_000 * index;
	const { utc, now } = time;
	const end =
		utc === undefined
			? say(language, "up", spanText(ended))
			: dateText(view.plan.zone, (utc - now + ended) as UtcMillis).slice(0, 16);
	return say(language, "energyHour", end, fixed(language, used, 1));
}

/** One event of the journal. */
export function entryLine(entry: JournalEntry, zone: View["plan"]["zone"]): string {
	const { utc } = entry;
	const when = utc === undefined ? `up ${spanText(entry.uptime)}` : dateText(zone, utc);
	const flag = entry.startEndFlag === undefined ? "" : ` ${entry.startEndFlag}`;
	const count = entry.count > 1 ? ` x${entry.count}` : "";
	const attributes = entry.attributes === "{}" ? "" : ` ${entry.attributes}`;
	return `${entry.seq} ${when} ${entry.severity} ${entry.type}${flag}${count}${attributes}`;
}

/** `value` with at most `digits` (1-3) decimals, rounded. */
export function decimal(value: number, digits: number): string {
	const scale = digits === 1 ? 10 : digits === 2 ? 100 : 1000;
	const scaled = Math.round(Math.abs(value) * scale);
	const integer = Math.floor(scaled / scale);
	const rest = String(scaled - integer * scale).padStart(digits, "0");
	return `${value < 0 && scaled > 0 ? "-" : ""}${integer}.${rest}`;
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
export function timeText(view: View, language: Language): string {
	const { utc, clockSource, uncertainty } = view.time;
	const bound = uncertainty === undefined ? "" : `, +-${Math.ceil(uncertainty)} ms`;
	const date = utc === undefined ? say(language, "noClock") : dateText(view.plan.zone, utc);
	return `${date} (${wordOf(language, clockSource)}${bound})`;
}

function instantText(
	{ plan: { zone } }: View,
	utc: UtcMillis | undefined,
	language: Language,
): string {
	return utc === undefined ? say(language, "unknown") : dateText(zone, utc);
}

function two(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}
