/**
 * Address: the page's state in the part of its URL behind `#`, so that it can be sent and survives
 * a reload: `#view=prove&lamp=6&t=22:14&lang=fr`. A page that carries its simulation begins with the options
 * that stand there, too: `seed=7&lamps=40&fault=pirDead@10m/3`.
 */
import type { Values } from "../../../options/values.js";

/** In the order of their keys, 1 to 5. */
export const VIEWS = ["show", "decide", "prove", "town", "break"] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
	readonly view: View;
	/** From 1. */
	readonly lamp: number | undefined;
	/** `HH:MM` in the street's zone. */
	readonly time: string | undefined;
	readonly language: "en" | "fr" | undefined;
	/** Options of the simulation, as they were given. */
	readonly inputs: readonly (readonly [name: string, word: string])[];
}

/** A word of the URL that means nothing here. */
interface Wrong {
	readonly what: "view" | "lamp" | "time" | "language" | "field";
	readonly word: string;
}

interface Read {
	readonly place: Place;
	readonly wrong: Wrong | undefined;
}

const LONGEST_WORD = 24;
const FIELDS = ["view", "lamp", "t", "lang"];
const LANGUAGES = ["en", "fr"] as const;
/** Options of a run that an address may have; those of the second list without a value. */
const INPUTS = [
	...[
		"scenario",
		"name",
		"seed",
		"lamps",
		"start",
		"duration",
		"speed",
		"zone",
		"place",
		"board",
		"person",
	],
	...[
		"fault",
		"input",
		"set",
		"program",
		"vehicles",
		"walkers",
		"procession",
		"group",
		"chance",
		"poles",
	],
	...["neighbours", "quiet"],
];
const FLAGS = ["neighbours", "quiet"];

const inputsIn = (fields: URLSearchParams) => [...fields].filter(([name]) => INPUTS.includes(name));

/** Options as an address has them. */
export const inputsOf = (values: Values): Place["inputs"] =>
	Object.entries(values).flatMap(([name, value]) =>
		INPUTS.includes(name) ? [value].flat().map((word) => [name, String(word)] as const) : [],
	);

/** The options of the simulation in an address. */
export function valuesIn(hash: string): Values {
	const values: Record<string, string | true | string[]> = {};
	for (const [name, word] of inputsIn(new URLSearchParams(hash.replace(/^#/, "")))) {
		const before = values[name];
		if (FLAGS.includes(name)) values[name] = true;
		else values[name] = before === undefined ? word : [before, word].flat().map(String);
	}
	return values;
}

/** `lamps`: of the street; undefined while it is not known. `first`: the view of an address without one. */
export function readAddress(hash: string, lamps: number | undefined, first: View = "show"): Read {
	const fields = new URLSearchParams(hash.replace(/^#/, ""));
	const word = (name: string) => fields.get(name)?.slice(0, LONGEST_WORD);
	const [view, lamp, time, language] = [word("view"), word("lamp"), word("t"), word("lang")];
	const known = VIEWS.find((name) => name === view);
	const number = lamp !== undefined && /^\d{1,6}$/.test(lamp) ? Number(lamp) : NaN;
	const isLamp = number >= 1 && !(number > (lamps ?? Infinity));
	const isTime = time !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
	const spoken = LANGUAGES.find((name) => name === language);
	const field = [...fields.keys()].find((name) => !FIELDS.includes(name) && !INPUTS.includes(name));
	const wrongs: readonly (Wrong | false)[] = [
		view !== undefined && !known && { what: "view", word: view },
		lamp !== undefined && !isLamp && { what: "lamp", word: lamp },
		time !== undefined && !isTime && { what: "time", word: time },
		language !== undefined && !spoken && { what: "language", word: language },
		field !== undefined && { what: "field", word: field.slice(0, LONGEST_WORD) },
	];
	return {
		place: {
			view: known ?? first,
			lamp: isLamp ? number : undefined,
			time: isTime ? time : undefined,
			language: spoken,
			inputs: inputsIn(fields),
		},
		wrong: wrongs.find((wrong) => wrong !== false),
	};
}

export function writeAddress({ view, lamp, time, language, inputs }: Place): string {
	const parts = [`view=${view}`];
	if (lamp !== undefined) parts.push(`lamp=${lamp}`);
	if (time !== undefined) parts.push(`t=${time}`);
	if (language !== undefined) parts.push(`lang=${language}`);
	for (const [name, word] of inputs) parts.push(`${name}=${encodeURIComponent(word)}`);
	return `#${parts.join("&")}`;
}
