/**
 * Arguments: the command line of `npx luminode factory`, checked before a vault or a port is opened.
 */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, relative } from "node:path";
import { textOfFile } from "../../lib/files.js";
import { isProfile, type Profile } from "../../lib/profiles.js";
import { projectRoot } from "../../lib/root.mjs";
import { wordsIn } from "../../lib/text/options.js";
import { Trouble } from "../../lib/text/trouble.js";
import { boardNames, chipOf, nameOf, PARTITIONS } from "../toolchain/esp32.js";
import { type Partition, partitionOf, partitionsIn } from "../toolchain/partitions.js";
import { hardwareOf } from "../toolchain/sdkconfig.js";
import type { Chip } from "./fuses.js";
import type { Common } from "./identity.js";
import { text } from "./texts.js";

const FLAGS = {
	board: { type: "string", default: "esp32-devkit" },
	profile: { type: "string" },
	image: { type: "string" },
	port: { type: "string" },
	console: { type: "string" },
	vault: { type: "string" },
	"update-key": { type: "string", multiple: true },
	ca: { type: "string" },
	certificate: { type: "string" },
	serials: { type: "string" },
	scan: { type: "boolean", default: false },
	label: { type: "string" },
	station: { type: "string" },
	bench: { type: "string" },
	tests: { type: "string", default: "all,pir" },
	lamp: { type: "string" },
	to: { type: "string" },
} as const;

interface AskedAlways {
	readonly vault: string;
}
interface ListAsked extends AskedAlways {
	readonly kind: "list";
}
interface IdentityAsked extends AskedAlways {
	readonly kind: "identity";
	readonly common: Common;
	readonly certificates: string | undefined;
	readonly serial: string;
	readonly folder: string;
	/** Of the partition. */
	readonly bytes: number;
}
export interface StationAsked extends AskedAlways {
	readonly kind: "make" | "seal";
	readonly common: Common;
	readonly certificates: string | undefined;
	readonly chip: Chip;
	/** Of the board, as its images name it. */
	readonly hardware: string;
	readonly partitions: readonly Partition[];
	/** Folder of the image. */
	readonly image: string;
	readonly port: string;
	readonly console: string;
	/** Undefined: none; each controller is named by its chip. */
	readonly serials: readonly string[] | undefined;
	readonly isScan: boolean;
	readonly labels: string | undefined;
	readonly station: string;
	readonly settings: readonly (readonly [name: string, value: string])[];
	readonly tests: readonly string[];
}
export type Asked = ListAsked | IdentityAsked | StationAsked;

/** Undefined: help. Throws `Trouble`. */
export function factoryArguments(args: readonly string[]): Asked | undefined {
	const { values, positionals } = wordsIn(args, FLAGS);
	if (values.help) return undefined;
	const [kind, extra] = positionals;
	if (extra !== undefined) throw new Trouble(text("oddWord", extra));
	const vault = needed(values.vault, "--vault", "city.vault");
	if (kind === "list") return { kind, vault };
	if (kind !== "make" && kind !== "seal" && kind !== "identity")
		throw new Trouble(text("whichVerb"));
	const partitions = partitionsIn(readFileSync(join(projectRoot(), PARTITIONS), "utf8"));
	const profile = profileOf(kind, values.profile);
	const common: Common = {
		profile,
		updateKeys: (values["update-key"] ?? []).map(textOfFile),
		ca: values.ca === undefined ? undefined : textOfFile(values.ca),
	};
	const certificates = values.certificate;
	if (kind === "identity") {
		const serial = needed(values.lamp, "--lamp", "L-0017");
		const folder = needed(values.to, "--to", "identity");
		const { bytes } = partitionOf(partitions, "nvs");
		return { kind, vault, common, certificates, serial, folder, bytes };
	}
	const { board } = values;
	if (!boardNames().includes(board))
		throw new Trouble(text("noBoard", board, boardNames().join(", ")));
	const built = join(projectRoot(), "out/bin/esp32", nameOf(board, profile), "release/luminode");
	return {
		kind,
		vault,
		common,
		certificates,
		partitions,
		chip: chipOf(board) as Chip,
		hardware: hardwareOf(board),
		image: values.image ?? relative(process.cwd(), built),
		port: needed(values.port, "--port", "/dev/ttyUSB0"),
		console: needed(values.console, "--console", "/dev/ttyUSB1"),
		serials: values.serials === undefined ? undefined : linesOf(values.serials),
		isScan: values.scan,
		labels: values.label,
		station: values.station ?? hostname(),
		settings: values.bench === undefined ? [] : settingsIn(values.bench),
		tests: values.tests.split(","),
	};
}

function needed(value: string | undefined, option: string, example: string): string {
	if (value === undefined) throw new Trouble(text("missing", option, example));
	return value;
}

/** `seal` takes an image of release; `make` any other, none of which burns a fuse. */
function profileOf(kind: string, named: string | undefined): Profile {
	const profile = named ?? (kind === "seal" ? "release" : "bring-up");
	const isRight = kind === "identity" || (kind === "seal") === (profile === "release");
	if (!isProfile(profile) || !isRight) throw new Trouble(text("badProfile", profile, kind));
	return profile;
}

const linesOf = (path: string): string[] =>
	textOfFile(path)
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== "");

/** `NAME VALUE` in each line. */
function settingsIn(path: string): (readonly [string, string])[] {
	return linesOf(path).map((line) => {
		const [, name, value] = /^(\w+)\s+(.+)$/.exec(line) ?? [];
		if (!name || !value) throw new Trouble(text("badBench", path, line));
		return [name, value] as const;
	});
}
