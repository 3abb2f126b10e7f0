/**
 * Rules: constraints between settings of one section.
 *
 * Each rule concerns one section, so that a section can be validated, rejected or left at its
 * defaults on its own. The defaults satisfy all rules.
 */
import { frozen } from "../frozen.js";
import { floorLevelOf, fullLevelOf, kindOf, presenceLevelOf } from "./classes.js";
import { SITE_KEY_LEAST } from "./neighbours.js";
import { SECTIONS, type SectionName, type SettingName, type Settings } from "./table.js";

export interface Rule {
	/**
	 * Part of every seal (seal.ts), with the limits that the rule uses. A rule that permits something
	 * else gets another id, so that the lamp validates its stored sections again.
	 */
	readonly id: string;
	readonly section: SectionName;
	/** The setting that the rejection names. */
	readonly name: SettingName;
	readonly why: string;
	/** The same in French, for console and tools. */
	readonly french: string;
	holds(settings: Settings): boolean;
}

/** Constraints between classes; the rules about levels rely on them. */
const CLASS_RULES: readonly Rule[] = frozen([
	{
		id: "meanKnown",
		section: "light",
		name: "installedMean",
		why: "must be told where a class is set",
		french: "est requis avec une classe, p. ex. 10",
		holds: (s) => kindOf(s) === undefined || s.installedMean > 0,
	},
	{
		id: "classKinds",
		section: "light", // lux and luminance cannot be compared
		name: "floorClass",
		why: "must be of the same kind as fullClass, unless that is percent",
		french: "doit être du même type que fullClass, p. ex. P6 avec P4, sauf si celle-ci est percent",
		holds: (s) =>
			s.fullClass === "percent" || s.floorClass === "percent" || s.floorClass[0] === s.fullClass[0],
	},
	{
		id: "floorClassMost",
		section: "light",
		name: "floorClass",
		why: "must not ask for more than fullClass",
		french: "ne doit pas dépasser fullClass, p. ex. P6 avec P4",
		holds: (s) => s.floorClass === "percent" || floorLevelOf(s) <= fullLevelOf(s),
	},
	{
		id: "meanReaches",
		section: "light",
		name: "installedMean",
		why: "is too small: the full class would need more than 100 %",
		french: "est trop faible : la classe pleine demanderait plus de 100 %",
		holds: (s) => fullLevelOf(s) <= 100,
	},
	{
		id: "noSensorOnM",
		section: "light", // EN 13201-2: the uniformity that motorists need would change at every pole
		name: "sensorEffect",
		why: "must be none on M classes: light that follows each vehicle breaks their uniformity",
		french: "doit être none en classe M : une lumière qui suit chaque véhicule rompt l'uniformité",
		holds: (s) => s.sensorEffect === "none" || kindOf(s) !== "M",
	},
] satisfies Rule[]);

export const RULES: readonly Rule[] = frozen([
	...CLASS_RULES,
	{
		id: "maxLeast",
		section: "light",
		name: "maxLevel",
		why: "must not be below the floor",
		french: "ne doit pas être sous le plancher",
		holds: (s) => s.maxLevel >= floorLevelOf(s),
	},
	{
		id: "fullLeast",
		section: "light",
		name: "fullLevel",
		why: "must not be below the floor",
		french: "ne doit pas être sous le plancher",
		holds: (s) => fullLevelOf(s) >= floorLevelOf(s),
	},
	{
		id: "maxProtected",
		section: "light", // a protected lamp would be held below its class
		name: "maxLevel",
		why: "must not be below the full class where lightProtected is set",
		french: "ne doit pas être sous la classe pleine avec lightProtected",
		holds: (s) => !s.lightProtected || s.maxLevel >= fullLevelOf(s),
	},
	{
		id: "lingerMost",
		section: "light", // the return goes down in two steps
		name: "lingerLevel",
		why: "must not be above presenceLevel",
		french: "ne doit pas dépasser presenceLevel",
		holds: (s) => s.presenceLevel === 0 || s.lingerLevel <= presenceLevelOf(s),
	},
	{
		id: "failureLeast",
		section: "light", // an internal error leaves the lamp lit, and the floor may be unavailable then
		name: "systemFailureLevel",
		why: "must not be below the floor",
		french: "ne doit pas être sous le plancher",
		holds: (s) => s.systemFailureLevel >= floorLevelOf(s),
	},
	{
		id: "programNames",
		section: "calendar", // of two programs with one name, the second could not be called
		name: "program2",
		why: "must not have the name of another program",
		french: "ne doit pas porter le nom d'un autre programme",
		holds: (s) => {
			const names = programNames(s);
			return names.every((name, at) => names.indexOf(name) === at);
		},
	},
	{
		id: "calendarNames",
		section: "calendar", // a night without a program would be lit at full class
		name: "calendar",
		why: "must name only programs that are set",
		french: "ne doit nommer que des programmes définis",
		holds: (s) => {
			const names = programNames(s);
			return calledNames(s.calendar).every((name) => names.includes(name));
		},
	},
	{
		id: "thresholds",
		section: "sensing", // with equal thresholds each cloud would switch the street
		name: "onLevel",
		why: "must be less than offLevel",
		french: "doit être inférieur à offLevel",
		holds: (s) => s.onLevel < s.offLevel,
	},
	{
		id: "powersRise",
		section: "power", // a falling curve is a typing error
		name: "ledPower_W",
		why: "and the powers at 50, 25 and 10 % must rise with the level",
		french: "et les puissances à 50, 25 et 10 % doivent croître avec le niveau",
		holds: (s) => {
			const points = [s.ledPower10_W, s.ledPower25_W, s.ledPower50_W, s.ledPower_W];
			const known = points.filter((power) => power > 0);
			return known.every((power, at) => at === 0 || power >= known[at - 1]!);
		},
	},
	{
		id: "groupNeedsKey",
		section: "sensing", // only sealed datagrams are accepted
		name: "neighbourGroup",
		why: "needs a siteKey",
		french: "exige une siteKey",
		holds: (s) => s.neighbourGroup === 0 || s.siteKey !== "",
	},
	{
		id: `keyLeast${SITE_KEY_LEAST}`,
		section: "sensing",
		name: "siteKey",
		why: `must have ${SITE_KEY_LEAST} characters or more`,
		french: `doit avoir ${SITE_KEY_LEAST} caractères ou plus`,
		holds: (s) => s.siteKey === "" || s.siteKey.length >= SITE_KEY_LEAST,
	},
	{
		id: "broadcastPeriods",
		section: "sensing",
		name: "maxBroadcastPeriod",
		why: "must not be below minBroadcastPeriod",
		french: "ne doit pas être sous minBroadcastPeriod",
		holds: (s) => s.maxBroadcastPeriod >= s.minBroadcastPeriod,
	},
	{
		id: "narrowPresence",
		section: "link", // presence would be most of the bytes
		name: "presenceReporting",
		why: "must be off with reporting narrow",
		french: "doit être désactivé avec reporting narrow",
		holds: (s) => !s.presenceReporting || s.reporting === "normal",
	},
	{
		id: "stateIntervals",
		section: "link",
		name: "stateMaxInterval",
		why: "must not be below stateMinInterval",
		french: "ne doit pas être sous stateMinInterval",
		holds: (s) => s.stateMaxInterval >= s.stateMinInterval,
	},
] satisfies Rule[]);

const RULES_OF = frozen(
	Object.fromEntries(
		SECTIONS.map((section) => [section, RULES.filter((rule) => rule.section === section)]),
	) as Record<SectionName, Rule[]>,
);

/** The first broken rule, of one section or of all. */
export function brokenRule(settings: Settings, section?: SectionName): Rule | undefined {
	const rules = section === undefined ? RULES : RULES_OF[section];
	for (let i = 0; i < rules.length; i += 1) if (!rules[i]!.holds(settings)) return rules[i];
	return undefined;
}

/**
 * The names that a calendar may use: `program` for the unnamed one, and those of programs that are
 * set.
 */
function programNames({ program2, program3, program4 }: Settings): string[] {
	const names = ["program"];
	for (const text of [program2, program3, program4])
		if (text !== "") names.push(text.slice(0, text.indexOf(":")).trim());
	return names;
}

/** The program names in a valid calendar. */
function calledNames(calendar: string): string[] {
	return calendar
		.split(";")
		.filter((rule) => rule.trim() !== "")
		.map((rule) => rule.slice(rule.indexOf(":") + 1).trim());
}
