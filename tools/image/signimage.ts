/**
 * Sign image: the header of one image, from the names in the image and the words of the person.
 *
 * A controller's image contains hardware, version and profile (espimage.ts): a word that differs is
 * refused, a word that is missing is taken from there. A simulated lamp takes a file of any bytes.
 */
import { sign } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { headerBytes } from "../../lib/firmware/imageheader.js";
import { headerPath, keyIdOfPoint, pointOf, sha256 } from "../../lib/firmware/signedimage.js";
import { isProfile, PROFILES } from "../../lib/profiles.js";
import { projectRoot } from "../../lib/root.mjs";
import { type ImageHeader, PRODUCT, parseHeader } from "../../src/update/header.js";
import { type EspImage, isEspImage, readEspImage } from "./espimage.js";
import { fitOf, PAGE_BYTES, slotBytes } from "./fit.js";

const HOST = "hosts/esp32";
/** The simulator's lamps; no board has this name. */
const SIMULATED = /^virtual\//;

/** Words of the command line; absent: taken from the image. */
export interface Words {
	readonly hardware?: string | undefined;
	readonly version?: string | undefined;
	readonly profile?: string | undefined;
	readonly counter: string;
}
type Named = "hardware" | "version" | "profile";

/** Writes the header beside the image, and returns a report of it. Throws with a sentence. */
export function signImage(path: string, key: Buffer, options: Words): string {
	const image = readFileSync(path);
	const { counter } = options;
	if (!/^\d+$/.test(counter)) throw new Error(`--counter is a whole number, not ${counter}`);
	const inside = insideOf(path, image, options);
	const signed = headerBytes({
		product: PRODUCT,
		...namesOf(inside, options),
		counter: Number(counter),
		length: image.length,
		digest: sha256(image),
		keyId: keyIdOfPoint(pointOf(key)),
	});
	const bytes = Buffer.concat([signed, sign("sha256", signed, key)]);
	writeFileSync(headerPath(path), `${bytes.toString("base64")}\n`);
	const sizes = inside ? `\n${sizesOf(image, inside)}` : "";
	return `${headerText(parseHeader(bytes)!)}${sizes}\n${headerPath(path)}: the header, for the offer`;
}

/** The contents of a header, for people. */
export function headerText(header: ImageHeader): string {
	const { product, hardware, version, profile, counter, length, digest, keyId } = header;
	const key = keyId.toString(16).padStart(8, "0");
	return (
		`${product} ${version} for ${hardware}, ${profile}, counter ${counter}, ${length} bytes, key ${key}\n` +
		`sha256 ${Buffer.from(digest).toString("hex")}`
	);
}

/** The names in the image; undefined: it is one for a simulated lamp. */
function insideOf(path: string, image: Buffer, { hardware }: Words): EspImage | undefined {
	if (!isEspImage(image)) {
		if (hardware !== undefined && SIMULATED.test(hardware)) return undefined;
		throw new Error(
			`${path} is not an image of a controller, which begins with 0xe9: name xs_esp32.bin of the build; for the simulator any file is signed with --hardware virtual/1`,
		);
	}
	const inside = readEspImage(image);
	checkChip(inside);
	if (inside.profile === "release" && !inside.isSigned)
		throw new Error(
			"a boot loader of release takes what secure boot signed: first espsecure sign-data --version 2 --keyfile boot.pem --output xs_esp32.signed xs_esp32.bin (docs/security.md)",
		);
	const { most, room } = fitOf(inside.plain, slot());
	if (room < 0)
		throw new Error(
			`the image has ${inside.plain} bytes, and ${most} fit into a slot, padded and signed: ${-room} too many (npm run host -- image shows its parts)`,
		);
	return inside;
}

/** The name and the chip in one image belong together, where this tree has the board. */
function checkChip({ hardware, chip }: EspImage): void {
	const boards = join(projectRoot(), HOST, "boards");
	const board = readdirSync(boards).find((name) => name === hardware.split("/")[0]);
	const manifest = join(boards, board ?? "", "manifest.json");
	if (board === undefined || !existsSync(manifest)) return;
	const boardChip = JSON.parse(readFileSync(manifest, "utf8")).build.ESP32_SUBCLASS;
	if (boardChip !== chip)
		throw new Error(
			`the image is for the chip ${chip}, and ${hardware} has an ${boardChip}: build it anew`,
		);
}

/** The names for the header. Throws for a word that the image contradicts, or that nothing gives. */
function namesOf(inside: EspImage | undefined, options: Words): Record<Named, string> {
	if (options.profile !== undefined && !isProfile(options.profile))
		throw new Error(`--profile is ${PROFILES.join(", ")}, not ${options.profile}`);
	const nameOf = (name: Named, example: string, initial?: string): string => {
		const word = options[name];
		const fromImage = inside?.[name];
		if (fromImage !== undefined && word !== undefined && word !== fromImage)
			throw new Error(
				`--${name} ${word}: the image is ${name} ${fromImage}, and a lamp would install it as such; leave --${name} out, or sign the image built as ${word}`,
			);
		const value = fromImage ?? word ?? initial;
		if (value === undefined) throw new Error(`--${name} is missing, such as --${name} ${example}`);
		return value;
	};
	return {
		hardware: nameOf("hardware", "virtual/1"),
		version: nameOf("version", "1.2.0"),
		profile: nameOf("profile", "development", "development"),
	};
}

function sizesOf(image: Buffer, { plain, chip, isSigned }: EspImage): string {
	const { signed, room } = fitOf(plain, slot());
	const padded = Math.ceil(plain / PAGE_BYTES) * PAGE_BYTES;
	const is = isSigned ? "signed by secure boot" : "not signed by secure boot";
	return `${chip}: ${plain} bytes plain, ${padded} padded, ${signed} signed; this file ${image.length}, ${is}; ${room} left`;
}

const slot = (): number =>
	slotBytes(readFileSync(join(projectRoot(), HOST, "sdkconfig/partitions.csv"), "utf8"));
