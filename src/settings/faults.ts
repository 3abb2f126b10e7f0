/**
 * Faults: the rejection of a value for people: the word, the rule and an example, in both languages.
 *
 * Reports over the broker carry the short English clause; console and tools print these sentences.
 */
import { frozen } from "../frozen.js";
import { initialOf, type Language, rangeOf } from "./help.js";
import { RULES } from "./rules.js";
import { settingOf } from "./table.js";
import type { Rejection } from "./validate.js";

/** The reason of a parser, then its rule with an example in English and French: one text, one slot. */
const FAULTS: readonly string[] = frozen([
	"empty\nat least one point, e.g. sunset 100; sunrise 0\nau moins un point, p. ex. sunset 100; sunrise 0",
	"tooManyPoints\n16 points at most\n16 points au plus",
	"tooManyRules\n16 rules at most\n16 règles au plus",
	"tooManyDays\n24 days at most\n24 jours au plus",
	"notAPoint\na point is a time and a level, e.g. 22:00 60\nun point est une heure et un niveau, p. ex. 22:00 60",
	"notATime\na time is 00:00 to 23:59, sunset or sunrise, e.g. sunset+15\nune heure va de 00:00 à 23:59, ou sunset, sunrise, p. ex. sunset+15",
	"offsetOutOfRange\nat most 240 minutes from the sun, e.g. sunset+240\nau plus 240 minutes par rapport au soleil, p. ex. sunset+240",
	"notALevel\na level is 0 to 100, a class or out, e.g. 22:00 60 or 22:00 P5\nun niveau est 0 à 100, une classe ou out, p. ex. 22:00 60 ou 22:00 P5",
	"notAName\na name has 1 to 16 of a-z, 0-9 and -, e.g. weekend: ...\nun nom compte 1 à 16 signes a-z, 0-9 et -, p. ex. weekend: ...",
	"notAnEffect\nan effect is set, max or min and a level, e.g. min 60\nun effet est set, max ou min et un niveau, p. ex. min 60",
	"notAHold\na hold is 5 to 1800 s, e.g. hold 20\nune durée hold va de 5 à 1800 s, p. ex. hold 20",
	"outOfOrder\npoints stand from noon to noon, e.g. 22:00 60; 05:30 100\nles points vont de midi à midi, p. ex. 22:00 60; 05:30 100",
	"notARule\na rule is days and a program, e.g. Fri,Sat: weekend\nune règle est des jours et un programme, p. ex. Fri,Sat: weekend",
	"notADay\na day is Mon, Mon..Thu, 12-24, 2026-12-24, easter-47, holiday or eve\nun jour est Mon, Mon..Thu, 12-24, 2026-12-24, easter-47, holiday ou eve",
	"notADate\nthis date does not exist, e.g. 02-28\ncette date n'existe pas, p. ex. 02-28",
	"rangeBackwards\nthe earlier day stands first, e.g. easter-49..easter-47\nle premier jour d'abord, p. ex. easter-49..easter-47",
	"zone\na zone is a POSIX TZ string; Europe/Brussels is CET-1CEST,M3.5.0,M10.5.0/3\nun fuseau est une chaîne TZ POSIX ; Europe/Brussels s'écrit CET-1CEST,M3.5.0,M10.5.0/3",
]);

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
	const { type } = setting.kind;
	const [place = "", ...rest] = why.split(": ");
	const code = type === "zone" && rest.length > 0 ? type : rest.join(": ");
	const fault = FAULTS.find((each) => each.startsWith(`${code}\n`));
	if (fault) return `"${partOf(value, place, type)}": ${fault.split("\n")[french ? 2 : 1]}`;
	const initial = initialOf(setting);
	const example = initial === "" ? "" : `, ${french ? "p. ex." : "e.g."} ${initial}`;
	const range = french ? `il faut ${rangeOf(setting.kind, language)}` : why;
	return `${range}${example}`;
}

/** The point, rule or day that `place` names, e.g. `point 2`. */
function partOf(value: string, place: string, type: string): string {
	const nth = Number(place.slice(place.indexOf(" ") + 1));
	const parts = type === "zone" ? [] : value.split(type === "holidays" ? "," : ";");
	return (parts[nth - 1] ?? value).trim().slice(0, SHOWN);
}
