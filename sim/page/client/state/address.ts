/**
 * Address: the page's state in the part of its URL behind `#`, so that it can be sent and survives
 * a reload: `#view=prove&lamp=6&t=22:14&lang=fr`.
 */

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
	const field = [...fields.keys()].find((name) => !FIELDS.includes(name));
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
		},
		wrong: wrongs.find((wrong) => wrong !== false),
	};
}

export function writeAddress({ view, lamp, time, language }: Place): string {
	const parts = [`view=${view}`];
	if (lamp !== undefined) parts.push(`lamp=${lamp}`);
	if (time !== undefined) parts.push(`t=${time}`);
	if (language !== undefined) parts.push(`lang=${language}`);
	return `#${parts.join("&")}`;
}
