/**
 * Faults: the rejection of a value for people: the word, the rule and an example, in both languages.
 *
 * Reports over the broker carry the short English clause; console and tools print these sentences.
 */
import { initialOf, type Language, rangeOf } from "./help.js";
import { RULES } from "./rules.js";
import { settingOf } from "./table.js";
import type { Rejection } from "./validate.js";

/** A parser's reason and its rule with an example: one text, which takes one slot of flash. */
const fault = (code: string, en: string, fr: string) => `${code}\n${en}\n${fr}`;

const FAULTS: readonly string[] = Object.freeze([
	fault(
		"empty",
		"at least one point, e.g. sunset 100; sunrise 0",
		"au moins un point, p. ex. sunset 100; sunrise 0",
	),
	fault("tooManyPoints", "16 points at most", "16 points au plus"),
	fault("tooManyRules", "16 rules at most", "16 règles au plus"),
	fault("tooManyDays", "24 days at most", "24 jours au plus"),
	fault(
		"notAPoint",
		"a point is a time and a level, e.g. 22:00 60",
		"un point est une heure et un niveau, p. ex. 22:00 60",
	),
	fault(
		"notATime",
		"a time is 00:00 to 23:59, sunset or sunrise, e.g. sunset+15",
		"une heure va de 00:00 à 23:59, ou sunset, sunrise, p. ex. sunset+15",
	),
	fault(
		"offsetOutOfRange",
		"at most 240 minutes from the sun, e.g. sunset+240",
		"au plus 240 minutes par rapport au soleil, p. ex. sunset+240",
	),
	fault(
		"notALevel",
		"a level is 0 to 100, a class or out, e.g. 22:00 60 or 22:00 P5",
		"un niveau va de 0 à 100, sinon une classe ou out, p. ex. 22:00 60 ou 22:00 P5",
	),
	fault(
		"notAName",
		"a name has 1 to 16 of a-z, 0-9 and -, e.g. weekend:...",
		"un nom compte 1 à 16 caractères a-z, 0-9 et -, p. ex. weekend:...",
	),
	fault(
		"notAnEffect",
		"an effect is set, max or min and a level, or traffic and 1 to 9999, e.g. min 60 traffic 80",
		"un effet est set, max ou min et un niveau, ou traffic et 1 à 9999, p. ex. min 60 traffic 80",
	),
	fault(
		"notAHold",
		"a hold is 5 to 1800 s, e.g. hold 20",
		"une durée hold va de 5 à 1800 s, p. ex. hold 20",
	),
	fault(
		"outOfOrder",
		"points stand from noon to noon, e.g. 22:00 60; 05:30 100",
		"les points vont de midi à midi, p. ex. 22:00 60; 05:30 100",
	),
	fault(
		"notARule",
		"a rule is days and a program, e.g. Fri,Sat:weekend",
		"une règle réunit des jours et un programme, p. ex. ven,sam:weekend",
	),
	fault(
		"notADay",
		"a day is Mon, Mon..Thu, 12-24, 2026-12-24, easter-47, holiday or eve",
		"un jour est lun, lun..jeu, 12-24, 2026-12-24, easter-47, holiday ou eve",
	),
	fault(
		"notADate",
		"this date does not exist, e.g. 02-28",
		"cette date n'existe pas, p. ex. 02-28",
	),
	fault(
		"rangeBackwards",
		"the earlier day stands first, e.g. easter-49..easter-47",
		"le premier jour d'abord, p. ex. easter-49..easter-47",
	),
	fault(
		"zone",
		"a zone is a POSIX TZ string; Europe/Brussels is CET-1CEST,M3.5.0,M10.5.0/3",
		"un fuseau est une chaîne TZ POSIX ; Europe/Brussels s'écrit CET-1CEST,M3.5.0,M10.5.0/3",
	),
]);

/** The rule of a Wi-Fi password (wifi.ts). */
const PHRASE = "8 à 63 caractères ASCII, ou 64 chiffres hexadécimaux";

/** Longest part of a value that is repeated, characters. */
const SHOWN = 40;

/** Continues "NAME: ...". `value`: as typed; it is repeated where it has parts. */
export function faultText(
	{ name, reason, why }: Rejection,
	value: string,
	language: Language,
): string {
	const french = language === "fr";
	if (reason === "conflict") {
		const rule = french ? RULES.find((each) => each.name === name && each.why === why) : undefined;
		return rule?.french ?? why;
	}
	const setting = settingOf(name);
	if (!setting) return why;
	const { kind } = setting;
	const { type } = kind;
	const [place = "", ...rest] = why.split(": ");
	const code = type === "zone" && rest.length > 0 ? type : rest.join(": ");
	const found = FAULTS.find((each) => each.startsWith(`${code}\n`));
	if (found) {
		const part = partOf(value, place, type);
		const [, en, fr] = found.split("\n");
		return french ? `« ${part} » : ${fr}` : `"${part}": ${en}`;
	}
	const initial = initialOf(setting); // typed: with a point
	const example = initial === "" ? "" : `, ${french ? "p. ex." : "e.g."} ${initial}`;
	const isPhrase = kind.type === "text" && kind.alphabet === "passphrase";
	const of = type === "choice" ? "au choix " : "";
	const range = french ? `il faut ${of}${isPhrase ? PHRASE : rangeOf(kind, language)}` : why;
	return `${range}${example}`;
}

/** The point, rule or day that `place` names, e.g. `point 2`. */
function partOf(value: string, place: string, type: string): string {
	const index = Number(place.slice(place.indexOf(" ") + 1));
	const parts = type === "zone" ? [] : value.split(type === "holidays" ? "," : ";");
	return (parts[index - 1] ?? value).trim().slice(0, SHOWN);
}
