/** Signing: keys, signatures and verdicts, against node:crypto alone and against a lamp's own reading. */
import { createHash, verify } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { verify as verifyAsLamp } from "../../../hosts/virtual/fleet/p256.js";
import { projectRoot } from "../../../lib/root.mjs";
import { AT, parseHeader } from "../../../src/update/header.js";
import { parseList } from "../../../src/update/keylist.js";
import { signing } from "../../../tools/image/signing.js";
import { KEY_TEXTS } from "../../support/keytexts.js";

const dir = mkdtempSync(join(tmpdir(), "sign-"));
const at = (name: string) => join(dir, name);
const image = at("image.bin");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const line = "--hardware virtual/1 --version 1.2.0 --counter 7";
const run = (commandLine: string) => signing(commandLine.split(" "));

beforeAll(() => {
	writeFileSync(image, Buffer.from("an image"));
	expect(run(`keys ${dir} --name city`).status).toBe(0);
	expect(run(`keys ${dir} --name other`).status).toBe(0);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("keys", () => {
	test("the private one is its owner's alone, the public one 64 bytes in hex", () => {
		expect(statSync(at("city.key")).mode & 0o777).toBe(0o600);
		expect(readFileSync(at("city.public"), "utf8")).toMatch(/^[0-9a-f]{128}\n$/);
	});
	test("are never written over", () => {
		const before = readFileSync(at("city.key"));
		expect(run(`keys ${dir} --name city`)).toMatchObject({ status: 2 });
		expect(readFileSync(at("city.key"))).toEqual(before);
	});
	test("are not made halfway where one of the two is there", () => {
		writeFileSync(at("half.public"), "");
		expect(run(`keys ${dir} --name half`)).toMatchObject({ status: 2 });
		expect(existsSync(at("half.key"))).toBe(false);
	});
	// security: 5.3-7, 5.3-9, 5.3-10
	test("are never written into a repository, nor into a directory of it yet to be made", () => {
		for (const inside of ["", "docs/", "no/such/place"]) {
			const answer = run(`keys ${join(projectRoot(), inside)} --name leaked`);
			expect(answer).toMatchObject({ status: 2, text: expect.stringContaining("repository") });
		}
		expect(existsSync(join(projectRoot(), "leaked.key"))).toBe(false);
		expect(existsSync(join(projectRoot(), "no"))).toBe(false);
	});
});

describe("an image", () => {
	// security: 5.3-7, 5.3-9, 5.3-10
	test("is signed so that node:crypto and the lamp's own arithmetic agree", () => {
		const { status, text } = run(`image ${image} --key ${at("city.key")} ${line}`);
		expect([status, text]).toEqual([
			0,
			expect.stringContaining("luminode 1.2.0 for virtual/1, development"),
		]);
		const bytes = Buffer.from(readFileSync(`${image}.header`, "utf8"), "base64");
		const header = parseHeader(bytes)!;
		expect(header).toMatchObject({ counter: 7, length: 8, hardware: "virtual/1" });
		expect(Buffer.from(header.digest)).toEqual(sha256(readFileSync(image)));
		const key = readFileSync(at("city.key"));
		expect(verify("sha256", header.signed, key, header.signature)).toBe(true);
		const point = Buffer.from(readFileSync(at("city.public"), "utf8").trim(), "hex");
		expect(header.keyId).toBe(sha256(point).readUInt32BE());
		expect(verifyAsLamp(point, sha256(header.signed), header.signature)).toBe(true);
		expect(verifyAsLamp(point, sha256(header.signature), header.signature)).toBe(false);
	});
	test.each<[why: string, status: 0 | 1 | 2, says: string, prepare: () => unknown]>([
		["it is as it was signed", 0, "genuine", () => undefined],
		["it is another", 1, "another", () => writeFileSync(image, "an imagf")],
		["it is longer", 1, "9 bytes", () => writeFileSync(image, "an image!")],
		["another key is given", 1, "another key", () => "other"],
		[
			"its header was changed",
			1,
			"signature is wrong",
			() => {
				const bytes = Buffer.from(readFileSync(`${image}.header`, "utf8"), "base64");
				bytes[AT.counter + 3] = 9;
				writeFileSync(`${image}.header`, bytes.toString("base64"));
			},
		],
		["it has none", 1, "no header", () => writeFileSync(`${image}.header`, "none")],
		["there is no such key", 2, "nobody.public is not there", () => "nobody"],
	])("is judged when %s", (_why, status, says, prepare) => {
		writeFileSync(image, "an image");
		run(`image ${image} --key ${at("city.key")} ${line}`);
		const name = prepare() ?? "city";
		const answer = run(`verify ${image} --public ${at(`${name}.public`)}`);
		expect(answer).toMatchObject({ status, text: expect.stringContaining(says) });
	});
	test.each([
		["no counter", "--hardware virtual/1 --version 1", "--counter"],
		["a counter that is none", "--hardware virtual/1 --version 1 --counter 1.5", "counter"],
		["a counter over 32 bits", "--hardware virtual/1 --version 1 --counter 4294967296", "counter"],
		[
			"a version too long",
			"--hardware virtual/1 --version 1.2.3-12345678901 --counter 1",
			"version",
		],
		["a strange hardware", "--hardware virtual/,1 --version 1 --counter 1", "hardware"],
		["a strange profile", "--hardware virtual/1 --version 1 --profile x --counter 1", "release"],
		["no version", "--hardware virtual/1 --counter 1", "--version 1.2.0"],
		["the name of a board", "--hardware esp32-c3/1 --version 1 --counter 1", "virtual/1"],
		["the name of a desktop lamp", "--hardware desktop/1 --version 1 --counter 1", "virtual/1"],
		["no name", "--version 1 --counter 1", "virtual/1"],
		["an unknown option", "--force", "--force"],
	])("is not signed with %s", (_why, args, says) => {
		const answer = run(`image ${image} --key ${at("city.key")} ${args}`);
		expect(answer).toMatchObject({ status: 2, text: expect.stringContaining(says) });
	});
	test.each([
		["nothing", [], "usage: luminode sign keys"],
		["no directory", ["keys"], "keys takes one directory"],
		["two files", ["verify", "a", "b"], "verify takes one file"],
		["a word that is no command", ["paint", "x"], "none of keys, image, verify, list"],
		[
			"an image that is not there",
			["image", at("none"), "--key", at("city.key")],
			"none is not there",
		],
		["a directory for an image", ["image", dir, "--key", at("city.key")], "directory"],
		[
			"a public key to sign with",
			["image", image, "--key", at("city.public")],
			"holds no private key",
		],
		[
			"a private key to verify with",
			["verify", image, "--public", at("city.key")],
			"line 1: no public key",
		],
	])("%s is answered in a line that says what to do", (_why, args, says) => {
		const rest = args[0] === "image" ? line.split(" ") : [];
		const answer = signing([...args, ...rest]);
		expect(answer).toMatchObject({ status: 2, text: expect.stringContaining(says) });
		expect(answer.text).not.toMatch(/ENOENT|EISDIR|routines/);
	});
	test.each(KEY_TEXTS)("is judged by the key that a file with $what contains", (row) => {
		writeFileSync(image, "an image");
		run(`image ${image} --key ${at("city.key")} ${line}`);
		const [city, other] = ["city", "other"].map((name) =>
			readFileSync(at(`${name}.public`), "utf8").trim(),
		);
		writeFileSync(at("typed.public"), row.text(city!, other!));
		const answer = run(`verify ${image} --public ${at("typed.public")}`);
		const fault = row.faults[0] ?? (row.keys.length === 0 ? 1 : undefined);
		const says = fault === undefined ? "genuine" : `typed.public, line ${fault}: no public key`;
		const status = fault === undefined ? 0 : 2;
		expect(answer).toEqual({ status, text: expect.stringContaining(says) });
	});
	test("a list of keys is signed so that a lamp reads it", () => {
		const files = ["city", "other"].map((name) => readFileSync(at(`${name}.public`), "utf8"));
		writeFileSync(at("2031.public"), `# from 2031 on\r\n${files.join("").toUpperCase()}`);
		const { status, text } = run(`list ${at("2031.public")} --key ${at("city.key")} --counter 3`);
		expect([status, text]).toEqual([0, expect.stringContaining("2031.public.city.list")]);
		const bytes = Buffer.from(readFileSync(at("2031.public.city.list"), "utf8"), "base64");
		const list = parseList(bytes)!;
		const points = files.map((file) => Buffer.from(file.trim(), "hex"));
		expect(list.keys.map((key) => Buffer.from(key))).toEqual(points);
		expect([list.counter, list.keyId]).toEqual([3, sha256(points[0]!).readUInt32BE()]);
		expect(verifyAsLamp(points[0]!, sha256(list.signed), list.signature)).toBe(true);
	});
	test.each([
		["no counter", "--key city.key", "--counter"],
		["the counter of the factory", "--key city.key --counter 0", "from 1"],
		["a key that is none", "--key city.public --counter 1", "no private key"],
	])("a list is not signed with %s", (_why, args, says) => {
		const typed = args.replace(/city\./, at("city."));
		const answer = run(`list ${at("city.public")} ${typed}`);
		expect(answer).toMatchObject({ status: 2, text: expect.stringContaining(says) });
	});
	test("--help explains each command, option and status", () => {
		const { status, text } = signing(["--help"]);
		expect(status).toBe(0);
		const terms = [
			"keys",
			"image",
			"verify",
			"list",
			"--counter",
			"--hardware",
			"--version",
			"--profile",
			"Exit code",
		];
		for (const what of terms) expect(text).toMatch(new RegExp(`^${what}\\b`, "m"));
	});
});
