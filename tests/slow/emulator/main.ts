/**
 * Emulator's proof: runs its steps, prints their table, and writes it into docs/image.md.
 *
 * A program of its own, started by `npm run host -- emulate --prove`. A step that cannot be shown here is
 * a row of the table with the reason.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { versionOf } from "../../../tools/emulator/program.js";
import {
	type About,
	lineOf,
	type Row,
	withProof,
	withSummary,
} from "../../../tools/emulator/table.js";
import { serveTime } from "../../../tools/emulator/timeserver.js";
import { plainBroker, securedLink } from "./broker.js";
import { login, probation } from "./console.js";
import { cuts } from "./cuts.js";
import { death } from "./death.js";
import { ends } from "./ends.js";
import { cable, flood } from "./endurance.js";
import { firstLight, sameLight } from "./light.js";
import { NOT_SHOWN } from "./notshown.js";
import { NotShown, type Place, type Step } from "./steps.js";
import { update } from "./update.js";

const PAGE = "docs/image.md";
const OVERVIEW = "docs/measured.md";
const STEPS: readonly Step[] = [
	firstLight,
	sameLight,
	death,
	ends,
	login,
	probation,
	plainBroker,
	securedLink,
	cable,
	flood,
	update,
	cuts,
];

const args = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = args.find((word) => !STEPS.some(({ name }) => name === word));
if (unknown) {
	const names = STEPS.map(({ name }) => name).join(", ");
	process.stderr.write(`npm run host -- emulate: no step "${unknown}": ${names}\n`);
	process.exit(2);
}

const place = await placeHere(process.env.QEMU_ESP32 ?? "");
const isWhole = args.length === 0;
const rows: Row[] = [];
for (const step of STEPS) if (isWhole || args.includes(step.name)) rows.push(await rowOf(step));
if (isWhole) for (const row of NOT_SHOWN) show(row);
const hasFailed = rows.some(({ result }) => result === "FAILS");
if (process.argv.includes("--record") && isWhole && !hasFailed) record([...rows, ...NOT_SHOWN]);
process.exit(hasFailed ? 1 : 0);

async function placeHere(emulator: string): Promise<Place> {
	const here = { emulator, ahead: 0, answers: [] as { at: number; utc: number }[] };
	const server = await serveTime(() => {
		const utc = Date.now() + here.ahead;
		here.answers.push({ at: performance.now(), utc });
		return utc;
	});
	return Object.assign(here, { noTime: typeof server === "string" ? server : undefined });
}

async function rowOf({ name, claim, run }: Step): Promise<Row> {
	process.stderr.write(`${name} ...\n`);
	const row = await run(place).then(
		(why): Row => ({ claim, result: "shown", why }),
		(error: Error): Row => {
			const result = error instanceof NotShown ? "not shown" : "FAILS";
			return { claim, result, why: error.message };
		},
	);
	show(row);
	return row;
}

function show(row: Row): void {
	process.stdout.write(`${lineOf(row)}\n`);
}

function record(all: readonly Row[]): void {
	const run = about();
	writeFileSync(PAGE, withProof(readFileSync(PAGE, "utf8"), all, run));
	writeFileSync(OVERVIEW, withSummary(readFileSync(OVERVIEW, "utf8"), all, run));
}

function about(): About {
	const git = (...what: string[]) => execFileSync("git", what, { encoding: "utf8" }).trim();
	const isChanged = git("status", "--porcelain") !== "";
	const cmake = readFileSync(join(process.env.IDF_PATH ?? "", "tools/cmake/version.cmake"), "utf8");
	const part = (name: string) => new RegExp(`IDF_VERSION_${name} (\\d+)`).exec(cmake)?.[1];
	const sdk = readFileSync(join(process.env.MODDABLE ?? "", "tools/VERSION"), "utf8").trim();
	return {
		date: new Date().toISOString().slice(0, 10),
		commit: `${git("rev-parse", "--short", "HEAD")}${isChanged ? " with changes" : ""}`,
		versions: `${versionOf(place.emulator)}, ESP-IDF ${part("MAJOR")}.${part("MINOR")}, SDK ${sdk}`,
	};
}
