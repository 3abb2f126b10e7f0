/**
 * Provisioning: the firmware itself at the other end of the line, in one process.
 *
 * Promise: A lamp is commissioned by the laptop as the site file says, or the record states what
 * failed.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Vault, withLamp } from "../../../../lib/vault/vault.js";
import { fits } from "../../../../src/console/secret.js";
import { newKey, requestOf } from "../../../../tools/laptop/provision/certificate.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { certificateFor } from "../../../support/authority.js";
import { TestSeat } from "../lampline.js";
import { ANSWER, LampOnLine } from "../lamponline.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const PASSWORD = "hunter2-hunter2-hunter2";
const SITE_KEY = "the key of the whole site";
const SITE = [
	"pole,serial,node,site,group,latitude,longitude,fullClass,floorClass,installedMean,brokerHost,brokerTls",
	"*,,,liege,quay,50.64,5.57,P4,P6,6.2,broker.example,true",
	"Q7,fake-7,quai-7,,,50.6452,5.5735,,,,,",
	"Q8,,quai-8,,,,,P3,P5,9.3,,",
	"",
];

let folder: string;
let vault: Vault;
let poles: LampOnLine[];
const file = (name: string) => join(folder, name);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	writeFileSync(file("site.csv"), SITE.join("\n"));
	vault = newVault();
	poles = [];
});
/** With what is secret and of all lamps. */
function newVault(): Vault {
	rmSync(file("city.vault"), { force: true });
	const made = Vault.open(file("city.vault"), PHRASE, CHEAP);
	const shared = { brokerPassword: PASSWORD, siteKey: SITE_KEY };
	made.update((content) => ({ ...content, shared }));
	return made;
}
afterEach(async () => {
	for (const pole of poles) await pole.unplug();
	rmSync(folder, { recursive: true });
});

async function plugged(serial: string, sections = {}): Promise<LampOnLine> {
	const pole = new LampOnLine(serial, sections);
	poles.push(pole);
	return pole.plug();
}

/** Presses a key whenever the program asks. */
function answering(seat: TestSeat, key: string): void {
	const write = seat.stderr.write.bind(seat.stderr);
	Object.assign(seat.stderr, {
		write: (text: string) => {
			if (text.includes("[y/n]")) setTimeout(() => seat.keys.write(key), 5);
			return write(text);
		},
	});
}

interface Ran {
	readonly code: number;
	readonly out: string;
	readonly said: string;
}

async function run(pole: LampOnLine | undefined, ...args: string[]): Promise<Ran> {
	return runWith(pole, "n", args);
}

/** `key`: the answer to each question; undefined: nobody is at the keyboard. */
async function runWith(
	pole: LampOnLine | undefined,
	key: string | undefined,
	args: readonly string[],
): Promise<Ran> {
	const seat = new TestSeat();
	if (key === undefined) Object.assign(seat.stdin, { isTTY: false });
	else answering(seat, key);
	const { stdin, stdout, stderr, now } = seat;
	const port = pole ? ["--port", pole.line.name] : [];
	const files = ["--site", file("site.csv"), "--vault", file("city.vault")];
	const tests = args.includes("--tests") ? [] : ["--tests", "none"];
	const code = await provision(
		[...port, ...files, "--protocol", file("protocol.csv"), ...tests, ...args],
		{ stdin, stdout, stderr, now, environment: { LUMINODE_PASSPHRASE: PHRASE } },
	);
	return { code, out: stdout.text, said: stderr.text };
}

const opens = (pole: LampOnLine) =>
	Vault.open(file("city.vault"), PHRASE)
		.read()
		.lamps.filter(({ secret }) => fits(secret, pole.host.stored.get("secret") ?? "", pole.host));

/** What the lamp is after a power cut. */
function afterCut(pole: LampOnLine) {
	const { node, site, group, latitude, fullClass, installedMean, brokerHost } =
		pole.boot().settings;
	return { node, site, group, latitude, fullClass, installedMean, brokerHost };
}

const Q7 = {
	node: "quai-7",
	site: "liege",
	group: "quay",
	latitude: 50.6452,
	fullClass: "P4",
	installedMean: 6.2,
	brokerHost: "broker.example",
};

test("a new lamp becomes what its line says: secret, settings, a line in the protocol, PASS", async () => {
	const pole = await plugged("fake-7");
	const { code, out, said } = await run(pole, "--pole", "Q7");
	expect([code, said]).toEqual([0, ""]);
	expect(out).toMatch(/^PASS pole Q7$/m);
	expect(opens(pole)).toMatchObject([{ serial: "fake-7", nodes: ["fake-7", "quai-7"] }]);
	expect(readFileSync(file("protocol.csv"), "utf8").split("\r\n")).toEqual([
		"time,result,site,pole,node,serial,hardware,software,changed,certificate,lamp,pir,light,broker,store,heap,clock,why",
		expect.stringMatching(
			/^2026-11-24T21:00:00.000Z,pass,liege,Q7,quai-7,fake-7,fake\/1,[\d.]+,9,none,,,,,,,,$/,
		),
		"",
	]);
	expect(afterCut(pole)).toEqual(Q7);
});

test("a second run finds all done and changes nothing", async () => {
	const pole = await plugged("fake-7");
	await run(pole, "--pole", "Q7");
	const before = opens(pole);
	const { code, out } = await run(pole, "--pole", "Q7");
	expect([code, out]).toEqual([
		0,
		expect.stringMatching(/10 as the site file says, 0 of them changed/),
	]);
	expect(opens(pole)).toEqual(before);
});

test("unplugged after any act of the lamp, before it can answer: the next run ends it", async () => {
	const measure = await plugged("fake-7");
	expect((await run(measure, "--pole", "Q7")).code).toBe(0);
	const answers = [...measure.output.matchAll(ANSWER)].length;
	expect(answers).toBe(22); // plain, secret, status, revert, show, 11 set, apply, confirm, show, certificate, status, logout
	for (let at = 0; at < answers - 1; at += 1) {
		newVault();
		const pole = await plugged("fake-7");
		pole.unplugBefore = at;
		const first = await run(pole, "--pole", "Q7");
		expect([at, first.code > 0, first.out + first.said]).toEqual([
			at,
			true,
			expect.stringMatching(/unplugged|no lamp answers/),
		]);
		await pole.unplug();
		if (at % 2 === 1) pole.boot(); // the power was cut, too
		await pole.plug();
		const second = await run(pole, "--pole", "Q7");
		expect([at, second.code, second.said]).toEqual([at, 0, ""]);
		expect(opens(pole)).toHaveLength(1);
		// no entry of the interrupted run is left beside
		expect(Vault.open(file("city.vault"), PHRASE).read().lamps).toHaveLength(1);
		expect(afterCut(pole)).toEqual(Q7);
		await pole.unplug();
	}
});

describe("a lamp of another pole stops with a question before anything is changed", () => {
	/** Commissions fake-7 at Q7; the vault and the protocol then have it there. */
	const known = async () => {
		const pole = await plugged("fake-7");
		await run(pole, "--pole", "Q7");
		return pole;
	};
	const wrong: [what: string, make: () => Promise<LampOnLine>, doubt: RegExp][] = [
		[
			"its name is another pole's",
			known,
			/^\? the lamp is called quai-7; the site file says pole Q8/m,
		],
		[
			"the vault has it elsewhere, though its name is gone",
			async () => {
				const pole = await known();
				rmSync(file("protocol.csv"));
				pole.host.stored.delete("set.identity");
				for (const key of [...pole.host.stored.keys()])
					if (/identity/.test(key)) pole.host.stored.delete(key);
				pole.boot();
				return pole;
			},
			/^\? the vault has fake-7 as node quai-7/m,
		],
		[
			"the protocol has another one there",
			async () => {
				await run(await plugged("fake-8"), "--pole", "Q8");
				vault.update((content) => ({ ...content, lamps: [] }));
				return plugged("fake-9");
			},
			/^\? at pole Q8 fake-8 passed on 2026-11-24/m,
		],
		[
			"the vault has the name for another one",
			async () => {
				await run(await plugged("fake-8"), "--pole", "Q8");
				rmSync(file("protocol.csv"));
				return plugged("fake-9");
			},
			/^\? the vault has node quai-8 as fake-8; this lamp is fake-9/m,
		],
		[
			"a lamp not yet commissioned has another name",
			async () => plugged("fake-9", { identity: { site: "liege", node: "quai-1" } }),
			/^\? the lamp is called quai-1/m,
		],
	];
	test.each(wrong)("%s", async (_what, make, doubt) => {
		const pole = await make();
		const before = [...pole.host.stored].filter(([key]) => key.startsWith("set."));
		const received = pole.line.received.length;
		const refused = await run(pole, "--pole", "Q8");
		expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(doubt)]);
		expect(refused.out).toMatch(/^FAIL pole Q8: .*Nothing was changed; --yes goes on/m);
		expect(pole.line.received.slice(received)).not.toMatch(/set |apply|revert/);
		expect([...pole.host.stored].filter(([key]) => key.startsWith("set."))).toEqual(before);
		const nobody = await runWith(pole, undefined, ["--pole", "Q8"]);
		expect([nobody.code, nobody.said]).toEqual([1, ""]);
		const meant = await runWith(pole, "y", ["--pole", "Q8"]);
		expect([meant.code, meant.out]).toEqual([0, expect.stringMatching(doubt)]);
		expect(afterCut(pole).node).toBe("quai-8");
		expect((await run(pole, "--pole", "Q8")).out).not.toMatch(/^\?/m);
	});
});

describe("a lamp that does not measure its own light passes if somebody saw it shine", () => {
	const cases: [
		key: string | undefined,
		words: string[],
		code: number,
		said: RegExp,
		cell: string,
	][] = [
		["y", [], 0, /^PASS pole Q8$/m, "seen"],
		["n", [], 1, /^FAIL pole Q8: test lamp: it was not seen to shine$/m, "unknown"],
		[undefined, [], 1, /^FAIL pole Q8: test lamp: no person confirmed its light/m, "unknown"],
		[undefined, ["--seen"], 0, /^PASS pole Q8$/m, "seen"],
	];
	test.each(cases)("%s %j", async (key, args, code, printed, cell) => {
		const pole = await plugged("fake-8");
		pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
		const ran = await runWith(pole, key, ["--pole", "Q8", "--tests", "lamp", ...args]);
		expect([ran.code, ran.out]).toEqual([code, expect.stringMatching(printed)]);
		const [, row] = readFileSync(file("protocol.csv"), "utf8").split("\r\n");
		expect(row!.split(",")[10]).toBe(cell);
	});
});

test("what someone else tried and did not keep is not kept by us", async () => {
	const pole = await plugged("fake-8");
	pole.type("\rsecret LEFT-OPEN-BY-A-COLLEAGUE\rset fallTime 44\rapply\r");
	expect(pole.node.settings.fallTime).toBe(44_000);
	expect((await run(pole, "--pole", "Q8")).code).toBe(0);
	expect(pole.boot().settings.fallTime).toBe(10_000);
});

test("at the depot a lamp gets what holds for all, and its place later, with the same secret", async () => {
	const pole = await plugged("fake-9");
	expect((await run(pole, "--serial")).out).toMatch(/^PASS fake-9$/m);
	expect(afterCut(pole)).toMatchObject({ node: "", site: "liege", brokerHost: "broker.example" });
	const [{ secret }] = opens(pole) as unknown as [{ secret: string }];
	expect((await run(pole, "--pole", "Q8")).code).toBe(0);
	expect(afterCut(pole)).toMatchObject({ node: "quai-8", fullClass: "P3", installedMean: 9.3 });
	expect(opens(pole)).toMatchObject([{ serial: "fake-9", secret, nodes: ["fake-9", "quai-8"] }]);
});

describe("a wrong broker is corrected by the next run", () => {
	/** Online at `old`, then commissioned with a broker that does not exist. */
	const mistaken = async () => {
		const link = { brokerHost: "old", brokerTls: false, reconnectSpread: 60 };
		const pole = (await plugged("fake-8", { link })).fitBroker();
		pole.pass(120_000);
		pole.silence();
		pole.type("\rsecret LEFT-OPEN-BY-A-COLLEAGUE\r");
		for (const line of ["set brokerHost brokr", "apply", "confirm"]) pole.type(`${line}\r`);
		expect(pole.node.settingsManager.isOnProbation).toBe(true);
		return pole;
	};
	test("with a countdown until it is reached and kept", async () => {
		const pole = (await mistaken()).fitBroker();
		const { code, out } = await run(pole, "--pole", "Q8", "--tests", "broker");
		expect([code, out]).toEqual([0, expect.stringMatching(/^PASS pole Q8$/m)]);
		expect(out).toMatch(/^settings on trial: broker.example is reached, kept in [01]:\d\d/m);
		expect(afterCut(pole)).toMatchObject({ node: "quai-8", brokerHost: "broker.example" });
		expect(pole.node.settingsManager.isOnProbation).toBe(false);
	});
	test("with the reason, where that one is not reached either", async () => {
		const pole = await mistaken();
		const { code, out } = await run(pole, "--pole", "Q8", "--tests", "broker");
		expect([code, out]).toEqual([
			1,
			expect.stringMatching(/waiting for the broker broker.example/),
		]);
		expect(out).toMatch(
			/^FAIL pole Q8: broker.example was not reached: the lamp went back to old/m,
		);
	});
	test("without the test of a broker it is kept by the person there", async () => {
		const pole = await mistaken();
		const { code, out } = await run(pole, "--pole", "Q8");
		expect([code, out]).toEqual([0, expect.stringMatching(/^settings kept without a connection/m)]);
		expect(afterCut(pole).brokerHost).toBe("broker.example");
	});
});

test("a node that is replaced: another lamp at the same pole has another secret", async () => {
	const [old, young] = [await plugged("fake-8"), await plugged("fake-9")];
	await run(old, "--pole", "Q8");
	expect((await run(young, "--pole", "Q8", "--yes")).code).toBe(0);
	const secrets = [...opens(old), ...opens(young)].map(({ serial, secret }) => [serial, secret]);
	expect(secrets.map(([serial]) => serial)).toEqual(["fake-8", "fake-9"]);
	expect(secrets[0]![1]).not.toBe(secrets[1]![1]);
});

test("a lamp that forgot everything is new again, and its old secret opens nothing", async () => {
	const pole = await plugged("fake-7");
	await run(pole, "--pole", "Q7");
	const [before] = opens(pole);
	pole.host.stored.clear();
	pole.boot();
	expect((await run(pole, "--pole", "Q7")).code).toBe(0);
	const [after] = opens(pole);
	expect(after!.secret).not.toBe(before!.secret);
	expect(vault.read().lamps).toEqual([after]);
});

describe("what goes wrong at the lamp: FAIL with the reason, exit 1, in the protocol, too", () => {
	const failed = async (pole: LampOnLine, why: RegExp, ...args: string[]) => {
		const { code, out } = await run(pole, ...args);
		expect([code, out]).toEqual([1, expect.stringMatching(/^FAIL /m)]);
		expect(out).toMatch(why);
		const [, result, rest] = /\r\n\S+,(pass|fail),(.*)\r\n$/.exec(
			readFileSync(file("protocol.csv"), "utf8"),
		)!;
		expect([result, rest]).toEqual(["fail", expect.stringMatching(why)]);
	};

	test("another lamp than the site file says", async () => {
		const pole = await plugged("fake-1");
		await failed(
			pole,
			/serial number fake-7 belongs to pole Q7; this lamp has another one/,
			"--pole",
			"Q7",
		);
		expect(afterCut(pole)).toMatchObject({ node: "", brokerHost: "" });
	});

	test("settings that do not agree with what the lamp has: it stays as it was", async () => {
		const pole = await plugged("fake-8", { light: { floorLevel: 10, maxLevel: 15 } });
		await failed(pole, /the lamp refuses apply: maxLevel must not be below/, "--pole", "Q8");
		expect(afterCut(pole)).toMatchObject({ node: "", fullClass: "percent" });
	});

	test("a secret that the vault does not know", async () => {
		const pole = await plugged("fake-7");
		await run(pole, "--pole", "Q7");
		vault.update((content) => ({ ...content, lamps: [] }));
		await failed(pole, /the vault has no secret of this lamp \(node quai-7\)/, "--pole", "Q7");
	});

	test("a secret of the vault that is not the lamp's", async () => {
		const pole = await plugged("fake-7");
		await run(pole, "--pole", "Q7");
		vault.update((content) => {
			const [lamp] = content.lamps;
			return withLamp(content, { ...lamp!, secret: "ABCDEFGHJKLMNPQRSTUV" }, lamp);
		});
		await failed(pole, /no secret of the vault opens this lamp/, "--pole", "Q7");
	});
});

test("of two lamps that were at the pole, it tries both, and waits as the lamp says", async () => {
	const pole = await plugged("fake-8");
	await run(pole, "--pole", "Q8");
	vault.update((content) => {
		const later = { ...content.lamps[0]!, serial: "fake-0", secret: "ABCDEFGHJKLMNPQRSTUV" };
		return { ...content, lamps: [...content.lamps, later] };
	});
	expect((await run(pole, "--pole", "Q8")).out).toMatch(/^PASS pole Q8$/m);
	expect(opens(pole)).toMatchObject([{ serial: "fake-8" }]);
});

test("a lamp that someone left logged in: the vault learns a secret that opens it", async () => {
	const pole = await plugged("fake-8");
	pole.type("\rsecret LEFT-OPEN-BY-A-COLLEAGUE\r");
	expect((await run(pole, "--pole", "Q8")).code).toBe(0);
	expect(opens(pole)).toMatchObject([{ serial: "fake-8" }]);
});

test("key and request first, the certificate when the CA has answered; both of the same key", async () => {
	const pole = await plugged("fake-8");
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	const args = ["--pole", "Q8", "--certificate", file("certificates")];
	expect((await run(pole, ...args)).out).toMatch(/certificate: requested in fake-8.csr.pem/);
	const [lamp] = opens(pole);
	writeFileSync(join(file("certificates"), "fake-8.crt.pem"), "no certificate");
	expect((await run(pole, ...args)).out).toMatch(
		/^FAIL pole Q8: \S+fake-8.crt.pem: is not a certificate/m,
	);
	expect(pole.host.stored.has("tls.key")).toBe(false);
	const stranger = certificateFor(requestOf("fake-8", newKey()));
	writeFileSync(join(file("certificates"), "fake-8.crt.pem"), stranger);
	expect((await run(pole, ...args)).out).toMatch(/was made for another key than the vault's$/m);
	expect(pole.host.stored.has("tls.key")).toBe(false);
	const request = readFileSync(join(file("certificates"), "fake-8.csr.pem"), "utf8");
	writeFileSync(join(file("certificates"), "fake-8.crt.pem"), certificateFor(request));
	expect((await run(pole, ...args)).out).toMatch(
		/^certificate: installed, subject CN=fake-8, valid until 2027-01-01, days left: 37$/m,
	);
	expect(pole.host.stored.get("tls.key")).toBe(lamp!.key);
	const shown = new X509Certificate(pole.host.stored.get("tls.cert")!);
	expect([shown.subject, shown.checkPrivateKey(createPrivateKey(lamp!.key!))]).toEqual([
		"CN=fake-8",
		true,
	]);
});

test("a dead node is replaced by its export: settings, counters, a later life, once", async () => {
	const old = await plugged("fake-8", { light: { fallTime: 33 } });
	for (let index = 0; index < 5; index += 1) old.boot();
	await run(old, "--pole", "Q8", "--exports", file("exports"));
	const exported = join(file("exports"), "quai-8.export");
	const { life } = JSON.parse(readFileSync(exported, "utf8").split("\n")[1]!);
	expect(life).toBe(6);
	const [{ secret }] = opens(old) as unknown as [{ secret: string }];

	const young = await plugged("fake-9");
	young.restarts();
	young.host.deliver((inputs, now) => inputs.onTime(now, young.host.wall!));
	const args = ["--pole", "Q8", "--replaces", exported, "--yes"];
	const first = await run(young, ...args);
	expect(first.out).toMatch(/^takes the place of the lamp before, in life 7 after 6$/m);
	expect(first.code).toBe(0);
	expect(young.node.settings).toMatchObject({ node: "quai-8", fallTime: 33_000 });
	expect(opens(young)).toMatchObject([{ serial: "fake-9" }]);
	expect(opens(young)[0]!.secret).not.toBe(secret);
	const again = await run(young, ...args);
	expect([again.code, again.out]).toEqual([0, expect.not.stringMatching(/takes the place/)]);
	writeFileSync(exported, "no export\n");
	expect(await run(young, ...args)).toMatchObject({ code: 2 });
});

test("no secret in the protocol or on the screen, whatever form it has", async () => {
	const pole = await plugged("fake-7");
	const first = await run(pole, "--pole", "Q7", "--certificate", file("certificates"));
	const again = await run(pole, "--pole", "Q7", "--certificate", file("certificates"));
	const wrong = await run(undefined, "--pole", "Q7", "--to-text", "/no/such/folder/x");
	const [{ secret, key }] = opens(pole) as unknown as [{ secret: string; key: string }];
	const surfaces = [
		...[first, again, wrong].flatMap(({ out, said }) => [out, said]),
		readFileSync(file("protocol.csv"), "utf8"),
		readFileSync(file("city.vault"), "latin1"),
		readFileSync(join(file("certificates"), "fake-7.csr.pem"), "utf8"),
		pole.output, // what the lamp sent: nothing of it comes back
	].join("\n");
	const keyLine = key.split("\n")[4]!;
	for (const planted of [secret, PASSWORD, SITE_KEY, PHRASE, keyLine])
		for (const form of ["utf8", "hex", "base64"] as const)
			expect(surfaces.replaceAll(/[\r\n]/g, "")).not.toContain(
				Buffer.from(planted).toString(form).replace(/=+$/, ""),
			);
	expect(surfaces).toContain("BEGIN CERTIFICATE REQUEST");
});

describe("nothing is sent and no vault is made, exit 2, no stack", () => {
	const cases: [why: string, words: string[], said: RegExp][] = [
		["no pole", [], /give --pole ID, or --serial/],
		["a pole that is not there", ["--pole", "Q9"], /no line of pole Q9/],
		["both", ["--pole", "Q7", "--serial"], /give --pole ID, or --serial/],
		[
			"a test that is none",
			["--pole", "Q7", "--tests", "lamp,moon"],
			/--tests moon: not lamp, pir/,
		],
		[
			"a CA that is not there",
			["--pole", "Q7", "--ca", "/no/ca.pem"],
			/\/no\/ca.pem: no such file/,
		],
		["a word that is none", ["--pole", "Q7", "--force"], /unknown option --force; --help/],
		["text and port", ["--pole", "Q7", "--to-text", "x"], /give --port PORT, or --to-text FILE/],
	];
	test.each(cases)("%s", async (_why, args, sentence) => {
		const pole = await plugged("fake-7");
		rmSync(file("city.vault"));
		const ran = await runWith(pole, undefined, args); // at the keyboard a missing pole is asked for
		expect([ran.code, ran.out]).toEqual([2, ""]);
		expect(ran.said).toMatch(sentence);
		expect(ran.said).not.toMatch(/\n {4}at |^Error/m);
		expect(pole.line.received).toBe("");
		expect(existsSync(file("city.vault"))).toBe(false);
	});

	test("one wrong line of another pole", async () => {
		const pole = await plugged("fake-7");
		writeFileSync(file("site.csv"), SITE.join("\n").replace("9.3", "bright"));
		const ran = await run(pole, "--pole", "Q7");
		expect(ran.code).toBe(2);
		expect(ran.said).toMatch(
			/^provision: \S+site.csv:4: installedMean must be a number, e\.g\. 0, not "bright"$/m,
		);
		expect(pole.line.received).toBe("");
	});

	test("a wrong passphrase", async () => {
		const pole = await plugged("fake-7");
		rmSync(file("city.vault"));
		Vault.open(file("city.vault"), "another phrase", CHEAP).update((content) => ({ ...content }));
		expect(await run(pole, "--pole", "Q7")).toMatchObject({ code: 2, said: /wrong passphrase$/m });
		expect(pole.line.received).toBe("");
	});
});

test("as text: says that it holds secrets, and typed at the lamp it does the same", async () => {
	const text = file("q7.txt");
	expect(await run(undefined, "--pole", "Q7", "--to-text", text)).toMatchObject({ code: 0 });
	const lines = readFileSync(text, "utf8").split("\n");
	expect(lines[0]).toMatch(/^THIS FILE HOLDS SECRETS of the lamp at pole Q7/);
	expect(existsSync(`${text}.new`)).toBe(false);
	const pole = await plugged("fake-7");
	const typed = lines.filter((line) => /^(secret|revert|set|apply|confirm|logout)\b/.test(line));
	pole.type(`\r${typed.map((line) => `${line}\r`).join("")}`);
	expect(afterCut(pole)).toEqual(Q7);
	expect(pole.boot().settings.brokerPassword).toBe(PASSWORD);
	expect(opens(pole)).toMatchObject([{ serial: "fake-7" }]);
	const again = await run(pole, "--pole", "Q7");
	expect([again.code, again.out]).toEqual([0, expect.stringMatching(/, 0 of them changed/)]);
});
