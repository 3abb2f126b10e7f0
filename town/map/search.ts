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
	const typedWords = typed.split(" ");
	const found: (readonly [rank: number, name: string, place: number])[] = [];
	for (const [place, name] of names.entries()) {
		const plainName = plain(name);
		if (plainName === "") continue;
		const parts = plainName.split(" ");
		const isWords = typedWords.every((word) => parts.some((part) => part.startsWith(word)));
		const rank =
			plainName === typed
				? 0
				: plainName.startsWith(typed)
					? 1
					: isWords
						? 2
						: plainName.includes(typed)
							? 3
							: 4;
		if (rank < 4) found.push([rank, plainName, place]);
	}
	found.sort(([a, left], [b, right]) => a - b || left.localeCompare(right));
	return found.slice(0, most).map(([, , place]) => place);
}
