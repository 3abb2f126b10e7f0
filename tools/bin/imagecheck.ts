/**
 * Image check: the flash that an image takes, by part or by module, and whether it fits.
 *
 * `npm run image:check [-- --board NAME] [--modules]` needs the Moddable SDK, not ESP-IDF. Fails on a
 * warning of the linker about a module of ours (each is a pointer in every lamp, and a copy when it
 * is written to), where the image does not fit into the slot of a development image, and on a module
 * of the SDK's own TLS.
 */
import { createHash } from "node:crypto";
import { ENGINE_BYTES, fitsOf, IDF_BYTES, TLS_BYTES } from "../image/fit.js";
import { ENGINE, KEYS, SLOT_BYTES, tableBytes, type Weight, weights } from "../image/heap.js";
import { boardOf, linkFor } from "../toolchain/esp32.js";
import { type TlsBytes, tlsBytes } from "../toolchain/mbedtls.js";
import { refuse, wordsOf } from "../words.js";

const OURS = /^### warning: ((luminode|host|native|moddable)\/|suncalc:)/;
/** The SDK's TLS and its arithmetic: hosts/tls takes their place, and neither may come back. */
const REPLACED = /^(ssl(\/|$)|ecdsa$|rsa$|pkcs1_5$|x509$|embedded:io\/socket\/tcp\/tls$)/;

const COMMAND = "npm run image:check";
const HELP = `usage: npm run image:check [-- --board NAME] [--modules | --mbedtls FOLDER]

Prints what an image for a board takes in flash, and whether it fits. Exit code 1: it does not fit, the linker warns
about a module of luminode, or the image contains a module of the SDK's own TLS. Needs MODDABLE, not ESP-IDF.
Boards: the folders of hosts/esp32/boards.
  --modules  slots and bytes of each module, compiled by itself: where they come from, not what the image takes
  --mbedtls  compiles hosts/tls and the sources of Mbed TLS 3.6 (apt-get source mbedtls) for rv32imc, and counts
             both instead of an allowance; needs gcc-riscv64-unknown-elf and picolibc-riscv64-unknown-elf`;

const options = {
	board: { type: "string" },
	modules: { type: "boolean" },
	mbedtls: { type: "string" },
} as const;
const { values } = wordsOf({ command: COMMAND, help: HELP, options });
const board = boardOf(COMMAND, values.board);
const tls = values.mbedtls === undefined ? undefined : tlsOf(values.mbedtls);
const { source, warnings } = await linkFor(board, !values.modules);
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
	const heaviest = all.sort(([, one], [, other]) => bytesOf(other) - bytesOf(one));
	for (const [name, weight] of heaviest) print(row(name, weight));
	print(row("together", sumOf(/./)));
	process.exit(0);
}
const own = /^(luminode|host|native|moddable)\/|^suncalc$/;
print(row("src/ and hosts/", sumOf(own)));
print(row("the SDK", sumOf(new RegExp(`^(?!\\(|${own.source.slice(1).replace("|^", "|")})`))));
print(row("built-in objects", sumOf(new RegExp(`^\\${ENGINE.slice(0, -1)}`))));
print(row("names", sumOf(new RegExp(`^\\${KEYS.slice(0, -1)}`))));
print(row("together", sumOf(/./)));
const contents = bytesOf(sumOf(/./)) + tableBytes(source);
const bytes = (what: string, value: number): void =>
	print(`  ${what.padEnd(66)} ${grouped(value)}`);
bytes("with tables", contents);
bytes("allowance: XS, its C library, C of the SDK", ENGINE_BYTES);
bytes("allowance: ESP-IDF, lwIP, Wi-Fi", IDF_BYTES);
if (tls) {
	bytes("hosts/tls, by gcc for rv32imc", tls.own);
	bytes("Mbed TLS 3.6, what hosts/tls reaches and Wi-Fi does not, likewise", tls.library);
	bytes("(what Wi-Fi reaches of it, in its allowance)", tls.ofWifi);
} else bytes("allowance: Mbed TLS and hosts/tls", TLS_BYTES);
const fits = fitsOf(contents + (tls ? tls.own + tls.library : TLS_BYTES));
for (const { profile, slot, room } of fits)
	print(
		`  ${profile}: ${room < 0 ? `DOES NOT FIT into ${grouped(slot).trim()} bytes by ${grouped(-room).trim()}` : `fits into ${grouped(slot).trim()} bytes, ${grouped(room).trim()} left`}`,
	);
print(`  sha256 of the contents ${createHash("sha256").update(source).digest("hex")}`);
const ours = warnings.filter((line) => OURS.test(line));
for (const line of warnings) print(`  ${line.replace(/^### /, "")}`);
print(`  ${warnings.length} warnings of the linker, ${ours.length} of ours`);
const replaced = all.map(([name]) => name).filter((name) => REPLACED.test(name));
for (const name of replaced) print(`  ${name}: a module of the SDK's own TLS`);
process.exit(fits[0]!.room >= 0 && ours.length + replaced.length === 0 ? 0 : 1);

function tlsOf(folder: string): TlsBytes {
	try {
		return tlsBytes(folder);
	} catch (error) {
		return refuse(COMMAND, (error as Error).message);
	}
}
