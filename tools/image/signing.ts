/**
 * Signing: creates the keys of images, signs an image, verifies one, and writes the offer for it.
 *
 * A private key is written once, for its owner alone, and never into a repository. Exit status 0:
 * done; 1: not genuine; 2: bad arguments or a failure, with the reason on standard error.
 */
import { createPrivateKey, generateKeyPairSync, verify } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
	faultsOf,
	headerPath,
	keyIdOfPoint,
	pointOf,
	publicKeyOf,
	readPublic,
	readSigned,
} from "../../lib/firmware/signedimage.js";
import type { ImageHeader } from "../../src/update/header.js";
import { headerText, signImage } from "./signimage.js";
import { signList } from "./signlist.js";

interface Answer {
	readonly status: 0 | 1 | 2;
	readonly text: string;
}

const USAGE = `usage: luminode sign keys DIRECTORY [--name NAME]
       luminode sign image FILE --key NAME.key --counter N
       luminode sign verify FILE --public NAME.public
       luminode sign list FILE.public --key NAME.key --counter N

keys    writes NAME.key, the private key that signs, and NAME.public, the key for the lamps;
        not into a repository, and never over an existing file (NAME: image)
image   reads board, chip, version and profile out of FILE, and writes FILE.header beside it:
        the "header" of an offer, in base 64
verify  checks that FILE.header is the signature of FILE by that key, or one of up to three
list    signs the keys in FILE.public, the whole new list of the lamps in the order of their use,
        and writes FILE.public.NAME.list: once by a key that the lamps hold, once by a new one

--counter   of images 0 or higher: a lamp rejects a counter below the highest that it has kept; of
            lists 1 or higher, and higher with each
--hardware  what the image must be for, as in the lamps' birth: esp32-devkit/1
--version   what its version must be: the swVersion of its build, by which a lamp distinguishes
            it from the previous one
--profile   what its profile must be: bring-up, development or release
A word that differs from the image is refused. For the simulator any file is signed, and names are
needed: --hardware virtual/1 --version 1.2.0

Exit code: 0 done or genuine, 1 not genuine, 2 invalid command or not possible.
Guide, with a first try in the simulator: docs/update.md`;

/** Runs `npx luminode sign ...` and returns its output. */
export function signing(args: readonly string[]): Answer {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				name: { type: "string", default: "image" },
				key: { type: "string" },
				public: { type: "string" },
				hardware: { type: "string" },
				version: { type: "string" },
				profile: { type: "string" },
				counter: { type: "string" },
				help: { type: "boolean" },
			},
		});
		if (values.help) return done(USAGE);
		const [what, path] = positionals;
		const given = (name: "key" | "public" | "counter"): string => {
			const value = values[name];
			if (value === undefined) throw new Error(`--${name} is missing (--help)`);
			return value;
		};
		if (what === undefined) return { status: 2, text: `${USAGE}\n` };
		if (!["keys", "image", "verify", "list"].includes(what))
			throw new Error(`${what} is none of keys, image, verify, list; --help explains each`);
		if (path === undefined || positionals.length > 2)
			throw new Error(`${what} takes one ${what === "keys" ? "directory" : "file"} (--help)`);
		if (what === "keys") return done(makeKeys(path, values.name));
		if (what === "verify") return verdict(path, given("public"));
		if (what === "list") {
			const name = basename(given("key")).replace(/\.key$/, "");
			return done(signList(path, readSecret(given("key")), name, given("counter")));
		}
		const { hardware, version, profile } = values;
		const options = { hardware, version, profile, counter: given("counter") };
		return done(signImage(path, readSecret(given("key")), options));
	} catch (error) {
		return { status: 2, text: `sign: ${inWords(error as NodeJS.ErrnoException)}\n` };
	}
}

/** A system error code in words. */
function inWords({ code, path, message }: NodeJS.ErrnoException): string {
	if (code === "ENOENT") return `${path} is not there`;
	if (code === "EISDIR") return "that is a directory: name a file";
	return message;
}

const done = (text: string): Answer => ({ status: 0, text: `${text}\n` });

function makeKeys(directory: string, name: string): string {
	if (!/^[\w-]+$/.test(name)) throw new Error("--name is of A-Z a-z 0-9 _ -");
	refuseRepository(resolve(directory));
	mkdirSync(directory, { recursive: true, mode: 0o700 });
	const [secret, open] = [join(directory, `${name}.key`), join(directory, `${name}.public`)];
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const pem = privateKey.export({ format: "pem", type: "pkcs8" });
	for (const file of [secret, open])
		if (existsSync(file)) throw new Error(`${file} is there already: a key is never written over`);
	writeFileSync(secret, pem, { mode: 0o600, flag: "wx" });
	writeFileSync(open, `${pointOf(pem as string).toString("hex")}\n`, { flag: "wx" });
	return `${secret}: the private key, for its owner alone\n${open}: for the lamps, as update.key`;
}

/** A key in a work tree is a commit away from publication. */
function refuseRepository(directory: string): void {
	let at = directory;
	while (!existsSync(at)) at = dirname(at);
	for (at = realpathSync(at); ; at = dirname(at)) {
		if (existsSync(join(at, ".git")))
			throw new Error(`${directory} is in the repository ${at}: keys belong outside`);
		if (at === dirname(at)) return;
	}
}

function readSecret(path: string): Buffer {
	const key = readFileSync(path);
	try {
		createPrivateKey(key);
	} catch {
		throw new Error(`${path} holds no private key: it is the .key that signs`);
	}
	return key;
}

function verdict(path: string, publicPath: string): Answer {
	const signed = readSigned(path);
	const { header } = signed;
	if (!header) return { status: 1, text: `${basename(headerPath(path))} holds no header\n` };
	const point = readPublic(publicPath).find((each) => keyIdOfPoint(each) === header.keyId);
	const faults = faultsOf(signed);
	if (!point) faults.push("another key signed it");
	else if (!isGenuine(header, point)) faults.push("the signature is wrong");
	const lines = [headerText(header), ...(faults.length > 0 ? faults : ["genuine"])];
	return { status: faults.length > 0 ? 1 : 0, text: `${lines.join("\n")}\n` };
}

const isGenuine = ({ signed, signature }: ImageHeader, point: Buffer): boolean =>
	verify("sha256", signed, publicKeyOf(point), signature);
