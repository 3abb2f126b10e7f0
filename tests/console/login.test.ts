/** Login: who is let in, how guesses are slowed, and what a stranger learns. */
import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { random } from "../../lib/random.js";
import { MINUTE } from "../../lib/spans.js";
import { IDLE_AFTER } from "../../src/console/console.js";
import { WAIT_MAX } from "../../src/console/gate.js";
import {
	firstBlock,
	fits,
	isSecret,
	proposal,
	ROUNDS,
	ROUNDS_MAX,
	roundsOf,
	sealed,
} from "../../src/console/secret.js";
import { GUESSED_KEY, SECRET_KEY } from "../../src/storekeys.js";
import { bytesOf, PBKDF2_CASES } from "../hosts/moddable/arithmetic.js";
import { FakeHost } from "../support/fakehost.js";
import { KEPT } from "../support/technician.js";
import { ConsoleRig, SECRET } from "./rig.js";

const SEED = 20_261_124;
const OTHER = "ANOTHERLAMPSSECRET";

describe("a secret", () => {
	const texts: [why: string, text: string, is: boolean][] = [
		["80 bits in base 32", SECRET, true],
		["15 characters", SECRET.slice(1), false],
		["64 characters", "abcdefgh".repeat(8), true],
		["65 characters", `${"abcdefgh".repeat(8)}i`, false],
		["a space in it", "HQ7KXW2M PB4ZTNCE", false],
		["a tab in it", "HQ7KXW2M\tPB4ZTNCE", false],
		["not of ASCII", "HQ7KXW2MéPB4ZTNCE", false],
		["one character again and again", "a".repeat(20), false],
		["five different ones", "abcde".repeat(4), false],
		["six", "abcdef".repeat(3), true],
	];
	test.each(texts)("%s: %s", (_why, text, is) => expect(isSecret(text)).toBe(is));

	// security: 5.1-3
	test("is kept as PBKDF2 of Node's own crypto has it, under a salt", () => {
		const host = new FakeHost();
		const parts = (rounds?: number) =>
			sealed(SECRET, host, rounds).split(" ") as [string, string, string, string];
		const oracle = (salt: string, rounds: number) =>
			pbkdf2Sync(SECRET, Buffer.from(salt, "hex"), rounds, 32, "sha256").toString("hex");
		const [format, rounds, salt, digest] = parts();
		expect([format, rounds]).toEqual(["1", "256"]);
		expect(salt).toMatch(/^[0-9a-f]{24}$/);
		expect(digest).toBe(oracle(salt, ROUNDS));
		const [, , few, ofFew] = parts(16);
		expect(ofFew).toBe(oracle(few, 16));
		let index = 0;
		host.crypto.random = (into) => void into.fill((index += 1));
		expect(sealed(SECRET, host)).not.toBe(sealed(SECRET, host));
	});
	test.each(PBKDF2_CASES)("derives the key of Wycheproof $what in $rounds rounds", (pbkdf2Case) => {
		const [password, salt] = [bytesOf(pbkdf2Case.password), bytesOf(pbkdf2Case.salt)];
		const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
		const derived = hex(firstBlock(password, salt, pbkdf2Case.rounds, new FakeHost().crypto));
		expect(derived).toBe(hex(pbkdf2Sync(password, salt, pbkdf2Case.rounds, 32, "sha256")));
		expect(pbkdf2Case.derived.startsWith(derived) || derived.startsWith(pbkdf2Case.derived)).toBe(
			true,
		);
		expect(pbkdf2Case.derived.length).toBeGreaterThanOrEqual(32);
	});
	test("fits itself alone", () => {
		const host = new FakeHost();
		for (let at = 0; at < SECRET.length; at += 1)
			expect(fits(`${SECRET.slice(0, at)}!${SECRET.slice(at + 1)}`, KEPT, host)).toBe(false);
		expect(fits(SECRET, KEPT, host)).toBe(true);
	});
	test.each([
		"",
		"1",
		"2 00 00",
		`${KEPT} 1`,
		KEPT.slice(1),
		KEPT.slice(0, -1),
		`2${KEPT.slice(1)}`,
		...["0", `${ROUNDS_MAX + 1}`, "-256", "rounds"].map((stated) =>
			KEPT.replace(" 256 ", ` ${stated} `),
		),
	])("%j in the store fits no secret", (stored) => {
		expect(roundsOf(stored)).toBe(0);
		expect(fits(SECRET, stored, new FakeHost())).toBe(false);
	});
	test.each([1, ROUNDS, 1000, ROUNDS_MAX])("fits with %i stored rounds", (rounds) => {
		const host = new FakeHost();
		const stored = sealed(SECRET, host, rounds);
		expect(roundsOf(stored)).toBe(rounds);
		expect([SECRET, OTHER].map((text) => fits(text, stored, host))).toEqual([true, false]);
	});
	// security: 5.1-1, 5.1-2
	test("a proposal is one, evenly of 32 letters", () => {
		const host = new FakeHost();
		const chance = random(SEED, "proposals");
		host.crypto.random = (into) => {
			for (let at = 0; at < into.length; at += 1) into[at] = Math.floor(chance.next() * 256);
		};
		const seen = new Map<string, number>();
		for (let index = 0; index < 800; index += 1) {
			const text = proposal(host);
			assert.ok(isSecret(text));
			for (const letter of text) seen.set(letter, (seen.get(letter) ?? 0) + 1);
		}
		expect(seen.size).toBe(32);
		for (const count of seen.values()) expect(Math.abs(count - 500)).toBeLessThan(130);
	});
});

describe("a lamp from the factory", () => {
	const fresh = () => new ConsoleRig("");
	// security: 5.1-1, 5.1-2
	test("says so, and does nothing before it has a secret", () => {
		const pole = fresh();
		const how =
			"This lamp has no secret yet. To begin: secret NEW sets it, secret proposes one. " +
			"Before that: status, help, language en|fr.";
		expect(pole.type("confirm\r")).toBe(
			`luminode, node quai-7.\n${how}\nluminode> confirm\n${how}\nluminode>`,
		);
		for (const line of ["set hold 60", "override 50 5", "show", "apply", "restart"])
			pole.type(`${line}\r`);
		expect(pole.desk.texts).toEqual([]);
		expect(pole.terminal.text).not.toContain("=");
	});
	// security: 5.1-4
	test("takes the first secret, is open then, and asks the next one for it", () => {
		const pole = fresh();
		expect(pole.type(`secret ${SECRET}\rshow hold\r`)).toMatch(
			/the secret is set[\s\S]*hold = 30 s/,
		);
		expect(pole.desk.secrets).toBe(1);
		expect(roundsOf(pole.host.stored.get(SECRET_KEY)!)).toBe(ROUNDS);
		expect(pole.type("logout\r")).toContain("logged out");
		expect(pole.type(`secret ${OTHER}\r`)).toContain("secret:"); // not any more
		expect(pole.type(`${SECRET}\rshow hold\r`)).toContain("hold = 30");
	});
	test("does not take a weak one, nor one that flash does not take", () => {
		const pole = fresh();
		expect(pole.type("secret password\r")).toContain("a secret has 16-64 characters");
		pole.host.storeFails = true;
		expect(pole.type(`secret ${SECRET}\r`)).toContain("not done: storeFailure");
		expect(pole.type("show hold\r")).toContain("no secret yet");
	});
});

describe("a record", () => {
	// security: 5.1-3
	test.each([ROUNDS, 1000])("of %i rounds opens, and stays as it is", (rounds) => {
		const old = sealed(SECRET, new FakeHost(), rounds);
		const pole = new ConsoleRig(old).guessing();
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		expect(pole.host.stored.get(SECRET_KEY)).toBe(old);
	});
	// security: 5.1-3
	test("that cannot be read keeps the console closed: no secret is set over it", () => {
		const later = "2 of-later-firmware";
		const pole = new ConsoleRig(later).guessing();
		expect(pole.plain(`secret ${OTHER}`)[0]).toMatch(/^error closed/);
		expect(pole.plain(`login ${SECRET}`)).toEqual(["error wrongSecret 1"]);
		expect(pole.host.stored.get(SECRET_KEY)).toBe(later);
	});
});

describe("before login", () => {
	// security: 5.3-16
	// security: 5.6-2
	test("a stranger learns the product and the node's name, whatever is typed", () => {
		const pole = new ConsoleRig();
		const lines = ["", "help", "status", "show", "secret x", "plain", "help", "export", "login a"];
		const shown = lines.map((line) => pole.send(`${line}\r`)).join("");
		expect(shown).toContain("luminode, node quai-7.");
		for (const detail of ["0.1.0", "sim-00001", "virtual", "liege", "floorLevel", "override"])
			expect(shown).not.toContain(detail);
		expect(pole.desk.texts).toEqual([]);
	});
	// security: 5.5-5
	test.each([false, true])("no setting, order or certificate is taken; plain: %s", (isPlain) => {
		const pole = new ConsoleRig();
		if (isPlain) pole.guessing();
		const acts = [
			"set hold 60",
			"apply",
			"confirm",
			"revert",
			"import",
			'{"sum":"0"}',
			"langue fr",
			"override 50 5",
			"emergency on",
			"restart",
			"factoryReset",
			"connect",
			`secret ${OTHER}`,
			"certificate ca",
			"-----BEGIN CERTIFICATE-----",
			"QUJD",
			"-----END CERTIFICATE-----",
			"updateKeys",
			"TFVLAQ==",
			"time 2026-11-24T21:03:00Z confirm",
		];
		const time = pole.desk.view.time;
		const stored = [...pole.host.stored];
		for (const line of acts) pole.send(`${line}\r`);
		const { desk } = pole;
		expect([desk.show("hold"), desk.edited("hold"), desk.language]).toEqual([
			"30",
			undefined,
			"en",
		]);
		expect([desk.texts, desk.orders, desk.connects, desk.secrets]).toEqual([[], [], 0, 0]);
		expect([desk.pems.size, desk.keyLists, desk.view.time]).toEqual([0, [], time]);
		expect(stored).toEqual([...pole.host.stored]);
		pole.pass(WAIT_MAX);
		pole.send(isPlain ? `login ${SECRET}\r` : `${SECRET}\r`);
		for (const line of ["set hold 60", "apply", "override 50 5"]) pole.send(`${line}\r`);
		expect([desk.show("hold"), desk.orders.length]).toEqual(["60", 1]); // the same lines, after it
	});
	// security: no way out
	test("nothing that is typed is shown, nor kept for the up key", () => {
		const pole = new ConsoleRig();
		expect(pole.send(`\r${SECRET}`)).not.toContain("HQ7");
		expect(pole.send("\r\u001b[A\u001b[A\r")).not.toContain("HQ7");
	});
	// security: 5.5-4
	test("the right secret opens it; a guess is refused; both are recorded in the journal", () => {
		const pole = new ConsoleRig();
		expect(pole.type(`${OTHER}\r`)).toContain(
			"not this lamp's secret; the next guess is checked in 1 s",
		);
		pole.pass(1000);
		expect(pole.type(`${SECRET}\r`)).toContain("luminode 0.1.0. Type help.");
		expect(pole.desk.logins).toEqual([false, true]);
	});
	test("a lamp of release without an update key says so at each login", () => {
		const loggedIn = (updateKeys: readonly string[], language = "en") => {
			const pole = new ConsoleRig();
			pole.desk.setLanguage(language as "en");
			const { view } = pole.desk;
			const identity = { ...view.identity, profile: "release" as const, updateKeys };
			Object.assign(pole.desk, { view: { ...view, identity } });
			return pole.type(`${SECRET}\r`);
		};
		expect(loggedIn([])).toContain("holds no update key: it accepts no image");
		expect(loggedIn([], "fr")).toContain("aucune clé de mise à jour");
		expect(loggedIn(["0a1b2c3d"])).not.toContain("update key");
	});
	test("what cannot be a secret is no guess", () => {
		const pole = new ConsoleRig();
		pole.type("short\r");
		expect(pole.type(`${SECRET}\r`)).toContain("Type help.");
		expect(pole.desk.logins).toEqual([true]);
	});
});

describe("guesses", () => {
	test("wait twice as long each time, a minute at most", () => {
		const pole = new ConsoleRig().guessing();
		const waits: string[] = [];
		for (let index = 0; index < 9; index += 1) {
			waits.push(pole.plain(`login ${OTHER}`)[0]!);
			pole.pass(Number(waits.at(-1)!.split(" ")[2]) * 1000);
		}
		expect(waits.map((answer) => answer.split(" ").slice(1).join(" "))).toEqual(
			[1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => `wrongSecret ${seconds}`),
		);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		pole.plain("logout");
		pole.guessing();
		expect(pole.plain(`login ${OTHER}`)).toEqual(["error wrongSecret 1"]); // forgiven
	});
	test("one too soon is not looked at, and the wait begins anew", () => {
		const pole = new ConsoleRig().guessing();
		for (let index = 0; index < 3; index += 1) {
			pole.pass(5000);
			pole.plain(`login ${OTHER}`);
		}
		pole.pass(3999);
		expect(pole.plain(`login ${SECRET}`)).toEqual(["error wait 4"]);
		pole.pass(3999);
		expect(pole.plain(`login ${SECRET}`)).toEqual(["error wait 4"]);
		pole.pass(4000);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
	});
	// security: 5.1-5
	test("the slowing outlives a cut of power, for seven writes in all", () => {
		const pole = new ConsoleRig().guessing();
		const before = pole.host.storeWrites;
		const waits = [1, 2, 4, 8, 16, 32, ...Array.from({ length: 44 }, () => 60)];
		for (const [index, wait] of waits.entries()) {
			if (index > 0) {
				pole.boot();
				pole.guessing();
				expect(pole.plain(`login ${OTHER}`)).toEqual([`error wait ${waits[index - 1]}`]);
				pole.pass(waits[index - 1]! * 1000);
			}
			expect(pole.plain(`login ${OTHER}`)).toEqual([`error wrongSecret ${wait}`]);
		}
		expect(pole.host.storeWrites - before).toBe(7);
		pole.pass(WAIT_MAX);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		expect(pole.host.stored.has(GUESSED_KEY)).toBe(false);
		pole.boot();
		pole.guessing();
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
	});

	test.each([
		["one that is wrong", 1, 1],
		["one that comes too soon after it", 2, 1],
		["each of ten that are wrong", 10, 60],
	])("the wait after %s is that of the next life", (what, guesses, wait) => {
		const pole = new ConsoleRig().guessing();
		for (let index = 0; index < guesses; index += 1) {
			if (!what.includes("too soon")) pole.pass(WAIT_MAX);
			pole.plain(`login ${OTHER}`);
		}
		pole.boot();
		pole.guessing();
		expect(pole.plain(`login ${SECRET}`)).toEqual([`error wait ${wait}`]);
		expect(pole.host.stored.get(GUESSED_KEY)).toBe(String(wait * 1000));
	});
	test("a power cut amid the right login leaves a second to wait, and four of them eight", () => {
		const pole = new ConsoleRig().guessing();
		const { store } = pole.host;
		const { erase } = store;
		for (const wait of [1, 2, 4, 8]) {
			// power fails before the flash has erased it
			Object.assign(store, { erase: () => "failed" });
			expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
			pole.boot();
			pole.guessing();
			expect(pole.plain(`login ${SECRET}`)).toEqual([`error wait ${wait}`]);
			pole.pass(wait * 1000);
		}
		Object.assign(store, { erase });
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		pole.boot();
		pole.guessing();
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
	});
	test.each(["", "1", "999", "60001", "NaN", "of later firmware"])(
		"a stored wait %j counts as the longest",
		(kept) => {
			const pole = new ConsoleRig();
			pole.host.stored.set(GUESSED_KEY, kept);
			pole.boot();
			pole.guessing();
			expect(pole.plain(`login ${SECRET}`)).toEqual(["error wait 60"]);
			pole.pass(WAIT_MAX);
			expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		},
	);

	test("a mark that flash refuses is tried again with the next guess, and so is its end", () => {
		const pole = new ConsoleRig().guessing();
		const { host } = pole;
		host.storeFails = true;
		pole.pass(WAIT_MAX);
		expect(pole.plain(`login ${OTHER}`)).toEqual(["error wrongSecret 1"]);
		expect(host.stored.has(GUESSED_KEY)).toBe(false);
		host.storeFails = false;
		pole.pass(WAIT_MAX);
		pole.plain(`login ${OTHER}`);
		expect(host.stored.get(GUESSED_KEY)).toBe("2000");
		const { erase } = host.store;
		Object.assign(host.store, { erase: () => "failed" });
		pole.pass(WAIT_MAX);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		expect(host.stored.has(GUESSED_KEY)).toBe(true);
		Object.assign(host.store, { erase });
		pole.boot();
		pole.guessing();
		pole.pass(WAIT_MAX);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		expect(host.stored.has(GUESSED_KEY)).toBe(false);
	});

	// security: 5.1-5
	test("a store that refuses the mark: nothing is looked at in the first minute of a life", () => {
		const pole = new ConsoleRig().guessing();
		pole.host.storeFails = true;
		for (let index = 0; index < 20; index += 1) {
			pole.boot();
			pole.guessing();
			pole.pass(1000);
			for (const guess of [SECRET, OTHER])
				expect(pole.plain(`login ${guess}`)).toEqual(["error wait 60"]);
		}
		pole.pass(WAIT_MAX);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
	});

	/** Guesses for an hour; power is cut each `cutEvery`; how many were looked at. */
	function attack(every: number, cutEvery: number, isWorn = false) {
		const pole = new ConsoleRig().guessing();
		pole.host.storeFails = isWorn;
		const end = pole.now + 60 * MINUTE;
		let looked = 0;
		for (let cut = pole.now + cutEvery; pole.now < end; pole.now += every) {
			if (pole.now >= cut) {
				pole.boot();
				pole.guessing();
				cut += cutEvery;
			}
			const [answer] = pole.plain(`login ${String(pole.now).padStart(12, "0")}ABCDEF`);
			if (answer?.startsWith("error wrongSecret")) looked += 1;
		}
		return { looked, pole };
	}
	test.each([
		["never", Infinity, 250, false],
		["each 61 s", 61_000, 28, false], // 25 bytes and the answer at 115200 baud
		["each 5 minutes", 300_000, 250, false],
		["never, flash worn", Infinity, 250, true],
		["before each, flash worn", 250, 250, true],
		["each 61 s, flash worn", 61_000, 250, true],
	])(
		"at line speed for an hour, power cut %s: under 40, and the owner gets in",
		(_how, cutEvery, every, isWorn) => {
			const { looked, pole } = attack(every, cutEvery, isWorn);
			if (!isWorn) expect(looked).toBeGreaterThan(0);
			expect(looked).toBeLessThan(40);
			pole.now += WAIT_MAX;
			expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok/);
		},
	);
	// security: 5.1-5
	test("nobody can do better than one a minute: 65 in the first hour", () => {
		expect(attack(1000, Infinity).looked).toBeLessThan(40); // too hasty
		const pole = new ConsoleRig().guessing();
		const end = pole.now + 60 * MINUTE;
		let looked = 0;
		while (pole.now < end) {
			const [, , wait] = pole.plain(`login ${OTHER}`)[0]!.split(" ");
			looked += 1;
			pole.pass(Number(wait) * 1000);
		}
		expect(looked).toBe(65);
	});
});

describe("a session ends", () => {
	test("ten minutes after the last key, and holds no buffers then", () => {
		const pole = new ConsoleRig().login();
		pole.pass(IDLE_AFTER - 1);
		pole.type("\r");
		pole.pass(IDLE_AFTER - 1);
		expect(pole.terminal.text).not.toContain("logged out");
		pole.pass(1);
		expect(pole.terminal.text).toContain("logged out");
		expect([pole.console.dueAt, pole.desk.left]).toEqual([Infinity, 1]);
		expect(pole.type("show hold\r")).toContain("secret:");
	});
	test("and NUL, which a page sends while it shows the line, is such a key and no other", () => {
		const pole = new ConsoleRig().login();
		pole.type("show ho");
		const before = pole.terminal.text;
		for (let times = 0; times < 5; times++) {
			pole.pass(IDLE_AFTER - 1);
			pole.type("\0");
		}
		expect(pole.terminal.text).toBe(before);
		expect(pole.type("ld\r")).toContain("hold");
	});
	test("also that of a script, which receives nothing of it", () => {
		const pole = new ConsoleRig().login();
		pole.type("plain\r");
		pole.terminal.show("\r\n");
		pole.pass(IDLE_AFTER);
		expect(pole.terminal.text).not.toContain("logged out");
		expect(pole.send("\u0003plain 7f3a\r")).toMatch(/ok plain 1 closed quai-7 7f3a\r\n$/);
	});
});
