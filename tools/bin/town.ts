/**
 * Town: files of lights.
 *
 *     npx luminode town example LIGHTS.csv OUT   the example town from the register of Montpellier
 *     npx luminode town made [SEED]              an invented commune as CSV, in Lambert 72
 *     npx luminode town read FILE                the account of an import, by the mapping beside it
 */
import { readFileSync, writeFileSync } from "node:fs";
import { languageOf } from "../../lib/text/bilingual.js";
import { orRefuse, refuse, wordsOf } from "../../lib/words.js";
import { madeFile } from "../../town/example/inventedtown.js";
import { exampleOf } from "../../town/example/montpellier.js";
import { readFile } from "../../town/reading/foreign/readfile.js";
import { accountText, sentenceText } from "../../town/reading/importtexts.js";
import { mappingBeside, mappingIn } from "../../town/reading/mappingfile.js";

const COMMAND = "luminode town";

async function main([what, file = "", out = ""]: readonly string[]): Promise<number> {
	if (what === "made") return writeMade(file);
	if (what === "example" && out !== "") return writeExample(file, out);
	if (what === "read" && file !== "" && out === "") return account(file);
	return refuse(COMMAND, "needs one of: example LIGHTS.csv OUT, made [SEED], read FILE");
}

function writeMade(seed: string): number {
	if (!/^\d{0,9}$/.test(seed))
		refuse(COMMAND, `made ${seed}: no seed, a whole number of at most nine digits such as 1`);
	process.stdout.write(madeFile(Number(seed || 1)));
	return 0;
}

async function writeExample(file: string, out: string): Promise<number> {
	const made = exampleOf(bytesOf(file));
	if (!made) return account(file);
	writeFileSync(out, made.file);
	process.stdout.write(`${accountText(made.town.read).en}\n${out}: ${made.file.length} bytes\n`);
	return 0;
}

async function account(file: string): Promise<number> {
	const language = languageOf(process.env);
	const { town, read } = await readFile(file, bytesOf(file), mappingIn(mappingBeside(file)));
	const report = accountText(read)[language];
	if (report !== "") process.stdout.write(`${report}\n`);
	for (const readSentence of read)
		if (readSentence.about === "error")
			process.stdout.write(`${sentenceText(readSentence)[language]}\n`);
	return town ? 0 : 1;
}

function bytesOf(file: string): Buffer {
	return orRefuse(COMMAND, () => readFileSync(file));
}

const { positionals } = wordsOf({
	command: COMMAND,
	help: `usage: luminode town example LIGHTS.csv OUT
       luminode town made [SEED]
       luminode town read FILE

example  Makes the example town from the register of street lights of Montpellier.
made     Prints an invented commune as CSV, in Lambert 72; seed 1 unless one is given.
read     Prints the account of an import: lights read and left out, assumptions, errors by line;
         with FILE.mapping.json where that is beside the file (docs/town.md).`,
	most: 3,
});
process.exitCode = await main(positionals);
