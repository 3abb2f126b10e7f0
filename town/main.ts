/**
 * Town's main: from `--town` on the command line to the town that the page shows. The account of
 * the import is printed first.
 */
import { readImage } from "../hosts/virtual/engine/image.js";
import { projectRoot } from "../lib/root.mjs";
import { type Language, languageOf } from "../lib/text/bilingual.js";
import { versionOf } from "../sim/city/version.js";
import type { Options } from "../sim/options/options.js";
import { accountText, sentenceText } from "./reading/importtexts.js";
import type { ReadSentence } from "./reading/sentence.js";
import { TownServer } from "./server/townserver.js";
import { type OpenTown, openTown, shippedTown } from "./townargument.js";

type TownArgument = "town" | "lines" | "zone" | "headless" | "whole" | "jobs" | "report";

interface TownWanted extends Pick<Options, TownArgument> {
	/** Nights that exist are kept, and none is simulated yet. */
	readonly keeps?: boolean;
}

const MINUTE_S = 60;
/** The server of the town on the command line; or one line that says why there is no town. */
export async function townServerOf(
	{
		town: word,
		lines,
		zone,
		headless,
		whole: wholeDistrict,
		jobs,
		report,
		keeps = false,
	}: TownWanted,
	print: (line: string) => void,
): Promise<TownServer | string> {
	const language = languageOf(process.env);
	const found = await openTown(word!, lines);
	const isMade = headless && !keeps && wholeDistrict === undefined && !report;
	const open = isMade && typeof found === "object" && "kind" in found ? fresh(found) : found;
	if (typeof open === "string") return open;
	if (!("kind" in open)) {
		for (const line of accountOf(open.read, language)) print(line);
		return `--town ${word}: no town in it`;
	}
	for (const line of accountOf(open.town.read, language)) print(line);
	const townServer = new TownServer(
		() => open,
		true,
		zone,
		versionOf(readImage(projectRoot())),
		fileOf(open, word!),
		jobs,
	);
	const { seconds } = townServer.shownTown;
	if (seconds > 0) print(costText(seconds, language));
	if (!headless && !keeps) void townServer.shownTown.begin();
	return townServer;
}

/** The server of the example, for a street that is none of a town; it is read once somebody looks at it. */
export function exampleServerOf({ zone, jobs }: Pick<Options, "zone" | "jobs">): TownServer {
	const version = versionOf(readImage(projectRoot()));
	return new TownServer(() => shippedTown("example"), false, zone, version, undefined, jobs);
}

/** Without the nights that are made again. */
const fresh = ({ kind, town, kept }: OpenTown): OpenTown => ({
	kind,
	town,
	...(kept === undefined ? {} : { kept }),
});

const fileOf = ({ kind }: OpenTown, word: string): string | undefined =>
	kind === "file" ? word : undefined;

function* accountOf(read: readonly ReadSentence[], language: Language): Iterable<string> {
	const account = accountText(read)[language];
	if (account !== "") yield account;
	for (const sentence of read)
		if (sentence.about === "error") yield sentenceText(sentence)[language];
}

function costText(seconds: number, language: Language): string {
	const minutes = Math.ceil(seconds / MINUTE_S);
	return language === "fr"
		? `les nuits de ses rues types demandent ${minutes} min de processeur ; la carte joue chaque solution dès qu'elle est prête`
		: `the nights of its typical streets take ${minutes} min of CPU; the map plays each option as soon as it is ready`;
}
