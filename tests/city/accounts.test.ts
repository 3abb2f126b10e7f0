/** Accounts at the broker: lamps of the vault in mosquitto's and RabbitMQ's files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
	type Accounts,
	accountsOf,
	type Naming,
	ROLES,
	revoked,
	withPasswords,
} from "../../city/accounts/accounts.js";
import { accountBook, isForBroker } from "../../city/accounts/book.js";
import { accessFile, passwordFile } from "../../city/accounts/mosquitto.js";
import { type Definitions, definitionsOf, incrementOf } from "../../city/accounts/rabbitmq.js";
import { type Content, Vault } from "../../lib/vault/vault.js";
import { TestSeat } from "../tools/laptop/lampline.js";

const NODES: Naming = { by: "node", nodes: new Map() };
const made = "2026-11-24T21:00:00.000Z";
const lamp = (n: number, nodes: readonly string[], serial = `L${n}`) => ({
	serial,
	nodes,
	secret: `secret-of-lamp-00${n}`,
	made,
});
const twoLamps = (): Content =>
	withPasswords({ shared: {}, lamps: [lamp(1, ["pole-1"]), lamp(2, ["pole-2"])] });
const SCOPE = { root: "luminode/1", sites: ["liege"] };

describe("accounts of the vault", () => {
	test("every lamp and every program has a password, and keeps it", () => {
		const content = twoLamps();
		const args = [
			...content.lamps.map(({ settings }) => settings!.brokerPassword!),
			...ROLES.map((role) => content.roles![role]!),
		];
		expect(new Set(args).size).toBe(2 + ROLES.length);
		for (const word of args) expect(word).toMatch(/^[\w-]{24}$/);
		expect(withPasswords(content)).toBe(content);
	});
	test("a password that was put into the vault stays", () => {
		const typedLamp = { ...lamp(1, ["pole-1"]), settings: { brokerPassword: "typed" } };
		const { lamps } = withPasswords({ shared: {}, lamps: [typedLamp] });
		expect(lamps[0]!.settings).toEqual({ brokerPassword: "typed" });
	});

	const cases: [why: string, content: Content, naming: Naming, users: string[], gone: string[]][] =
		[
			["the latest pole", { shared: {}, lamps: [lamp(1, ["a", "b"])] }, NODES, ["b"], []],
			["no pole, no account", { shared: {}, lamps: [lamp(1, [])] }, NODES, [], []],
			[
				"by serial number",
				{ shared: {}, lamps: [lamp(1, [])] },
				{ by: "serial", nodes: new Map([["L1", "quai-7"]]) },
				["L1"],
				[],
			],
			[
				"a replaced lamp gives its name to the latest",
				{ shared: {}, lamps: [lamp(1, ["a"]), lamp(2, ["a"])] },
				NODES,
				["a"],
				[],
			],
			[
				"a revoked one",
				{ shared: {}, lamps: [{ ...lamp(1, ["a"]), revoked: made }, lamp(2, ["b"])] },
				NODES,
				["b"],
				["a"],
			],
			[
				"a revoked one whose pole has a new lamp",
				{ shared: {}, lamps: [{ ...lamp(1, ["a"]), revoked: made }, lamp(2, ["a"])] },
				NODES,
				["a"],
				[],
			],
		];
	test.each(cases)("%s", (_why, content, naming, users, gone) => {
		const accounts = accountsOf(withPasswords(content), naming);
		expect(accounts.lamps.map(({ user }) => user)).toEqual(users);
		expect(accounts.revoked).toEqual(gone);
	});
	test("the lamp of a replaced one's name has the password of the latest", () => {
		const content = withPasswords({ shared: {}, lamps: [lamp(1, ["a"]), lamp(2, ["a"])] });
		const [account] = accountsOf(content, NODES).lamps;
		expect(account).toMatchObject({
			serial: "L2",
			password: content.lamps[1]!.settings!.brokerPassword,
		});
	});
	test.each(["desk", "../pole", "pole 1", "pole/1"])(
		"'%s' is not the name of an account",
		(name) => {
			const content = withPasswords({ shared: {}, lamps: [lamp(1, [name])] });
			expect(() => accountsOf(content, NODES)).toThrow(
				/is not the name of an account.*e\.g\. pole-00001/,
			);
		},
	);
	test("a revoked lamp loses its password and gets no other", () => {
		const content = twoLamps();
		const after = revoked(content, content.lamps[0]!, new Date(0));
		expect(withPasswords(after)).toBe(after);
		expect(after.lamps[0]).toMatchObject({ settings: {}, revoked: "1970-01-01T00:00:00.000Z" });
		expect(after.lamps[1]).toBe(content.lamps[1]);
	});
});

describe("mosquitto", () => {
	/** Of Debian's /etc/mosquitto/mosquitto.conf (2.0.21), which includes the ready file. */
	const DEBIAN = ["pid_file", "persistence", "persistence_location", "log_dest", "include_dir"];
	test.each(["passwords", "certificates"])("the ready file of %s has each setting once", (name) => {
		const lines = readFileSync(`city/files/mosquitto-${name}.conf`, "utf8").split("\n");
		const settings = lines.filter((line) => /^\w/.test(line)).map((line) => line.split(" ")[0]);
		const all = [...DEBIAN, ...settings];
		expect(all.filter((setting, at) => all.indexOf(setting) !== at)).toEqual([]);
	});
	/** Written by mosquitto_passwd 2.0.21 for the password `right`. */
	const FOREIGN =
		"pole-1:$7$101$ECTTzqt+FaWFSUx9$0FD3XBG7CQqxUGklniyeZTm9BrO5A9shhBA/h/KXtxZNmOzn8mEQrD0qZrokcjL18Dh96ndH6lu9Sw5FHSsnCg==";
	const accounts = (password: string): Accounts => ({
		lamps: [{ user: "pole-1", password, node: "pole-1", serial: "L1" }],
		programs: [
			...ROLES.map((role) => ({ user: role, role, password: role })),
			{ user: "desk-anna", role: "desk", password: "o" },
		],
		revoked: [],
		without: [],
	});
	test("a line of mosquitto_passwd stays as long as its password does", () => {
		expect(passwordFile(accounts("right"), `${FOREIGN}\n`).split("\n")[0]).toBe(FOREIGN);
		expect(passwordFile(accounts("wrong"), `${FOREIGN}\n`).split("\n")[0]).not.toBe(FOREIGN);
	});
	test("a second run changes nothing", () => {
		const first = passwordFile(accounts("right"));
		expect(passwordFile(accounts("right"), first)).toBe(first);
		expect(first).not.toContain("right");
	});
	test("users by pole share patterns; users by serial number have lines of their own", () => {
		const shared = accessFile(accounts("x"), SCOPE);
		expect(shared).toContain("pattern write luminode/1/liege/%u/state\n");
		expect(shared).not.toContain("%c"); // anybody takes a client identifier
		expect(shared).toContain("user pole-1\ntopic write luminode/1/unassigned/L1/status\n");
		const { lamps, ...rest } = accounts("x");
		const access = accessFile({ ...rest, lamps: [{ ...lamps[0]!, user: "L1" }] }, SCOPE);
		expect(access).toContain("user L1\ntopic write luminode/1/liege/pole-1/status\n");
		expect(access).toContain("topic read luminode/1/unassigned/L1/command\n");
		expect(access).not.toContain("pattern");
	});
	test("a pattern for lamps holds for no program", () => {
		const blocks = accessFile(accounts("x"), SCOPE).split("\n\n");
		for (const role of ROLES) {
			const roleBlocks = blocks.filter((block) => block.startsWith(`user ${role}\n`));
			expect(roleBlocks).toEqual([
				expect.stringContaining(`topic deny luminode/1/liege/${role}/#`),
			]);
		}
	});
	test("nobody but the alarm writes emergencies, and no lamp writes orders", () => {
		const text = accessFile(accounts("x"), SCOPE);
		for (const block of text.split("\n\n")) {
			expect(/write .*emergency/.test(block)).toBe(block.startsWith("user alarm"));
			if (block.includes("pattern")) expect(block).not.toMatch(/write .*command/);
		}
	});
});

describe("RabbitMQ", () => {
	const accounts = (content: Content) => accountsOf(content, NODES);
	const definitions = definitionsOf(accounts(twoLamps()), SCOPE, undefined);
	const topics = (user: string) =>
		definitions.topic_permissions.find((permission) => permission.user === user)!;

	const cases: [user: string, right: "read" | "write", key: string, isGranted: boolean][] = [
		["pole-1", "write", "luminode.1.liege.pole-1.state", true],
		["pole-1", "write", "luminode.1.liege.pole-1.settings.reported.light", true],
		["pole-1", "write", "luminode.1.liege.pole-2.state", false],
		["pole-1", "write", "luminode.1.liege.pole-1.command", false],
		["pole-1", "write", "luminodex1.liege.pole-1.state", false],
		["pole-1", "read", "luminode.1.liege.pole-1.settings.desired.*", true],
		["pole-1", "read", "luminode.1.liege.pole-1.settings.desired.light", true],
		["pole-1", "read", "luminode.1.liege.*.command", false],
		["pole-1", "read", "luminode.1.liege.group.quay.command", true],
		["pole-1", "read", "#", false],
		["desk", "read", "luminode.1.liege.*.state", true],
		["desk", "read", "luminode.1.liege.#", true],
		["desk", "read", "luminode.1.mons.#", false],
		["desk", "write", "luminode.1.liege.all.emergency", false],
		["alarm", "write", "luminode.1.liege.all.emergency", true],
		["reader", "write", "", true],
		["reader", "write", "luminode.1.liege.all.command", false],
		["reader", "write", "luminode.1.liege.reader.status", false],
		["pole-1", "write", "luminode.1.unassigned.L1.status", true],
		["pole-1", "write", "luminode.1.unassigned.L2.status", false],
		["bridge", "write", "homeassistant.device.x.config", true],
		["citizens", "write", "homeassistant.device.x.config", false],
		["citizens", "read", "luminode.1.liege.*.traffic", false],
		["traffic", "read", "luminode.1.liege.*.traffic", true],
		["traffic", "write", "luminode.1.liege.p.command", false],
		["assistant", "read", "luminode-bridge.#", true],
		["assistant", "write", "luminode.1.liege.p.command", false],
	];
	test.each(cases)("%s may %s %s: %s", (user, right, key, isGranted) => {
		expect(new RegExp(topics(user)[right]).test(key)).toBe(isGranted);
	});
	test("a lamp may configure the queue of its own serial number alone", () => {
		const { configure } = definitions.permissions.find(({ user }) => user === "pole-1")!;
		expect(
			["mqtt-subscription-L1qos1", "mqtt-subscription-L2qos1", "other"].map((queue) =>
				new RegExp(configure).test(queue),
			),
		).toEqual([true, false, false]);
	});
	test("an increment has the new lamp and the changed one, and no other", () => {
		const content = twoLamps();
		const before = definitionsOf(accounts(content), SCOPE, undefined);
		expect(definitionsOf(accounts(content), SCOPE, before)).toEqual(before);
		const changed = { ...content.lamps[1]!, settings: { brokerPassword: "another" } };
		const more = withPasswords({
			...content,
			lamps: [content.lamps[0]!, changed, lamp(3, ["pole-3"])],
		});
		const after = definitionsOf(accounts(more), SCOPE, before);
		const increment = incrementOf(after, before);
		expect(increment.users.map(({ name }) => name)).toEqual(["pole-2", "pole-3"]);
		expect(increment.permissions.map(({ user }) => user)).toEqual(["pole-3"]);
	});
});

describe("the command", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	async function run(...args: string[]): Promise<{ code: number; output: string }> {
		const path = join(folder, "city.vault");
		const cheap = { N: 2 ** 8, r: 8, p: 1 };
		Vault.open(path, "correct horse battery", cheap).update((content) =>
			content.lamps.length > 0 ? content : { shared: {}, lamps: [lamp(1, ["pole-1"])] },
		);
		const seat = new TestSeat();
		const environment = { LUMINODE_PASSPHRASE: "correct horse battery" };
		const code = await accountBook(["--vault", path, ...args], {
			stdin: seat.stdin,
			stdout: seat.stdout,
			stderr: seat.stderr,
			environment,
			now: () => seat.now(),
		});
		return { code, output: seat.stdout.text + seat.stderr.text };
	}

	test("words of this program and of the vault's", () => {
		expect(isForBroker(["--vault", "x", "--broker", "mosquitto", "out"])).toBe(true);
		expect(isForBroker(["--vault", "x", "--list"])).toBe(false);
	});
	const bad: [args: string[], error: RegExp][] = [
		[["--broker", "hivemq", "out"], /hivemq: is none of mosquitto, rabbitmq, e\.g\./],
		[["--broker", "mosquitto"], /give one folder for the files, e\.g\./],
		[["--broker", "mosquitto", "out"], /--site is missing, for example/],
		[["--broker", "mosquitto", "out", "--site", "a/b"], /--site a\/b: is not 1-32 of/],
		[["--broker", "mosquitto", "out", "--site", "liege", "--revoke", "x"], /no lamp or operator/],
		[["--broker", "mosquitto", "out", "--site", "liege", "--operator", "a b"], /is not 1-27 of/],
		[
			["--broker", "mosquitto", "out", "--site", "liege", "--users", "x"],
			/neither node nor serial/,
		],
	];
	test.each(bad)("%j is refused with the rule", async (args, error) => {
		const { code, output } = await run(...args);
		expect([code, output]).toEqual([2, expect.stringMatching(error)]);
	});
	const french: [args: string[], error: RegExp][] = [
		[["--broker", "hivemq", "out"], /^vault : --broker hivemq : il faut mosquitto ou rabbitmq,/],
		[["--broker", "mosquitto", "out"], /^vault : --site manque, p\. ex\. --site liege$/m],
		[["--broker", "mosquitto", "out", "--nope"], /^vault : option inconnue --nope ;/],
		[["--broker", "mosquitto", "out", "--root"], /^vault : --root demande une valeur ;/],
	];
	test.each(french)("%j is refused in French", async (args, error) => {
		expect(await run(...args, "--lang=fr")).toEqual({
			code: 2,
			output: expect.stringMatching(error),
		});
	});
	test("files in French: no English word, and counts after their nouns", async () => {
		const out = join(folder, "out");
		const { code, output } = await run(
			"--broker",
			"mosquitto",
			out,
			"--site",
			"liege",
			"--lang=fr",
		);
		expect([code, output.replaceAll(folder, "")]).toEqual([
			0,
			"/out/passwords : luminaires 1, comptes nouveaux ou modifiés 9\n/out/acl : écrit\n" +
				"ensuite : mosquitto doit pouvoir lire les deux fichiers ; SIGHUP les lui fait charger\n",
		]);
	});
	test("an operator has an account with the rights of the desk, until it is revoked", async () => {
		const files = { mosquitto: "acl", rabbitmq: "definitions.json" };
		for (const [form, name] of Object.entries(files)) {
			const out = join(folder, form);
			const args = ["--broker", form, out, "--site", "liege"];
			const text = () => readFileSync(join(out, name), "utf8");
			await run(...args, "--operator", "anna", "--operator", "luc");
			const rights = (user: string) =>
				form === "mosquitto"
					? text().split(`user ${user}\n`)[1]!.split("\n\n")[0]!.replaceAll(`/${user}/`, "/desk/")
					: (JSON.parse(text()) as Definitions).topic_permissions
							.filter((permission) => permission.user === user)
							.map(({ write, read }) => [write, read]);
			expect(rights("desk-anna")).toEqual(rights("desk"));
			await run(...args, "--revoke", "desk-anna");
			expect([text().includes("desk-anna"), text().includes("desk-luc")]).toEqual([false, true]);
		}
		expect(readFileSync(join(folder, "rabbitmq", "revoked"), "utf8")).toBe("desk-anna\n");
		expect(
			(await run("--broker", "mosquitto", folder, "--site", "l", "--revoke", "desk")).code,
		).toBe(2);
	});
	test("an operator of one of several communes is one of that commune", async () => {
		const names = ["mosquitto", "rabbitmq"].map((form) => join(folder, form));
		const files = async (...more: string[]) => {
			const options = ["--site", "liege", "--commune"];
			await run("--broker", "rabbitmq", names[1]!, ...options, ...more);
			await run("--broker", "mosquitto", names[0]!, ...options); // of the same vault
			const acl = readFileSync(join(names[0]!, "acl"), "utf8");
			const all = readFileSync(join(names[1]!, "definitions.json"), "utf8");
			return { acl, definitions: JSON.parse(all) as Definitions };
		};
		const { acl, definitions } = await files("--operator", "anna");
		expect(acl).toContain("user liege.desk-anna\n");
		const { configure } = definitions.permissions.find(({ user }) => user === "liege.desk-anna")!;
		const sessions = [
			["luminode-traffic-liege", true],
			["luminode-traffic-liege.a", true],
			["luminode-traffic-liege.", false],
			["luminode-traffic-liege-a", false], // it may be another commune
			["luminode-traffic-huy.a", false],
			["liege.desk-anna-1f3a", true],
		] as const;
		for (const [client, isOwn] of sessions) {
			const queue = `mqtt-subscription-${client}qos1`;
			expect([client, new RegExp(configure).test(queue)]).toEqual([client, isOwn]);
		}
		const after = await files("--revoke", "desk-anna");
		expect(JSON.stringify(after)).not.toContain("desk-anna");
		expect(readFileSync(join(names[1]!, "revoked"), "utf8")).toBe("liege.desk-anna\n");
	});
	test("files, and a revocation that survives a later run", async () => {
		const out = join(folder, "out");
		const args = ["--broker", "rabbitmq", out, "--site", "liege"];
		expect((await run(...args)).code).toBe(0);
		expect((await run(...args, "--revoke", "pole-1")).output).toContain("accounts to delete 1");
		expect(readFileSync(join(out, "revoked"), "utf8")).toBe("pole-1\n");
		expect((await run(...args)).output).toContain("new or changed accounts 0");
		expect(readFileSync(join(out, "definitions.json"), "utf8")).not.toContain("pole-1");
		writeFileSync(join(out, "revoked"), "");
		await run(...args);
		expect(readFileSync(join(out, "revoked"), "utf8")).toBe("pole-1\n");
	});
});
