/** The vault: what goes in comes out, and nothing else does, whatever happened to the file. */
import { createCipheriv, createHmac, scryptSync } from "node:crypto";
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { locked } from "../../../lib/files.js";
import { type Content, lampsCalled, Vault, withLamp } from "../../../lib/vault/vault.js";
import { vaultBook } from "../../../tools/laptop/vault/vaultbook.js";
import { TestSeat } from "../../tools/laptop/lampline.js";

/** A guess a millisecond: these tests guess often. */
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const PHRASE = "correct horse battery";
const SECRET = "ABCDEFGHJKLMNPQRSTUV";
const LAMP = {
	serial: "sim-1",
	nodes: ["pole-1"],
	secret: SECRET,
	made: "2026-11-24T21:00:00.000Z",
};
let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	path = join(folder, "city.vault");
});
afterEach(() => rmSync(folder, { recursive: true }));

function filled(): Vault {
	const vault = Vault.open(path, PHRASE, CHEAP);
	vault.update((content) => withLamp(content, LAMP, undefined));
	return vault;
}

test("what was put in is read again, by another program with the same passphrase", () => {
	filled();
	expect(Vault.open(path, PHRASE).read()).toEqual({ shared: {}, lamps: [LAMP] });
});

test("the passphrase may be typed with another keyboard's é", () => {
	const vault = Vault.open(path, "caf\u00e9 liégeois", CHEAP);
	vault.update((content) => withLamp(content, LAMP, undefined));
	expect(Vault.open(path, "cafe\u0301 liégeois".normalize("NFD")).read().lamps).toEqual([LAMP]);
});

test("a wrong passphrase is distinguished from a damaged file, and changes nothing", () => {
	filled();
	const before = readFileSync(path);
	expect(() => Vault.open(path, "correct horse batterx")).toThrow("wrong passphrase");
	expect(() => Vault.open(path, "short")).toThrow("12 characters or more");
	expect(readFileSync(path)).toEqual(before);
});

test("a guess at a new vault costs 128 MB", () => {
	Vault.open(path, PHRASE).update((content) => withLamp(content, LAMP, undefined));
	const { N, r, p } = JSON.parse(readFileSync(path, "utf8").split("\n")[0]!);
	expect([128 * N * r, p]).toEqual([2 ** 27, 1]);
});

test("no secret stands in the file, and nobody else may read it", () => {
	filled();
	const bytes = readFileSync(path);
	for (const secret of [SECRET, PHRASE, "pole-1"])
		for (const form of ["utf8", "hex", "base64"] as const)
			expect(bytes.toString("latin1")).not.toContain(Buffer.from(secret).toString(form));
	expect(statSync(path).mode & 0o077).toBe(0);
	expect(readdirSync(folder)).toEqual(["city.vault"]);
});

test("one bit of any byte changed: an error in one line, never another content", () => {
	filled();
	const fileBytes = readFileSync(path);
	const [head, body] = [fileBytes.indexOf("\n"), fileBytes.length - 1];
	const places = [
		2,
		fileBytes.indexOf("salt") + 9,
		fileBytes.indexOf("nonce") + 9,
		fileBytes.indexOf("check") + 9,
	];
	for (const at of [...places, head + 1, head + 40, body - 3]) {
		const changed = Buffer.from(fileBytes);
		changed[at] = changed[at]! ^ 2;
		writeFileSync(path, changed);
		expect(() => Vault.open(path, PHRASE)).toThrow(/^vault \S+: (is |has |wrong)[^\n]*$/);
	}
});

test("a check that is shorter than any: the vault is damaged", () => {
	filled();
	writeFileSync(path, readFileSync(path, "latin1").replace(/"check":"./, '"check":"='), "latin1");
	expect(() => Vault.open(path, PHRASE)).toThrow(/^vault \S+: is damaged[^\n]*$/);
});

describe("a file that is none", () => {
	const cases: [why: string, text: string, said: string][] = [
		["empty", "", "is not a vault"],
		["another file", "pole,node\n1,2\n", "is not a vault"],
		["of a later version", '{"luminodeVault":2}\n', "has version 2; this program reads 1"],
		[
			"that asks for a terabyte",
			'{"luminodeVault":1,"N":1073741824,"r":8,"p":1,"salt":"","nonce":"","check":""}\n',
			"is damaged",
		],
	];
	test.each(cases)("%s", (_why, text, sentence) => {
		writeFileSync(path, text);
		expect(() => Vault.open(path, PHRASE)).toThrow(sentence);
		expect(readFileSync(path, "utf8")).toBe(text);
	});
});

test("two that write one after the other lose nothing of each other", () => {
	const [vault, other] = [filled(), Vault.open(path, PHRASE)];
	const second = { ...LAMP, serial: "sim-2", secret: "BCDEFGHJKLMNPQRSTUVW" };
	other.update((content) => withLamp(content, second, undefined));
	vault.update((content) => ({ ...content, shared: { siteKey: "k" } }));
	expect(vault.read()).toEqual({ shared: { siteKey: "k" }, lamps: [LAMP, second] });
	expect(vault.read()).toEqual(other.read());
});

describe("a vault that is open while its file becomes another", () => {
	const SITE_KEY = { siteKey: "k" };
	const withKey = (content: Content) => ({ ...content, shared: SITE_KEY });

	test("an older copy is not written over, and what the program knew is beside it", () => {
		const vault = filled();
		const backup = readFileSync(path);
		vault.update(withKey);
		writeFileSync(path, backup);
		const again = () => vault.update((content) => ({ ...content, roles: { desk: "p" } }));
		expect(again).toThrow(/is an older copy .* is now \S+city\.vault\.newer\. Compare both/);
		expect(again).toThrow(/city\.vault\.newer2/);
		expect(() => vault.read()).toThrow("is an older copy");
		expect(readFileSync(path)).toEqual(backup);
		const newer = Vault.open(`${path}.newer`, PHRASE).read();
		expect(newer).toEqual({ shared: SITE_KEY, lamps: [LAMP] });
	});
	test("a file that is gone begins no new vault", () => {
		const vault = filled();
		rmSync(path);
		expect(() => vault.update(withKey)).toThrow(/is not there any more.*city\.vault\.newer/);
		expect(readdirSync(folder)).toEqual(["city.vault.newer"]);
		expect(Vault.open(`${path}.newer`, PHRASE).read().lamps).toEqual([LAMP]);
	});
	const others: [what: string, replace: () => void][] = [
		["another passphrase", () => void Vault.open(path, PHRASE).rekey("another long phrase")],
		["the same passphrase, renewed", () => void Vault.open(path, PHRASE).rekey(PHRASE)],
		[
			"another vault",
			() => {
				rmSync(path);
				Vault.open(path, PHRASE, CHEAP).update(withKey);
			},
		],
	];
	test.each(others)("%s: nothing is written", (_what, replace) => {
		const vault = filled();
		replace();
		const before = readFileSync(path);
		expect(() => vault.update(withKey)).toThrow("has another passphrase or is another vault");
		expect(readFileSync(path)).toEqual(before);
		expect(readdirSync(folder)).toEqual(["city.vault"]);
	});
	test("of two that begin the same new vault, the second one adds to it or is refused", () => {
		const open = (phrase: string) => Vault.open(path, phrase, CHEAP);
		const [vault, other, stranger] = [open(PHRASE), open(PHRASE), open("another long phrase")];
		vault.update((content) => withLamp(content, LAMP, undefined));
		other.update(withKey);
		expect(() => stranger.update(withKey)).toThrow("wrong passphrase");
		expect(open(PHRASE).read()).toEqual({ shared: SITE_KEY, lamps: [LAMP] });
	});
});

test("an earlier version's file, which has no count of its writes, is read and written on", () => {
	const { salt, N, r, p } = { salt: Buffer.alloc(16, 7), ...CHEAP };
	const keys = scryptSync(PHRASE, salt, 64, { N, r, p });
	const check = createHmac("sha256", keys.subarray(32)).update("luminode vault").digest("base64");
	const nonce = Buffer.alloc(12, 3);
	const texts = { salt: salt.toString("base64"), nonce: nonce.toString("base64"), check };
	const header = JSON.stringify({ luminodeVault: 1, N, r, p, ...texts });
	const cipher = createCipheriv("aes-256-gcm", keys.subarray(0, 32), nonce);
	cipher.setAAD(Buffer.from(header));
	const parts = [cipher.update(JSON.stringify({ shared: {}, lamps: [LAMP] })), cipher.final()];
	const body = Buffer.concat([...parts, cipher.getAuthTag()]).toString("base64");
	writeFileSync(path, `${header}\n${body}\n`);
	const vault = Vault.open(path, PHRASE);
	expect(vault.read()).toEqual({ shared: {}, lamps: [LAMP] });
	vault.update((content) => ({ ...content, shared: { siteKey: "k" } }));
	expect(Vault.open(path, PHRASE).read()).toEqual({ shared: { siteKey: "k" }, lamps: [LAMP] });
});

test("a lock of a program that is no more is taken over, one of a living program is waited for", () => {
	const vault = filled();
	writeFileSync(`${path}.lock`, "2147483646"); // no process has it
	vault.update((content) => ({ ...content, shared: { siteKey: "k" } }));
	expect(existsSync(`${path}.lock`)).toBe(false);
	writeFileSync(`${path}.lock`, String(process.pid));
	const work = () => {
		throw new Error("done all the same");
	};
	expect(() => locked(path, work, 50)).toThrow("another program holds it");
	expect(vault.read().shared).toEqual({ siteKey: "k" });
	rmSync(`${path}.lock`);
});

test("a lock whose program was killed before its number stood in it is taken over, a fresh one is waited for", () => {
	const vault = filled();
	writeFileSync(`${path}.lock`, "");
	expect(() => locked(path, () => {}, 50)).toThrow("another program holds it");
	const before = new Date(Date.now() - 5_000);
	utimesSync(`${path}.lock`, before, before);
	vault.update((content) => ({ ...content, shared: { siteKey: "k" } }));
	expect([existsSync(`${path}.lock`), vault.read().shared]).toEqual([false, { siteKey: "k" }]);
});

test("a change that throws leaves the file and no lock", () => {
	const vault = filled();
	const before = readFileSync(path);
	expect(() =>
		vault.update(() => {
			throw new Error("no");
		}),
	).toThrow("no");
	expect(readFileSync(path)).toEqual(before);
	expect(readdirSync(folder)).toEqual(["city.vault"]);
});

test("whatever is put in comes out as it was", () => {
	const vault = Vault.open(path, PHRASE, CHEAP);
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const lamp = fc.record({
		serial: text,
		nodes: fc.array(text),
		secret: text,
		key: text,
		made: text,
		settings: fc.dictionary(text, text, { noNullPrototype: true }),
	});
	const contents = fc.record({
		shared: fc.dictionary(text, text, { noNullPrototype: true }),
		lamps: fc.array(lamp, { maxLength: 5 }),
	});
	fc.assert(
		fc.property(contents, (content) => {
			vault.update(() => content as Content);
			const again = JSON.parse(JSON.stringify(content)); // as JSON holds it
			expect(vault.read()).toEqual(again);
		}),
		{ numRuns: 50 },
	);
});

test("a lamp is found by its serial number before a name, and by the latest of a name", () => {
	const lamps = ["a", "b", "c"].map((serial, index) => ({
		...LAMP,
		serial,
		secret: `${index}`,
		nodes: serial === "c" ? ["a"] : ["x"],
	}));
	const content = { shared: {}, lamps };
	const serials = (name: string) => lampsCalled(content, name).map(({ serial }) => serial);
	expect([serials("a"), serials("x"), serials("y")]).toEqual([["a", "c"], ["b", "a"], []]);
});

describe("luminode vault", () => {
	const run = async (commandLine: string, typed = "", phrase: string | undefined = PHRASE) => {
		const seat = new TestSeat();
		const stdin = Object.assign(seat.keys, { isTTY: false });
		seat.keys.end(typed);
		const environment = { LUMINODE_PASSPHRASE: phrase };
		const { stdout, stderr, now } = seat;
		const words_ = ["--vault", path, ...commandLine.split(" ")];
		const code = await vaultBook(words_, { stdin, stdout, stderr, now, environment });
		return { code, out: stdout.text, said: stderr.text };
	};

	test("lists without secrets, reads one lamp's, takes a shared and an own secret", async () => {
		filled();
		expect(await run("--list")).toMatchObject({
			code: 0,
			out: expect.stringMatching(/sim-1 {2}pole-1 /),
		});
		expect((await run("--list")).out).not.toContain(SECRET);
		expect((await run("--read pole-1")).out).toContain(`secret: ${SECRET}\n`);
		expect(await run("--put siteKey", "a key of the whole site\n")).toMatchObject({
			code: 0,
			said: "",
		});
		expect(await run("--put brokerPassword --lamp sim-1", "hunter2")).toMatchObject({ code: 0 });
		expect(Vault.open(path, PHRASE).read()).toEqual({
			shared: { siteKey: "a key of the whole site" },
			lamps: [{ ...LAMP, settings: { brokerPassword: "hunter2" } }],
		});
	});

	test("has a lamp that was set up elsewhere", async () => {
		expect(await run("--put secret --lamp sim-9", "its-own-long-secret")).toMatchObject({
			code: 0,
		});
		expect((await run("--read sim-9")).out).toContain("secret: its-own-long-secret\n");
	});

	test("takes another passphrase; the old one opens it no more", async () => {
		filled();
		expect(await run("--rekey", "another long phrase\n")).toMatchObject({ code: 0 });
		expect(() => Vault.open(path, PHRASE)).toThrow("wrong passphrase");
		expect(Vault.open(path, "another long phrase").read().lamps).toEqual([LAMP]);
	});

	const wrong: [words: string, typed: string, why: RegExp][] = [
		["--read pole-9", "", /no lamp is called pole-9/],
		["--put floorLevel", "20", /is not a secret setting/],
		["--put secret", SECRET, /give --lamp/],
		["--put secret --lamp sim-9", "short", /16 to 64 characters/],
		["--put secret --lamp sim-9", SECRET, /another lamp has that secret/],
		["--put siteKey", "", /no terminal to type a secret at/],
		["--put siteKey --lamp nobody", "a key of the whole site", /no lamp is called/],
		["--list --read x", "", /give one of/],
		["--lsit", "", /unknown option --lsit; --help/],
	];
	test.each(wrong)(
		"%s %s: exit 2 in one line, nothing changed",
		async (commandLine, typed, why) => {
			filled();
			const before = readFileSync(path);
			const { code, said, out } = await run(commandLine, typed);
			expect([code, out]).toEqual([2, ""]);
			expect(said).toMatch(why);
			expect(said.trim()).not.toContain("\n");
			expect(readFileSync(path)).toEqual(before);
		},
	);
});
