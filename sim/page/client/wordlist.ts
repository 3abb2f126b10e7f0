/** Word list: texts of one language, by name. */
export interface Words {
	readonly [key: string]: string;
}

/** The same texts by `prefix.name`. */
export function prefixed<Prefix extends string, Names extends Words>(
	prefix: Prefix,
	names: Names,
): { readonly [Name in keyof Names & string as `${Prefix}.${Name}`]: string } {
	const entries = Object.entries(names).map(([name, text]) => [`${prefix}.${name}`, text]);
	return Object.fromEntries(entries);
}
