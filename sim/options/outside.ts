/**
 * Outside: options of a broker outside, and of the part of a city that this street is.
 */
import type { Sources } from "./sources.js";

/** Password of all lamps, or of each user, for scripts; a file is `--password-file`. */
const PASSWORD_VARIABLE = "LUMINODE_BROKER_PASSWORD";

/** Brokers outside, and how a lamp is admitted. */
export interface Outside {
	/** Empty: the embedded broker. */
	readonly urls: readonly URL[];
	/** With `{node}` and `{serial}` in it; undefined: none. */
	readonly user: string | undefined;
	/** Of a user; undefined: none. */
	password(user: string): string | undefined;
	/** PEM of `ca`, `cert` or `key`, for a node; undefined: none. */
	pem(what: "ca" | "cert" | "key", node: string): string | undefined;
	/** Account of the simulator's own client, which observes orders; undefined: that of no lamp. */
	readonly watchUser: string | undefined;
}

/** Names and place of this street in a city of several. */
export interface Part {
	readonly site: string;
	/** The lamps are in these groups, each a stretch of the street; empty: in none. */
	readonly groups: readonly string[];
	/** Number of the first lamp. */
	readonly first: number;
	/** Degrees; undefined: the default street. */
	readonly place: readonly [latitude: number, longitude: number] | undefined;
}

export const OUTSIDE_FLAGS = {
	broker: { type: "string" },
	user: { type: "string" },
	"password-file": { type: "string" },
	"watch-user": { type: "string" },
	ca: { type: "string" },
	cert: { type: "string" },
	key: { type: "string" },
	site: { type: "string" },
	group: { type: "string" },
	first: { type: "string" },
	place: { type: "string" },
} as const;

export const OUTSIDE_HELP = `  --broker URL     embedded, mqtt://host:port or mqtts://host:port; several with commas
                   between them for the lamps' address list (embedded)
  --user NAME      user of the lamps at that broker; {node} and {serial} are replaced
  --password-file FILE  their password, or lines USER:PASSWORD; or the variable
                   ${PASSWORD_VARIABLE}
  --watch-user NAME  user of the simulator's own client, which observes orders
  --ca FILE        authority that signed the broker's certificate, PEM
  --cert FILE      certificate of a lamp; {node} in the name is replaced
  --key FILE       its key, likewise
  --site NAME      site of the lamps (liege)
  --group NAME     group of the lamps; several with commas between them share the street
                   in stretches of equal length, e.g. quay,square (none)
  --first N        number of the first lamp, so that several simulators are one city;
                   from 2 on with --headless (1)
  --place LAT,LON  place of the street, degrees; --place=LAT,LON in the south
`;

const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const SCHEMES = ["mqtt:", "mqtts:"];
/** Five digits in a node's name. */
export const LAST_NUMBER = 99_999;
const NO_NODES = ["all", "group"];

type Text = (name: keyof typeof OUTSIDE_FLAGS) => string | undefined;

/** Throws an `Error` with a line to print. */
export function readOutside(text: Text, sources: Sources): Outside {
	const read = (option: string, path: string) => {
		try {
			return sources.read(path);
		} catch (error) {
			throw new Error(`--${option} ${path}: ${(error as Error).message}`);
		}
	};
	const broker = text("broker") ?? "embedded";
	const urls = broker === "embedded" ? [] : broker.split(",").map(urlOf);
	const given = (["user", "password-file", "ca", "cert", "key", "watch-user"] as const).find(
		(name) => text(name) !== undefined,
	);
	if (urls.length === 0 && given !== undefined)
		throw new Error(`--${given}: only with a broker outside, e.g. --broker mqtts://127.0.0.1:8883`);
	const secure = urls.filter(({ protocol }) => protocol === "mqtts:").length;
	if (secure > 0 && secure < urls.length)
		throw new Error(`--broker ${broker}: mqtt:// and mqtts:// together; a lamp has one of them`);
	if (secure > 0 && text("ca") === undefined)
		throw new Error("--ca is missing: a lamp trusts the city's authority alone, e.g. --ca ca.pem");
	if ((text("cert") === undefined) !== (text("key") === undefined))
		throw new Error("--cert and --key belong together: give both");
	const file = text("password-file");
	const user = text("user");
	if (file !== undefined && user === undefined)
		throw new Error("--password-file needs a user, e.g. --user {node}");
	const source =
		file === undefined ? sources.variable(PASSWORD_VARIABLE) : read("password-file", file);
	const files = new Map<string, string>();
	return {
		urls,
		user,
		password: passwordsOf(source),
		watchUser: text("watch-user"),
		pem(what, node) {
			const name = text(what)?.replaceAll("{node}", node);
			if (name === undefined) return undefined;
			const before = files.get(name);
			if (before !== undefined) return before;
			const pem = read(what, name);
			files.set(name, pem);
			return pem;
		},
	};
}

function urlOf(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !SCHEMES.includes(url.protocol) || url.hostname === "")
		throw new Error(
			`--broker ${text}: neither embedded nor mqtt://host:port nor mqtts://host:port`,
		);
	if (url.username || url.password)
		throw new Error(
			"--broker has a name or a password in it, where other users of the machine can read it: " +
				"use --user NAME and --password-file FILE",
		);
	return url;
}

/** One password for all, or lines `USER:PASSWORD`. */
function passwordsOf(source: string | undefined): Outside["password"] {
	if (source === undefined) return () => undefined;
	const lines = source.split(/\r?\n/).filter(Boolean);
	const pairs = lines.map((line) => /^([^:]+):(.*)$/.exec(line));
	if (lines.length === 1 && !pairs[0]) return () => lines[0];
	const byUser = new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!]] : [])));
	return (user) => byUser.get(user);
}

/** The group of lamp n; the empty text is none. */
export function groupOf({ groups, first }: Part, lamps: number, lamp: number): string {
	return groups[Math.floor(((lamp - first) * groups.length) / lamps)] ?? "";
}

export function readPart(text: Text, lamps: number, isHeadless: boolean): Part {
	const name = (option: "site" | "group", value: string) => {
		if (!NAME.test(value) || NO_NODES.includes(value))
			throw new Error(`--${option} ${value}: not 1-32 of A-Z a-z 0-9 _ -, e.g. --${option} quay`);
		return value;
	};
	const groups = (text("group")?.split(",") ?? []).map((group) => name("group", group));
	if (new Set(groups).size < groups.length || groups.length > lamps)
		throw new Error(
			`--group ${groups.join(",")}: each name once, and no more than lamps, e.g. --group quay,square`,
		);
	const given = text("first");
	const first = Number(given ?? 1);
	const isFit = Number.isInteger(first) && first >= 1 && first + lamps - 1 <= LAST_NUMBER;
	if (given !== undefined && !isFit)
		throw new Error(
			`--first ${given}: not a number from 1 so that the last lamp is ${LAST_NUMBER} at most`,
		);
	if (first > 1 && !isHeadless)
		throw new Error(
			`--first ${first}: only with --headless, for page and serial lines count from 1`,
		);
	return {
		site: name("site", text("site") ?? "liege"),
		groups,
		first,
		place: placeOf(text("place")),
	};
}

function placeOf(text: string | undefined): Part["place"] {
	if (text === undefined) return undefined;
	const [latitude, longitude, more] = text
		.split(",")
		.map((part) => (part.trim() ? Number(part) : NaN));
	const isPlace = Math.abs(latitude ?? NaN) <= 90 && Math.abs(longitude ?? NaN) <= 180;
	if (isPlace && more === undefined) return [latitude!, longitude!];
	throw new Error(`--place ${text}: not a latitude and a longitude, e.g. --place 50.645,5.573`);
}
