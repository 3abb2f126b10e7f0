/** Key texts: a list of keys as people and editors write it, for the lamp and for `npx luminode sign` alike. */

export interface KeyText {
	readonly what: string;
	/** From the digits of two keys. */
	readonly text: (key: string, two: string) => string;
	/** The keys in it, by their place in the arguments of `text`. */
	readonly keys: readonly (0 | 1)[];
	/** Lines with a word that is no key. */
	readonly faults: readonly number[];
}

export const KEY_TEXTS: readonly KeyText[] = [
	{ what: "as sign writes it", text: (key) => `${key}\n`, keys: [0], faults: [] },
	{ what: "two files in one", text: (one, two) => `${one}\n${two}\n`, keys: [0, 1], faults: [] },
	{ what: "on one line", text: (one, two) => `${one} ${two}`, keys: [0, 1], faults: [] },
	{ what: "without an end", text: (key) => key, keys: [0], faults: [] },
	{
		what: "line ends of Windows",
		text: (key, two) => `${key}\r\n${two}\r\n`,
		keys: [0, 1],
		faults: [],
	},
	{ what: "capitals", text: (key) => `${key.toUpperCase()}\n`, keys: [0], faults: [] },
	{
		what: "blanks and tabs around it",
		text: (key, two) => `\n\t ${key}  \t\n\n ${two} \r\n`,
		keys: [0, 1],
		faults: [],
	},
	{
		what: "comments",
		text: (key, two) => `# city, 2026\n${key} # in use\r\n${two}#safe\n`,
		keys: [0, 1],
		faults: [],
	},
	{ what: "a mark of UTF-8", text: (key) => `\ufeff${key}\r\n`, keys: [0], faults: [] },
	{ what: "a digit too few", text: (key) => `${key.slice(1)}\n`, keys: [], faults: [1] },
	{
		what: "a letter too many in the second line",
		text: (key, two) => `${key}\n${two}0\n`,
		keys: [0],
		faults: [2],
	},
	{ what: "a letter that is no digit", text: (key) => `g${key.slice(1)}`, keys: [], faults: [1] },
	{
		what: "cut into two lines",
		text: (key) => `${key.slice(0, 64)}\n${key.slice(64)}\n`,
		keys: [],
		faults: [1, 2],
	},
	{
		what: "a private key",
		text: () => "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n",
		keys: [],
		faults: [1, 1, 1, 2, 3, 3, 3],
	},
	{
		what: "a fourth key",
		text: (key, two) => `${key}\n${two}\n${key}\n${two}\n`,
		keys: [0, 1, 0],
		faults: [4],
	},
	{ what: "nothing", text: () => " \r\n# none\n", keys: [], faults: [] },
];
