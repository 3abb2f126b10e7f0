/**
 * Image check: the flash that an image takes, by part or by module, and whether it fits.
 *
 * `npm run host -- image [--board NAME] [--modules]` needs the Moddable SDK, not ESP-IDF: beside the
 * contents it takes what linked images took (tools/image/linked.ts). Fails on a warning of the linker
 * about a module of ours (each is a pointer in every lamp, and a copy when it is written to), where
 * the padded and signed image does not fit into a slot, and on a module of the SDK's own TLS.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { refuse, wordsOf } from "../../lib/words.js";
import { fitOf, slotBytes } from "../image/fit.js";
import { contentsOf, ENGINE, KEYS, SLOT_BYTES, type Weight, weights } from "../image/heap.js";
import { restOf } from "../image/linked.js";
import { boardOf, DEFAULT_BOARD, hasWifi, linkFor, PARTITIONS } from "../toolchain/esp32.js";
import { recordSdk } from "../toolchain/recordsdk.js";
import { sdkEnvironment } from "../toolchain/sdk.js";
import { RECORD } from "../toolchain/sdkmodules.js";

const OURS = /^### warning: ((luminode|host|native|moddable)\/|suncalc:)/;
/** The SDK's TLS and its arithmetic: hosts/tls takes their place, and neither may come back. */
const REPLACED = /^(ssl(\/|$)|ecdsa$|rsa$|pkcs1_5$|x509$|embedded:io\/socket\/tcp\/tls$)/;

const COMMAND = "npm run host -- image";
const HELP = `usage: npm run host -- image [--board NAME] [--modules | --record]

Prints what an image for a board takes in flash, and whether it fits. Exit code 1: it does not fit, the linker warns
about a module of luminode, or the image contains a module of the SDK's own TLS. Needs MODDABLE, not ESP-IDF.
Boards: the folders of hosts/esp32/boards (${DEFAULT_BOARD}).
  --modules  slots and bytes of each module, compiled by itself: where they come from, not what the image takes
  --record   writes what the images take of the SDK: to be run after a manifest names another path of it`;

const options = {
	board: { type: "string" },
	modules: { type: "boolean" },
	record: { type: "boolean" },
} as const;
const { values } = wordsOf({ command: COMMAND, help: HELP, options });
if (values.record) {
	const count = recordSdk(sdkEnvironment(COMMAND));
	process.stdout.write(`${RECORD} is written: ${count} paths of the SDK\n`);
	process.exit(0);
}
const board = boardOf(COMMAND, values.board);
const { source, warnings } = await linkFor(board, !values.modules).catch((error: Error) =>
	refuse(COMMAND, error.message),
);
const all = [...weights(source)];

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const grouped = (value: number): string => value.toLocaleString("en").padStart(9);
const bytesOf = ({ slots, code, text }: Weight): number => slots * SLOT_BYTES + code + text;
const row = (what: string, { slots, code, text }: Weight): string =>
	`  ${what.padEnd(36)} ${[slots, code, text].map(grouped).join(" ")} ${grouped(bytesOf({ slots, code, text }))}`;
const sumOf = (room: RegExp): Weight => {
	const sum = { slots: 0, code: 0, text: 0 };
	for (const [name, weight] of all)
		if (room.test(name))
			for (const key of ["slots", "code", "text"] as const) sum[key] += weight[key];
	return sum;
};

print(`${board}${values.modules ? ", each module compiled by itself" : ""}`);
print(`  ${"".padEnd(36)}     slots      code     texts     bytes`);
if (values.modules) {
	const heaviest = all.sort(([, weight], [, other]) => bytesOf(other) - bytesOf(weight));
	for (const [name, weight] of heaviest) print(row(name, weight));
	print(row("together", sumOf(/./)));
	process.exit(0);
}
const projectPattern = /^(luminode|host|native|moddable)\/|^suncalc$/;
print(row("src/ and hosts/", sumOf(projectPattern)));
print(
	row(
		"the SDK",
		sumOf(new RegExp(`^(?!\\(|${projectPattern.source.slice(1).replace("|^", "|")})`)),
	),
);
print(row("built-in objects", sumOf(new RegExp(`^\\${ENGINE.slice(0, -1)}`))));
print(row("names", sumOf(new RegExp(`^\\${KEYS.slice(0, -1)}`))));
print(row("together", sumOf(/./)));
const contents = contentsOf(source);
const bytes = (what: string, value: number): void =>
	print(`  ${what.padEnd(66)} ${grouped(value)}`);
bytes("with tables", contents);
const rest =
	restOf(board, hasWifi(board)) ??
	refuse(COMMAND, "no linked image is recorded: npx luminode build --profile release --record");
bytes(
	`XS, C, Mbed TLS and ESP-IDF, ${rest.isComputed ? "computed from" : "as linked for"} ${rest.from}`,
	rest.bytes,
);
const slot = slotBytes(readFileSync(PARTITIONS, "utf8"));
const { most, room } = fitOf(contents + rest.bytes, slot);
bytes(
	room < 0 ? "DOES NOT FIT: bytes too many" : `of ${most} bytes in a slot, signed, are left`,
	Math.abs(room),
);
print(`  sha256 of the contents ${createHash("sha256").update(source).digest("hex")}`);
const ours = warnings.filter((line) => OURS.test(line));
for (const line of warnings) print(`  ${line.replace(/^### /, "")}`);
print(`  ${warnings.length} warnings of the linker, ${ours.length} of ours`);
const replaced = all.map(([name]) => name).filter((name) => REPLACED.test(name));
for (const name of replaced) print(`  ${name}: a module of the SDK's own TLS`);
process.exit(room >= 0 && ours.length + replaced.length === 0 ? 0 : 1);
