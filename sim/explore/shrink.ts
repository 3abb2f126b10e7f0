/**
 * Shrink: the shortest street on which the same promise is broken.
 *
 * Options are left out one after the other, for as long as one can be; then the street is made
 * shorter. Every step is a run, so their number is bounded.
 */

/** Options that a street can do without, each with its value. */
const LEFT_OUT = ["--fault", "--input", "--set", "--procession", "--datagram-loss"];
const MOST_RUNS = 60;
const MINUTE = 60_000;
const AFTER = 2 * MINUTE;

/** Words as options, each with its value behind it; `--neighbours` has none. */
export function optionsOf(words: readonly string[]): string[][] {
	const options: string[][] = [];
	for (const word of words) {
		if (word.startsWith("--")) options.push([word]);
		else options.at(-1)?.push(word);
	}
	return options;
}

/**
 * `breaks`: the instant at which a street breaks the promise, virtual ms; undefined: it holds.
 * Returns the words of the street that is left.
 */
export async function shrink(
	words: readonly string[],
	brokenAt: number,
	breaks: (words: readonly string[]) => Promise<number | undefined>,
): Promise<string[]> {
	let left = optionsOf(words);
	let at = brokenAt;
	let runs = 0;
	const holdsWithout = async (options: string[][]): Promise<boolean> => {
		if (runs >= MOST_RUNS) return true;
		runs++;
		const when = await breaks(options.flat());
		if (when === undefined) return true;
		left = options;
		at = when;
		return false;
	};
	// halves first: most of a heap has nothing to do with it
	const removable = () => left.filter(([name]) => LEFT_OUT.includes(name!));
	for (
		let size = Math.ceil(removable().length / 2);
		size >= 1;
		size = size > 1 ? Math.ceil(size / 2) : 0
	)
		for (let nth = 0; nth < removable().length; ) {
			const gone = new Set(removable().slice(nth, nth + size));
			if (await holdsWithout(left.filter((option) => !gone.has(option)))) nth += size;
		}
	const minutes = Math.ceil((at + AFTER) / MINUTE);
	await holdsWithout(
		left.map((option) => (option[0] === "--duration" ? ["--duration", `${minutes}m`] : option)),
	);
	return left.flat();
}

/** The words as a shell takes them. */
export function quoted(words: readonly string[]): string {
	return words
		.map((word) => (/^[\w@+/.,:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
		.join(" ");
}

/** The words of such a line. */
export function unquoted(line: string): string[] {
	const words = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
	return words.map((word) =>
		word.replace(/'([^']*)'|\\(.)/g, (_, text, one) => `${text ?? ""}${one ?? ""}`),
	);
}
