/**
 * Table: every setting, once. Validation, help, documentation and types derive from it.
 *
 * To add a setting: CONTRIBUTING.md.
 */
import { CALENDAR } from "./calendar.js";
import type { Kind, Row, ValueOf } from "./kinds.js";
import { IDENTITY, LIGHT } from "./light.js";
import { CONSOLE, LINK } from "./link.js";
import { NEIGHBOURS } from "./neighbours.js";
import { POWER } from "./power.js";
import { SENSING as SENSORS } from "./sensing.js";

/** The sensors of the pole, and the neighbours. */
const SENSING = Object.freeze({ ...SENSORS, ...NEIGHBOURS });

const ROWS = Object.freeze({
	identity: IDENTITY,
	light: LIGHT,
	calendar: CALENDAR,
	sensing: SENSING,
	power: POWER,
	link: LINK,
	console: CONSOLE,
});

export type SectionName = keyof typeof ROWS;
export const SECTIONS = Object.freeze(Object.keys(ROWS) as SectionName[]);

type Values<R> = {
	readonly [N in keyof R]: R[N] extends Row<infer K> ? ValueOf<K> : never;
};

/** All values in force, as the firmware holds them: ms, percent, lux, watts, degrees. */
export interface Settings
	extends Values<typeof IDENTITY>,
		Values<typeof LIGHT>,
		Values<typeof CALENDAR>,
		Values<typeof SENSING>,
		Values<typeof POWER>,
		Values<typeof LINK>,
		Values<typeof CONSOLE> {}

export type SettingName = keyof Settings;
export type SettingValue = Settings[SettingName];

export interface Setting extends Row {
	readonly name: SettingName;
	readonly section: SectionName;
}

/** All settings in the order of the table. */
export const SETTINGS: readonly Setting[] = Object.freeze(SECTIONS.flatMap(settingsOf));

/** The same settings by section and name. */
export const TABLE: Readonly<Record<SectionName, Readonly<Record<string, Setting>>>> =
	Object.freeze(bySection());

/** In force where nothing is stored. They satisfy every rule. */
export const DEFAULTS: Settings = Object.freeze(defaults());

/** The setting of that name; `name` may come from outside and is never used as a key. */
export function settingOf(name: string): Setting | undefined {
	return SETTINGS.find((setting) => setting.name === name);
}

/** Converts a number from the unit outside to the firmware's. */
export function toInside(kind: Kind, value: number): number {
	return kind.type === "number" && kind.unit === "s" ? Math.round(value * 1000) : value;
}

/** Converts a number from the firmware's unit to the one outside. */
export function toOutside(kind: Kind, value: number): number {
	return kind.type === "number" && kind.unit === "s" ? value / 1000 : value;
}

/** New values by name, as validate() returns them. */
export type Changes = { [N in SettingName]?: SettingValue };

/**
 * The same settings with some values changed. The object has only the values that differ from
 * DEFAULTS, about ten slots where a whole set takes seventy; it inherits the rest from DEFAULTS,
 * which lie in flash. `Object.keys` and spreading therefore give the differences alone: read
 * settings by name.
 */
export function withValues(settings: Settings, changes: Changes): Settings {
	const differences: Changes = settings === DEFAULTS ? {} : { ...settings };
	const names = Object.keys(changes) as SettingName[];
	for (let i = 0; i < names.length; i += 1) {
		const name = names[i]!; // no iterator: a boot is shorter
		const value = changes[name];
		if (value === undefined) continue;
		if (value === DEFAULTS[name]) delete differences[name];
		else differences[name] = value;
	}
	return onDefaults(differences);
}

/** Settings from the values that differ from DEFAULTS. */
export function onDefaults(changes: Changes): Settings {
	// defined, because a property of a frozen prototype cannot be assigned
	return Object.freeze({ __proto__: DEFAULTS, ...changes }) as unknown as Settings;
}

function settingsOf(section: SectionName): Setting[] {
	const rows: Readonly<Record<string, Row>> = ROWS[section];
	return Object.keys(rows).map((name) =>
		Object.freeze({ ...(rows[name] as Row), name: name as SettingName, section }),
	);
}

function bySection(): Record<SectionName, Readonly<Record<string, Setting>>> {
	const sections = SECTIONS.map((section) => {
		const settings = SETTINGS.filter((setting) => setting.section === section);
		return [section, Object.freeze(Object.fromEntries(settings.map((each) => [each.name, each])))];
	});
	return Object.fromEntries(sections);
}

function defaults(): Settings {
	const values: Record<string, SettingValue> = {};
	for (const { name, kind, initial } of SETTINGS)
		values[name] = (
			typeof initial === "number" ? toInside(kind, initial) : initial
		) as SettingValue;
	return values as unknown as Settings;
}
