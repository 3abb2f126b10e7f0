/**
 * Scaffold: the files that a recipe of CONTRIBUTING.md begins with, and the lines that it adds to others.
 *
 * Nothing is written here: a scaffold is refused as a whole, or it is the texts of all files.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { VERBS } from "../docs/verbs.mjs";

/** Texts by path, and the steps that are left to the person. */
export interface Scaffold {
	readonly texts: Readonly<Record<string, string>>;
	readonly next: readonly string[];
}
/** What there is no scaffold of, and why. */
export class Refused extends Error {}

export const SCAFFOLDS: Readonly<Record<string, (name: string) => Scaffold>> = {
	check,
	board,
	verb,
};

function check(name: string): Scaffold {
	demand(/^[a-z][a-zA-Z0-9]*$/.test(name), `${name}: write the name like evenFade`);
	const file = name.toLowerCase();
	const path = `sim/checks/${file}.ts`;
	const test = `tests/sim/checks/${file}.test.ts`;
	demandNew(path, test);
	const type = capital(name);
	const all = "sim/checks/all.ts";
	const names = "sim/util/checknames.ts";
	return {
		texts: {
			[path]: `/**
 * ${name}: the promise that the check judges, in one sentence for docs/checks.md.
 *
 * A chance is ...
 */
import { Tally } from "./check.js";

export class ${type} extends Tally {
	readonly name = "${name}";

	onDuty(at: number, lamp: number, duty: number): void {
		this.judge();
		if (duty < 0) this.offend(at, lamp, \`a duty of \${duty}\`);
	}
}
`,
			[test]: `/** ${name}: which stories it lets pass, and which break it. */
import { expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { judge, type Story } from "./stories.js";

test.each<[what: string, story: Story, isBroken: boolean]>([
	["a lamp that stays as it is", () => {}, false],
	["a lamp that breaks the promise", (_witness, light) => light(MINUTE, -1), true],
])("%s", (_what, story, isBroken) => {
	expect(judge(story, 2 * MINUTE).offences.includes("${name}")).toBe(isBroken);
});
`,
			[all]: edited(
				all,
				[/(?=\nexport interface Checks)/, `import { ${type} } from "./${file}.js";\n`],
				[/(?=\n\t\];\n)/, `\n\t\tnew ${type}(),`],
			),
			[names]: edited(names, [/(?=\n\} as const)/, `\n\t${name}: { en: "...", fr: "..." },`]),
		},
		next: [
			`${path}: write the promise, and judge it`,
			`${names}: replace the dots by the promise in a few words, in both languages`,
			`${test}: tell a story that keeps the promise and one that breaks it`,
			"sim/checks/lightplants.ts: plant a defect that trips the check",
		],
	};
}

const BOARDS = "hosts/esp32/boards";
/** The board that a new one begins as. */
const MODEL = "esp32-devkit";

function board(name: string): Scaffold {
	demand(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), `${name}: write the name like esp32-devkit`);
	demandNew(`${BOARDS}/${name}`);
	const copies = readdirSync(`${BOARDS}/${MODEL}`).map((file) => {
		const text = readFileSync(`${BOARDS}/${MODEL}/${file}`, "utf8");
		return [`${BOARDS}/${name}/${file}`, text.replaceAll(`"${MODEL}/1"`, `"${name}/1"`)] as const;
	});
	return {
		texts: Object.fromEntries(copies),
		next: [
			`${BOARDS}/${name}/pins.ts: write the pins; so far they are those of ${MODEL}`,
			`${BOARDS}/${name}/manifest.json: name the chip, and Wi-Fi or Ethernet`,
			`${BOARDS}/${name}/sdkconfig.defaults: limit the radio, or name the PHY`,
			"docs/boards.md: add a row with its pins to the first table",
		],
	};
}

function verb(name: string): Scaffold {
	demand(/^[a-z]+$/.test(name), `${name}: write the name in small letters, like preview`);
	demand(!Object.hasOwn(VERBS, name), `${name} is a verb already; nothing is changed`);
	const path = `tools/bin/${name}.ts`;
	demandNew(path);
	const table = "tools/docs/verbs.mjs";
	const row = `
			${name}: {
				entry: "${path}",
				guide: "programs.md",
				purpose: ["...", "..."],
			},`;
	return {
		texts: {
			[path]: `/** ${capital(name)}: \`npx luminode ${name}\` ... */
import { wordsOf } from "../../lib/words.js";

wordsOf({
	command: "luminode ${name}",
	help: \`usage: luminode ${name}

...\`,
});

process.stdout.write("...\\n");
`,
			[table]: edited(table, [/(?=\n\t\t\},\n\t\},\n\tmaintain: \{)/, row]),
		},
		next: [
			`${path}: write the program, and its help`,
			`${table}: write the purpose in both languages and the page that guides; move the row to its group`,
		],
	};
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function demand(isMet: boolean, why: string): void {
	if (!isMet) throw new Refused(why);
}

function demandNew(...paths: readonly string[]): void {
	const old = paths.find((path) => existsSync(path));
	demand(old === undefined, `${old} is there already; nothing is changed`);
}

/** The file with each text at its place, which must be there once. */
function edited(
	path: string,
	...edits: readonly (readonly [place: RegExp, text: string])[]
): string {
	let text = readFileSync(path, "utf8");
	for (const [place, added] of edits) {
		const places = text.match(new RegExp(place, "g"))?.length ?? 0;
		if (places !== 1) throw new Refused(`${path}: the place for ${added.trim()} is not found`);
		text = text.replace(place, () => added);
	}
	return text;
}
