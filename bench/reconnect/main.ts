/**
 * Main: `npm run bench -- reconnect`: runs the study; writes its picture and table into `docs/`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { wordsOf } from "../../lib/words.js";
import { picture } from "./picture.js";
import { CITY, compare, SCENARIOS } from "./study.js";

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
const even = (CITY.lamps / CITY.spread) * 1000;
const lines = [
	"| after | policy | most connects a second (10 s) | of the even rate | refused | last lamp back |",
	"|---|---|---:|---:|---:|---:|",
];
for (const { scenario, outcomes } of results)
	for (const { policy, tally, allBack } of outcomes) {
		const peak = tally.peak.toFixed(1);
		const ratio = (tally.peak / even).toFixed(2);
		const name = policy === "luminode" ? "**luminode**" : policy;
		const back = `${(allBack / 1000).toFixed(0)} s`;
		lines.push(`| ${scenario.name} | ${name} | ${peak} | ${ratio} | ${tally.refused} | ${back} |`);
	}
for (const line of lines) print(line);
const root = projectRoot();
const page = join(root, "docs/reconnection.md");
const [head, rest] = readFileSync(page, "utf8").split(BEGIN);
const tail = rest?.split(END)[1];
if (head === undefined || tail === undefined) throw new Error(`${page}: no place for the table`);
writeFileSync(page, `${head}${BEGIN}\n\n${lines.join("\n")}\n\n${END}${tail}`);
writeFileSync(join(root, "docs/reconnection.svg"), picture(results, CITY));
