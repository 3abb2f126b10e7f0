/**
 * Town: files of lights.
 *
 *     npm run town -- example LIGHTS.csv OUT   the example town from the register of Montpellier
 *     npm run town -- made [SEED]              an invented commune as CSV, in Lambert 72
 *     npm run town -- read FILE                the account of an import
 */
import { readFileSync, writeFileSync } from "node:fs";
import { languageOf } from "../../lib/text/bilingual.js";
import { madeFile } from "../../lib/town/made.js";
import { said, saidAll } from "../../lib/town/said.js";
import { readTown } from "../../lib/town/town.js";
import { exampleOf } from "../town/example.js";

const USAGE = "usage: npm run town -- example LIGHTS.csv OUT | made [SEED] | read FILE\n";
const WRONG = 2;

function main([command, file = "", out = ""]: readonly string[]): number {
	if (command === "made" && /^\d{0,9}$/.test(file)) {
		process.stdout.write(madeFile(Number(file || 1)));
		return 0;
	}
	if (command === "example" && out !== "") return writeExample(file, out);
	if (command === "read" && file !== "") return account(file);
	process.stderr.write(USAGE);
	return WRONG;
}

function writeExample(file: string, out: string): number {
	const made = exampleOf(readFileSync(file));
	if (!made) return account(file);
	writeFileSync(out, made.file);
	process.stdout.write(`${saidAll(made.town.read).en}\n${out}: ${made.file.length} bytes\n`);
	return 0;
}

function account(file: string): number {
	const language = languageOf(process.env);
	const { town, read } = readTown(file, readFileSync(file));
	process.stdout.write(`${saidAll(read)[language]}\n`);
	for (const one of read)
		if (one.about === "error") process.stdout.write(`${said(one)[language]}\n`);
	return town ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
