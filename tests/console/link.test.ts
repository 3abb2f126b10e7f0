/** Link commands: the next attempt in seconds, what a lamp lists of its certificates, a PEM at its bounds. */
import { describe, expect, test } from "@jest/globals";
import { LINK_COMMANDS } from "../../src/console/linkcommands.js";
import { PEM_MAX, PemReader } from "../../src/console/pem.js";
import { ConsoleRig } from "./rig.js";

const certificate = LINK_COMMANDS.find(({ name }) => name === "certificate")!;
const run = (name: string, owner: object) =>
	LINK_COMMANDS.find((command) => command.name === name)!.run("", {
		owner,
		now: 7000,
	} as never) as {
		lines(index: number): string | undefined;
		json(index: number): string | undefined;
	};

test.each([
	[0, 0],
	[1, 1],
	[1000, 1],
	[1001, 2],
	[3_600_000, 3600],
	[-5, 0],
])("an attempt in %i ms is one in %i s", (wait, seconds) => {
	const link = { state: "waiting", connection: 1, lastEnd: "timedOut", attemptAt: 7000 + wait };
	const settings: Record<string, string> = { brokerHost: "b", brokerPort: "1883" };
	const owner = {
		view: { link },
		show: (name: string) => settings[name] ?? "",
	};
	const answer = run("broker", owner);
	expect(answer.lines(0)).toMatch(new RegExp(`, next attempt in ${seconds} s$`));
	expect(JSON.parse(answer.json(0)!)).toEqual({
		brokerHost: "b",
		brokerPort: 1883,
		brokerTls: false,
		brokerUser: "",
		state: "waiting",
		connection: 1,
		lastEnd: "timedOut",
		nextAttempt_s: seconds,
	});
});

describe("certificates", () => {
	const certificates = {
		has: (name: string) => name !== "cert",
		isNew: (name: string) => name !== "ca",
		fingerprint: (name: string, isNew: boolean) => `${name}-${isNew ? "new" : "old"}`,
	};
	const all = (lines: (index: number) => string | undefined) =>
		[0, 1, 2, 3].map((index) => lines(index));
	test("are listed with the new ones beside them; of a key no digest", () => {
		const { lines, json } = run("certificate", { certificates });
		expect(all(lines)).toEqual([
			"ca   (set), sha256 ca-old",
			"cert (not set), sha256 cert-old; new, sha256 cert-new",
			"key  (set); new",
			undefined,
		]);
		expect(all(json)).toEqual([
			'{"name":"ca","isSet":true,"sha256":"ca-old"}',
			'{"name":"cert","isSet":false,"sha256":"cert-old","isNew":true,"newSha256":"cert-new"}',
			'{"name":"key","isSet":true,"isNew":true}',
			undefined,
		]);
	});
});

describe("a pasted certificate", () => {
	const pair: [what: string, name: string, isPair: unknown, isNew: boolean, text: RegExp][] = [
		["an authority", "ca", false, false, /^ca is kept; the next connection uses it$/],
		["of a pair", "cert", true, false, /^cert is kept; the next connection uses it$/],
		["without its key", "cert", false, false, /^cert is kept; .* another key/],
		["not compared with its key", "key", "notAvailable", false, /^key is kept; whether /],
		["to be tried first", "cert", true, true, /^cert is checked; apply tries it/],
	];
	test.each(pair)("%s: %s", (_what, name, isPair, isNew, text) => {
		const kept: string[] = [];
		const certificates = {
			keep: (...all: string[]) => void kept.push(...all),
			isNew: () => isNew,
			isPair: () => isPair,
		};
		const owner = { language: "en", certificates };
		const paste = certificate.run(name, { owner } as never);
		const label = name === "key" ? "PRIVATE KEY" : "CERTIFICATE";
		const lines = [`-----BEGIN ${label}-----`, "QUJD", `-----END ${label}-----`];
		const answers = lines.map((line, index) => paste.take?.(line, index + 1));
		expect(answers.slice(0, 2)).toEqual([undefined, undefined]);
		expect(answers[2]?.end?.().text).toMatch(text);
		expect(kept).toEqual([name, `${lines.join("\n")}\n`]);
	});

	const faults: [lines: (string | undefined)[], fault: string][] = [
		[["QUJD"], "line 1 is not -----BEGIN CERTIFICATE-----"],
		[["-----BEGIN CERTIFICATE-----", undefined], "line 2 is no text"],
		[["-----BEGIN CERTIFICATE-----", "QU D"], "line 2 is not base 64"],
		[
			["-----BEGIN CERTIFICATE-----", "QUJD", "-----END PRIVATE KEY-----"],
			"line 3 is not -----END CERTIFICATE-----",
		],
	];
	test.each(faults)("%j is refused: %s", (lines, fault) => {
		const reader = new PemReader("CERTIFICATE");
		lines.forEach((line, index) => void reader.take(line, index + 1));
		expect([reader.fault, reader.text]).toEqual([fault, ""]);
	});
});

test("a PEM of the greatest length is taken, one of a character more is not", () => {
	const read = (more: number) => {
		const reader = new PemReader("CERTIFICATE");
		const lines = ["-----BEGIN CERTIFICATE-----"];
		const end = "-----END CERTIFICATE-----";
		let left = PEM_MAX - lines[0]!.length - 1 - end.length - 1 + more;
		for (; left > 65; left -= 65) lines.push("A".repeat(64));
		lines.push("A".repeat(left - 1), end);
		lines.forEach((line, index) => void reader.take(line, index + 1));
		return [reader.fault, reader.text.length];
	};
	expect(read(0)).toEqual([undefined, PEM_MAX]);
	expect(read(1)).toEqual([expect.stringMatching(/is beyond 2560 characters$/), 0]);
});

test("in plain mode a secret that is none is refused by its reason", () => {
	const pole = new ConsoleRig();
	pole.send("\u0003plain\r");
	expect(pole.send("login short\r")).toMatch(/^error badSecret /);
});
