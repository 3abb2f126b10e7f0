/** Search: streets by a part of their name, without regard to accents, case and hyphens. */

/** `Sainte-Anne` as `sainte anne`. */
export function plain(text: string): string {
	return text
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}

/** Says where in a street: `12`, `34000`, `bis`. */
const NUMBER = /^(\d.*|bis|ter)$/;

/**
 * Places of the streets that match, the best first: name, beginning, beginnings of words, part. Of an
 * address that matches none (`12 rue Foch, 34000 Montpellier`) those words count that streets have.
 */
export function streetsLike(wanted: string, names: readonly string[], most: number): number[] {
	const plainNames = names.map(plain);
	const typed = plain(wanted);
	const found = placesLike(typed, plainNames);
	if (found.length > 0) return found.slice(0, most);
	const begins = plainNames.map((name) => ` ${name}`).join("");
	const isOfStreet = (word: string) => !NUMBER.test(word) && begins.includes(` ${word}`);
	const words = typed.split(" ").filter(isOfStreet);
	return placesLike(words.join(" "), plainNames).slice(0, most);
}

function placesLike(typed: string, plainNames: readonly string[]): number[] {
	if (typed === "") return [];
	const words = typed.split(" ");
	const rankOf = (name: string): number => {
		if (name === typed) return 0;
		if (name.startsWith(typed)) return 1;
		const parts = name.split(" ");
		if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 2;
		return name.includes(typed) ? 3 : Infinity;
	};
	return plainNames
		.map((name, place) => ({ name, place, rank: rankOf(name) }))
		.filter(({ rank }) => rank < Infinity)
		.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
		.map(({ place }) => place);
}
