/** Commands page: docs/commands.md, the commands by reader, from the tables of tools/docs/verbs.mjs. */
import { GROUPS, SCRIPTS, TASKS } from "./verbs.mjs";

export const COMMANDS_PAGE = "docs/commands.md";

const READERS: Readonly<Record<keyof typeof GROUPS, string>> = {
	light: "I run lights",
	maintain: "I maintain them",
	city: "I run the city's programs",
};

export function commandsPage(): string {
	const head = [
		"# Commands",
		"",
		"For everybody who types a command: each one by reader, in English and French. After reading you know which",
		"command to ask for its own `--help`, and where its guide is. Written by",
		"`npm run renew -- commands` from `tools/docs/verbs.mjs`; do not edit.",
		"",
		"Users type `npx luminode VERB`, in the project's folder after `npm ci`; `npx luminode` alone lists the verbs.",
		"**Stay in that folder** and give paths to files elsewhere: in another folder `npx` looks for a package of this",
		"name in the public npm registry, which is not this project. Should `npx` ask whether to install `luminode`, answer `n`.",
		"From elsewhere: `npx --no --prefix /path/to/luminode luminode VERB`, where `--no` forbids an installation.",
		"Messages are in French by `--lang fr` or `LANG` where a technician or a council reads them.",
		"",
	];
	const users = Object.entries(GROUPS).flatMap(([name, { verbs }]) => [
		`## ${READERS[name as keyof typeof GROUPS]}`,
		"",
		"| command | purpose | but | guide |",
		"|---|---|---|---|",
		...Object.entries(verbs).map(
			([
				verb,
				{
					purpose: [en, fr],
					guide,
				},
			]) =>
				`| \`npx luminode ${verb}\` | ${en} | ${fr} | [${guide.replace(/\.md.*$/, "")}](${guide}) |`,
		),
		"",
	]);
	return [...head, ...users, ...developers()].join("\n");
}

function developers(): string[] {
	const rows = Object.entries(SCRIPTS).flatMap(([script, purpose]) => [
		`| \`${called(script)}\` | ${purpose} |`,
		...Object.entries(TASKS[script]?.words ?? {}).map(
			([word, { purpose }]) => `| \`npm run ${script} -- ${word}\` | ${purpose} |`,
		),
	]);
	return ["## I write code", "", "| command | purpose |", "|---|---|", ...rows, ""];
}

const called = (script: string) =>
	script === "start" || script === "test" ? `npm ${script}` : `npm run ${script}`;
