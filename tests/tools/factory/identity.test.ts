/** A lamp's identity before its first boot: what the store gets, in the generator's image, in the firmware. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import type { Profile } from "../../../lib/profiles.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { FactoryRecord } from "../../../lib/vault/factoryrecord.js";
import { fits } from "../../../src/console/secret.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { loadSettings } from "../../../src/settings/store.js";
import { keysIn } from "../../../src/update/keys.js";
import {
	consoleOf,
	identityOf,
	sealedSecret,
	updateKeysOf,
} from "../../../tools/factory/identity.js";
import { newNvsKeys, nvsImage } from "../../../tools/factory/nvs.js";
import { CA, CONTENT, KEY, LAMP, UPDATE_KEYS } from "../../support/factory.js";
import { FakeHost } from "../../support/fakehost.js";
import { textsIn } from "../../support/nvsreader.js";
import { runProgram } from "../../support/program.js";
import { XsLamp } from "../../support/xslamp.js";

const console = sealedSecret(LAMP.secret);
const release = { profile: "release", updateKeys: UPDATE_KEYS, ca: CA } as const;
const [first = "", second = ""] = UPDATE_KEYS.map((key) => key.trim());

describe("the identity of a lamp", () => {
	test("has serial, secret, keys, CA, certificate and the settings that are secrets", () => {
		const lamp = { ...LAMP, key: KEY };
		expect(identityOf(release, { lamp, console, certificate: CA }, CONTENT)).toEqual({
			serial: "L-0017",
			secret: console,
			"update.key": `${first}\n${second}`,
			"tls.ca": CA,
			"tls.cert": CA,
			"tls.key": KEY,
			"set.link": '{"brokerPassword":"of this lamp alone"}',
			"set.sensing": '{"siteKey":"NEIGHBOURS-OF-LIEGE-QUAY"}',
		});
	});

	const files: [what: string, files: string[], keys: string[]][] = [
		["with CRLF and capitals", [`${first.toUpperCase()}\r\n`], [first]],
		["of two keys", [`${first}\n\n${second}\n`], [first, second]],
		["with a comment", [`# in use, 2031\n${first} # city\n`, second], [first, second]],
		["none, in development", [], []],
	];
	test.each(files)("the lamp reads every key of a file %s", (_what, updateKeys, keys) => {
		const text = updateKeysOf({ profile: "development", updateKeys });
		expect(keysIn(text).map((key) => Buffer.from(key).toString("hex"))).toEqual(keys);
	});

	const refused: [what: string, make: () => unknown, why: RegExp][] = [
		[
			"release without a key of images",
			() => of("release", []),
			/without --update-key could never/,
		],
		[
			"a key that is cut",
			() => of("release", [first.slice(1)]),
			/1 words, of which a lamp reads 0/,
		],
		["a key with a letter", () => of("development", [`g${first.slice(1)}`]), /reads 0 as keys/],
		["four keys", () => of("release", [`${first} ${second}`, ...fours]), /4 words, .* reads 3/],
		["one key twice", () => of("release", [first, first]), /one key twice/],
		[
			"a serial number with a space",
			() => of("release", [first], { serial: "L 17" }),
			/L 17: is no/,
		],
		[
			"no serial number",
			() => of("release", [first], { serial: undefined as never }),
			/is not a serial/,
		],
		[
			"a certificate without its key",
			() => identityOf(release, { lamp: LAMP, console, certificate: CA }, CONTENT),
			/without a key/,
		],
		[
			"a CA that no text of NVS holds",
			() => identityOf({ ...release, ca: "C".repeat(4000) }, { lamp: LAMP, console }, CONTENT),
			/tls.ca: longer than 3999/,
		],
		[
			"a setting that the lamp refuses",
			() => of("release", [first], { settings: { siteKey: "é" } }),
			/wrong siteKey/,
		],
		["a word as secret", () => sealedSecret("aaaaaaaaaaaaaaaa"), /no lamp takes/],
	];
	const fours = [first.replace(/^./, "0"), second.replace(/^./, "0")];
	const of = (profile: Profile, updateKeys: string[], more: Partial<typeof LAMP> = {}) =>
		identityOf({ profile, updateKeys }, { lamp: { ...LAMP, ...more }, console }, CONTENT);
	test.each(refused)("%s is refused in both languages", (_what, make, why) => {
		const trouble = thrownBy(make);
		expect(trouble.text.en).toMatch(why);
		expect(trouble.text.fr).not.toBe(trouble.text.en);
	});
});

describe("the generator", () => {
	test.each([
		["no IDF_PATH", {}, "IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)"],
		[
			"a folder that is none",
			{ IDF_PATH: "/none", PATH: process.env.PATH },
			/^nvs_partition_gen.py: .*\/none/,
		],
		["no python3", { IDF_PATH: "/none", PATH: "/none" }, /^nvs_partition_gen.py: .*ENOENT/],
	])("that cannot be called, %s, says so in one line", (_what, env, why) => {
		for (const make of [() => newNvsKeys(env), () => nvsImage({}, 0x10000, env)])
			expect(thrownBy(make).message).toMatch(why);
	});
});

/** Made by tests/slow/idf/identity.test.ts with ESP-IDF 6.0. */
describe("an encrypted image of ESP-IDF's generator", () => {
	const golden = JSON.parse(readFileSync("tests/tools/factory/nvs.json", "utf8"));
	const image = gunzipSync(Buffer.from(golden.image, "base64"));
	const keys = Buffer.from(golden.keys, "base64");
	const values = golden.values as Record<string, string>;
	const found = textsIn(image, keys);

	test("contains the identity and nothing else, as this version makes it", () => {
		const lampData = { lamp: { ...LAMP, key: KEY }, console: values.secret!, certificate: CA };
		expect(identityOf(release, lampData, CONTENT)).toEqual(values);
		expect([...found].map(([key, value]) => [key.slice("luminode:".length), value])).toEqual(
			Object.entries(values),
		);
		expect(image.includes("L-0017")).toBe(false);
	});

	test("turned by one bit, or under another key, is not read", () => {
		const isSame = (bytes: Uint8Array, under: Uint8Array) => {
			try {
				return JSON.stringify([...textsIn(bytes, under)]) === JSON.stringify([...found]);
			} catch {
				return false;
			}
		};
		expect(isSame(image, keys)).toBe(true);
		for (const at of [0, 5, 32, 100, 300, 4096, 4096 + 500]) {
			const turned = Buffer.from(image);
			turned[at]! ^= 1;
			expect([at, isSame(turned, keys)]).toEqual([at, false]);
		}
		expect(isSame(image, Buffer.from(keys).fill(7, 0, 32))).toBe(false);
	});

	test("is the store of a lamp that starts with that identity", async () => {
		const pole = await XsLamp.of();
		for (const [key, value] of Object.entries(values)) pole.fleet.storeWrite(1, key, value);
		pole.boot();
		pole.run(10_000);
		pole.type(`login ${LAMP.secret}`);
		pole.run(20_000);
		pole.serial = "";
		for (const word of ["show siteKey", "show brokerPassword"]) {
			pole.type(word);
			pole.run(pole.now + 5000);
		}
		expect(pole.deaths).toEqual([]);
		expect(pole.serial).toMatch(/siteKey = \(set\)[\s\S]*brokerPassword = \(set\)/);
		const store = { read: (key: string) => values[key], write: () => "ok", erase: () => "ok" };
		const loaded = loadSettings({ store } as never, VALIDATORS);
		expect(loaded.rejections).toEqual([]);
		expect(loaded.settings.siteKey).toBe(CONTENT.shared.siteKey);
	});
});

function thrownBy(make: () => unknown): Trouble {
	try {
		make();
	} catch (error) {
		if (error instanceof Trouble) return error;
		throw error;
	}
	throw new Error("nothing was refused");
}

test("the comparison with ESP-IDF's own tools ends in one line without ESP-IDF", async () => {
	const { IDF_PATH: _none, ...env } = process.env;
	const { status, stderr, stdout } = await runProgram(["tools/bin/idf.ts"], env);
	expect([status, stdout, stderr]).toEqual([
		2,
		"",
		"npm run host -- idf: IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)\n",
	]);
});

describe("the console secret of a lamp of the vault", () => {
	const record = (secret: string): FactoryRecord => ({
		mac: "aa:bb:cc:dd:ee:ff",
		chip: "esp32-c3",
		revision: "v0.4",
		profile: "development",
		image: "",
		console: sealedSecret(secret),
		done: [],
		station: "desk",
		at: "2026-11-24T21:00:00.000Z",
	});
	test("is the recorded one as long as it fits", () => {
		const factory = record(LAMP.secret);
		expect(consoleOf({ ...LAMP, factory })).toBe(factory.console);
	});
	test.each([
		["that has got another secret since", record("ANOTHERLAMPSSECRET")],
		["without a record", undefined],
	])("of a lamp %s is made anew", (_what, factory) => {
		const made = consoleOf(factory ? { ...LAMP, factory } : LAMP);
		expect(fits(LAMP.secret, made, new FakeHost())).toBe(true);
	});
});
