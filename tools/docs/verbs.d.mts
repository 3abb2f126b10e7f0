/** The commands of users and developers (verbs.mjs). */
interface Verb {
	readonly entry: string;
	/** A page of docs/. */
	readonly guide: string;
	/** English, French. */
	readonly purpose: readonly [en: string, fr: string];
	readonly first?: readonly string[];
	readonly inRoot?: boolean;
}
interface Group {
	readonly title: readonly [en: string, fr: string];
	readonly verbs: Readonly<Record<string, Verb>>;
}
interface Word {
	readonly entry: string;
	readonly purpose: string;
	readonly first?: readonly string[];
}
interface Task {
	readonly entry?: string;
	readonly words: Readonly<Record<string, Word>>;
}
export const GROUPS: Readonly<Record<"light" | "maintain" | "city", Group>>;
export const VERBS: Readonly<Record<string, Verb>>;
export function verbOf(name: string): Verb | undefined;
export const TASKS: Readonly<Record<string, Task>>;
export const SCRIPTS: Readonly<Record<string, string>>;
