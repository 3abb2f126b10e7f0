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

/** Places of the streets that match, the best first: name, beginning, beginnings of words, part. */
export function streetsLike(wanted: string, names: readonly string[], most: number): number[] {
	const typed = plain(wanted);
	if (typed === "") return [];
	const words = typed.split(" ");
	const found: (readonly [rank: number, name: string, place: number])[] = [];
	for (const [place, name] of names.entries()) {
		const own = plain(name);
		if (own === "") continue;
		const parts = own.split(" ");
		const isWords = words.every((word) => parts.some((part) => part.startsWith(word)));
		const rank =
			own === typed ? 0 : own.startsWith(typed) ? 1 : isWords ? 2 : own.includes(typed) ? 3 : 4;
		if (rank < 4) found.push([rank, own, place]);
	}
	found.sort(([a, left], [b, right]) => a - b || left.localeCompare(right));
	return found.slice(0, most).map(([, , place]) => place);
}
