/**
 * Mapping: the fields of a light, the columns that hold them, and values that the file lacks.
 */

/** Columns of the file by the fields of a light; absent: by the file's profile and usual names. */
export interface Mapping {
	readonly columns: Readonly<Partial<Record<Field, string>>>;
	readonly system?: SystemName;
	/** Assumptions, each an input. */
	readonly assumed?: Assumed;
}

export const FIELDS = [
	"x",
	"y",
	"street",
	"district",
	"watts",
	"cabinet",
	"kind",
	"lamp",
	"traffic",
	"class",
] as const;
export type Field = (typeof FIELDS)[number];

/** Of the conformal conics of France (EPSG:3942 to 3950), by the latitude of each. */
const CONICS = ["cc42", "cc43", "cc44", "cc45", "cc46", "cc47", "cc48", "cc49", "cc50"] as const;
/** Of Europe, from the Canaries (EPSG:32628 and 25828) to the Caucasus, north of the equator. */
const ZONES = [
	"utm28",
	"utm29",
	"utm30",
	"utm31",
	"utm32",
	"utm33",
	"utm34",
	"utm35",
	"utm36",
	"utm37",
	"utm38",
] as const;
export const SYSTEMS = [
	"wgs84",
	"lambert72",
	"lambert2008",
	"lambert93",
	...CONICS,
	...ZONES,
	"mercator",
] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** The system's own name, the same in every language. */
export function systemTitle(system: SystemName): string {
	const digits = system.replace(/^\D+/, "");
	if (system.startsWith("cc")) return `Lambert CC${digits}`;
	if (system.startsWith("utm")) return `UTM ${digits}N`;
	if (system === "mercator") return "Web Mercator";
	return system === "wgs84" ? "WGS 84" : `Lambert ${digits}`;
}

/** Values that the file lacks; `undefined` stays unknown. */
export interface Assumed {
	/** Of every light without watts. */
	readonly watts?: number;
	/** Of every street without a count, motor vehicles a day. */
	readonly vehicles_day?: number;
	/** On foot and by bicycle a day, of every street. */
	readonly walkers_day?: number;
	/** Without a class, a street of more motor vehicles a day counts as a road of an M class. */
	readonly roadFrom?: number;
	/** Power of the LED in the place of an old lamp, per cent of the watts in the file. */
	readonly ledShare?: number;
	/** EUR a kWh, with its date: `0.32@2026-11` (lib/lightingoptions/money.ts). */
	readonly price?: string;
}
