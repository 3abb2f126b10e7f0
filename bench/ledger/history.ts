/**
 * History: commits that raised a row of the ledger without naming it in their message.
 */
import { unexplained } from "./block.js";

/** Runs git with these words in the repository and returns its output. */
export type Git = (...args: string[]) => string;

interface Rise {
	readonly commit: string;
	readonly rows: readonly string[];
}

/** Checks every commit that changed `page`, each against its first parent. */
export function risesIn(git: Git, page: string): readonly Rise[] {
	const commits = git("log", "--format=%H", "--", page).split("\n").filter(Boolean);
	const pageAt = (commit: string) => {
		try {
			return git("show", `${commit}:${page}`);
		} catch {
			return ""; // the first commit, or one before the page
		}
	};
	return commits
		.map((commit) => {
			const message = git("log", "-1", "--format=%B", commit);
			return { commit, rows: unexplained(pageAt(`${commit}^`), pageAt(commit), message) };
		})
		.filter(({ rows }) => rows.length > 0);
}
