/**
 * Rules: what settings of one section must be to each other.
 *
 * Each rule stays within a section, so that a section can be judged, refused or left at its
 * defaults by itself. The defaults satisfy all of them.
 */
import type { SectionName, SettingName, Settings } from "./table.js";

export interface Rule {
	readonly section: SectionName;
	/** The setting that a refusal names. */
	readonly name: SettingName;
	readonly why: string;
	holds(settings: Settings): boolean;
}

export const RULES: readonly Rule[] = Object.freeze([
	{
		section: "light",
		name: "maxLevel",
		why: "must not be below floorLevel",
		holds: (s) => s.maxLevel >= s.floorLevel,
	},
	{
		section: "light",
		name: "fullLevel",
		why: "must not be below floorLevel",
		holds: (s) => s.fullLevel >= s.floorLevel,
	},
	{
		section: "light", // a protected lamp would be held below its class
		name: "maxLevel",
		why: "must not be below fullLevel where lightProtected is set",
		holds: (s) => !s.lightProtected || s.maxLevel >= s.fullLevel,
	},
	{
		section: "light", // the return goes down in two steps
		name: "lingerLevel",
		why: "must not be above presenceLevel",
		holds: (s) => s.lingerLevel <= s.presenceLevel,
	},
	{
		section: "light", // every failure ends lit, and the floor may not be known then
		name: "systemFailureLevel",
		why: "must not be below floorLevel",
		holds: (s) => s.systemFailureLevel >= s.floorLevel,
	},
	{
		section: "calendar", // the first would hide the second
		name: "program2",
		why: "must not have the name of another program",
		holds: (s) => {
			const names = programNames(s);
			return names.every((name, at) => names.indexOf(name) === at);
		},
	},
	{
		section: "calendar", // a night without a program would be lit as if nobody had planned it
		name: "calendar",
		why: "must name only programs that are set",
		holds: (s) => {
			const names = programNames(s);
			return calledNames(s.calendar).every((name) => names.includes(name));
		},
	},
	{
		section: "sensing", // equal thresholds would let a cloud switch the street to and fro
		name: "onLevel",
		why: "must be less than offLevel",
		holds: (s) => s.onLevel < s.offLevel,
	},
	{
		section: "link",
		name: "stateMaxInterval",
		why: "must not be below stateMinInterval",
		holds: (s) => s.stateMaxInterval >= s.stateMinInterval,
	},
] satisfies Rule[]);

/** The first rule that is broken, of one section or of all. */
export function brokenRule(settings: Settings, section?: SectionName): Rule | undefined {
	return RULES.find(
		(rule) => (section === undefined || rule.section === section) && !rule.holds(settings),
	);
}

/** The names a calendar may call: of the program without a name, and of those that are set. */
function programNames({ program2, program3, program4 }: Settings): string[] {
	const names = ["program"];
	for (const text of [program2, program3, program4])
		if (text !== "") names.push(text.slice(0, text.indexOf(":")).trim());
	return names;
}

/** What stands behind the colons of a calendar that its judge has found valid. */
function calledNames(calendar: string): string[] {
	return calendar
		.split(";")
		.filter((rule) => rule.trim() !== "")
		.map((rule) => rule.slice(rule.indexOf(":") + 1).trim());
}
