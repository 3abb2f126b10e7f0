/**
 * Image check: size of an image for a board, and linker warnings about our modules.
 *
 * `npm run image:check [-- --board NAME]` needs the Moddable SDK, not ESP-IDF. Fails on a warning
 * of the linker about a module of ours: each is a pointer in every lamp, and a copy when it is
 * written to; and on a module of the SDK's own TLS.
 */
import { boardOf, linkFor } from "../toolchain/esp32.js";
import { wordsOf } from "../words.js";

const OURS = /^### warning: (luminode|host|native)\//;
/** The SDK's TLS and its arithmetic: hosts/tls takes their place, and neither may come back. */
const REPLACED = /^(ssl(\/|$)|ecdsa$|rsa$|pkcs1_5$|x509$|embedded:io\/socket\/tcp\/tls$)/;
const SLOT_BYTES = 16;

const COMMAND = "npm run image:check";
const HELP = `usage: npm run image:check [-- --board NAME]

Prints the size of an image for a board. Exit code 1: the linker warns about a module of luminode, or
the image contains a module of the SDK's own TLS.
Needs MODDABLE, not ESP-IDF. Boards: the folders of hosts/esp32/boards.`;

const options = { board: { type: "string" } } as const;
const board = boardOf(COMMAND, wordsOf({ command: COMMAND, help: HELP, options }).values.board);
const { source, warnings, code } = await linkFor(board);

const bytesIn = (room: RegExp): number => {
	let sum = 0;
	for (const [name, bytes] of code) if (room.test(name)) sum += bytes;
	return sum;
};
const counted = (name: string): number =>
	Number(new RegExp(`#define mx${name}Count (\\d+)`).exec(source)?.[1] ?? Number.NaN);
const figure = (what: string, value: number, unit: string): void => {
	process.stdout.write(`  ${what.padEnd(36)} ${value.toLocaleString("en").padStart(9)} ${unit}\n`);
};

process.stdout.write(`${board}\n`);
figure("byte code, src/", bytesIn(/^luminode\//), "bytes of flash");
figure("byte code, hosts/", bytesIn(/^(host|native)\/|^main$/), "bytes of flash");
figure(
	"byte code, the SDK and suncalc",
	bytesIn(/^(?!luminode\/|host\/|native\/|main$)/),
	"bytes of flash",
);
figure("preloaded slots", counted("Heap") + counted("Stack"), "of 16 bytes of flash");
figure("that is", (counted("Heap") + counted("Stack")) * SLOT_BYTES, "bytes of flash");
figure("aliases of what is not frozen", counted("Alias"), "of 4 bytes of memory");
const ours = warnings.filter((line) => OURS.test(line));
for (const line of warnings) process.stdout.write(`  ${line.replace(/^### /, "")}\n`);
process.stdout.write(`  ${warnings.length} warnings of the linker, ${ours.length} of ours\n`);
const replaced = [...code.keys()].filter((name) => REPLACED.test(name));
for (const name of replaced) process.stdout.write(`  ${name}: a module of the SDK's own TLS\n`);
process.exit(ours.length + replaced.length === 0 ? 0 : 1);
