/** Pole: `npm run pole`: the page at the pole (tools/pole/pole.ts). */
import { pole } from "../pole/pole.js";

try {
	const code = await pole(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
	if (code !== undefined) process.exitCode = code;
} catch (error) {
	process.stderr.write(`pole: ${(error as Error).message.split("\n")[0]}\n`);
	process.exitCode = 2;
}
