/** Link commands: the next attempt in seconds, what a lamp lists of its certificates, a PEM at its bounds. */
import { describe, expect, test } from "@jest/globals";
import { LINK_COMMANDS } from "../../src/console/linkcommands.js";
import { PEM_MAX, PemReader } from "../../src/console/pem.js";
import { ConsoleRig } from "./rig.js";

const run = (name: string, owner: object) =>
	LINK_COMMANDS.find((one) => one.name === name)!.run("", { owner, now: 7000 } as never) as {
		lines(nth: number): string | undefined;
		json(nth: number): string | undefined;
	};

test.each([
	[0, 0],
	[1, 1],
	[1000, 1],
	[1001, 2],
	[3_600_000, 3600],
	[-5, 0],
])("an attempt in %i ms is one in %i s", (wait, seconds) => {
	const link = { state: "waiting", connection: 1, attemptAt: 7000 + wait };
	const settings: Record<string, string> = { brokerHost: "b", brokerPort: "1883" };
	const owner = {
		view: { link },
		show: (name: string) => settings[name] ?? "",
	};
	const answer = run("broker", owner);
	expect(answer.lines(0)).toMatch(new RegExp(`, next attempt in ${seconds} s$`));
	expect(JSON.parse(answer.json(0)!).nextAttempt_s).toBe(seconds);
});

describe("certificates", () => {
	const certificates = {
		has: (name: string) => name !== "cert",
		isNew: (name: string) => name !== "ca",
		fingerprint: (name: string, isNew: boolean) => `${name}-${isNew ? "new" : "old"}`,
	};
	const all = (lines: (nth: number) => string | undefined) => [0, 1, 2, 3].map((nth) => lines(nth));
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

test("a PEM of the greatest length is taken, one of a character more is not", () => {
	const read = (more: number) => {
		const reader = new PemReader("CERTIFICATE");
		const lines = ["-----BEGIN CERTIFICATE-----"];
		const end = "-----END CERTIFICATE-----";
		let left = PEM_MAX - lines[0]!.length - 1 - end.length - 1 + more;
		for (; left > 65; left -= 65) lines.push("A".repeat(64));
		lines.push("A".repeat(left - 1), end);
		lines.forEach((line, nth) => void reader.take(line, nth + 1));
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
