/**
 * A cart of controllers, a scanner, labels and the summary: the firmware itself at the other end of the line.
 *
 * Promise: A technician sets up a cart of controllers one after the other, and no secret is shown.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { siteIn } from "../../../../lib/site/sitetable.js";
import { Vault, withLamp } from "../../../../lib/vault/vault.js";
import type { SecretStore } from "../../../../lib/vault/vaultcontent.js";
import { openLine } from "../../../../tools/laptop/line/line.js";
import { Plain } from "../../../../tools/laptop/line/plain.js";
import { requestOf } from "../../../../tools/laptop/provision/certificate.js";
import { commission } from "../../../../tools/laptop/provision/commission.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { firmwareRules } from "../../../../tools/laptop/site/firmwarerules.js";
import { labelLine } from "../../../../tools/laptop/site/label.js";
import { recordedIn } from "../../../../tools/laptop/site/protocolline.js";
import { certificateFor } from "../../../support/authority.js";
import { until } from "../../../support/until.js";
import { TestSeat } from "../lampline.js";
import { LampOnLine } from "../lamponline.js";

const PHRASE = "correct horse battery";
const SITE_KEY = "the key of the whole site";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const SITE = ["pole,node,site", "*,,liege", "Q7,quai-7,", "Q8,quai-8,", "Q 9,quai-9,", ""];

let folder: string;
let vault: Vault;
let poles: LampOnLine[];
const file = (name: string) => join(folder, name);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	writeFileSync(file("site.csv"), SITE.join("\n"));
	vault = Vault.open(file("city.vault"), PHRASE, CHEAP);
	vault.update((content) => ({ ...content, shared: { siteKey: SITE_KEY } }));
	poles = [];
});
afterEach(async () => {
	for (const pole of poles) await pole.unplug();
	rmSync(folder, { recursive: true });
});

/** A controller on the cable of `cable`, or on one of its own. */
async function plugged(serial: string, cable?: LampOnLine, sections = {}): Promise<LampOnLine> {
	const pole = new LampOnLine(serial, sections);
	poles.push(pole);
	await cable?.unplug();
	if (cable) pole.line.port = cable.line.port;
	return pole.plug();
}

interface Ran {
	readonly code: number;
	readonly out: string;
	readonly said: string;
}

function begin(seat: TestSeat, pole: LampOnLine | undefined, args: readonly string[], lang = "C") {
	const { stdin, stdout, stderr, now } = seat;
	const port = pole ? ["--port", pole.line.name, "--vault", file("city.vault")] : [];
	const files = ["--site", file("site.csv"), "--protocol", file("protocol.csv")];
	const environment = { LUMINODE_PASSPHRASE: PHRASE, LANG: lang };
	const tests = ["--tests", "none"];
	return provision([...port, ...files, ...tests, ...args], {
		stdin,
		stdout,
		stderr,
		now,
		environment,
	});
}

/** Without a keyboard. `input`: lines of a scanner. */
async function run(
	pole: LampOnLine | undefined,
	args: readonly string[],
	input = "",
	lang = "C",
): Promise<Ran> {
	const seat = new TestSeat();
	Object.assign(seat.stdin, { isTTY: false });
	seat.keys.end(input);
	const code = await begin(seat, pole, args, lang);
	return { code, out: seat.stdout.text, said: seat.stderr.text };
}

const passed = () =>
	recordedIn("protocol.csv", readFileSync(file("protocol.csv"), "utf8"))
		.filter(({ result }) => result === "pass")
		.map(({ pole, node, serial }) => `${pole} ${node} ${serial}`);
const nodeOf = (pole: LampOnLine) => pole.boot().settings.node;
const NEXT = ["--next", "--label"];

test("each controller gets the next pole and a label; a finished one is refused; the summary ends it", async () => {
	const args = [...NEXT, file("labels")];
	const first = await plugged("L-0001");
	const ran = await run(first, args);
	expect([ran.code, ran.said]).toEqual([0, ""]);
	expect(ran.out.split("\n")).toEqual([
		"pole Q7 (node quai-7) for L-0001",
		expect.stringMatching(/^lamp L-0001, node \(none yet\)/),
		expect.stringMatching(/^settings: 2 as the site file says/),
		`label: ${file("labels/pole-Q7.svg")}`,
		"PASS pole Q7",
		"poles: 3, passed: 1, missing: 2",
		"missing Q8 (node quai-8, line 4 of the site file)",
		"missing Q 9 (node quai-9, line 5 of the site file)",
		"",
	]);
	const received = first.line.received.length;
	const again = await run(first, args);
	expect([again.code, again.out]).toEqual([
		1,
		expect.stringMatching(/^FAIL: L-0001 passed at pole Q7 on .*; plug in the next controller/),
	]);
	expect(first.line.received.slice(received)).not.toMatch(/set |secret|apply/);
	await run(await plugged("L-0002"), args);
	const last = await run(await plugged("L-0003"), args);
	expect(last.out).toMatch(/PASS pole Q 9\nall poles have passed: 3\n$/);
	expect(passed()).toEqual(["Q7 quai-7 L-0001", "Q8 quai-8 L-0002", "Q 9 quai-9 L-0003"]);
	expect(poles.map(nodeOf)).toEqual(["quai-7", "quai-8", "quai-9"]);
	expect(readdirSync(file("labels"))).toEqual(["pole-Q%209.svg", "pole-Q7.svg", "pole-Q8.svg"]);
	expect((await run(await plugged("L-0004"), args)).out).toMatch(
		/^FAIL: all poles have passed: 3$/m,
	);
});

test("at a keyboard one after the other, on one cable; n ends", async () => {
	const seat = new TestSeat();
	let cable = await plugged("L-0001");
	const over = begin(seat, cable, ["--next"]);
	for (const serial of ["L-0002", "L-0003"]) {
		const asked = seat.stderr.text.length;
		await until("it asks for the next", () => /\[y\/n\] $/.test(seat.stderr.text.slice(asked)));
		cable = await plugged(serial, cable);
		seat.keys.write(serial === "L-0002" ? "y" : "n");
	}
	expect(await over).toBe(0);
	expect(passed()).toEqual(["Q7 quai-7 L-0001", "Q8 quai-8 L-0002"]);
	expect(seat.stdout.text).toMatch(/poles: 3, passed: 2, missing: 1\nmissing Q 9 \(.*\)\n$/);
});

test("two programs on two cables never give one pole to two lamps", async () => {
	const cables = [await plugged("L-0001"), await plugged("L-0002"), await plugged("L-0003")];
	const runs = await Promise.all(cables.map((pole) => run(pole, ["--next"])));
	for (const [index, { code }] of runs.entries())
		if (code !== 0) await run(cables[index]!, ["--next"]);
	expect(new Set(cables.map(nodeOf))).toEqual(new Set(["quai-7", "quai-8", "quai-9"]));
	expect(new Set(passed()).size).toBe(3);
});

test("a name that another program gave to another lamp a moment ago is not given twice", async () => {
	const pole = await plugged("L-0001");
	const other = { serial: "L-0009", nodes: ["quai-7"], secret: "ABCDEFGHJKLMNPQRSTUV", made: "" };
	const store: SecretStore = {
		read: () => vault.read(),
		amend: (lamp, more) => vault.amend(lamp, more),
		update: (change) => {
			// between the last look at the vault and the writing of the name
			vault.update((content) => withLamp(content, other, undefined));
			vault.update(change);
		},
	};
	const site = siteIn("site.csv", readFileSync(file("site.csv")), firmwareRules());
	const talk = await Plain.open(pole.line.name, openLine);
	const outcome = await commission(talk, {
		plan: site.poles[0]!,
		vault: store,
		certify: undefined,
		keepExport: undefined,
		replaces: undefined,
		tests: [],
		protocolled: [],
		say: () => {},
		now: () => new Date(0),
		goesOn: async () => false,
		wasSeen: async () => undefined,
	});
	await talk.close();
	expect(outcome.why?.en).toMatch(
		/^the vault has node quai-7 as L-0009; this lamp is L-0001\. Nothing/,
	);
	expect(nodeOf(pole)).toBe("");
});

test("interrupted at Q7 it stays at Q7, and another controller gets Q8 meanwhile", async () => {
	const cut = await plugged("L-0001");
	cut.unplugBefore = 6;
	expect((await run(cut, ["--next"])).code).toBe(1);
	const other = await plugged("L-0002");
	expect((await run(other, ["--next"])).out).toMatch(
		/^pole Q8 .*\nPASS pole Q8\n.*\nmissing Q7 \(.*\): L-0001 failed on .*: tcp:\S+: unplugged$/ms,
	);
	await cut.unplug();
	await cut.plug();
	expect((await run(cut, ["--next"])).out).toMatch(/^pole Q7 .*^PASS pole Q7$/ms);
	expect([nodeOf(cut), nodeOf(other)]).toEqual(["quai-7", "quai-8"]);
});

describe("a scanner chooses the pole", () => {
	test("a line a lamp, of a pole, a label and a new serial number; wrong ones cost nothing", async () => {
		const pole = await plugged("L-0002");
		const lines = ["Q77", labelLine({ serial: "L-0001", pole: "Q8" }), "Q8", ""];
		const ran = await run(pole, ["--scan"], lines.join("\n"));
		expect(ran.out.split("\n").filter((line) => /^(FAIL|PASS)/.test(line))).toEqual([
			expect.stringMatching(/^FAIL: (scanned "Q77"|Q77 has no pole)/),
			"FAIL: the label is for L-0001, but L-0002 is plugged in: plug in the controller of the label, or scan its own label",
			"PASS pole Q8",
		]);
		expect(ran.code).toBe(1);
		expect(nodeOf(pole)).toBe("quai-8");
		const next = await run(await plugged("L-0003"), ["--scan", "--next"], "L-0003\n");
		expect([next.code, next.out]).toEqual([0, expect.stringMatching(/^PASS pole Q7$/m)]);
		const bare = await run(await plugged("L-0004"), ["--scan"], "L-0004\n");
		expect(bare.out).toMatch(/^FAIL: L-0004 has no pole yet: scan a pole, or give --next/m);
	});

	test("another lamp than the label's is refused before it is changed, also if it must log in first", async () => {
		const known = await plugged("L-0001");
		await run(known, ["--scan"], "Q7\n");
		const before = [...known.host.stored];
		for (const line of [labelLine({ serial: "L-0009", pole: "Q8" }), "L-0009"]) {
			const ran = await run(known, ["--scan", "--next"], `${line}\n`);
			expect([line, ran.code, ran.out]).toEqual([line, 1, expect.stringMatching(/L-0009/)]);
			expect(ran.out).not.toMatch(/^PASS/m);
		}
		const kept = [...known.host.stored].filter(([key]) => key.startsWith("set."));
		expect(kept).toEqual(before.filter(([key]) => key.startsWith("set.")));
	});
});

describe("the summary needs no lamp and no vault", () => {
	test("missing poles, exit 1; all labels and days left; all done, exit 0", async () => {
		expect(await run(undefined, ["--summary"])).toEqual({
			code: 1,
			said: "",
			out: `poles: 3, passed: 0, missing: 3\n${["Q7", "Q8", "Q 9"]
				.map(
					(pole, index) =>
						`missing ${pole} (node quai-${index + 7}, line ${index + 3} of the site file)\n`,
				)
				.join("")}`,
		});
		const pole = await plugged("L-0001");
		await run(pole, ["--next", "--certificate", file("certificates")]);
		const request = readFileSync(file("certificates/L-0001.csr.pem"), "utf8");
		writeFileSync(file("certificates/L-0001.crt.pem"), certificateFor(request));
		const args = ["--summary", "--label", file("labels"), "--certificate", file("certificates")];
		const { out } = await run(undefined, args);
		expect(out).toMatch(/^Q7: subject CN=L-0001, valid until 2027-01-01, days left: 37$/m);
		expect(existsSync(file("labels/pole-Q7.svg"))).toBe(true);
		writeFileSync(file("site.csv"), "pole,node\nQ7,quai-7\n");
		expect(await run(undefined, ["--summary"])).toEqual({
			code: 0,
			said: "",
			out: "all poles have passed: 1\n",
		});
		writeFileSync(file("site.csv"), "pole,node,latitude,longitude\nQ7,quai-7,5.57,50.64\n");
		const { code, said } = await run(undefined, ["--summary"]);
		expect([code, said]).toEqual([1, expect.stringContaining("only if exchanged")]);
	});
});

test("an expired certificate is refused with its date, and the lamp keeps its own", async () => {
	const pole = await plugged("L-0001");
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	const args = ["--pole", "Q7", "--certificate", file("certificates")];
	await run(pole, args);
	const { key } = vault.read().lamps[0]!;
	const old = certificateFor(requestOf("L-0001", key!), Date.UTC(2026, 10, 1));
	writeFileSync(file("certificates/L-0001.crt.pem"), old);
	const ran = await run(pole, args);
	expect([ran.code, ran.out]).toEqual([
		1,
		expect.stringMatching(
			/^FAIL pole Q7: \S+L-0001.crt.pem: subject CN=L-0001, expired on 2026-11-01; ask the CA/m,
		),
	]);
	expect(pole.host.stored.has("tls.cert")).toBe(false);
});

describe("the protocol", () => {
	test("a line that a power cut has torn is left out, and the next one is whole", async () => {
		const pole = await plugged("L-0001");
		await run(pole, ["--next"]);
		const protocol = readFileSync(file("protocol.csv"), "utf8");
		writeFileSync(file("protocol.csv"), `${protocol}2026-11-24T21:00:00.000Z,fail,liege,"Q8`);
		expect((await run(await plugged("L-0002"), ["--next"])).out).toMatch(/^PASS pole Q8$/m);
		const now = readFileSync(file("protocol.csv"), "utf8");
		expect([now.startsWith(protocol), now.split("\r\n").length]).toEqual([true, 4]);
		expect(passed()).toEqual(["Q7 quai-7 L-0001", "Q8 quai-8 L-0002"]);
	});
	test("a whole last line without its end is kept", async () => {
		await run(await plugged("L-0001"), ["--next"]);
		const protocol = readFileSync(file("protocol.csv"), "utf8");
		writeFileSync(file("protocol.csv"), protocol.trimEnd());
		await run(await plugged("L-0002"), ["--next"]);
		expect(passed()).toEqual(["Q7 quai-7 L-0001", "Q8 quai-8 L-0002"]);
	});
	test("saved with semicolons it is refused, before a lamp is touched", async () => {
		const pole = await plugged("L-0001");
		writeFileSync(file("protocol.csv"), "time;result;pole;serial\n1;pass;Q7;L-0009\n");
		const ran = await run(pole, ["--pole", "Q7"]);
		expect([ran.code, ran.said]).toEqual([
			2,
			expect.stringMatching(
				/protocol.csv: is not a protocol: its first line has no title "result"/,
			),
		]);
		expect(pole.line.received).not.toMatch(/set |secret /);
	});
});

describe("in French", () => {
	/** Words of English messages; names of commands, options and files are in both languages. */
	const ENGLISH = /\b(the|is|no|not|of|and|for|with|has|this|lamp [A-Z]|passed|unknown)\b/;
	test("nothing of a run is English, by LANG and by --lang", async () => {
		const pole = await plugged("L-0001");
		const texts: string[] = [];
		for (const [args, lang] of [
			[["--next"], "fr_BE.UTF-8"],
			[["--next", "--lang", "fr"], "en_GB.UTF-8"],
			[["--pole", "Q8", "--lang=fr"], "C"],
			[["--pole", "Q99"], "fr"],
			[["--pole", "Q7", "--tests", "moon"], "fr"],
			[["--pole", "Q7", "--force"], "fr"],
			[["--summary"], "fr"],
		] as const) {
			const { out, said } = await run(args[0] === "--summary" ? undefined : pole, args, "", lang);
			texts.push(out + said);
		}
		expect(texts[0]).toMatch(/^RÉUSSI mât Q7$/m);
		expect(texts[1]).toMatch(/^ÉCHEC : L-0001 a réussi au mât Q7/m);
		expect(texts[2]).toMatch(
			/^\? le luminaire s'appelle quai-7 ; le fichier du site indique mât Q8/m,
		);
		expect(texts.join("").replaceAll(/--\S+|\/\S+/g, "")).not.toMatch(ENGLISH);
		expect(texts.join("\n")).not.toMatch(/\S[:;!?](\s|$)/m);
	});
	test("a language that is none is refused with an example", async () => {
		const ran = await run(undefined, ["--summary", "--lang", "de"]);
		expect(ran).toEqual({
			code: 2,
			out: "",
			said: "provision: --lang de: must be en or fr, for example --lang fr\n",
		});
	});
});

test("no secret on a label, in the summary, on the screen or in the protocol", async () => {
	const pole = await plugged("L-0001");
	const args = [...NEXT, file("labels"), "--certificate", file("certificates")];
	const first = await run(pole, args);
	const after = await run(undefined, ["--summary", "--label", file("labels")]);
	const [{ secret, key }] = vault.read().lamps as unknown as [{ secret: string; key: string }];
	const surfaces = [
		first.out,
		first.said,
		after.out,
		...["labels/pole-Q7.svg", "protocol.csv", "certificates/L-0001.csr.pem"].map((name) =>
			readFileSync(file(name), "utf8"),
		),
		readFileSync(file("city.vault"), "latin1"),
	].join("\n");
	for (const planted of [secret, SITE_KEY, PHRASE, key.split("\n")[4]!])
		for (const form of ["utf8", "hex", "base64"] as const)
			expect(surfaces).not.toContain(Buffer.from(planted).toString(form).replace(/=+$/, ""));
});
