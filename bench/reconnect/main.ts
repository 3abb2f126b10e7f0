/**
 * Main: `npm run bench -- reconnect`: runs the study; writes its picture and table into `docs/`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { wordsOf } from "../../lib/words.js";
import { picture } from "./picture.js";
import { CITY, compare, type Outcome, SCENARIOS } from "./study.js";

const BEGIN = "<!-- written by npm run bench -- reconnect -->";
const END = "<!-- end -->";
const print = (line: string) => void process.stdout.write(`${line}\n`);

wordsOf({
	command: "npm run bench -- reconnect",
	help: `usage: npm run bench -- reconnect

Simulates the return of a city's lamps to their broker under several policies; prints the table, and
writes it and its picture into docs/.`,
});

const results = SCENARIOS.map((scenario) => ({ scenario, outcomes: compare(scenario, CITY) }));
const cellOf = ({ tally, allBack }: Outcome) =>
	`${tally.peak.toFixed(1)} / ${tally.refused} / ${(allBack / 1000).toFixed(0)} s`;
const policies = results[0]!.outcomes.map(({ policy }) => policy);
const lines = [
	`| policy | ${SCENARIOS.map(({ name }) => name).join(" | ")} |`,
	`|---|${SCENARIOS.map(() => "---:|").join("")}`,
	...policies.map((policy, nth) => {
		const cells = results.map(({ outcomes }) => cellOf(outcomes[nth]!));
		return `| ${policy === "luminode" ? "**luminode**" : policy} | ${cells.join(" | ")} |`;
	}),
];
for (const line of lines) print(line);
const root = projectRoot();
const page = join(root, "docs/reconnection.md");
const [head, rest] = readFileSync(page, "utf8").split(BEGIN);
const tail = rest?.split(END)[1];
if (head === undefined || tail === undefined) throw new Error(`${page}: no place for the table`);
writeFileSync(page, `${head}${BEGIN}\n\n${lines.join("\n")}\n\n${END}${tail}`);
writeFileSync(join(root, "docs/reconnection.svg"), picture(results, CITY));
