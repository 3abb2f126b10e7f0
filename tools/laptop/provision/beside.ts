/**
 * Beside the vault: arguments of `npx luminode provision` that are found there or chosen by one key, so
 * that a pole needs no long command.
 *
 * `luminode.json` holds options by their names, as `{"site": "site.csv", "label": "labels"}`; its
 * paths begin at its folder. The one vault, the one site file and the one plugged-in port need no
 * entry; of several one is chosen, and the choice is written there. A word on the command line wins.
 */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { replaceFile, textOfFile } from "../../../lib/files.js";
import type { Language } from "../../../lib/text/bilingual.js";
import { verbatim } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { type Asking, choose } from "../../../lib/vault/ask.js";
import { listPorts } from "../line/ports.js";
import { summaryOf } from "../site/cart.js";
import { recorded } from "../site/protocol.js";
import { readSite } from "../site/sitefile.js";
import { text } from "../text/texts.js";

export const CONFIGURATION = "luminode.json";
const PATHS = ["site", "vault", "protocol", "label", "certificate", "ca", "exports"] as const;
const OPTIONS: readonly string[] = [...PATHS, "port", "tests"];
/** The first title of a protocol, which is no site file. */
const PROTOCOL_TITLE = /^\uFEFF?"?time"?[,;\t]/;
const NODE_COLUMN = /(^|[,;\t"])node($|[,;\t"])/m;

const QUESTIONS = { site: "chooseSite", vault: "chooseVault", port: "choosePort" } as const;

/** Options of the command line, by name. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

type Ports = () => Promise<readonly { readonly path: string; readonly name: string }[]>;

/** The options that are not given, as far as they are found. Throws `Trouble`. */
export async function foundBeside(
	given: Given,
	seat: Asking,
	language: Language,
	ports: Ports = listPorts,
): Promise<Readonly<Record<string, string>>> {
	const folder = typeof given.vault === "string" ? dirname(given.vault) : ".";
	const path = join(folder, CONFIGURATION);
	const stored = storedIn(path);
	const found: Record<string, string> = {};
	const chosen: Record<string, string> = {};
	for (const [name, value] of Object.entries(stored))
		if (given[name] === undefined) found[name] = inFolder(folder, name, value);
	const isThere = (name: string) => given[name] !== undefined || found[name] !== undefined;
	const look = async (name: "site" | "vault" | "port", names: readonly string[]) => {
		if (isThere(name) || names.length === 0) return;
		const index =
			names.length === 1
				? 0
				: await choose(seat, text(QUESTIONS[name]), names.map(verbatim), language);
		if (index === undefined) throw new Trouble(text("several", name, names.join(", ")));
		found[name] = name === "port" ? names[index]! : join(folder, names[index]!);
		if (names.length > 1) chosen[name] = names[index]!;
	};
	const files = readdirSync(folder);
	await look(
		"site",
		files.filter((file) => file.endsWith(".csv") && isSite(join(folder, file))),
	);
	const isBare = given.summary === true;
	if (!isBare)
		await look(
			"vault",
			files.filter((file) => file.endsWith(".vault")),
		);
	if (!isBare && given["to-text"] === undefined) {
		if (found.port !== undefined && isGone(found.port)) delete found.port;
		if (!isThere("port"))
			await look(
				"port",
				(await ports()).filter(({ name }) => name !== "").map((port) => port.path),
			);
	}
	if (Object.keys(chosen).length > 0)
		replaceFile(path, `${JSON.stringify({ ...stored, ...chosen }, null, "\t")}\n`);
	return found;
}

/** The pole of this run, chosen among those that are missing; undefined: nobody is asked. */
export async function chosenPole(
	site: string,
	protocol: string,
	seat: Asking,
	language: Language,
): Promise<string | undefined> {
	if (!seat.stdin.isTTY) return undefined;
	const { missing, lines } = summaryOf({
		site: readSite(site),
		protocol: recorded(protocol),
		vault: undefined,
	});
	if (missing.length === 0) throw new Trouble(lines[0]!);
	const rows = missing.map(({ pole, values }) => verbatim(`${pole}  ${values.get("node")}`));
	const index = await choose(seat, text("choosePole"), rows, language);
	return index === undefined ? undefined : missing[index]!.pole;
}

function storedIn(path: string): Readonly<Record<string, string>> {
	if (!existsSync(path)) return {};
	let stored: unknown;
	try {
		stored = JSON.parse(textOfFile(path));
	} catch {
		throw new Trouble(text("badConfiguration", path, OPTIONS.join(", ")));
	}
	const isWrong = ([name, value]: [string, unknown]) =>
		!OPTIONS.includes(name) || typeof value !== "string" || value === "";
	if (
		typeof stored !== "object" ||
		Array.isArray(stored) ||
		stored === null ||
		Object.entries(stored).some(isWrong)
	)
		throw new Trouble(text("badConfiguration", path, OPTIONS.join(", ")));
	return stored as Readonly<Record<string, string>>;
}

function inFolder(folder: string, name: string, value: string): string {
	const isPath = (PATHS as readonly string[]).includes(name) && !/^([/\\]|[A-Za-z]:)/.test(value);
	return isPath ? relative(".", join(folder, value)) || "." : value;
}

/** A plug that is not there today; a port of another kind is tried. */
function isGone(port: string): boolean {
	return port.startsWith("/") && !existsSync(port);
}

function isSite(path: string): boolean {
	const [first = "", second = ""] = textOfFile(path).split(/\r?\n/, 2);
	const titles = /^\uFEFF?"?sep=/i.test(first) ? second : first;
	return NODE_COLUMN.test(titles) && !PROTOCOL_TITLE.test(titles);
}
