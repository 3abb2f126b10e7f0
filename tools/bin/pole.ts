/** Pole: `npx luminode pole`: the page at the pole (tools/pole/pole.ts). */
import { languageIn } from "../../lib/text/options.js";
import { errorLines } from "../../lib/text/trouble.js";
import { pole } from "../pole/pole.js";

try {
	const say = (line: string) => void process.stdout.write(`${line}\n`);
	const code = await pole(process.argv.slice(2), say, process.env);
	if (code !== undefined) process.exitCode = code;
} catch (error) {
	const language = languageIn(process.argv.slice(2), process.env);
	process.stderr.write(`${errorLines("pole", error, language)[0]}\n`);
	process.exitCode = 2;
}
