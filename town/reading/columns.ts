/**
 * Columns: the first mapping of a file, by its profile and by usual names.
 *
 * Profiles: OpenStreetMap (tags of `highway=street_lamp`) and FIWARE Streetlight (NGSI). Of the French
 * EclExt the words of its concepts are recognised among the usual names; its list of fields was not
 * at hand.
 */
import { axisIn } from "./coordinates.js";
import { FIELDS, type Field, type Mapping, type SystemName } from "./mapping.js";
import type { ReadSentence } from "./sentence.js";
import type { Table } from "./tablerow.js";

export type ProfileName = "osm" | "fiware" | "usual";

/** Columns that mark a file of the profile. */
const MARKS: Readonly<Record<Exclude<ProfileName, "usual">, readonly string[]>> = {
	osm: ["highway"],
	fiware: ["refStreetlightModel", "refStreetlightGroup", "refStreetlightControlCabinet", "circuit"],
};

type Names = Readonly<Partial<Record<Field, readonly string[]>>>;

/** In the order of preference. */
const PROFILES: Readonly<Record<Exclude<ProfileName, "usual">, Names>> = {
	osm: {
		street: ["addr:street", "street", "street:name"],
		district: ["addr:suburb", "addr:city"],
		watts: ["light:power", "lamp:power", "power_consumption", "wattage", "rating"],
		cabinet: ["circuit", "switch_cabinet", "ref:cabinet"],
		kind: ["lamp_mount", "support", "lamp:mount"],
		lamp: ["light:method", "lamp_type", "lamp:type"],
	},
	fiware: {
		street: ["streetAddress"],
		district: ["district", "areaServed"],
		watts: ["powerConsumption", "maxPowerConsumption"],
		cabinet: ["refStreetlightControlCabinet", "circuit"],
		kind: ["locationCategory", "category"],
		lamp: ["lampTechnology", "lampModelName"],
		traffic: ["intensity"],
	},
};

/** English, French, Dutch and Italian; compared without case, accents and marks. */
const USUAL: Readonly<Record<Field, readonly string[]>> = {
	x: [
		"lon",
		"longitude",
		"lng",
		"long",
		"x",
		"coordx",
		"xcoord",
		"coordonneex",
		"xlambert",
		"xl72",
	],
	y: ["lat", "latitude", "y", "coordy", "ycoord", "coordonneey", "ylambert", "yl72"],
	street: [
		"street",
		"streetname",
		"rue",
		"nomrue",
		"voie",
		"nomvoie",
		"libellevoie",
		"straat",
		"via",
	],
	district: ["district", "quartier", "section", "localite", "village", "wijk", "quartiere"],
	watts: ["watts", "watt", "nominalw", "powerw", "power", "puissance", "puissancew", "vermogen"],
	cabinet: ["cabinet", "cabin", "cabine", "armoire", "coffret", "quadro", "feeder", "kast"],
	kind: ["kind", "type", "typesupport", "typeluminaire", "support", "usage", "soort"],
	lamp: ["lamp", "lampe", "source", "typesource", "typelampe", "technologie", "lampada", "bron"],
	traffic: [
		"vehiclesday",
		"vehiculesjour",
		"traffic",
		"trafic",
		"usersday",
		"tmja",
		"aadt",
		"verkeer",
	],
	class: ["class", "classe", "lightingclass", "classeeclairage", "klasse"],
};

const plain = (name: string): string =>
	name
		.normalize("NFD")
		.toLowerCase()
		.replace(/[^a-z0-9]/g, "");

export function profileOf({ columns }: Pick<Table, "columns">): ProfileName {
	const has = (name: string) => columns.includes(name);
	if (MARKS.fiware.some(has)) return "fiware";
	return MARKS.osm.some(has) ? "osm" : "usual";
}

/** The mapping of a table: given columns first, then those of the profile, then usual names. */
export function mappingOf(table: Table, given?: Mapping): Mapping {
	const profile = profileOf(table);
	const names = profile === "usual" ? {} : PROFILES[profile];
	const usual = new Map(table.columns.map((column) => [plain(column), column]));
	const columns: Partial<Record<Field, string>> = {};
	for (const field of Object.keys(USUAL) as Field[]) {
		const ofProfile = names[field]?.find((name) => table.columns.includes(name));
		const found = ofProfile ?? USUAL[field].map((name) => usual.get(name)).find(Boolean);
		if (found !== undefined) columns[field] = found;
	}
	if (table.position) [columns.x, columns.y] = table.position;
	else if (columns.x === undefined || columns.y === undefined)
		Object.assign(columns, axesNamed(table.columns));
	const system = table.system ?? (table.position ? undefined : systemNamed(columns));
	const stated = system === undefined ? {} : { system };
	return { ...stated, ...given, columns: { ...columns, ...given?.columns } };
}

/** Two columns that name the same system and its axes, such as `X_L93` and `Y_L93`. */
function axesNamed(names: readonly string[]): { x?: string; y?: string } {
	const axes = names.map((name) => ({ name, ...axisIn(name) }));
	for (const x of axes) {
		if (x.axis !== "x") continue;
		const y = axes.find(({ axis, system }) => axis === "y" && system === x.system);
		if (y) return { x: x.name, y: y.name };
	}
	return {};
}

/** The system that the names of both columns of the position have in them. */
function systemNamed({ x = "", y = "" }: Partial<Record<Field, string>>): SystemName | undefined {
	const system = axisIn(x)?.system;
	return system === axisIn(y)?.system ? system : undefined;
}

/** A mapping without its entries that do not fit the file, and an error for each of these. */
export interface Fitted {
	readonly fitting: Mapping | undefined;
	readonly unfit: readonly Pick<ReadSentence, "key" | "text">[];
}

/** Entries of a given mapping whose key is no field, or whose column the file does not have. */
export function unfitIn(columns: readonly string[], given: Mapping | undefined): Fitted {
	const unfit: Pick<ReadSentence, "key" | "text">[] = [];
	const fitting: Partial<Record<Field, string>> = {};
	for (const [key, column] of Object.entries(given?.columns ?? {})) {
		const field = FIELDS.find((name) => name === key);
		if (field === undefined) unfit.push({ key: "noField", text: key });
		else if (!columns.includes(column))
			unfit.push({ key: "noSuchColumn", text: JSON.stringify({ [key]: column }).slice(1, -1) });
		else fitting[field] = column;
	}
	return { fitting: given && { ...given, columns: fitting }, unfit };
}
