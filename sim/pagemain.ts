/** Page's main: `npx luminode page`: the street as a page that needs neither server nor installation. */
import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { orRefuse, refuse, wordsOf } from "../lib/words.js";
import { townServerOf } from "../town/main.js";
import { TOWN_OPTIONS } from "../town/nights/townnights.js";
import type { ShownTown } from "../town/server/showntown.js";
import type { CarriedTown } from "./browser/kit.js";
import { servesJobs } from "./cli/jobs.js";
import { SOURCES } from "./cli/words.js";
import { FLAGS, type Options, optionsOf } from "./options/options.js";
import { type Values, without } from "./options/values.js";
import { sourcesOf } from "./pack/licences.js";
import { fileOf, filesOf, makePage } from "./pack/page.js";
import { serve } from "./worker.js";

const COMMAND = "luminode page";
const HELP = `usage: ${COMMAND} --site DIR | --out FILE [--town T] [--engine FILE] [OPTION ...]

Writes the page of a street that carries its simulation: the firmware runs in the browser, nothing is
installed and nothing is asked of anybody (docs/page.md).

  --site DIR       a folder for any static web server: the form for phones and for a link
  --out FILE       one file, such as street.html, that opens without network and server
  --town T         with a town, its nights and its streets: example, made or a file of lights
  --engine FILE    with another engine, a WebAssembly module compiled from the sources beside the page

Every other option is one of the simulator's, for the street with which the page opens
(--neighbours --group quay,square). The sources of the engine are written beside the page.
`;
/** Of the command itself. */
const OWN = ["site", "out", "engine", "help"];
/** Options of the simulator that need files, ports or processes of a machine. */
const OF_A_MACHINE = [
	"broker",
	"user",
	"password-file",
	"watch-user",
	"ca",
	"cert",
	"key",
	"port",
	"serial",
	"headless",
	"streets",
	"shard",
	"lux",
	"traffic",
	"trace",
	"summary",
	"replay",
	"other-firmware",
	"plant",
	"second",
	"image",
	"image-key",
];
/** The street of npm start. */
const STREET: Values = { neighbours: true, group: "quay,square" };

const print = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
	const text = { type: "string" } as const;
	const { values: words } = wordsOf({
		command: COMMAND,
		help: HELP,
		options: { ...FLAGS, site: text, out: text, engine: text },
	});
	const { site, out, engine } = words;
	if ((site === undefined) === (out === undefined))
		refuse(COMMAND, "say where: --site DIR or --out FILE, one of them");
	const kept = OF_A_MACHINE.find((name) => name in words);
	if (kept !== undefined)
		refuse(
			COMMAND,
			`--${kept}: a page cannot have it; the simulator can: npm start -- --${kept} ...`,
		);
	if (out !== undefined) prepare("out", out, dirname(out));
	if (site !== undefined) prepare("site", site, site);
	const module = engine === undefined ? {} : { engine: readEngineFile(engine) };
	const given = without({ ...words } as Values, OWN);
	const values = { ...STREET, ...without(given, ["town", "lines"]) };
	const options = orRefuse(COMMAND, () => optionsOf({ ...given, ...values }, SOURCES));
	const town = options.town === undefined ? undefined : await carriedTown(options);
	const page = await makePage({ values, town, ...module }, print);
	const sources = gzipSync(await sourcesOf(print), { level: 9 });
	if (out !== undefined) {
		write(out, fileOf(page));
		write(`${out.replace(/\.html?$/, "")}-engine-sources.tar.gz`, sources);
	} else if (site !== undefined) {
		for (const [name, bytes] of filesOf(page)) write(join(site, name), bytes);
		write(join(site, "engine-sources.tar.gz"), sources);
	}
}

/** No night is simulated for a page that cannot be written: makes its folder, or ends the command. */
function prepare(name: string, path: string, folder: string): void {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK);
		const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
		if (name === "out" && isFolder)
			refuse(COMMAND, `--out ${path}: is a folder; name a file in it`);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const why = code === "EEXIST" ? `${folder} is not a folder` : code;
		refuse(COMMAND, `--${name} ${path}: cannot be written (${why})`);
	}
}

function readEngineFile(path: string): Buffer {
	try {
		const bytes = readFileSync(path);
		if (WebAssembly.validate(bytes)) return bytes;
		return refuse(COMMAND, `--engine ${path}: is not a WebAssembly module`);
	} catch (error) {
		return refuse(
			COMMAND,
			`--engine ${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`,
		);
	}
}

function write(path: string, bytes: string | Uint8Array): void {
	writeFileSync(path, bytes);
	process.stdout.write(`${path}: ${Buffer.byteLength(bytes)} bytes\n`);
}

/** The town with all its nights; those that are missing are simulated first. */
async function carriedTown(options: Options): Promise<CarriedTown> {
	const server = await townServerOf({ ...options, keeps: true }, print);
	if (typeof server === "string") return refuse(COMMAND, server);
	const { shownTown } = server;
	await shownTown.begin();
	if (shownTown.failure !== undefined) refuse(COMMAND, `the nights failed: ${shownTown.failure}`);
	return townOf(shownTown);
}

function townOf(shown: ShownTown): CarriedTown {
	const nights = TOWN_OPTIONS.map((option) => [option, shown.night(option)!.toString("base64")]);
	return {
		town: shown.town.toString("base64"),
		nights: Object.fromEntries(nights) as CarriedTown["nights"],
		progress: shown.progress,
		streets: shown.about.town.streets.map((_street, index) => shown.streetValues(index)!),
		first: shown.first,
	};
}

if (!servesJobs(serve)) await main().catch((error: Error) => refuse(COMMAND, error.message));
